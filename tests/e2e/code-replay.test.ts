/** The interviewer's team: watches an interview live, and plays it again at any moment. */
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildReplay, codeAt } from '#domain/code/replay.ts';
import { expectAccessible } from '#tests/support/accessibility.ts';
import { sharedApp, type SharedApp } from '#tests/support/shared-app.ts';
import { NO_BROWSER, findChromium, launchBrowser, openPage, type WatchedPage } from '#tests/support/browser.ts';
import { INTERVIEW, INTERVIEW_ID, answerWithInterview } from '#tests/support/code-replay-data.ts';
import { listenIn } from '#tests/support/page-audio.ts';
import { candidateFrom, type ScriptedCandidate } from '#tests/support/scripted-candidate.ts';
import { concatSamples, fixtureSamples, silence } from '#tests/support/speech.ts';
import { count } from '#tests/support/counts.ts';

const STARTS_WITHIN_MS = 300_000;
const NARROW = { width: 360, height: 740 };
const PATIENCE = { timeout: 60_000, interval: 50 };
const hasBrowser = findChromium() !== undefined;
if (!hasBrowser) process.stderr.write(`${NO_BROWSER}\n`);

declare global {
  interface Window {
    /** The loudest of each loudspeaker so far: the interviewer's and the candidate's. */
    heardPeaks: number[];
  }
}
function listenToEach(): void {
  window.heardPeaks = [];
  setInterval(() => {
    window.spoolAudio.loudspeakers.forEach((analyser, index) => {
      const samples = new Float32Array(analyser.fftSize);
      analyser.getFloatTimeDomainData(samples);
      window.heardPeaks[index] = samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), window.heardPeaks[index] ?? 0);
    });
  }, 20);
}

