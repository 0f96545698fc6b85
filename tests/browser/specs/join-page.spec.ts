/**
 * The join page (`docs/join-page`), served as any static host would serve it: from a folder of its own, on an origin that is
 * not the study server's. Whatever the page asks for is counted; what is not one of its files fails the test.
 */
import type { Page } from '@playwright/test';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wrongWith } from '../world/judge';
import { complaints, expect, test } from '../world/test';
import { wordsOf } from '../world/words';

const FOLDER = join(import.meta.dirname, '../../../docs/join-page');
const PAGE = 'https://join.example.org/studies/waymark/';
const KINDS: Record<string, string> = { html: 'text/html', css: 'text/css', js: 'text/javascript' };
const EMPTY_PLACES = '<!-- end of places -->';
const PLACES = '<li><a href="https://example.org/f-droid">Android: F-Droid</a></li>';

const read = (file: string) => readFile(join(FOLDER, file), 'utf8');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Serves the folder, and nothing else; gives what was asked for. */
async function serve(page: Page, change = (html: string) => html): Promise<string[]> {
  const asked: string[] = [];
  await page.route('**/*', async (route) => {
    const url = route.request().url();
    asked.push(url);
    const file = url.startsWith(PAGE) ? url.slice(PAGE.length).split(/[?#]/)[0] || 'index.html' : '';
    const kind = KINDS[file.split('.').at(-1) ?? ''];
    if (!kind) return route.abort('blockedbyclient');
    const body = await read(file);
    return route.fulfill({ contentType: `${kind}; charset=utf-8`, body: file === 'index.html' ? change(body) : body });
  });
  return asked;
}

const OWN_FILES = ['', 'style.css', 'words.js', 'invitation.js', 'page.js'].map((file) => PAGE + file).sort();
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const fragmentOf = (link: string) => link.replace('waymark://join/', '');

/** Text that is so many times as large, as a browser's own setting makes it. */
const enlarge = (page: Page, times: number) =>
  page.evaluate((size) => void (document.documentElement.style.fontSize = `${106.25 * size}%`), times);

test.describe('an invitation', () => {
  let link = '';
  let text = '';
  test.beforeAll(async ({ study }) => {
    ({ link, text } = await study.invite('P-join-page'));
  });

  test('leaves the address at once, opens the app by its link, and nothing leaves the page', async ({ page }) => {
    const wrong = await complaints(page);
    const asked = await serve(page);
    await page.goto('about:blank');
    await page.goto(`${PAGE}?from=mail#${fragmentOf(link)}`);
    await expect(heading(page)).toHaveText('You have an invitation');
    await expect(page).toHaveTitle('You have an invitation');
    expect(page.url()).toBe(PAGE);
    await expect(page.getByRole('link', { name: 'Open in Waymark' })).toHaveAttribute('href', link);
    await expect(page.locator('#typed')).toHaveText(text);
    expect(asked.map((url) => url.replace('?from=mail', '')).sort()).toEqual(OWN_FILES);
    expect(asked.filter((url) => url.includes(fragmentOf(link)))).toEqual([]);

    // Neither kept nor in the history: one step back is where the person came from, and a new load knows nothing.
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([
      0,
      0,
      '',
    ]);
    await page.goBack();
    expect(page.url()).toBe('about:blank');
    await page.goForward();
    expect(page.url()).toBe(PAGE);
    await page.reload();
    await expect(heading(page)).toHaveText('Your invitation isn’t here');
    expect(wrong).toEqual([]);
  });

  test('may be written in the ways in which people write it', async ({ page }) => {
    await serve(page);
    for (const written of [
      text,
      text.toLowerCase(),
      text.replaceAll(' ', '-'),
      encodeURIComponent(text),
      text.replaceAll('0', 'o').replaceAll('1', 'l'),
    ]) {
      await page.goto('about:blank');
      await page.goto(`${PAGE}#${written}`);
      await expect(page.getByRole('link', { name: 'Open in Waymark' })).toHaveAttribute('href', link);
    }
  });

  test('that comes while another one is shown takes its place', async ({ page, study }) => {
    const other = await study.invite('P-join-page-other');
    await serve(page);
    await page.goto(`${PAGE}#${fragmentOf(link)}`);
    await expect(page.locator('#typed')).toHaveText(text);
    await page.evaluate((fragment) => void (location.hash = fragment), fragmentOf(other.link));
    await expect(page.locator('#typed')).toHaveText(other.text);
    await expect(page.getByRole('link', { name: 'Open in Waymark' })).toHaveAttribute('href', other.link);
    expect(page.url()).toBe(PAGE);
  });

  test('can be copied, and read out that it was', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await serve(page);
    await page.goto(`${PAGE}#${fragmentOf(link)}`);
    await page.getByRole('button', { name: 'Copy it' }).click();
    await expect(page.getByRole('status')).toHaveText('Copied. Now paste it in Waymark.');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
  });

  test('is marked to be copied by hand where the browser can’t copy', async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await serve(page);
    await page.goto(`${PAGE}#${fragmentOf(link)}`);
    await page.getByRole('button', { name: 'Copy it' }).click();
    await expect(page.getByRole('status')).toContainText('can’t copy');
    expect(await page.evaluate(() => getSelection()?.toString().trim())).toBe(text);
  });

  test('that is cut or mistyped is said to be, with what to do, and opens nothing', async ({ page }) => {
    await serve(page);
    const fragment = fragmentOf(link);
    const last = fragment.endsWith('0') ? '8' : '0';
    for (const broken of [
      fragment.slice(0, -1),
      fragment.slice(1),
      fragment.slice(0, -1) + last,
      fragment.slice(0, 20),
      `${fragment}&from=mail`,
      `${fragment}U`,
      'A',
      '%E0%A4%A',
      `waymark://join/${fragment}`,
      '<img src=x onerror=alert(1)>',
      fragment + 'A'.repeat(1100),
      `${fragment}é`,
    ]) {
      await page.goto('about:blank');
      await page.goto(`${PAGE}#${broken}`);
      await expect(heading(page), broken).toHaveText('Part of your invitation is missing');
      await expect(page.getByText('copy the whole link, up to its last letter')).toBeVisible();
      await expect(page.getByRole('link')).toHaveCount(0);
      await expect(page.getByRole('button')).toHaveCount(0);
      expect(page.url()).toBe(PAGE);
    }
  });

  test('is never read from the query', async ({ page }) => {
    await serve(page);
    await page.goto(`${PAGE}?${fragmentOf(link)}`);
    await expect(heading(page)).toHaveText('Your invitation isn’t here');
    await expect(page.getByText('Go back to your message and tap the link there.')).toBeVisible();
    await expect(page.getByRole('link')).toHaveCount(0);
    expect(page.url()).toBe(PAGE);
  });

  test('works by keyboard alone, the language first and then the one next thing', async ({ page }) => {
    await serve(page, (html) => html.replace(EMPTY_PLACES, PLACES + EMPTY_PLACES));
    await page.goto(`${PAGE}#${fragmentOf(link)}`);
    await page.keyboard.press('Tab');
    await expect(page.getByLabel('Language')).toBeFocused();
    for (const name of ['Open in Waymark', 'Android: F-Droid']) {
      await page.keyboard.press('Tab');
      await expect(page.getByRole('link', { name })).toBeFocused();
    }
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status')).not.toBeEmpty();
  });

  test('the app’s own buttons are called as the app calls them, in every language', async ({ page }) => {
    await serve(page);
    await page.goto(`${PAGE}#${fragmentOf(link)}`);
    for (const tag of ['en', 'es', 'zh-Hans', 'ar'] as const) {
      await page.locator('#language').selectOption(tag);
      await expect(page.locator('#type')).toContainText(wordsOf(tag)('welcome-invitation'));
    }
  });

  for (const [locale, tag, direction] of [
    ['en-GB', 'en', 'ltr'],
    ['es-MX', 'es', 'ltr'],
    ['zh-CN', 'zh-Hans', 'ltr'],
    ['zh-TW', 'en', 'ltr'],
    ['ar-EG', 'ar', 'rtl'],
    ['fr-FR', 'en', 'ltr'],
  ] as const)
    test.describe(`in a browser that speaks ${locale}`, () => {
      test.use({ locale });
      test(`is shown in ${tag}, and in another language when that is chosen`, async ({ page }) => {
        await serve(page);
        await page.goto(`${PAGE}#${fragmentOf(link)}`);
        const html = page.locator('html');
        await expect(html).toHaveAttribute('lang', tag);
        await expect(html).toHaveAttribute('dir', direction);
        await expect(page.locator('#language')).toHaveValue(tag);
        const other = tag === 'ar' ? 'es' : 'ar';
        await page.locator('#language').selectOption(other);
        await expect(html).toHaveAttribute('lang', other);
        await expect(html).toHaveAttribute('dir', other === 'ar' ? 'rtl' : 'ltr');
        await expect(page.locator('#open')).toHaveAttribute('href', link);
        // Letters and digits keep their order.
        expect(await page.locator('#typed').evaluate((typed) => getComputedStyle(typed).direction)).toBe('ltr');
      });
    });

  for (const tag of ['en', 'es', 'zh-Hans', 'ar'] as const)
    test(`nothing is wrong with how it looks in ${tag}`, async ({ page }) => {
      test.slow();
      await serve(page, (html) => html.replace(EMPTY_PLACES, PLACES + EMPTY_PLACES));
      for (const fragment of [fragmentOf(link), 'A', '']) {
        await page.goto('about:blank');
        await page.goto(`${PAGE}#${fragment}`);
        await page.locator('#language').selectOption(tag);
        for (const [theme, width, times, axe] of [
          ['light', 320, 1, 'nothing'],
          ['light', 320, 2, 'everything'],
          ['dark', 320, 2, 'colours'],
          ['light', 1280, 1, 'nothing'],
        ] as const) {
          await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
          await page.setViewportSize({ width, height: 740 });
          await enlarge(page, times);
          // Chinese has no spaces: its lines break between any two characters.
          const wrong = (await wrongWith(page, axe)).filter(
            (each) => tag !== 'zh-Hans' || !each.startsWith('broken in two'),
          );
          expect(wrong, `${fragment || 'none'}: ${theme}, ${width} px, ${times * 100} %`).toEqual([]);
        }
      }
    });
});

