/** From a meeting's audio to its notes: real ledger, queue, audio log and database; the engines answer from a script. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createScriptedTranscriber } from '#adapters/speech-scripted/scripted-transcriber.ts';
import { createScriptedVoiceDetector } from '#adapters/speech-scripted/scripted-voice-detector.ts';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { dropDeadLetter, listDeadLetters } from '#adapters/pg-boss/dead-letters.ts';
import { PostgresMeetingIngestStore } from '#adapters/postgres/meeting-ingest-store.ts';
import { PostgresMeetingRepository } from '#adapters/postgres/meeting-repository.ts';
import { PostgresSpeakerRepository } from '#adapters/postgres/speaker-store.ts';
import { systemClock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { silentLog } from '#domain/log.ts';
import { coverageOf } from '#domain/meetings/coverage.ts';
import { getTranscript } from '#domain/session/get-transcript.ts';
import { formatTranscript } from '#domain/session/transcript-formats.ts';
import type { TranscriptionRequest } from '#domain/speech/ports.ts';
import { jobId } from '#tests/support/job-id.ts';
import { openMeetingWorld } from '#tests/support/meeting-world.ts';
import type { MeetingWorld } from '#tests/support/meeting-world.ts';

const SECOND = 16_000;
const CHUNK = 10 * SECOND;

/** A burst of sound every four seconds, two seconds long; how loud it is says which it is. */
function bursts(count: number): Int16Array {
  const samples = new Int16Array(count * 4 * SECOND);
  for (let burst = 0; burst < count; burst += 1) {
    const loudness = 4_000 + burst * 500;
    for (let index = 0; index < 2 * SECOND; index += 1) samples[(burst * 4 + 1) * SECOND + index] = index % 2 === 0 ? loudness : -loudness;
  }
  return samples;
}
const burstIn = ({ samples }: TranscriptionRequest) => (samples.reduce((loudest, sample) => Math.max(loudest, sample), 0) - 4_000) / 500;
const sentence = (burst: number) => `We decided to build part number ${burst}.`;

