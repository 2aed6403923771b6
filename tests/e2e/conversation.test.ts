/** Conversations in a real browser: a WAV is the microphone, and everything behind it is the real thing. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parseWav } from '#domain/stream/wav.ts';
import { startApp, type AppInstance } from '#tests/support/app-instance.ts';
import { NO_BROWSER, findChromium } from '#tests/support/browser.ts';
import { filesHolding, tablesHolding } from '#tests/support/leftovers.ts';
import { capturedByLastPage, capturedSamples, loudspeakerPeak, microphoneFolder } from '#tests/support/page-audio.ts';
import { fixtureSamples, silence } from '#tests/support/speech.ts';
import { type VisitOptions, type Visitor, endSession, startSession, visit } from '#tests/support/visitor.ts';

const STARTS_WITHIN_MS = 300_000;
/** Quieter than this is silence, louder a voice; of full scale. */
const AUDIBLE = 0.02;
/** A word nobody says by chance. */
const CANARY = 'quokkaphone';
const PHONE = { width: 390, height: 844 };
const PATIENCE = { timeout: 60_000, interval: 50 };
/** Looking through all files takes a while. */
const SEARCH = { timeout: 60_000, interval: 500 };
const hasBrowser = findChromium() !== undefined;
if (!hasBrowser) process.stderr.write(`${NO_BROWSER}\n`);

