/** What can go wrong while somebody talks: each trouble has its own words, a next step, and the step helps. */
import type { Browser, BrowserContextOptions, Page, WebSocketRoute } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type AppInstance } from '#tests/support/app-instance.ts';
import { NO_BROWSER, askForMicrophone, findChromium, launchBrowser } from '#tests/support/browser.ts';
import { loudspeakerPeak, microphoneFolder } from '#tests/support/page-audio.ts';
import { silence } from '#tests/support/speech.ts';
import { type Visitor, startSession, visitWith } from '#tests/support/visitor.ts';

const STARTS_WITHIN_MS = 300_000;
const PATIENCE = { timeout: 60_000, interval: 50 };
const ALLOWED: BrowserContextOptions = { permissions: ['microphone'] };
/** Failed connections are written to the console by the browser itself. */
const CUT = /WebSocket connection|ERR_/;
const hasBrowser = findChromium() !== undefined;
if (!hasBrowser) process.stderr.write(`${NO_BROWSER}\n`);

describe.skipIf(!hasBrowser)('trouble', () => {
  let app: AppInstance;
  /** With a microphone in a quiet room, and without any. */
  let quiet: Browser;
  let bare: Browser;
  let microphones: Awaited<ReturnType<typeof microphoneFolder>>;
  const visitors: Visitor[] = [];
  beforeAll(async () => {
    microphones = await microphoneFolder();
    const microphoneWav = await microphones.write('quiet', silence(60_000));
    [app, quiet, bare] = await Promise.all([startApp(), launchBrowser({ microphoneWav, holdsSoundBack: true }), launchBrowser()]);
  }, STARTS_WITHIN_MS);
  afterEach(async () => {
    const complaints = visitors.flatMap((visitor) => visitor.complaints);
    await Promise.all(visitors.splice(0).map((visitor) => visitor.close()));
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await Promise.all([quiet?.close(), bare?.close()]);
    await app?.stop();
    await microphones?.remove();
  }, 30_000);

  let number = 0;
  async function comes(browser: Browser, context: BrowserContextOptions = ALLOWED, expected: RegExp[] = []): Promise<Visitor> {
    const visitor = await visitWith(browser, app.url, { name: `Person ${(number += 1)}`, context, expected });
    visitors.push(visitor);
    return visitor;
  }
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

  test('who has not allowed the microphone reads where to allow it, and goes on by allowing or typing', async () => {
    const { page, context } = await comes(quiet, {});
    await askForMicrophone(context);
    await page.goto('/sessions/new?kind=onboarding');
    await button(page, 'Check the microphone').click();
    await page.getByRole('alert').getByText('The browser may not use the microphone').waitFor();
    await page.getByText('set Microphone to Allow').waitFor();
    await startSession(page, 'onboarding');
    await page.getByRole('alert').getByText('The browser may not use the microphone').waitFor();
    await context.grantPermissions(['microphone']);
    await button(page, 'Try again').click();
    await button(page, 'Mute').waitFor();
    await page.getByText('The browser may not use the microphone').waitFor({ state: 'detached' });
  });

  test('without a microphone there is a word about it, and everything can be typed', async () => {
    const { page } = await comes(bare);
    await page.goto('/sessions/new?kind=onboarding');
    await button(page, 'Check the microphone').click();
    await page.getByRole('alert').getByText('No microphone was found').waitFor();
    await startSession(page, 'onboarding');
    await page.getByRole('alert').getByText('No microphone was found').waitFor();
    await page.getByLabel('Type an answer').fill('I like telescopes.');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Conversation' }).getByText('I like telescopes.').waitFor();
  });

  test('a microphone that is pulled out is replaced by another, and when there is none the person is told', async () => {
    const { page } = await comes(quiet);
    await startSession(page, 'onboarding');
    await button(page, 'Mute').waitFor();
    const pullOut = () => page.evaluate(() => window.spoolAudio.tracks.at(-1)!.dispatchEvent(new Event('ended')));
    await pullOut();
    await page.getByText('The microphone was disconnected.').waitFor();
    await button(page, 'Understood').click();
    await page.evaluate(() => {
      const media = navigator.mediaDevices;
      const open = media.getUserMedia;
      media.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'));
      addEventListener('test.plugin', () => (media.getUserMedia = open), { once: true });
    });
    await pullOut();
    await page.getByRole('alert').getByText('The microphone is gone').waitFor();
    await page.evaluate(() => dispatchEvent(new Event('test.plugin')));
    await button(page, 'Try again').click();
    await button(page, 'Mute').waitFor();
    await page.getByText('The microphone is gone').waitFor({ state: 'detached' });
  });

  test('while the server is away words are kept and said to be kept, at the start and in the middle', async () => {
    const { page, record } = await comes(quiet, ALLOWED, [CUT]);
    await page.goto('/sessions/new?kind=onboarding');
    const start = await app.holdRealtimeDown();
    await page.getByText('Yes, keep it').click();
    await page.getByRole('button', { name: /^Start/ }).click();
    await page.getByText('Spool does not answer.').waitFor();
    await start.release();
    await page.getByText('Connected', { exact: true }).waitFor();
    await page.getByText('Spool does not answer.').waitFor({ state: 'detached' });
    await expect.poll(() => record.receivedOf('ack').length, PATIENCE).toBeGreaterThan(0);

    const middle = await app.holdRealtimeDown();
    await page.getByText('Spool does not answer.').waitFor();
    await page.getByText(/s not yet stored/).first().waitFor();
    // It stands for eight seconds only, which may be over when the server's return is known here.
    await Promise.all([page.getByText('Reconnected. Nothing was lost.').waitFor(), middle.release()]);
    expect(record.uplink()).toMatchObject({ missing: 0, contradictions: 0 });
  });

  test('a session opened in a second window goes on there, and can be taken back', async () => {
    const visitor = await comes(quiet);
    const { page, context } = visitor;
    await startSession(page, 'onboarding');
    const other = await context.newPage();
    await other.goto(page.url());
    await button(other, 'Go on').click();
    await other.getByText('Connected', { exact: true }).waitFor();
    await page.getByRole('alert').getByText('The session goes on in another window').waitFor();
    await button(page, 'Take it back').click();
    await page.getByText('Connected', { exact: true }).waitFor();
    await other.getByRole('alert').getByText('The session goes on in another window').waitFor();
    await button(page, 'Mute').waitFor();
  });

  test('a session taken over on another device is told the same way', async () => {
    const { page, sessionId } = await comes(quiet);
    await startSession(page, 'onboarding');
    const id = sessionId();
    const elsewhere = await visitWith(bare, app.url, { name: `Person ${number}` });
    visitors.push(elsewhere);
    await elsewhere.page.goto(`/sessions/${id}/live`);
    await button(elsewhere.page, 'Go on').click();
    await elsewhere.page.getByText('Connected', { exact: true }).waitFor();
    await page.getByRole('alert').getByText('The session goes on in another window').waitFor();
    await button(page, 'Take it back').click();
    await page.getByText('Connected', { exact: true }).waitFor();
    await elsewhere.page.getByRole('alert').getByText('The session goes on in another window').waitFor();
  });

  test('a session that was ended elsewhere says so, and opened again it leads to the review', async () => {
    const { page, context, sessionId } = await comes(quiet);
    await startSession(page, 'onboarding');
    const id = sessionId();
    expect((await context.request.delete(`/api/sessions/${id}`, { headers: { origin: app.url } })).status()).toBe(200);
    await page.getByRole('alert').getByText('The session was ended').waitFor();
    await page.goto(`/sessions/${id}/live`);
    await page.waitForURL(`${app.url}/sessions/${id}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

  describe('told by the server', () => {
    test.each([
      ['audio.disk_full', 'The disk is full.', 'kept in this browser', true],
      ['engine.missing', 'An engine is missing.', './spool doctor', false],
      ['engine.degraded', 'Switched to the local engine.', 'Nothing was lost', true],
    ])('%s is shown in its own words', async (code, title, next, retryable) => {
      const { page, context } = await comes(quiet);
      let stream: WebSocketRoute | undefined;
      await context.routeWebSocket(/\/v1\/stream/, (route) => {
        stream = route;
        route.connectToServer();
      });
      await startSession(page, 'onboarding');
      stream!.send(JSON.stringify({ type: 'error', code, message: 'Words for a log.', retryable }));
      await page.getByText(title).waitFor();
      await page.getByText(next).first().waitFor();
      await button(page, 'Understood').click();
      await page.getByText(title).waitFor({ state: 'detached' });
    });
  });

  test('a browser that holds the sound back asks for one press, and then the interviewer is heard', async () => {
    const { page, context, record } = await comes(quiet);
    // The press is a script's, which browsers do not count. Whatever asks the page something counts as one, so nothing does.
    await context.addInitScript(() => {
      const watch = setInterval(() => {
        const start = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Start');
        if (start) clearInterval(watch);
        start?.click();
      }, 100);
    });
    const answer = await context.request.post('/api/sessions', { data: { kind: 'onboarding', consent: { recording: true } }, headers: { origin: app.url } });
    const { session } = (await answer.json()) as { session: { id: string } };
    await page.goto(`/sessions/${session.id}/live`);
    await expect.poll(() => record.receivedOf('agent.state').some(({ state }) => state === 'speaking'), PATIENCE).toBe(true);
    await page.getByText('The browser holds the sound back').waitFor();
    await button(page, 'Play the sound').click();
    await page.getByText('The browser holds the sound back').waitFor({ state: 'detached' });
    await expect.poll(() => loudspeakerPeak(page), PATIENCE).toBeGreaterThan(0.02);
  });
});
