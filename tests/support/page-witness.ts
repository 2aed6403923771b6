/** What stood on the pages of a browser test that failed: a wait that ran out alone tells nothing of why. */
import type { BrowserContext, Page } from 'playwright';
import { TestRunner, type RunnerTestCase } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** Of a test that failed: a line for each of its pages. */
    pages?: string[];
  }
}

const TEXT_LENGTH = 700;
const LOOKED_AT_WITHIN_MS = 5_000;

/** Notes on a test that failed what its page shows, waits for and was refused, before the page's context closes. */
export function witness(page: Page, context: BrowserContext, complaints: readonly string[]): void {
  const test = TestRunner.getCurrentTest<RunnerTestCase | undefined>();
  if (!test) return;
  const waitsFor = new Set<string>();
  const refused: string[] = [];
  page.on('request', (request) => waitsFor.add(`${request.method()} ${request.url()}`));
  page.on('requestfinished', (request) => waitsFor.delete(`${request.method()} ${request.url()}`));
  page.on('requestfailed', (request) => {
    waitsFor.delete(`${request.method()} ${request.url()}`);
    refused.push(`${request.method()} ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) refused.push(`${response.request().method()} ${response.url()} ${response.status()}`);
  });
  let told = false;
  const tell = async () => {
    if (told || page.isClosed()) return;
    told = true;
    const text = await page.locator('body').innerText({ timeout: LOOKED_AT_WITHIN_MS }).catch(String);
    (test.meta.pages ??= []).push(
      `${page.url()} waits for ${[...waitsFor].join(', ') || 'nothing'}; was refused ${refused.slice(-5).join(', ') || 'nothing'}; complained of ${complaints.join(', ') || 'nothing'}; shows “${text.replace(/\s+/g, ' ').slice(0, TEXT_LENGTH)}”`,
    );
  };
  const close = context.close.bind(context);
  context.close = async (options) => {
    if (test.result?.state === 'fail') await tell();
    await close(options);
  };
  test.context.onTestFailed(tell);
}