describe.skipIf(!hasBrowser)('a conversation', () => {
  let app: AppInstance;
  let microphones: Awaited<ReturnType<typeof microphoneFolder>>;
  const visitors: Visitor[] = [];
  beforeAll(async () => {
    [app, microphones] = await Promise.all([startApp(), microphoneFolder()]);
  }, STARTS_WITHIN_MS);
  afterEach(async () => {
    await Promise.all(visitors.splice(0).map((visitor) => visitor.close()));
  });
  afterAll(async () => {
    await app?.stop();
    await microphones?.remove();
  }, 30_000);

  async function comes(options: VisitOptions): Promise<Visitor> {
    const visitor = await visit(app.url, options);
    visitors.push(visitor);
    return visitor;
  }
  const captions = ({ page }: Visitor) => page.getByRole('region', { name: 'Conversation' });
  const provisional = (visitor: Visitor) => captions(visitor).locator('[data-provisional]').filter({ hasText: '…' }).first();

  test('a person is greeted aloud, interrupts, is answered, and finds everything in the review, sample for sample', async () => {
    const microphoneWav = await microphones.write('interrupting', silence(3_500), fixtureSamples('computers'), silence(12_000), fixtureSamples('biology'), silence(20_000));
    const ada = await comes({ name: 'Ada', microphone: { microphoneWav } });
    const { page, record } = ada;
    await startSession(page, 'onboarding', { check: true });

    // The interviewer is heard, not only read.
    await captions(ada).getByText('Ada').waitFor();
    await page.getByText('The interviewer is speaking').waitFor();
    await expect.poll(() => loudspeakerPeak(page), PATIENCE).toBeGreaterThan(AUDIBLE);
    await expect.poll(() => record.played.length, PATIENCE).toBeGreaterThan(3);

    // The person speaks over it: silence at once, provisional words, then the line; the unheard rest is marked.
    await provisional(ada).waitFor();
    await expect.poll(() => loudspeakerPeak(page), PATIENCE).toBeLessThan(AUDIBLE / 10);
    await captions(ada).getByText(/history of computers/).waitFor();
    const [interrupted] = record.receivedOf('agent.interrupted');
    const greeting = record.receivedOf('agent.text').filter(({ utterance }) => utterance === interrupted!.utterance).map(({ text }) => text).join('');
    expect(greeting.startsWith(interrupted!.heardText)).toBe(true);
    expect((await captions(ada).getByTitle('You interrupted here').textContent())!.replace('Not heard: ', '').trim()).toBe(greeting.slice(interrupted!.heardText.length).trim());
    const lastReport = record.played.findLast(({ utterance }) => utterance === interrupted!.utterance)!;
    expect(Math.abs(lastReport.playedSamples - interrupted!.playedSamples), 'samples between the last report and the interruption').toBeLessThan(4_000);

    // It answers, is heard to the end, and answers the next turn as well.
    await expect.poll(() => record.receivedOf('agent.done').length, PATIENCE).toBe(1);
    await captions(ada).getByText(/biology/).first().waitFor({ timeout: 60_000 });
    await page.getByRole('region', { name: 'Progress' }).getByRole('listitem').filter({ hasText: ', now' }).waitFor();
    await expect.poll(() => record.receivedOf('turn.metrics').length, PATIENCE).toBe(2);
    await expect.poll(() => record.played.findLast(({ utterance }) => utterance === interrupted!.utterance + 2)?.playedSamples ?? 0, PATIENCE).toBeGreaterThan(16_000);
    await endSession(page);

    const items = await ada.transcript();
    expect(items.map(({ speaker }) => speaker)).toEqual(['agent', 'user', 'agent', 'user', 'agent']);
    expect(items.map(({ startSample }) => startSample)).toEqual(items.map(({ startSample }) => startSample).toSorted((a, b) => a - b));
    const lines = await page.getByRole('list', { name: 'Transcript' }).getByRole('listitem').allTextContents();
    expect(lines).toHaveLength(items.length);
    for (const [index, { text }] of items.entries()) expect(lines[index]).toContain(text);

    // The recording is what was captured and what was sent.
    const sent = record.uplink();
    const user = (await ada.audio('user')).samples;
    expect(sent).toMatchObject({ missing: 0, contradictions: 0 });
    expect(Buffer.compare(bytesOf(user), bytesOf(sent.samples)), 'stored and sent differ').toBe(0);
    expect(Buffer.compare(bytesOf(user), bytesOf((await capturedSamples(page)).subarray(0, user.length))), 'stored and captured differ').toBe(0);

    // The interviewer's track holds what was heard of it, where it was heard.
    const agent = (await ada.audio('agent')).samples;
    const [spoken, , answer] = items;
    const [first, second] = record.utterances();
    const placed = agent.subarray(answer!.startSample, answer!.startSample + second!.length);
    expect(Buffer.compare(bytesOf(placed), bytesOf(second!)), 'the answer is not where its item lies').toBe(0);
    const heardSamples = spoken!.endSample - spoken!.startSample;
    expect(Buffer.compare(bytesOf(agent.subarray(spoken!.startSample, spoken!.endSample)), bytesOf(first!.subarray(0, heardSamples)))).toBe(0);
    expect(agent.subarray(spoken!.endSample, answer!.startSample).every((sample) => sample === 0), 'silence after the interruption').toBe(true);
    const report = record.played.find(({ utterance, playedSamples }) => utterance > interrupted!.utterance && playedSamples > 8_000)!;
    expect(Math.abs(report.uplinkSample - report.playedSamples - answer!.startSample), 'samples between the ear and the track').toBeLessThan(8_000);
    const mix = (await ada.audio('mix')).samples;
    expect(mix.length).toBe(Math.max(user.length, agent.length));
    expect(mix.findIndex((sample, index) => sample !== clipped((user[index] ?? 0) + (agent[index] ?? 0)))).toBe(-1);

    // Each voice and both are there to be taken along.
    for (const [title, track, file] of [['Both voices', mix, / mix\.wav$/], ['Your voice', user, / user\.wav$/], ['The interviewer', agent, / agent\.wav$/]] as const) {
      await page.getByRole('button', { name: 'Download' }).click();
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: title }).click()]);
      expect(download.suggestedFilename()).toMatch(file);
      expect(Buffer.compare(bytesOf(parseWav(new Uint8Array(await readFile(await download.path()))).samples), bytesOf(track)), title).toBe(0);
    }

    // And it plays.
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    const place = page.getByRole('slider', { name: 'Place in the recording' });
    await expect.poll(async () => Number(await place.inputValue()), PATIENCE).toBeGreaterThan(500);
    expect(Math.abs((await page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.duration)) - mix.length / 16_000)).toBeLessThan(0.1);
    expect(ada.complaints).toEqual([]);
  });

  test('a reload and a kill -9 in the middle of speech lose nothing, and the conversation goes on', async () => {
    const microphoneWav = await microphones.write('monologue', silence(3_500), fixtureSamples('monologue'), silence(20_000));
    const bea = await comes({ name: 'Bea', microphone: { microphoneWav }, context: { viewport: PHONE, colorScheme: 'dark' }, expected: [/WebSocket connection/] });
    const { page, record } = bea;
    await startSession(page, 'onboarding');

    // In the middle of the words the server dies; what is said then lives in this browser only, and the tab is reloaded.
    await provisional(bea).waitFor();
    const greeting = record.receivedOf('agent.text')[0]!.text;
    await app.killRealtime();
    await page.getByText('Reconnecting', { exact: true }).waitFor({ state: 'attached' });
    const reachedServer = record.uplink().samples.length;
    await expect.poll(async () => (await capturedSamples(page)).length - record.uplink().samples.length, PATIENCE).toBeGreaterThan(4_000);
    const firstLife = await capturedSamples(page);
    await page.reload();
    const capturedBefore = await capturedByLastPage(page);
    await page.getByRole('heading', { name: 'Go on where you were' }).waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('Reconnected. Nothing was lost.').waitFor();
    expect(record.connections.at(-1)![0]!.firstSample).toBeLessThan(firstLife.length);

    // The same again without a reload.
    await provisional(bea).waitFor();
    await app.killRealtime();
    await page.getByText('Reconnecting', { exact: true }).waitFor({ state: 'attached' });
    await page.getByText('Reconnected. Nothing was lost.').waitFor();
    await captions(bea).getByText(/still works/).first().waitFor({ timeout: 60_000 });
    const before = record.played.length;
    await expect.poll(() => record.receivedOf('turn.metrics').length, PATIENCE).toBeGreaterThan(0);
    await expect.poll(() => record.played.slice(before).some(({ playedSamples }) => playedSamples > 16_000), PATIENCE).toBe(true);
    await endSession(page);

    const user = (await bea.audio('user')).samples;
    const sent = record.uplink();
    expect(sent).toMatchObject({ missing: 0, contradictions: 0 });
    expect(Buffer.compare(bytesOf(user), bytesOf(sent.samples)), 'stored and sent differ').toBe(0);
    const secondLife = await capturedSamples(page);
    expect(capturedBefore).toBeGreaterThanOrEqual(firstLife.length);
    expect(capturedBefore).toBeGreaterThan(reachedServer);
    expect(Buffer.compare(bytesOf(user.subarray(0, firstLife.length)), bytesOf(firstLife)), 'the first page').toBe(0);
    expect(Buffer.compare(bytesOf(user.subarray(capturedBefore)), bytesOf(secondLife.subarray(0, user.length - capturedBefore))), 'the second page').toBe(0);

    const items = await bea.transcript();
    // As much of it as was heard; on a busy machine that may be a word or two.
    const ofTheGreeting = (text: string) => text !== '' && (text.startsWith(greeting.slice(0, 12)) || greeting.startsWith(text));
    expect(items.filter(({ speaker, text }) => speaker === 'agent' && ofTheGreeting(text))).toHaveLength(1);
    expect(items.filter(({ speaker }) => speaker === 'user').map(({ text }) => text).join(' ')).toMatch(/my father.*still works/i);
    expect(items.at(-1)!.speaker).toBe('agent');
    expect(bea.complaints).toEqual([]);
  });

  test('with no microphone at all the whole conversation is typed, heard, found again and erased everywhere', async () => {
    const cleo = await comes({ name: 'Cleo', microphone: {} });
    const { page, context, record } = cleo;
    await page.goto('/sessions/new?kind=onboarding');
    await page.getByRole('button', { name: 'No microphone? Type instead' }).click();
    await startSession(page, 'onboarding');
    await expect.poll(() => loudspeakerPeak(page), PATIENCE).toBeGreaterThan(AUDIBLE);
    // Some words of the greeting were heard before the first answer cuts it short.
    await expect.poll(() => record.played.at(-1)?.playedSamples ?? 0, PATIENCE).toBeGreaterThan(24_000);
    const answers = [`I collect ${CANARY} stamps.`, 'I never tried painting.'];
    for (const [index, answer] of answers.entries()) {
      await page.getByLabel('Type an answer').fill(answer);
      await page.keyboard.press('Enter');
      await captions(cleo).getByText(answer).waitFor();
      await expect.poll(() => record.receivedOf('agent.state').filter(({ state }) => state === 'speaking').length, PATIENCE).toBe(index + 2);
    }
    await endSession(page);
    const id = cleo.sessionId();
    const list = page.getByRole('list', { name: 'Transcript' });
    await list.getByText(answers[0]!).waitFor();
    expect((await cleo.transcript()).filter(({ speaker }) => speaker === 'user').map(({ text }) => text)).toEqual(answers);

    // Every download holds the words, under a name of its own.
    for (const ending of ['txt', 'md', 'srt', 'vtt', 'json']) {
      await page.getByRole('button', { name: 'Download' }).click();
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem').filter({ hasText: `.${ending}` }).click()]);
      expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${ending}$`));
      const text = await readFile(await download.path(), 'utf8');
      expect(text, ending).toContain(CANARY);
      if (ending === 'srt') expect(text).toMatch(/^1\n\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}\nInterviewer: /);
      if (ending === 'vtt') expect(text).toMatch(/^WEBVTT\n\n\d\d:\d\d:\d\d\.\d{3} --> \d\d:\d\d:\d\d\.\d{3}\n<v Interviewer>/);
      if (ending === 'json') expect(JSON.parse(text)).toMatchObject({ session: { id, status: 'completed' }, items: await cleo.transcript(), interests: expect.arrayContaining([expect.objectContaining({ quote: expect.stringContaining(CANARY) })]) });
    }
    for (const [format, type] of [['txt', 'text/plain'], ['md', 'text/markdown'], ['srt', 'application/x-subrip'], ['vtt', 'text/vtt'], ['json', 'application/json']]) {
      const answer = await context.request.get(`/api/sessions/${id}/transcript?format=${format}`);
      expect(answer.headers()['content-type'], format).toContain(type);
    }

    // Found by a word, by its kind, and behind other sessions.
    const headers = { origin: app.url };
    for (let count = 0; count < 26; count++) await context.request.post('/api/sessions', { data: { kind: 'dictation', title: `Note ${count}`, consent: { recording: false } }, headers });
    await page.goto('/sessions');
    const rows = page.getByRole('list', { name: 'Sessions, newest first' }).getByRole('listitem');
    await expect.poll(() => rows.count(), PATIENCE).toBe(25);
    await page.getByRole('button', { name: 'Show older sessions' }).click();
    await expect.poll(() => rows.count(), PATIENCE).toBe(27);
    await page.getByLabel('Kind').selectOption({ label: 'Interview' });
    await expect.poll(() => rows.count(), PATIENCE).toBe(1);
    await page.getByLabel('Kind').selectOption({ label: 'All kinds' });
    await page.getByLabel('Search what was said').fill(CANARY);
    // The words found lead to their moment.
    await expect.poll(() => rows.locator('mark').allTextContents(), PATIENCE).toEqual([CANARY]);
    expect(await rows.count()).toBe(1);
    await rows.getByRole('link', { name: 'Play this moment' }).click();
    await page.waitForURL(new RegExp(`/sessions/${id}\\?at=\\d+&play=1$`));
    const said = (await cleo.transcript()).find(({ text }) => text.includes(CANARY))!;
    expect(Number(new URL(page.url()).searchParams.get('at'))).toBe(said.startMs);
    await expect.poll(() => page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime * 1000), PATIENCE).toBeGreaterThanOrEqual(said.startMs - 1);
    await page.goto('/sessions');
    await page.getByLabel('Search what was said').fill('zeppelin');
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor();

    expect(await tablesHolding(app.run().databaseUrl, CANARY), 'the dump finds what is there').not.toEqual([]);
    await expect.poll(() => filesHolding(app.dataDir, Buffer.from(CANARY)), { ...SEARCH, message: 'the search finds what is there' }).not.toEqual([]);
    await page.goto(`/sessions/${id}`);
    await page.getByRole('button', { name: 'Erase everything' }).click();
    await page.getByRole('button', { name: 'Erase for good' }).click();
    await page.waitForURL(`${app.url}/sessions`);
    expect((await context.request.get(`/api/sessions/${id}`)).status()).toBe(404);
    await expect.poll(() => tablesHolding(app.run().databaseUrl, CANARY), PATIENCE).toEqual([]);
    await expect.poll(() => filesHolding(app.dataDir, Buffer.from(CANARY)), SEARCH).toEqual([]);
    expect(cleo.complaints).toEqual([]);
  });

  test('dictated words fill the page, are copied and downloaded, and erasing takes the sound of them from the disk', async () => {
    const microphoneWav = await microphones.write('dictation', silence(800), fixtureSamples('learn-more'), silence(1_500), fixtureSamples('never-tried'), silence(20_000));
    const dora = await comes({ name: 'Dora', microphone: { microphoneWav }, context: { permissions: ['microphone', 'clipboard-read', 'clipboard-write'] } });
    const { page } = dora;
    await startSession(page, 'dictation');
    const text = page.getByRole('region', { name: 'Your text' });
    await text.locator('[data-provisional]').waitFor();
    await text.getByText(/learn more about it\..*No, I have never tried that before\./).waitFor();
    await text.locator('[data-provisional]').waitFor({ state: 'detached' });
    expect(dora.record.receivedOf('agent.state').filter(({ state }) => state === 'speaking'), 'nobody answers').toEqual([]);
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/learn more about it\.\s+No, I have never tried that before\.$/);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
    expect(await readFile(await download.path(), 'utf8')).toBe(`${copied}\n`);
    await endSession(page);
    await page.getByRole('list', { name: 'Transcript' }).getByText('No, I have never tried that before.').waitFor();

    const spoken = bytesOf((await dora.audio('user')).samples.subarray(32_000, 32_064));
    await expect.poll(() => filesHolding(app.dataDir, spoken), { ...SEARCH, message: 'the search finds what is there' }).not.toEqual([]);
    await keepInBrowser(page, dora.sessionId());
    await page.getByRole('button', { name: 'Erase everything' }).click();
    await page.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByRole('heading', { name: 'The spool is empty' }).waitFor();
    await expect.poll(() => filesHolding(app.dataDir, spoken), SEARCH).toEqual([]);
    expect(await keptInBrowser(page)).toBe(0);
    expect(dora.complaints).toEqual([]);
  });
});

/** As a page leaves it whose person never came back: a block of audio that the server does not have. */
function keepInBrowser(page: Page, sessionId: string): Promise<void> {
  return page.evaluate(
    (id) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('spool-outbox');
        opening.onerror = () => reject(opening.error!);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('blocks', 'readwrite');
          transaction.objectStore('blocks').put({ sessionId: id, firstSample: 0, samples: new Int16Array(4_000), loose: true, savedAtMs: Date.now() });
          transaction.oncomplete = () => resolve();
        };
      }),
    sessionId,
  );
}
/** How many blocks of audio this browser keeps. */
function keptInBrowser(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('spool-outbox');
        opening.onerror = () => reject(opening.error!);
        opening.onsuccess = () => {
          const counting = opening.result.transaction('blocks').objectStore('blocks').count();
          counting.onsuccess = () => resolve(counting.result);
        };
      }),
  );
}

function bytesOf(samples: Int16Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}
function clipped(value: number): number {
  return Math.max(-32_768, Math.min(32_767, value));
}
