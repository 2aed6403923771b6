/** The state machine of the cloud, run by an interpreter of its language against the three steps the job chain runs here. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { StateMachine } from 'aws-local-stepfunctions';
import { describe, expect, test } from 'vitest';
import { createScriptedTranscriber } from '#adapters/speech-scripted/scripted-transcriber.ts';
import { createScriptedVoiceDetector } from '#adapters/speech-scripted/scripted-voice-detector.ts';
import { systemClock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { newId } from '#domain/ids.ts';
import { assembleMeetingJob } from '#domain/jobs/meeting-jobs.ts';
import { silentLog } from '#domain/log.ts';
import { CLOSING_PATIENCE_S } from '#domain/meetings/closing.ts';
import type { ClosingMaterial, ClosingStore } from '#domain/meetings/closing.ts';
import type { NotesStore, StoredNotes } from '#domain/meetings/notes/ports.ts';
import type { SeamStore } from '#domain/meetings/repair-seams.ts';
import type { ChunkRow } from '#domain/meetings/ports.ts';
import type { SpeakerStore } from '#domain/meetings/speakers/ports.ts';
import { closingSteps } from './steps.ts';

const source = readFileSync(path.join(import.meta.dirname, 'closing-workflow.asl.json'), 'utf8');
const definition = JSON.parse(source.replaceAll(/\$\{(\w+)Arn\}/g, (_, name: string) => `arn:aws:lambda:eu-central-1:123456789012:function:${name}`)) as ConstructorParameters<typeof StateMachine>[0] & { States: Record<string, { Type: string; Resource?: string; TimeoutSeconds?: number; HeartbeatSeconds?: number; Retry?: { ErrorEquals: string[]; IntervalSeconds: number; BackoffRate: number; MaxAttempts: number; MaxDelaySeconds: number }[] }> };

const chunk = (state: ChunkRow['state'], index = 0): ChunkRow => ({ chunk: index, startSample: index * 480_000, endSample: (index + 1) * 480_000, state, attempts: 1, failure: null, speechSamples: 16_000, coveredSamples: 16_000, suppressedSamples: 0 });

/** A meeting whose storage is in memory; `faults` fail as often as they say, `lost` names what becomes of a state's first tasks instead of an answer. */
function world(parts: { chunks: ChunkRow[]; overdueAfterChecks?: number; faults?: { speakers?: number; notes?: number; check?: number; rival?: number }; lost?: Partial<Record<string, string[]>> }) {
  const sessionId = newId();
  const faults = { speakers: 0, notes: 0, check: 0, rival: 0, ...parts.faults };
  const fail = (where: keyof typeof faults) => {
    if (faults[where] <= 0) return;
    faults[where] -= 1;
    throw new SpoolError('unavailable');
  };
  const seen = { checks: 0, assembled: 0, status: null as string | null, notes: [] as StoredNotes[] };
  const { chunks } = parts;
  const store: ClosingStore = {
    async settled() {
      fail('check');
      seen.checks += 1;
      return chunks.every(({ state }) => state === 'transcribed' || state === 'failed');
    },
    settledSeq: async () => 1,
    async assembled() {
      seen.assembled += 1;
    },
    material: async (): Promise<ClosingMaterial> => ({
      items: [{ itemId: 'c0-0', speaker: 'S0', text: 'We decided to ship on Friday.', startSample: 0, endSample: 32_000 }],
      chunks,
      gaps: [],
      speakers: [],
      capturedSamples: chunks.length * 480_000,
    }),
    watch: async () => false,
    async close(_id, status) {
      seen.status = status;
    },
  };
  const speakers: SpeakerStore = {
    async material() {
      fail('speakers');
      return null;
    },
    save: async () => true,
    participants: async () => null,
    saveParticipants: async () => true,
  };
  const notes: NotesStore = {
    async newestStored() {
      fail('notes');
      return seen.notes.at(-1) ?? null;
    },
    async add(_id, stored) {
      const rival = (faults.rival -= 1) >= 0;
      seen.notes.push(rival ? { notes: { ...stored.notes, decisions: [] }, transcriptDigest: 'of fewer words' } : stored);
      return !rival;
    },
  };
  const seams: SeamStore = { settledChunks: async () => [], applySeam: async () => {} };
  const audio = { read: async () => new Int16Array(), durableThrough: async () => 0 };
  const ledger = {
    async overdue() {
      if (parts.overdueAfterChecks === undefined || seen.checks < parts.overdueAfterChecks) return false;
      for (const row of chunks) if (row.state !== 'transcribed') row.state = 'failed';
      return true;
    },
  };
  const steps = closingSteps({ ledger, store, speakers, seams, audio, transcriber: createScriptedTranscriber(() => ''), voiceDetector: createScriptedVoiceDetector(), notes, writer: null, clock: systemClock, log: silentLog });
  const run = async () => {
    // What a step answers goes through JSON, as it does between the cloud's functions.
    const task = <Input>(state: string, step: (input: Input) => Promise<unknown>) => async (input: unknown) => {
      const lost = parts.lost?.[state]?.shift();
      if (lost !== undefined) throw Object.assign(new Error('The task was lost.'), { name: lost });
      return JSON.parse(JSON.stringify((await step(input as Input)) ?? null)) as null;
    };
    const names = Object.keys(definition.States);
    const execution = new StateMachine(definition).run(
      { sessionId },
      {
        overrides: {
          taskResourceLocalHandlers: {
            CheckChunks: task('CheckChunks', steps.checkChunks),
            Assemble: task('Assemble', steps.assemble),
            AssembleWithoutVoices: task('AssembleWithoutVoices', steps.assemble),
            WriteNotes: task('WriteNotes', steps.writeNotes),
            CloseWithoutNotes: task('CloseWithoutNotes', steps.writeNotes),
          },
          waitTimeOverrides: { WaitForChunks: 0 },
          retryIntervalOverrides: Object.fromEntries(names.map((name) => [name, 0])),
        },
      },
    );
    const visited: string[] = [];
    for await (const event of execution.eventLogs) if (event.type === 'StateEntered' && 'state' in event) visited.push(event.state.name);
    await execution.result;
    return visited;
  };
  return { run, seen, chunks, steps, sessionId };
}

