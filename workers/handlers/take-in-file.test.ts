import { expect, it } from 'vitest';
import { ScriptedAudioLog } from '#adapters/audio-log-contract/scripted-audio-log.ts';
import { SpoolError } from '#domain/errors.ts';
import { newId } from '#domain/ids.ts';
import { silentLog } from '#domain/log.ts';
import type { AudioDecoder, UploadRecords, UploadStorage } from '#domain/meetings/uploads/ports.ts';
import type { Upload } from '#domain/meetings/uploads/upload.ts';
import type { LiveSessionStore } from '#domain/session/ports.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { takeInFileHandler } from './take-in-file.ts';

it('a file whose first samples came before a failure of ours is gone on with, as the one they are of', async () => {
  const upload: Upload = { uploadId: newId(), sessionId: newId(), fileName: 'talk.mp3', sizeBytes: 1, partSizeBytes: 1, receivedParts: [1], state: 'received', failure: null, durationMs: null, decodedSamples: 0 };
  const records = {
    find: async () => ({ ...upload, over: false }),
    beginDecoding: async () => Object.assign(upload, { state: 'decoding' }) !== null,
    decoded: async (_id: string, decodedSamples: number) => Object.assign(upload, { decodedSamples }) !== null,
    finish: async (_id: string, decodedSamples: number, failure: string | null) => Object.assign(upload, { state: 'done', decodedSamples, failure }) !== null,
    fail: async (_id: string, failure: string) => Object.assign(upload, { state: 'failed', failure }) !== null,
  } as unknown as UploadRecords;
  const storage = { fileOf: async () => '/talk.mp3', room: async () => null, remove: async () => {} } as unknown as UploadStorage;
  const decoder: AudioDecoder = {
    probe: async () => ({ durationMs: null, exact: false }),
    async *decode() {
      yield new Int16Array(16_000).fill(7);
    },
  };
  let epoch = 0;
  let slow = true;
  const store = {
    load: async () => ({ session: { status: 'created', endedAt: null } }),
    exists: async () => true,
    acquireLease: async () => ({ epoch: (epoch += 1) }),
    releaseLease: async () => {},
    endRequests: async () => [],
    commit: async () => {
      if (slow) throw new SpoolError('unavailable', 'The database lacks room or time.');
    },
  } as unknown as LiveSessionStore;
  const audio = new ScriptedAudioLog();
  const clock = new ManualClock();
  const handler = takeInFileHandler({ records, storage, decoder, store, audio, writerId: 'w', chunkSamples: 480_000, clock, log: silentLog });
  const run = () => handler.handle({ sessionId: upload.sessionId, uploadId: upload.uploadId }, new AbortController().signal, { lastTry: true });

  await run();
  expect(upload).toMatchObject({ state: 'failed', failure: 'unavailable' });
  expect(await audio.durableThrough(upload.sessionId)).toBe(16_000);
  // Its job is written once more (UploadRecords.resume).
  Object.assign(upload, { state: 'received', failure: null });
  slow = false;
  await run();
  expect(upload).toMatchObject({ state: 'done', failure: null, decodedSamples: 16_000 });
  expect(await audio.durableThrough(upload.sessionId)).toBe(16_000);
  expect(clock.pending).toBe(0);
});
