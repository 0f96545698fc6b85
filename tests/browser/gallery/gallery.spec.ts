/** Takes a picture of each stop in each way in which it can be shown. The project's name is the language. */
import { test } from '@playwright/test';
import { join } from 'node:path';
import { microphone } from '../world/microphone';
import { walks } from './stops';
import { FOLDER } from './folder';
import { HEIGHTS, show, usual, variants } from './variants';
import { take } from './walk';

test.use(microphone);

/** The longest screen that is shown whole, in CSS pixels. */
const LONGEST = 9000;

for (const walk of walks) {
  test(walk.name, async ({ page }, info) => {
    const language = info.project.name;
    await take(walk, page, language, async (stop) => {
      for (const variant of variants) {
        await show(page, variant);
        // The whole screen, as if the phone were long enough: what stays at the foot is then where the screen ends.
        const length = await page.evaluate(() => document.documentElement.scrollHeight);
        if (length > HEIGHTS[variant.width]!)
          await page.setViewportSize({ width: variant.width, height: Math.min(length, LONGEST) });
        // Whatever the new length uncovers is drawn a frame later.
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
        const name = [stop.name, language, variant.width, variant.theme, variant.text].join('.');
        await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
      }
      await show(page, usual);
    });
  });
}
