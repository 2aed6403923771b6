/** The pages that are open, so that a browser test that fails can tell what stood on them. */
import type { Page } from 'playwright';

const pages = new Set<Page>();

export function rememberPage(page: Page): void {
  pages.add(page);
  page.on('close', () => pages.delete(page));
}

/** For each open page its path and its words, at most so many characters of them. */
export async function wordsOfOpenPages(atMost = 1_500): Promise<string[]> {
  return Promise.all(
    [...pages].map(async (page) => {
      const words = await page.locator('body').innerText({ timeout: 2_000 }).catch((error: Error) => `(${error.name})`);
      return `${new URL(page.url(), 'http://none').pathname}: ${words.replaceAll(/\s+/g, ' ').slice(0, atMost)}`;
    }),
  );
}
