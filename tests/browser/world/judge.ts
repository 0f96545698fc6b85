/** What a machine finds wrong with a screen: by axe, and by measuring it. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe looks at: everything, the colours alone, or nothing because it has seen the same page just now. */
export type Axe = 'everything' | 'colours' | 'nothing';

async function axeFinds(page: Page, axe: Axe): Promise<string[]> {
  if (axe === 'nothing') return [];
  const all = new AxeBuilder({ page });
  const { violations } = await (axe === 'colours' ? all.withRules(['color-contrast']) : all).analyze();
  return violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' ')}`);
}

/** Everything that a machine finds wrong with a screen. */
export async function wrongWith(page: Page, axe: Axe = 'everything'): Promise<string[]> {
  await page.evaluate(() => document.fonts.ready);
  const found = await page.evaluate(() => {
    const wrong: string[] = [];
    const shown = (selector: string) =>
      [...document.querySelectorAll(selector)].filter((each) => each.getClientRects().length > 0);
    const sideways = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (sideways > 0) wrong.push(`scrolls ${sideways} px sideways`);
    for (const control of shown('button, a[href], select, label.check, input:not([type=radio], [type=checkbox])'))
      // Seven days of a week do not all have 48 px side by side on a narrow phone; they have it in height.
      if (
        control.getBoundingClientRect().height < 47.5 ||
        control.getBoundingClientRect().width < (control.closest('td') ? 40 : 47.5)
      )
        wrong.push(`under 48 px: ${control.outerHTML.slice(0, 120)}`);
    // A box that is narrower than its words cuts them off, or lets them run over what stands beside it.
    for (const box of shown('button, label, legend, h1, h2, h3, p, li'))
      if (
        box.scrollWidth > box.clientWidth + 1 &&
        getComputedStyle(box).display !== 'inline' &&
        !box.closest('.hidden, .words, .opening')
      )
        wrong.push(`does not fit its box: ${box.outerHTML.slice(0, 120)}`);
    // A word that is broken in two, unless it is an address.
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode())
      for (const word of (text.textContent ?? '').matchAll(/[\p{L}\p{M}’]+/gu)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.bottom)));
        const [before, after] = [text.textContent!.slice(0, word.index), text.textContent!.slice(word.index)];
        const address = /[/.:]\S/.test(`${/\S*$/.exec(before)![0]}${/^\S*/.exec(after)![0]}`);
        if (lines.size > 1 && !address) wrong.push(`broken in two: ${word[0]}`);
      }
    return wrong;
  });
  return [...found, ...(await axeFinds(page, axe))];
}
