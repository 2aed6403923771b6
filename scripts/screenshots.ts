/**
 * Makes the pictures of the README, `docs/images/*.png`: starts a Spool of its own, holds a short written conversation in
 * it, and photographs the pages in a real browser. Run: `node scripts/screenshots.ts` (needs Chromium).
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { startApp } from '#tests/support/app-instance.ts';
import { launchBrowser, openPage } from '#tests/support/browser.ts';
import { SESSIONS, TRANSCRIPT, answerWith } from '#tests/support/screens-data.ts';

const FOLDER = path.resolve(import.meta.dirname, '../docs/images');
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const ANSWER = 'Mostly looking at the stars. I bought a small telescope last winter.';

interface Picture {
  name: string;
  theme: 'light' | 'dark';
  viewport: { width: number; height: number };
  open(page: Page): Promise<void>;
}

const PICTURES: Picture[] = [
  { name: 'landing', theme: 'light', viewport: DESK, open: landing },
  { name: 'live', theme: 'light', viewport: DESK, open: conversation },
  { name: 'live-dark-phone', theme: 'dark', viewport: PHONE, open: conversation },
  { name: 'preparation', theme: 'light', viewport: { width: 1280, height: 1340 }, open: preparation },
  { name: 'review', theme: 'dark', viewport: DESK, open: review },
];

async function landing(page: Page): Promise<void> {
  await page.goto('/');
}

/** A real conversation, typed, so that the picture needs no recording and looks the same each time. */
async function conversation(page: Page): Promise<void> {
  await page.addInitScript(() => localStorage.setItem('spool.preferences', JSON.stringify({ microphone: true, voice: 'off' })));
  const origin = new URL(page.url()).origin;
  const answer = await page.context().request.post('/api/sessions', { data: { kind: 'onboarding', consent: { recording: true } }, headers: { origin } });
  const { session } = (await answer.json()) as { session: { id: string } };
  await page.goto(`/sessions/${session.id}/live`);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const interviewer = page.getByText('Interviewer', { exact: true });
  await interviewer.first().waitFor();
  await page.getByLabel('Type an answer').fill(ANSWER);
  await page.keyboard.press('Enter');
  await interviewer.nth(1).waitFor();
  // The thread needs a few seconds of sound to run across the picture.
  await page.waitForTimeout(4_000);
}

async function preparation(page: Page): Promise<void> {
  await page.goto('/sessions/new?kind=onboarding');
  await page.getByRole('button', { name: 'Check the microphone' }).click();
  await page.getByText('We hear you.').waitFor();
  await page.getByText('Yes, keep it').click();
}

async function review(page: Page): Promise<void> {
  await answerWith(page);
  await page.goto(`/sessions/${SESSIONS[0]!.id}`);
  await page.getByText(TRANSCRIPT[1]!.text).click();
  await page.getByRole('button', { name: 'Pause' }).click();
}

async function photograph(browser: Browser, baseURL: string, { name, theme, viewport, open }: Picture): Promise<void> {
  const { page, context } = await openPage(browser, { baseURL, viewport, colorScheme: theme, deviceScaleFactor: 2 });
  await context.request.post('/api/auth/local', { data: { name: 'Ada', role: 'learner' } });
  await page.goto('/');
  await open(page);
  await page.mouse.move(0, 0);
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
  process.stdout.write(`docs/images/${name}.png\n`);
  await context.close();
}

await mkdir(FOLDER, { recursive: true });
const app = await startApp();
try {
  const browser = await launchBrowser({ microphone: true });
  try {
    for (const picture of PICTURES) await photograph(browser, app.url, picture);
  } finally {
    await browser.close();
  }
} finally {
  await app.stop();
}
