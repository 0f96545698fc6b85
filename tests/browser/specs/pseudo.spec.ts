/**
 * Every screen in a language that nobody speaks: what is not of it is a string outside the Fluent files. It is 40 % longer than English,
 * so what has no room for other languages is found too.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { walks } from '../gallery/stops';
import { show } from '../gallery/variants';
import { take } from '../gallery/walk';
import { microphone } from '../world/microphone';
import { pseudo, strangers, wordsOfIntl } from '../world/pseudo';
import { expect, test } from '../world/test';
import { speaksIn, wordsOf } from '../world/words';

test.use(microphone);
test.describe.configure({ mode: 'parallel' });

/** The page thinks that it is this language; its dates and numbers are. */
const IN_PLACE_OF = 'es';
const english = readFileSync(join(import.meta.dirname, '../../../ui/common/locales/en/diary.ftl'), 'utf8');
const words = pseudo(english);
/** What the page shows as it is: names of formats, and a link's and a server's beginning. */
const NAMES = ['pin', 'json', 'wi-fi', 'waymark', 'https', 'diary', 'example', 'org', 'localhost'];
const known = new Set([...wordsOfIntl(IN_PLACE_OF), ...NAMES]);

/** The texts and the names on the screen, without what a person or a study wrote: that stands in elements of its own. */
function saidOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const theirs = '[dir=auto], bdi, [lang]:not(html), textarea, .words, svg, style, script';
    const said: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const parent = text.parentElement;
      if (parent && !parent.closest(theirs) && text.textContent?.trim()) said.push(text.textContent.trim());
    }
    const named = ['aria-label', 'aria-description', 'aria-valuetext', 'title', 'placeholder', 'alt'];
    for (const element of document.body.querySelectorAll(`:not(${theirs})`))
      for (const name of named) {
        const value = element.getAttribute(name);
        if (value?.trim()) said.push(value);
      }
    said.push(document.title);
    return said;
  });
}

const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('the language that nobody speaks keeps variables and forms, and marks every letter', () => {
  const say = wordsOf(IN_PLACE_OF, words);
  expect(say('nav-today')).toMatch(/^⟦Ŧǿḋȧẏ ẋẋ⟧$/);
  expect(say('words-check-label', { place: 7 })).toMatch(/^⟦Ẇǿřḋ 7 ẋ+⟧$/);
  expect(say('sync-waiting', { count: 1 })).toContain('Ǿƞḗ');
  expect(say('sync-waiting', { count: 3 })).toContain('3 ');
  expect(strangers(`${say('words-title')} jueves, 19 de noviembre`, known)).toEqual([]);
  expect(strangers('\u2068Rosa\u2069', known)).toEqual([]);
  expect(strangers(`${say('nav-today')} Today`, known)).toEqual(['Today']);
  expect(strangers('Hello', known)).toEqual(['Hello']);
});

for (const walk of walks)
  test(`${walk.name}: every string comes from a Fluent file, and has room`, async ({ page }) => {
    test.setTimeout(600_000);
    // The file of words, wherever the page reads one from.
    await page.route('**/*.ftl', (route) => route.fulfill({ contentType: 'text/plain; charset=utf-8', body: words }));
    speaksIn(IN_PLACE_OF, words);
    await take(walk, page, IN_PLACE_OF, async (stop) => {
      const said = await saidOn(page);
      const foreign = said.filter((text) => strangers(text, known).length > 0);
      expect.soft(foreign, `${stop.name}: words outside the Fluent files`).toEqual([]);
      await show(page, { width: 320, theme: 'light', text: 100 });
      expect.soft(await sideways(page), `${stop.name}: scrolls sideways`).toBeLessThanOrEqual(0);
      await show(page, { width: 360, theme: 'light', text: 100 });
    });
  });