test('a closing that takes too long every time is closed by its last try, and by none before', async () => {
  const { steps, seen, sessionId } = world({ chunks: [chunk('transcribed')], faults: { speakers: Infinity, notes: Infinity } });
  const over = AbortSignal.abort(new SpoolError('unavailable'));
  await expect(steps.assemble({ sessionId, lastTry: false }, over)).rejects.toMatchObject({ code: 'unavailable' });
  await expect(steps.writeNotes({ sessionId, lastTry: false }, over)).rejects.toMatchObject({ code: 'unavailable' });
  expect(seen).toMatchObject({ assembled: 0, status: null });
  await steps.assemble({ sessionId, lastTry: true }, over);
  await steps.writeNotes({ sessionId, lastTry: true }, over);
  expect(seen).toMatchObject({ assembled: 1, status: 'partial' });
});

test('a closing that is given back because its worker stops gives nothing up, not even at its last try', async () => {
  const { steps, seen, sessionId } = world({ chunks: [chunk('transcribed')], faults: { speakers: Infinity, notes: Infinity } });
  const stopping = AbortSignal.abort(new SpoolError('worker.died'));
  await expect(steps.assemble({ sessionId, lastTry: true }, stopping)).rejects.toMatchObject({ code: 'unavailable' });
  await expect(steps.writeNotes({ sessionId, lastTry: true }, stopping)).rejects.toMatchObject({ code: 'unavailable' });
  expect(seen).toMatchObject({ assembled: 0, status: null });
});

