/**
 * Makes the pictures of the README, `docs/images/*.png`: starts a Spool of its own, holds a short spoken conversation in it
 * (synthesized sentences are the microphone), and photographs the pages in a real browser. Run: `node scripts/screenshots.ts`
 * (needs Chromium).
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { startApp } from '#tests/support/app-instance.ts';
import { launchBrowser, openPage } from '#tests/support/browser.ts';
import { plugInTalkingMicrophone, say } from '#tests/support/talking-microphone.ts';

const FOLDER = path.resolve(import.meta.dirname, '../docs/images');
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
/** An invented learner: something liked, something given up, something wished for. */
const ANSWERS = ['I love looking at the stars and planets at night.', 'I used to play chess, but I do not play it any more.', 'I would like to learn how to play the violin.'];
const WAIT_MS = { timeout: 60_000 };

async function photograph(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`), animations: 'disabled' });
  process.stdout.write(`docs/images/${name}.png\n`);
}

async function signedIn(browser: Browser, baseURL: string, viewport: typeof DESK): Promise<Page> {
  const { page, context } = await openPage(browser, { baseURL, viewport, colorScheme: 'light', deviceScaleFactor: 2 });
  await context.request.post('/api/auth/local', { data: { name: 'Ada', role: 'learner' } });
  return page;
}

async function landing(browser: Browser, baseURL: string): Promise<void> {
  const page = await signedIn(browser, baseURL, DESK);
  await page.goto('/');
  await photograph(page, 'landing');
  await page.context().close();
}

async function preparation(browser: Browser, baseURL: string): Promise<void> {
  const page = await signedIn(browser, baseURL, { width: 1280, height: 1545 });
  await page.goto('/sessions/new?kind=onboarding');
  await page.getByRole('button', { name: 'Check the microphone' }).click();
  await page.getByText('We hear you.').waitFor(WAIT_MS);
  await page.getByText('Yes, keep it').click();
  await photograph(page, 'preparation');
  await page.context().close();
}

/** Speaks with the interviewer in a browser of its own: one sentence after the other, each once the interviewer has finished. */
async function conversation(baseURL: string, said: string[], viewport: typeof DESK, photographs: (page: Page) => Promise<void>): Promise<void> {
  const browser = await launchBrowser({ microphone: true });
  try {
    const page = await signedIn(browser, baseURL, viewport);
    await plugInTalkingMicrophone(page.context());
    await page.addInitScript(() => localStorage.setItem('spool.preferences', JSON.stringify({ microphone: true, voice: 'server' })));
    const answer = await page.context().request.post('/api/sessions', { data: { kind: 'onboarding', consent: { recording: true } }, headers: { origin: baseURL } });
    const { session } = (await answer.json()) as { session: { id: string } };
    await page.goto(`/sessions/${session.id}/live`);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    for (const [index, sentence] of said.entries()) {
      await interviewerFinished(page, index + 1);
      await say(page, sentence);
    }
    await interviewerFinished(page, said.length + 1);
    await photographs(page);
  } finally {
    await browser.close();
  }
}
async function interviewerFinished(page: Page, turn: number): Promise<void> {
  await page.getByText('Interviewer', { exact: true }).nth(turn - 1).waitFor(WAIT_MS);
  await page.getByText('The interviewer is speaking', { exact: true }).waitFor(WAIT_MS);
  await page.getByText('Listening to you', { exact: true }).waitFor(WAIT_MS);
}

async function onADesk(page: Page): Promise<void> {
  await photograph(page, 'live');
  await page.emulateMedia({ colorScheme: 'dark' });
  await photograph(page, 'live-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('button', { name: 'End it' }).click();
  await page.getByText('Complete', { exact: true }).waitFor(WAIT_MS);
  await page.getByRole('heading', { name: 'Your interests' }).waitFor(WAIT_MS);
  await page.getByRole('button', { name: /^Hear/ }).first().waitFor(WAIT_MS);
  await page.setViewportSize({ width: 1280, height: 1240 });
  await photograph(page, 'review');
  await page.goto('/profile');
  await page.getByRole('heading', { name: 'Violin' }).waitFor(WAIT_MS);
  await page.setViewportSize(DESK);
  await photograph(page, 'profile');
}

async function onAPhone(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await photograph(page, 'live-dark-phone');
}

await mkdir(FOLDER, { recursive: true });
const app = await startApp();
try {
  const browser = await launchBrowser({ microphone: true });
  try {
    await landing(browser, app.url);
    await preparation(browser, app.url);
  } finally {
    await browser.close();
  }
  await conversation(app.url, ANSWERS, DESK, onADesk);
  await conversation(app.url, ANSWERS.slice(0, 1), PHONE, onAPhone);
} finally {
  await app.stop();
}
