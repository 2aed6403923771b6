/**
 * What every page owes its readers: nothing axe objects to, and nothing that scrolls sideways. In the gate a page is held to
 * one of the two themes, half of the pages to each, by the name of their test; with --all every page to both.
 */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { count } from './counts.ts';

type Theme = 'light' | 'dark';
/** Of axe's rules that are on by default, those that look at colours. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

function themesOfThisTest(): Theme[] {
  const both: Theme[] = ['light', 'dark'];
  const letters = [...(expect.getState().currentTestName ?? '')].reduce((sum, letter) => sum + letter.codePointAt(0)!, 0);
  return letters % 2 === 0 ? both.slice(0, count(1, 2)) : both.toReversed().slice(0, count(1, 2));
}

/**
 * Of the page as it stands. The theme is the system's, which the page follows at once; afterwards it is the last of `themes`.
 * @throws when axe objects, or the page is wider than its window
 */
export async function expectAccessible(page: Page, themes: readonly Theme[] = themesOfThisTest()): Promise<void> {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe(theme);
    // A colour halfway to the other theme, or to a press, is judged by nobody.
    await page.evaluate(() => Promise.allSettled(document.getAnimations().flatMap((each) => (each instanceof CSSTransition ? [each.finished] : []))));
    // Of a page that is scrolled, axe takes the link that waits above the window for the background of what lies there.
    await page.evaluate(() => scrollTo(0, 0));
    const axe = new AxeBuilder({ page });
    // A theme is colours and nothing else: all other rules have judged this very page already.
    const { violations } = await (theme === themes[0] ? axe : axe.withRules(COLOUR_RULES)).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`), `in the ${theme} theme`).toEqual([]);
  }
  const { wide, window } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, window: innerWidth }));
  expect(wide, 'scrolls sideways').toBeLessThanOrEqual(window);
}