test('where the app can be had is what its host fills in, else it says whom to ask', async ({ page }) => {
  await serve(page);
  await page.goto(PAGE);
  await expect(page.getByText('Ask the people who invited you where to get it.')).toBeVisible();
  await expect(page.getByRole('list')).toHaveCount(0);
  await page.unrouteAll();
  await serve(page, (html) => html.replace(EMPTY_PLACES, PLACES + EMPTY_PLACES));
  await page.goto(PAGE);
  await expect(page.getByRole('link', { name: 'Android: F-Droid' })).toHaveAttribute(
    'href',
    'https://example.org/f-droid',
  );
});

test('without scripts it says in every language what to do', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await serve(page);
  await page.goto(PAGE);
  for (const tag of ['en', 'es', 'zh-Hans', 'ar'] as const)
    await expect(page.locator(`p[lang="${tag}"]`)).toContainText(wordsOf(tag)('welcome-invitation'));
  await context.close();
});

test('its policy lets nothing in and nothing out, even what has come into the page', async ({ page }) => {
  // What somebody could write into the part that is theirs.
  const smuggled = `<li><img src="https://elsewhere.example/x.png" onerror="document.title='ran'"></li>
    <script>document.title = 'ran'</script><script src="https://elsewhere.example/x.js"></script>
    <iframe src="https://elsewhere.example/"></iframe>`;
  const asked = await serve(page, (html) => html.replace(EMPTY_PLACES, smuggled + EMPTY_PLACES));
  await page.goto(PAGE);
  await expect(heading(page)).toBeVisible();
  const tried = await page.evaluate(async () => {
    const works = async (attempt: () => unknown) => {
      try {
        await attempt();
        return true;
      } catch {
        return false;
      }
    };
    return Promise.all([
      works(() => fetch('https://elsewhere.example/')),
      works(() => fetch('style.css')),
      works(() => (document.body.innerHTML = '<p>in</p>')),
    ]);
  });
  expect(tried).toEqual([false, false, false]);
  await expect(page).not.toHaveTitle('ran');
  expect([...new Set(asked)].sort()).toEqual(OWN_FILES);
});

