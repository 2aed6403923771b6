/** A real Chromium for tests and screenshots: where it is, how it is started, and what it complained about. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright';
import { witness } from './page-witness.ts';

/** The headless shell first: without the browser's own windows and menus a page costs a tenth of the processor time (measured: six blank pages 1.1 s instead of 11.4 s). */
const KNOWN_PLACES = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The path of an installed Chromium, or undefined: tests then say that they were left out and why. */
export function findChromium(): string | undefined {
  const bundled = chromium.executablePath();
  return [...KNOWN_PLACES, bundled].find((place) => place !== '' && existsSync(place));
}

/** What a test without a browser says. */
export const NO_BROWSER = 'No Chromium found. Install it (Debian: apt-get install chromium-headless-shell; elsewhere: npx playwright install chromium).';

export interface BrowserChoice {
  /** A WAV file that becomes the microphone, played once. Without it the microphone is absent. */
  microphoneWav?: string;
  /** True: permission for the microphone is granted without asking, and a device exists (a beeping one without a WAV). See `askForMicrophone`. */
  microphone?: boolean;
  /** True: sound needs a press first, as in the browsers people use; headless ones play without. */
  holdsSoundBack?: boolean;
}

/** Starts Chromium. @throws Error with the way to install it when there is none. */
export async function launchBrowser(choice: BrowserChoice = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(NO_BROWSER);
  const args = [...FLAGS];
  if (choice.microphone || choice.microphoneWav) args.push('--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream');
  else args.push('--disable-audio-input');
  if (choice.holdsSoundBack) args.push('--autoplay-policy=document-user-activation-required');
  if (choice.microphoneWav) args.push(`--use-file-for-fake-audio-capture=${choice.microphoneWav}%noloop`);
  return chromium.launch({ executablePath, args });
}

/**
 * The context's permission for the microphone counts from the next page on, and nobody answers a prompt. A browser without
 * windows has no prompts: it lets everybody in, or nobody.
 */
export async function askForMicrophone(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const media = navigator.mediaDevices;
    const open = media.getUserMedia.bind(media);
    media.getUserMedia = async (constraints) => {
      const { state } = await navigator.permissions.query({ name: 'microphone' });
      if (state !== 'granted') throw new DOMException('Permission denied', 'NotAllowedError');
      return open(constraints);
    };
  });
}

/** A press or a text that does not come: twice what Playwright waits, for a machine that does other things as well. */
const WAIT_MS = 60_000;

export interface WatchedPage {
  page: Page;
  context: BrowserContext;
  /** What the page wrote to console.error or threw, as text; empty when all is well. */
  complaints: string[];
}

/** A page in a context of its own whose complaints are collected. `expected` texts are part of the test, e.g. a 404 on purpose. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}, expected: RegExp[] = []): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  const note = (text: string) => {
    if (!expected.some((pattern) => pattern.test(text))) complaints.push(text);
  };
  page.on('console', (message) => {
    if (message.type() === 'error') note(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => note(String(error)));
  witness(page, context, complaints);
  return { page, context, complaints };
}