describe('the closing in the cloud', () => {
  test('goes straight through when every chunk is transcribed', async () => {
    const { run, seen } = world({ chunks: [chunk('transcribed'), chunk('transcribed', 1)] });
    expect(await run()).toEqual(['CheckChunks', 'AllSettled', 'Assemble', 'WriteNotes']);
    expect(seen).toMatchObject({ assembled: 1, status: 'completed' });
    expect(seen.notes[0]!.notes.decisions[0]!.evidence[0]!.quote).toBe('We decided to ship on Friday.');
  });

  test('waits for chunks that are not settled, and is partial when time is up', async () => {
    const { run, seen } = world({ chunks: [chunk('transcribed'), chunk('transcribing', 1)], overdueAfterChecks: 3 });
    const visited = await run();
    expect(visited.filter((name) => name === 'WaitForChunks')).toHaveLength(2);
    expect(seen).toMatchObject({ assembled: 1, status: 'partial' });
    expect(seen.notes[0]!.notes.missing).toMatchObject({ failedMs: 30_000 });
  });

  test('tries a step again that fails, and does nothing twice', async () => {
    const { run, seen } = world({ chunks: [chunk('transcribed')], faults: { check: 2, speakers: 2, notes: 2 } });
    expect((await run()).at(-1)).toBe('WriteNotes');
    expect(seen).toMatchObject({ assembled: 1, status: 'completed' });
    expect(seen.notes).toHaveLength(1);
  });

  test('has the notes of all words, also when another run writes some of fewer at the same time', async () => {
    const { run, seen } = world({ chunks: [chunk('transcribed')], faults: { rival: 1 } });
    await run();
    expect(seen.notes.map(({ notes }) => [notes.version, notes.decisions.length])).toEqual([[1, 0], [2, 1]]);
    expect(seen.status).toBe('completed');
  });

  test('goes on without voices, and closes without notes, rather than staying open for ever', async () => {
    const { run, seen } = world({ chunks: [chunk('transcribed')], faults: { speakers: Infinity, notes: Infinity } });
    expect(await run()).toEqual(['CheckChunks', 'AllSettled', 'Assemble', 'AssembleWithoutVoices', 'WriteNotes', 'CloseWithoutNotes']);
    expect(seen).toMatchObject({ assembled: 1, status: 'partial' });
  });

  test('outlives workers that die or are stopped, more of them than a failure has tries', async () => {
    const lost = (count: number) => Array.from({ length: count }, (_, index) => (index % 2 === 0 ? 'States.HeartbeatTimeout' : 'worker.died'));
    const { run, seen } = world({ chunks: [chunk('transcribed')], lost: { CheckChunks: lost(15), Assemble: lost(15), WriteNotes: lost(15) } });
    expect(await run()).toEqual(['CheckChunks', 'AllSettled', 'Assemble', 'WriteNotes']);
    expect(seen).toMatchObject({ assembled: 1, status: 'completed' });
  });

  test('goes on without what takes too long every time, and fails when nobody gets through for hours', async () => {
    const late = Array.from({ length: 5 }, () => 'States.Timeout');
    const { run, seen } = world({ chunks: [chunk('transcribed')], lost: { Assemble: [...late], WriteNotes: [...late] } });
    expect(await run()).toEqual(['CheckChunks', 'AllSettled', 'Assemble', 'AssembleWithoutVoices', 'WriteNotes', 'CloseWithoutNotes']);
    // Its last tries still did all of it.
    expect(seen).toMatchObject({ assembled: 1, status: 'completed' });
    const nobody = world({ chunks: [chunk('transcribed')], lost: { CheckChunks: Array.from({ length: 61 }, () => 'States.Timeout') } });
    await expect(nobody.run()).rejects.toThrow();
    expect(nobody.seen).toMatchObject({ assembled: 0, status: null });
  });

  test('is tried for less long than the watch waits before it asks for another, also while nobody takes a task', () => {
    const { Retry, TimeoutSeconds } = definition.States['CheckChunks']!;
    const { IntervalSeconds, BackoffRate, MaxAttempts, MaxDelaySeconds } = Retry![1]!;
    const pausesS = Array.from({ length: MaxAttempts }, (_, retry) => Math.min(MaxDelaySeconds, IntervalSeconds * BackoffRate ** retry)).reduce((sum, pause) => sum + pause, 0);
    expect(pausesS + (MaxAttempts + 1) * TimeoutSeconds!).toBeLessThan(CLOSING_PATIENCE_S);
    // Here every step is tried as often, for as long as it may take.
    const { retryLimit, retryDelayMaxS, expireS } = assembleMeetingJob;
    expect(2 * (retryLimit + 1) * (expireS + retryDelayMaxS)).toBeLessThan(CLOSING_PATIENCE_S);
  });

  test('every task is watched by a heartbeat below its time, tried again, and of the three steps', () => {
    const tasks = Object.values(definition.States).filter(({ Type }) => Type === 'Task');
    for (const { Retry, HeartbeatSeconds, TimeoutSeconds } of tasks) {
      expect(HeartbeatSeconds).toBeLessThan(TimeoutSeconds!);
      expect(Retry?.map(({ ErrorEquals }) => ErrorEquals)).toEqual([['States.HeartbeatTimeout', 'worker.died'], ['States.ALL']]);
      for (const { MaxAttempts } of Retry!) expect(MaxAttempts).toBeGreaterThanOrEqual(4);
    }
    expect(new Set(tasks.map(({ Resource }) => Resource)).size).toBe(3);
  });
});
