/**
 * Typing on a slow phone: the page at a sixth of this machine's speed, over a diary of 10,000 entries, in an entry that is long already.
 *
 * Beside it two floors: the same keys in a bare text field, and in a bare text field whose words are given to the same
 * host as often as the diary saves them.
 */
import type { Page } from '@playwright/test';
import { TOKEN_HEADER } from '../../../ui/common/host/http';
import { test } from '../world/test';

const ENTRIES = 10_000;
const SLOWER = 6;
/** Between two keys, in milliseconds: a quick thumb. */
const PAUSE = 80;
/** Between two saves of the second floor, in milliseconds: the diary's own under steady typing. */
const SAVES = 700;
const SENTENCE = 'He was waiting before the doors opened, and I saw myself, four years ago. ';
const TYPED = SENTENCE.repeat(3);
/** An entry of 1.5 KB. */
const LONG = SENTENCE.repeat(20);

test('typing', async ({ phone, page }) => {
  await phone.keepPrivately([]);
  for (let number = 0; number < ENTRIES; number += 1) await phone.put({ text: `${number} ${LONG}` });
  // Opened as on any other day.
  await phone.crashAndRestart();
  await phone.unlock();
  await phone.tap(phone.say('today-write'));
  const save = page.waitForResponse('**/call/save_draft');
  await phone.paper.fill(LONG);
  await phone.isSaved();
  const diary = await typed(page);

  const saved = await save;
  const [asked, draft] = [saved.request(), (await saved.json()) as object];
  const headers = { 'content-type': 'application/json', [TOKEN_HEADER]: (await asked.headerValue(TOKEN_HEADER)) ?? '' };
  await page.route('**/bare', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<link rel="icon" href="data:,"><textarea rows="20" cols="40" aria-label="paper">${LONG}</textarea>`,
    }),
  );
  await page.goto(new URL('/bare', page.url()).href);
  await page.unroute('**/bare');
  await page.getByRole('textbox').focus();
  const floor = await typed(page);

  await page.evaluate(
    ({ draft, headers, every }) => {
      const give = async (): Promise<void> => {
        const text = document.querySelector('textarea')?.value;
        const body = JSON.stringify({ draft: { ...draft, text } });
        const reply = await fetch('call/save_draft', { method: 'POST', headers, body, cache: 'no-store' });
        if (!reply.ok) throw new Error(`not saved: ${reply.status}`);
        await reply.json();
        again();
      };
      // As the diary does: one at a time, and when the page has nothing else to do.
      const again = () => setTimeout(() => requestIdleCallback(() => void give(), { timeout: 150 }), every);
      again();
    },
    { draft, headers, every: SAVES },
  );
  await page.getByRole('textbox').focus();
  const saving = await typed(page);
  await page.goto('about:blank');

  console.log(`typing ${TYPED.length} letters at a ${SLOWER}th of the speed, ${ENTRIES} entries in the diary`);
  console.log(`  ${row('the longest frame', diary)} (promise: none over 32)`);
  console.log(`  ${row('floor: a bare text field', floor)}`);
  console.log(`  ${row('floor: one that saves', saving)}`);
});

interface Frames {
  longest: number;
  over: number;
  all: number;
}

/** Types at the end of what is there, and tells how long the frames took meanwhile. */
async function typed(page: Page): Promise<Frames> {
  await page.evaluate(() => delete document.body.dataset['typed']);
  await page.keyboard.press('Control+End');
  // A phone has no mouse, under which every change of the page would be looked up.
  await page.mouse.move(-10, -10);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const frames = page.evaluate(
    () =>
      new Promise<number[]>((done) => {
        const taken: number[] = [];
        let last: number | null = null;
        const frame = (now: number): void => {
          if (last !== null) taken.push(now - last);
          last = now;
          if (document.body.dataset['typed'] === undefined) requestAnimationFrame(frame);
          else done(taken);
        };
        requestAnimationFrame(frame);
      }),
  );
  await page.keyboard.type(TYPED, { delay: PAUSE });
  await page.evaluate(() => (document.body.dataset['typed'] = ''));
  const taken = await frames;
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  return { longest: Math.max(...taken), over: taken.filter((frame) => frame > 32).length, all: taken.length };
}

function row(name: string, { longest, over, all }: Frames): string {
  return `${name.padEnd(25)}${longest.toFixed(1).padStart(7)} ms     ${over} of ${all} frames over 32 ms`;
}
