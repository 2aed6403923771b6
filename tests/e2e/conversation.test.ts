/** Conversations in a real browser: a WAV is the microphone, and everything behind it is the real thing. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type AppInstance } from '#tests/support/app-instance.ts';
import { NO_BROWSER, findChromium } from '#tests/support/browser.ts';
import { capturedByLastPage, capturedSamples, loudspeakerPeak, microphoneFolder } from '#tests/support/page-audio.ts';
import { fixtureSamples, silence } from '#tests/support/speech.ts';
import { type VisitOptions, type Visitor, endSession, startSession, visit } from '#tests/support/visitor.ts';

const STARTS_WITHIN_MS = 300_000;
/** Quieter than this is silence, louder a voice; of full scale. */
const AUDIBLE = 0.02;
const PATIENCE = { timeout: 30_000, interval: 50 };
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
    await captions(ada).getByText(/biology/).first().waitFor({ timeout: 30_000 });
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

    // And it plays.
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    const place = page.getByRole('slider', { name: 'Place in the recording' });
    await expect.poll(async () => Number(await place.inputValue()), PATIENCE).toBeGreaterThan(500);
    expect(Math.abs((await page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.duration)) - mix.length / 16_000)).toBeLessThan(0.1);
    expect(ada.complaints).toEqual([]);
  });

  test('a reload and a kill -9 in the middle of speech lose nothing, and the conversation goes on', async () => {
    const microphoneWav = await microphones.write('monologue', silence(1_500), fixtureSamples('monologue'), silence(20_000));
    const bea = await comes({ name: 'Bea', microphone: { microphoneWav }, expected: [/WebSocket connection/] });
    const { page, record } = bea;
    await startSession(page, 'onboarding');

    // In the middle of the words the server dies; what is said then lives in this browser only, and the tab is reloaded.
    await provisional(bea).waitFor();
    const greeting = record.receivedOf('agent.text')[0]!.text;
    await app.killRealtime();
    await page.getByText('Reconnecting', { exact: true }).waitFor();
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
    await page.getByText('Reconnecting', { exact: true }).waitFor();
    await page.getByText('Reconnected. Nothing was lost.').waitFor();
    await captions(bea).getByText(/still works/).first().waitFor({ timeout: 15_000 });
    await expect.poll(() => record.receivedOf('turn.metrics').length, PATIENCE).toBeGreaterThan(0);
    await expect.poll(() => loudspeakerPeak(page), PATIENCE).toBeGreaterThan(AUDIBLE);
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
    expect(items.filter(({ speaker, text }) => speaker === 'agent' && text.startsWith(greeting.slice(0, 12)))).toHaveLength(1);
    expect(items.filter(({ speaker }) => speaker === 'user').map(({ text }) => text).join(' ')).toMatch(/my father.*still works/i);
    expect(items.at(-1)!.speaker).toBe('agent');
    expect(bea.complaints).toEqual([]);
  });
});

function bytesOf(samples: Int16Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}
function clipped(value: number): number {
  return Math.max(-32_768, Math.min(32_767, value));
}
