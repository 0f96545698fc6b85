/**
 * Typing on a slow phone: the page at a sixth of this machine's speed, over a diary of 10,000 entries, in an entry that is long already.
 *
 * Beside it the floor: the same keys in a bare text field, without a diary.
 */
import type { Page } from '@playwright/test';
import { test } from '../world/test';

const ENTRIES = 300;
const SLOWER = 6;
/** Between two keys, in milliseconds: a quick thumb. */
const PAUSE = 80;
const SENTENCE = 'He was waiting before the doors opened, and I saw myself, four years ago. ';
const TYPED = SENTENCE.repeat(3);
/** An entry of 1.5 KB. */
const LONG = SENTENCE.repeat(20);

test('typingx', async ({ phone, page }) => {
  await phone.keepPrivately([]);
  for (let number = 0; number < ENTRIES; number += 1) await phone.put({ text: `${number} ${LONG}` });
  // Opened as on any other day.
  await phone.crashAndRestart();
  await phone.unlock();
  await phone.tap(phone.say('today-write'));
  await phone.paper.fill(LONG);
  await phone.isSaved();
  const diary = await typed(page);

  await page.goto('about:blank');
  await page.setContent(`<textarea rows="20" cols="40" aria-label="paper">${LONG}</textarea>`);
  await page.getByRole('textbox').focus();
  const floor = await typed(page);

  console.log(`typing ${TYPED.length} letters at a ${SLOWER}th of the speed, ${ENTRIES} entries in the diary`);
  console.log(`  ${row('the longest frame', diary)} (promise: none over 32)`);
  console.log(`  ${row('floor: a bare text field', floor)}`);
});

interface Frames {
  longest: number;
  over: number;
  all: number;
}

/** Types at the end of what is there, and tells how long the frames took meanwhile. */
async function typed(page: Page): Promise<Frames> {
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
  await devtools.send('Performance.enable');
  const m = async () => Object.fromEntries((await devtools.send('Performance.getMetrics')).metrics.map((x) => [x.name, x.value]));
  const a = await m();
  await page.keyboard.type(TYPED, { delay: PAUSE });
  const b = await m();
  for (const k of ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration', 'TaskDuration', 'LayoutCount', 'RecalcStyleCount', 'ThreadTime', 'DevToolsCommandDuration', 'V8CompileDuration'])
    console.log('  ', k, (((b[k] ?? 0) - (a[k] ?? 0)) / TYPED.length * (k.endsWith('Count') ? 1 : 1000)).toFixed(2), 'per key');

  await page.evaluate(() => (document.body.dataset['typed'] = ''));
  const taken = await frames;
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  return { longest: Math.max(...taken), over: taken.filter((frame) => frame > 32).length, all: taken.length };
}

function row(name: string, { longest, over, all }: Frames): string {
  return `${name.padEnd(25)}${longest.toFixed(1).padStart(7)} ms     ${over} of ${all} frames over 32 ms`;
}