test('the list of hashes is that of the files, whatever was filled in', async () => {
  const html = await read('index.html');
  const bare = (text: string) =>
    text
      .split('\n')
      .reduce(
        ({ kept, inside }, line) => {
          const within = inside || line.includes('<!-- places:');
          return { kept: within ? kept : [...kept, line], inside: within && !line.includes(EMPTY_PLACES) };
        },
        { kept: [] as string[], inside: false },
      )
      .kept.join('\n');
  const filled = html.replace(EMPTY_PLACES, `${PLACES}\n            ${EMPTY_PLACES}`);
  expect(bare(filled)).toBe(bare(html));
  expect(bare(html.replace('Content-Security-Policy', 'Content-Insecurity-Policy'))).not.toBe(bare(html));

  const files = (await readdir(FOLDER)).filter((file) => /\.(css|js)$/.test(file));
  const lines = [`${sha256(bare(html))}  index-without-places.html`];
  for (const file of files.sort()) lines.push(`${sha256(await read(file))}  ${file}`);
  expect((await read('SHA256SUMS')).trim().split('\n').sort()).toEqual(lines.sort());
});

test('its colours are those of the other pages', async () => {
  const valuesOf = (css: string) => [...css.matchAll(/--[a-z-]+: #[0-9a-f]{6};/g)].map(([value]) => value);
  const tokens = await readFile(join(FOLDER, '../../ui/common/tokens.css'), 'utf8');
  const [lightTokens = '', darkTokens = ''] = tokens.split('@media (prefers-color-scheme: dark)');
  const [light = '', dark = ''] = (await read('style.css')).split('@media (prefers-color-scheme: dark)');
  expect(valuesOf(light).length).toBeGreaterThan(7);
  expect(valuesOf(dark)).toHaveLength(valuesOf(light).length);
  expect(valuesOf(lightTokens)).toEqual(expect.arrayContaining(valuesOf(light)));
  expect(valuesOf(darkTokens)).toEqual(expect.arrayContaining(valuesOf(dark)));
});