describe.skipIf(!hasBrowser)('the interviewer’s team', () => {
  let app: SharedApp;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([sharedApp(), launchBrowser()]);
  }, STARTS_WITHIN_MS);
  afterAll(async () => {
    await browser?.close();
  }, 30_000);

  async function visit(name: string, role: 'interviewer' | 'learner' = 'interviewer', options: BrowserContextOptions = {}): Promise<WatchedPage> {
    const watched = await openPage(browser, { baseURL: app.url, viewport: { width: 1280, height: 720 }, ...options });
    await listenIn(watched.context);
    expect((await watched.context.request.post('/api/auth/local', { data: { name, role } })).status()).toBe(200);
    return watched;
  }
  const send = async (page: Page, method: 'post' | 'get' | 'put', address: string, data?: object) => {
    const answer = await page.context().request[method](address, { ...(data ? { data } : {}), headers: { origin: app.url } });
    expect(answer.ok(), `${address} was answered with ${answer.status()}`).toBe(true);
    return (await answer.json()) as any;
  };
  /** The text in the read-only editor, which draws only the lines in sight. */
  const code = (page: Page) => page.locator('.cm-line').allTextContents().then((lines) => lines.join('\n'));
  const audioMs = (page: Page) => page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime * 1000);
  const place = async (page: Page) => Number(await page.getByRole('slider', { name: 'Place in the interview' }).inputValue());
  const pressed = async (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  test('watches the code grow, hears both, notes privately, and plays the interview again at a moment of it', async () => {
    const ines = await visit('Iris');
    const omar = await visit('Oskar');
    const { page } = ines;
    const { session } = await send(page, 'post', '/api/sessions', { kind: 'code', templateId: 'two-sum', consent: { recording: true } });
    const sessionId = session.id as string;
    const invite = async (kind: string) => (await send(page, 'post', `/api/sessions/${sessionId}/invitations`, { kind })).secret as string;
    await send(omar.page, 'post', '/api/invitations/accept', { secret: await invite('observer') });

    await page.goto(`/sessions/${sessionId}/watch`);
    await page.getByText('The candidate has not come yet.').waitFor();
    await omar.page.goto(`/sessions/${sessionId}/watch`);
    await pressed(page, 'Listen');
    await page.getByRole('button', { name: 'Listening' }).waitFor();
    await page.evaluate(listenToEach);

    const cleo: ScriptedCandidate = await candidateFrom(app.url, await invite('candidate'));
    try {
      await cleo.creates('two_sum.py', 'def two_sum(numbers, target):\n');
      await expect.poll(() => code(page), PATIENCE).toContain('def two_sum');
      // The microphone is on all the time, as in a page; the words lie in the middle of the typing.
      const speech = fixtureSamples('computers');
      const talking = cleo.participant.speak(concatSamples(silence(2_500), speech, silence(6_000)));
      await cleo.types('', '    seen = ');
      // The moment between the two is looked for below.
      await cleo.types('', '{}\n', { msPerKey: 400 });
      await expect.poll(() => code(page), PATIENCE).toContain('    seen = {}');
      await expect.poll(() => code(omar.page), PATIENCE).toContain('    seen = {}');
      await cleo.saves();
      await page.getByText('version 2').waitFor();
      await cleo.types('', '    for position, number in enumerate(numbers):\n        pass\n', { msPerKey: 40 });
      await cleo.saves();

      await expect.poll(() => page.evaluate(() => window.heardPeaks.filter((peak) => peak > 0.02).length), { timeout: 60_000, interval: 100 }).toBe(2);
      await talking;
      await cleo.participant.delivered();
      await page.getByRole('region', { name: 'Conversation' }).getByText('computers').first().waitFor({ timeout: 60_000 });

      // Who else watches is for the team alone.
      await expect.poll(() => page.getByText('Watching: Iris, Oskar').count(), PATIENCE).toBeGreaterThan(0);
      expect(JSON.stringify(cleo.participant.messages)).not.toMatch(/Oskar|Iris/);
      await page.getByLabel('Private notes').fill('Starts with a dictionary at once.');
      await page.getByText('Saved', { exact: true }).waitFor();
      await omar.page.getByText('Starts with a dictionary at once.').waitFor({ timeout: 60_000 });
      expect((await cleo.api.getPrivateNotes(sessionId).catch((error: { status: number }) => error) as { status: number }).status).toBe(403);

      // A cut connection comes back by itself and shows what was typed meanwhile.
      await page.context().setOffline(true);
      await page.getByText('Offline', { exact: true }).or(page.getByText('Reconnecting', { exact: true })).first().waitFor();
      await cleo.types('pass', 'rest = target - number');
      await page.context().setOffline(false);
      await page.getByText('Watching', { exact: true }).waitFor({ timeout: 60_000 });
      await expect.poll(() => code(page), PATIENCE).toContain('rest = target - number');

      const run = await cleo.api.execute({ sessionId, fileName: 'two_sum.py', tests: 'visible' }).catch((error: { code: string }) => error.code);
      const runs = typeof run !== 'string';
      if (runs) await page.getByRole('region', { name: 'The newest run' }).waitFor({ timeout: 60_000 });
      else expect(run).toMatch(/^(runner\.unavailable|language\.missing)$/);
      await cleo.saves();
      await cleo.participant.silence(500);
      await cleo.participant.delivered();
      await cleo.participant.end(30_000);
      await page.getByText('The interview is over.').waitFor();
      await expectAccessible(page, ['light']);

      const { items } = await send(page, 'get', `/api/sessions/${sessionId}/transcript`);
      const said = items.find(({ speaker, text }: any) => speaker === 'user' && /computers/i.test(text));
      const { events } = await send(page, 'get', `/api/sessions/${sessionId}/events`);
      const { versions } = await send(page, 'get', `/api/sessions/${sessionId}/versions`);
      const replay = buildReplay({ session: await send(page, 'get', `/api/sessions/${sessionId}`), events, versions, items });
      // The moment at which "seen = {" stood there and its closing brace did not yet.
      const touchOf = (end: string) => replay.touches.find(({ atMs }) => codeAt(replay, atMs)?.state.text?.endsWith(end))!.atMs;
      const momentMs = Math.round((touchOf('seen = {') + touchOf('seen = {}')) / 2);
      const brace = events.find(({ type, data }: any) => type === 'editor' && data.changes[0].insert === '}');
      const { audioMs: soundMs } = replay.clock.audioAt(momentMs);
      expect(Math.abs(soundMs - brace.sample / 16)).toBeLessThan(5_000);
      await page.goto(`/sessions/${sessionId}/replay?at=${momentMs}`);
      await page.getByText('two_sum.py').first().waitFor();
      await expect.poll(() => code(page), PATIENCE).toBe('def two_sum(numbers, target):\n    seen = {');
      await expect.poll(async () => Math.abs((await audioMs(page)) - soundMs), PATIENCE).toBeLessThan(60);

      await page.goto(`/sessions/${sessionId}/replay?at=${Math.round(replay.clock.ofAudio(said.startMs + 100))}`);
      await expect.poll(() => page.locator('li[aria-current]').filter({ hasText: 'computers' }).count(), PATIENCE).toBe(1);
      await pressed(page, 'Play');
      await expect.poll(() => audioMs(page), PATIENCE).toBeGreaterThan(said.startMs + 600);
      await pressed(page, 'Pause');
      // At rest: while it plays, the two are read at different moments.
      await expect.poll(async () => Math.abs(replay.clock.audioAt(await place(page)).audioMs - (await audioMs(page))), PATIENCE).toBeLessThan(400);
      if (runs) {
        await pressed(page, 'Next run');
        await page.getByRole('region', { name: 'The newest run' }).waitFor();
        expect(await code(page)).toContain('rest = target - number');
      }
      expect([...ines.complaints, ...omar.complaints].filter((text) => !/ERR_INTERNET_DISCONNECTED|WebSocket/.test(text))).toEqual([]);
    } finally {
      cleo.participant.leave();
      await Promise.all([ines.context.close(), omar.context.close()]);
    }
  });

  test('finds runs, hints and silences by a press or a key, and keeps the words, the code and the recording together', async () => {
    const { page, context, complaints } = await visit('Iris', 'interviewer', { permissions: ['clipboard-read', 'clipboard-write'] });
    await answerWithInterview(page);
    const [failed, second, last] = INTERVIEW.events.filter(({ type }) => type === 'run.started').map(({ atMs }) => atMs - 30_000) as [number, number, number];
    await page.goto(`/sessions/${INTERVIEW_ID}/replay`);
    await page.getByText('No code yet at this moment.').waitFor();
    await page.keyboard.press('r');
    await expect.poll(() => place(page), PATIENCE).toBeCloseTo(failed, -3);
    expect(await code(page)).toContain('for j in range(len(numbers)):');
    await page.keyboard.press('ArrowRight');
    await page.getByText('One test fails').first().waitFor();
    await page.keyboard.press('r');
    await expect.poll(() => place(page), PATIENCE).toBeCloseTo(second, -3);
    expect(await code(page)).toContain('for j in range(i + 1, len(numbers)):');
    await page.getByRole('button', { name: 'Next hint' }).click();
    await expect.poll(() => page.locator('li[aria-current]').filter({ hasText: 'which one would you have to have seen already' }).count(), PATIENCE).toBe(1);
    await page.getByRole('button', { name: 'Previous long silence' }).click();
    const silenceMs = await place(page);
    await page.getByRole('button', { name: /Silence of 48 seconds|Silence of 47 seconds/ }).click();
    expect(await place(page)).toBe(silenceMs);
    await page.getByRole('button', { name: /All tests pass.*hidden/ }).click();
    await expect.poll(() => place(page), PATIENCE).toBeCloseTo(last, -3);
    await page.keyboard.press('e');
    await expect.poll(() => place(page), PATIENCE).toBeCloseTo(second, -3);

    await page.keyboard.press('c');
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toMatch(new RegExp(`^${app.url}/sessions/${INTERVIEW_ID}/replay\\?at=\\d+$`));
    const there = await code(page);
    await page.goto(link);
    await expect.poll(() => code(page), PATIENCE).toBe(there);

    await page.getByLabel('Speed').selectOption('4');
    await page.keyboard.press(' ');
    const fromMs = await place(page);
    await expect.poll(() => place(page), PATIENCE).toBeGreaterThan(fromMs + 3_000);
    expect(await page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.playbackRate)).toBe(4);
    await page.keyboard.press(' ');
    await expect.poll(async () => Math.abs((await place(page)) - (await audioMs(page))), PATIENCE).toBeLessThan(400);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('plays a session without a recording by the clock, and one without code as well', async () => {
    const { page, context, complaints } = await visit('Iris');
    await answerWithInterview(page, { session: { consent: { recording: false } } });
    await page.goto(`/sessions/${INTERVIEW_ID}/replay?at=60000`);
    await page.getByText('No recording').waitFor();
    const before = await place(page);
    await page.getByLabel('Speed').selectOption('2');
    await pressed(page, 'Play');
    await expect.poll(() => place(page), PATIENCE).toBeGreaterThan(before + 1_500);
    await pressed(page, 'Pause');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await answerWithInterview(page, { events: [], versions: [] });
    await page.goto(`/sessions/${INTERVIEW_ID}/replay`);
    await page.getByText('No code was written in this session.').waitFor();
    await page.getByRole('list', { name: 'What was said' }).getByText('Let me run that.').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test.each(([['a narrow phone', NARROW], ['a desk', { width: 1280, height: 720 }]] as const).slice(0, count(1, 2)))('the replay on %s has nothing axe objects to in its theme, and fits', async (_name, viewport) => {
    const { page, context, complaints } = await visit('Arne', 'interviewer', { viewport, reducedMotion: 'reduce' });
    await answerWithInterview(page);
    await page.goto(`/sessions/${INTERVIEW_ID}/replay?at=70000`);
    await page.getByText('One test fails').first().waitFor();
    await expectAccessible(page);
    if (viewport !== NARROW) expect(await page.evaluate(() => document.documentElement.scrollHeight), 'is one screen').toBeLessThanOrEqual(viewport.height);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('nobody else gets in: neither to the live view nor to the replay', async () => {
    const ines = await visit('Iris');
    const { session } = await send(ines.page, 'post', '/api/sessions', { kind: 'code', templateId: 'two-sum' });
    const bob = await openPage(browser, { baseURL: app.url }, [/status of 40[34]/]);
    expect((await bob.context.request.post('/api/auth/local', { data: { name: 'Bert', role: 'interviewer' } })).status()).toBe(200);
    for (const part of ['watch', 'replay']) {
      await bob.page.goto(`/sessions/${session.id}/${part}`);
      await bob.page.getByRole('heading', { name: /cannot be (watched|shown)/ }).waitFor();
    }
    expect(bob.complaints).toEqual([]);
    await Promise.all([ines.context.close(), bob.context.close()]);
  });
});
