/** A person at a browser of their own: signs in, prepares, talks, ends, as the pages offer it. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright';
import type { TranscriptItem } from '#domain/session/session.ts';
import { type Wav, parseWav } from '#domain/stream/wav.ts';
import { type BrowserChoice, launchBrowser, openPage } from './browser.ts';
import { StreamRecord, listenIn } from './page-audio.ts';

export interface Visitor {
  browser: Browser;
  page: Page;
  context: BrowserContext;
  complaints: string[];
  record: StreamRecord;
  /** From the address of the page. */
  sessionId(): string;
  transcript(): Promise<TranscriptItem[]>;
  audio(track: 'user' | 'agent' | 'mix'): Promise<Wav>;
  close(): Promise<void>;
}
export interface VisitOptions {
  name: string;
  microphone: BrowserChoice;
  context?: BrowserContextOptions;
  /** Complaints of the page that belong to the test. */
  expected?: RegExp[];
}

/** Opens a browser and signs in. */
export async function visit(baseURL: string, { name, microphone, context: options = {}, expected = [] }: VisitOptions): Promise<Visitor> {
  const browser = await launchBrowser(microphone);
  const visitor = await visitWith(browser, baseURL, { name, context: options, expected });
  return { ...visitor, close: () => visitor.close().finally(() => browser.close()) };
}

/** A person in a context of their own in a browser that is there already; closing closes that context. */
export async function visitWith(browser: Browser, baseURL: string, { name, context: options = {}, expected = [] }: Omit<VisitOptions, 'microphone'>): Promise<Visitor> {
  const { page, context, complaints } = await openPage(browser, { baseURL, viewport: { width: 1280, height: 800 }, ...options }, expected);
  await listenIn(context);
  const answer = await context.request.post('/api/auth/local', { data: { name, role: 'learner' } });
  if (!answer.ok()) throw new Error(`Signing in was answered with ${answer.status()}.`);
  const sessionId = () => {
    const id = /\/sessions\/([0-9a-f-]{36})/.exec(page.url())?.[1];
    if (!id) throw new Error(`No session is open at ${page.url()}.`);
    return id;
  };
  return {
    browser, page, context, complaints, sessionId,
    record: new StreamRecord(page),
    async transcript() {
      const found = await context.request.get(`/api/sessions/${sessionId()}/transcript`);
      return ((await found.json()) as { items: TranscriptItem[] }).items;
    },
    async audio(track) {
      const found = await context.request.get(`/api/sessions/${sessionId()}/audio?track=${track}`);
      if (!found.ok()) throw new Error(`The ${track} track was answered with ${found.status()}.`);
      return parseWav(new Uint8Array(await found.body()));
    },
    close: () => context.close(),
  };
}

/** From the preparation to the live page. `check`: try the microphone first. */
export async function startSession(page: Page, kind: 'onboarding' | 'dictation', { check = false, recording = true } = {}): Promise<void> {
  await page.goto(`/sessions/new?kind=${kind}`);
  if (check) {
    await page.getByRole('button', { name: 'Check the microphone' }).click();
    await page.getByText('We hear you.').waitFor();
  }
  await page.getByText(recording ? 'Yes, keep it' : 'No, only the transcript').click();
  await page.getByRole('button', { name: /^Start/ }).click();
  await page.waitForURL(/\/live$/);
  // On a phone the word is there for ears only.
  await page.getByText('Connected', { exact: true }).waitFor({ state: 'attached' });
}

/** Ends the session from the live page and waits for the review to be complete. */
export async function endSession(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('button', { name: 'End it' }).click();
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  await page.getByText('Complete', { exact: true }).waitFor();
}