describe('a meeting', () => {
  let world: MeetingWorld;
  beforeAll(async () => {
    world = await openMeetingWorld();
  });
  afterAll(() => world.close());

  const status = async (sessionId: string) => (await world.sessions.get(world.person, sessionId))!.status;
  const texts = async (sessionId: string) => (await world.sessions.transcript(world.person, sessionId))!.map(({ text }) => text);
  const closed = (sessionId: string, as: string) => expect.poll(() => status(sessionId), { timeout: 60_000, interval: 50 }).toBe(as);

  test('becomes a transcript in which everything is said once, and notes that quote it', async () => {
    const transcriber = createScriptedTranscriber((request) => sentence(burstIn(request)));
    const worker = await world.worker({ transcriber, voiceDetector: createScriptedVoiceDetector() });
    const sessionId = await world.meeting(bursts(8), { chunkSamples: CHUNK });
    await closed(sessionId, 'completed');
    expect(await texts(sessionId)).toEqual(Array.from({ length: 8 }, (_, burst) => sentence(burst)));
    const meeting = (await world.meetings.get(world.person, sessionId))!;
    const coverage = coverageOf({ chunks: meeting.chunks, gaps: meeting.gaps, capturedSamples: 32 * SECOND, ended: true, awayMs: 0 });
    expect(coverage).toMatchObject({ capturedMs: 32_000, transcribedMs: 32_000, waitingMs: 0, failedMs: 0, complete: true });
    expect(coverage.coveredMs).toBe(coverage.speechMs);
    const notes = (await world.notes.newest(world.person, sessionId))!;
    const said = new Map((await world.sessions.transcript(world.person, sessionId))!.map((item) => [item.itemId, item.text]));
    expect(notes.decisions.length).toBeGreaterThan(0);
    for (const { evidence } of notes.decisions) for (const { itemId, quote } of evidence) expect(said.get(itemId)).toContain(quote);

    // Handed out once more, as queues do: nobody is asked again, and nothing changes.
    const asked = transcriber.requests.length;
    await world.database.asOwner("update pgboss.job set state = 'created' where name = 'transcribe-chunk' and data ->> 'sessionId' = $1", [sessionId]);
    await expect.poll(async () => (await world.database.asOwner("select 1 from pgboss.job where name = 'transcribe-chunk' and state <> 'completed' and data ->> 'sessionId' = $1", [sessionId])).rows.length, { timeout: 60_000, interval: 50 }).toBe(0);
    expect(transcriber.requests.length).toBe(asked);
    expect(await texts(sessionId)).toHaveLength(8);
    await worker.stop();
  });

  test('of which one stretch cannot be transcribed is partial, says so, and is whole once that is tried again', async () => {
    let poisonous = true;
    const transcriber = createScriptedTranscriber((request) => (poisonous && burstIn(request) === 4 ? new SpoolError('engine.failed', 'It chokes on this.') : sentence(burstIn(request))));
    const sessionId = await world.meeting(bursts(8), { chunkSamples: CHUNK });
    // Its last try, so that the test need not wait for the pauses between them.
    await world.database.asOwner('update pgboss.job set retry_limit = 0 where id = any($1::uuid[])', [[0, 1, 2, 3].map((chunk) => jobId('transcribe-chunk', `${sessionId}:${chunk}`))]);
    const worker = await world.worker({ transcriber, voiceDetector: createScriptedVoiceDetector() });
    await closed(sessionId, 'partial');
    expect(await texts(sessionId)).not.toContain(sentence(4));
    const failed = (await world.meetings.get(world.person, sessionId))!.chunks.filter(({ state }) => state === 'failed');
    expect(failed).toMatchObject([{ failure: 'engine.failed' }]);
    const before = (await world.notes.newest(world.person, sessionId))!;
    expect(before.missing).toMatchObject({ failedMs: 10_000 });
    expect((await listDeadLetters(world.database)).filter(({ payload }) => (payload as { sessionId: string }).sessionId === sessionId)).toMatchObject([{ job: 'transcribe-chunk', failure: 'engine.failed' }]);

    poisonous = false;
    expect(await world.meetings.retryChunks(world.person, sessionId)).toBe(1);
    await closed(sessionId, 'completed');
    expect(await texts(sessionId)).toEqual(Array.from({ length: 8 }, (_, burst) => sentence(burst)));
    const after = (await world.notes.newest(world.person, sessionId))!;
    expect(after).toMatchObject({ version: before.version + 1, missing: { failedMs: 0, words: null } });
    expect((await listDeadLetters(world.database)).filter(({ payload }) => (payload as { sessionId: string }).sessionId === sessionId)).toEqual([]);
    await worker.stop();
  });

  test('of which a passage at a seam came back empty has it heard again when it is put together', async () => {
    // The third burst reaches over the border at ten seconds. Its chunk hears nothing in it, and nothing when it asks once more.
    let deaf = 2;
    const transcriber = createScriptedTranscriber((request) => (burstIn(request) === 2 && deaf-- > 0 ? '' : sentence(burstIn(request))));
    const worker = await world.worker({ transcriber, voiceDetector: createScriptedVoiceDetector() });
    const sessionId = await world.meeting(bursts(5), { chunkSamples: CHUNK });
    await closed(sessionId, 'completed');
    expect(deaf).toBeLessThan(0);
    expect(await texts(sessionId)).toEqual(Array.from({ length: 5 }, (_, burst) => sentence(burst)));
    const { chunks } = (await world.meetings.get(world.person, sessionId))!;
    expect(chunks.reduce((sum, each) => sum + each.speechSamples - each.coveredSamples, 0)).toBe(0);
    await worker.stop();
  });

  test('whose sender tells who spoke has their names, which a person’s own and corrected words outlive', async () => {
    const worker = await world.worker({ transcriber: createScriptedTranscriber((request) => sentence(burstIn(request))), voiceDetector: createScriptedVoiceDetector() });
    const sessionId = await world.meeting(bursts(5), { chunkSamples: CHUNK });
    const span = (participant: string, name: string, from: number, to: number) => ({ participant, name, startSample: from * SECOND, endSample: to * SECOND });
    const ingest = new PostgresMeetingIngestStore(world.database);
    await ingest.recordSpoken(sessionId, 0, [span('90', 'Grace', 1, 7), span('17', 'Linus', 9, 11), span('90', 'Grace', 17, 18), span('17', 'Linus', 18, 19)]);
    await closed(sessionId, 'completed');
    await worker.stop();
    const speakers = new PostgresSpeakerRepository(world.database, enqueueJob);
    const meetings = new PostgresMeetingRepository(world.database, enqueueJob, dropDeadLetter);
    const asText = async () => formatTranscript(await getTranscript({ ctx: { actor: world.person, sessions: world.sessions, speakers, meetings, clock: systemClock, log: silentLog, streamUrl: '' }, input: { sessionId } }), 'txt').trim().split('\n\n');
    // Of the fourth nobody knows, the last one two share.
    expect(await asText()).toEqual([`Grace: ${sentence(0)}`, `Grace: ${sentence(1)}`, `Linus: ${sentence(2)}`, sentence(3), sentence(4)]);

    const [first, , , , last] = (await world.sessions.transcript(world.person, sessionId))!;
    await world.meetings.correctItem(world.person, sessionId, first!.itemId, { text: 'We decided nothing.', revision: first!.revision });
    await speakers.change(world.person, sessionId, () => ({ speaker: 'S2', name: 'Mr. Torvalds' }));
    await speakers.change(world.person, sessionId, () => ({ speaker: 'S1', name: null }));
    const words = 'Shall we start now? Yes, let us begin.'.split(' ').map((text, index) => ({ text, startSample: (17 + index / 4) * SECOND, endSample: (17.25 + index / 4) * SECOND }));
    await world.database.asOwner('update transcript_items set text = $3, words = $4 where session_id = $1 and item_id = $2', [sessionId, last!.itemId, words.map(({ text }) => text).join(' '), JSON.stringify(words)]);
    const again = () => world.closing.assemble({ sessionId, lastTry: false });
    await again();
    const named = ['Speaker 1: We decided nothing.', `Speaker 1: ${sentence(1)}`, `Mr. Torvalds: ${sentence(2)}`, sentence(3), 'Speaker 1: Shall we start now?', 'Mr. Torvalds: Yes, let us begin.'];
    expect(await asText()).toEqual(named);
    await again();
    expect(await asText()).toEqual(named);

    const left = async () => (await world.database.asOwner<{ rows: number }>('select ((select count(*) from meeting_spoken where session_id = $1) + (select count(*) from meeting_speakers where session_id = $1))::int as rows', [sessionId])).rows[0]!.rows;
    expect(await left()).toBe(6);
    await world.sessions.erase(world.person, sessionId);
    expect(await left()).toBe(0);
  });

  test('in which nobody spoke is complete, and its notes say that there are no words', async () => {
    const worker = await world.worker({ transcriber: createScriptedTranscriber(() => 'Thank you for watching.'), voiceDetector: createScriptedVoiceDetector() });
    const sessionId = await world.meeting(new Int16Array(12 * SECOND), { chunkSamples: CHUNK });
    await closed(sessionId, 'completed');
    expect(await texts(sessionId)).toEqual([]);
    expect((await world.notes.newest(world.person, sessionId))!.method).toContain('no words');
    await worker.stop();
  });
});
