/** How a screen can be shown: on how wide a phone, in which light, with how large a text. */
import type { Page } from '@playwright/test';

export interface Variant {
  width: number;
  theme: 'light' | 'dark';
  /** Percent of the usual size. */
  text: 100 | 200;
}

/** Narrow and old, of today, and a tablet: the height that goes with a width. */
export const HEIGHTS: Record<number, number> = { 320: 640, 360: 740, 412: 915, 768: 1024 };

export const variants: readonly Variant[] = [320, 412, 768].flatMap((width) =>
  (['light', 'dark'] as const).flatMap((theme) => ([100, 200] as const).map((text) => ({ width, theme, text }))),
);

/** Shows what is on the screen otherwise, without loading it anew: it keeps its state. */
export async function show(page: Page, { width, theme, text }: Variant): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.setViewportSize({ width, height: HEIGHTS[width]! });
  await page.evaluate((text) => (document.documentElement.dataset.text = String(text)), text);
}

/** As the walk goes on. */
export const usual: Variant = { width: 412, theme: 'light', text: 100 };
