/** What the ledger is told of a chunk that comes to nothing. */
import { expect, test } from 'vitest';
import { createScriptedTranscriber } from '#adapters/speech-scripted/scripted-transcriber.ts';
import { createScriptedVoiceDetector } from '#adapters/speech-scripted/scripted-voice-detector.ts';
import { newId } from '#domain/ids.ts';
import { silentLog } from '#domain/log.ts';
import type { ChunkParts } from './transcribe-chunk.ts';
import { transcribeChunkHandler } from './transcribe-chunk.ts';

test('a chunk that takes too long goes back as it is, and is given up with its last try', async () => {
  const told: [code: string, givenUp: boolean][] = [];
  const begun = { chunk: 0, startSample: 0, endSample: 16_000, totalSamples: 16_000, state: 'captured', sha256: null, engine: null };
  const parts = {
    audio: { read: async () => new Int16Array(16_000) },
    ledger: { begin: async () => begun, fail: async (_id: string, _chunk: number, code: string, givenUp: boolean) => void told.push([code, givenUp]) },
    transcriber: createScriptedTranscriber(() => ''),
    voiceDetector: createScriptedVoiceDetector(),
    diarizer: null,
    workerId: 'w',
    log: silentLog,
  } as unknown as ChunkParts;
  const { handle } = transcribeChunkHandler(parts);
  const payload = { sessionId: newId(), chunk: 0 };
  const tooLong = AbortSignal.abort(new Error('too long'));
  await expect(handle(payload, tooLong, { lastTry: false })).rejects.toThrow('too long');
  expect(told).toEqual([]);
  await expect(handle(payload, tooLong, { lastTry: true })).rejects.toThrow('too long');
  expect(told).toEqual([['internal', true]]);
});
