/** The ways of showing the desk, each of which has its own way of going wrong. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { wrongWith } from './judge';

const SHOWN = [
  { width: 1280, theme: 'light', text: 100 },
  { width: 1280, theme: 'dark', text: 100 },
  { width: 768, theme: 'light', text: 200 },
  { width: 320, theme: 'light', text: 100 },
] as const;

async function show(page: Page, { width, theme, text }: (typeof SHOWN)[number]): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  await page.evaluate(([theme, text]) => Object.assign(document.documentElement.dataset, { theme, text: `${text}` }), [
    theme,
    text,
  ] as const);
}

/** Whether the screen is accessible and fits, in each of them. */
export async function judged(page: Page, name: string): Promise<void> {
  for (const variant of SHOWN) {
    await show(page, variant);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const shown = `${name} ${variant.width} ${variant.theme} ${variant.text} %`;
    expect
      .soft(
        violations.map((each) => `${each.id}: ${each.nodes[0]?.html}`),
        shown,
      )
      .toEqual([]);
    const sideways = (await wrongWith(page, 'nothing')).filter((wrong) => wrong.startsWith('scrolls'));
    expect.soft(sideways, shown).toEqual([]);
  }
  await show(page, SHOWN[0]);
}
