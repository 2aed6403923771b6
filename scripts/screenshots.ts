/**
 * Makes the pictures of the README, `docs/images/*.png`: starts a Spool of its own, holds a short spoken conversation in it
 * (a recording is the microphone), and photographs the pages in a real browser. Run: `node scripts/screenshots.ts`
 * (needs Chromium).
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { startApp } from '#tests/support/app-instance.ts';
import { launchBrowser, openPage } from '#tests/support/browser.ts';
import { concatSamples, fixtureSamples, mixSamples, noise, silence } from '#tests/support/speech.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { encodeWav } from '#domain/stream/wav.ts';

const FOLDER = path.resolve(import.meta.dirname, '../docs/images');
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
/** The greeting and the first question take about 16 s to say. */
const LISTEN_FIRST_MS = 20_000;
const WAIT_MS = { timeout: 60_000 };

/** What the person says: a sentence after the greeting, and nothing more. In a quiet room, because digital zeros are not one. */
function microphone(): Uint8Array {
  const said = concatSamples(silence(LISTEN_FIRST_MS), fixtureSamples('mountains'), silence(60_000));
  return encodeWav({ samples: mixSamples(said, noise(5_000, -65)), sampleRateHz: UPLINK_SAMPLE_RATE_HZ });
}

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

/** Speaks with the interviewer in a browser of its own, from Start to the end of the first answer's answer. */
async function conversation(baseURL: string, microphoneWav: string, viewport: typeof DESK, photographs: (page: Page) => Promise<void>): Promise<void> {
  const browser = await launchBrowser({ microphone: true, microphoneWav });
  try {
    const page = await signedIn(browser, baseURL, viewport);
    await page.addInitScript(() => localStorage.setItem('spool.preferences', JSON.stringify({ microphone: true, voice: 'server' })));
    const answer = await page.context().request.post('/api/sessions', { data: { kind: 'onboarding', consent: { recording: true } }, headers: { origin: baseURL } });
    const { session } = (await answer.json()) as { session: { id: string } };
    await page.goto(`/sessions/${session.id}/live`);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('Interviewer', { exact: true }).nth(1).waitFor(WAIT_MS);
    await page.getByText('The interviewer is speaking', { exact: true }).waitFor(WAIT_MS);
    await page.getByText('Listening to you', { exact: true }).waitFor(WAIT_MS);
    await photographs(page);
  } finally {
    await browser.close();
  }
}

async function onADesk(page: Page): Promise<void> {
  await photograph(page, 'live');
  await page.emulateMedia({ colorScheme: 'dark' });
  await photograph(page, 'live-dark');
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('button', { name: 'End it' }).click();
  await page.getByText('Complete', { exact: true }).waitFor(WAIT_MS);
  await page.getByText('Loading the interests').waitFor({ ...WAIT_MS, state: 'detached' });
  await photograph(page, 'review');
}

async function onAPhone(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await photograph(page, 'live-dark-phone');
}

await mkdir(FOLDER, { recursive: true });
const temporary = await mkdtemp(path.join(os.tmpdir(), 'spool-pictures-'));
const microphoneWav = path.join(temporary, 'microphone.wav');
await writeFile(microphoneWav, microphone());
const app = await startApp();
try {
  const browser = await launchBrowser({ microphone: true });
  try {
    await landing(browser, app.url);
    await preparation(browser, app.url);
  } finally {
    await browser.close();
  }
  await conversation(app.url, microphoneWav, DESK, onADesk);
  await conversation(app.url, microphoneWav, PHONE, onAPhone);
} finally {
  await app.stop();
  await rm(temporary, { recursive: true, force: true });
}
