import { expect, test } from 'vitest';
import { createScriptedTranscriber } from '#adapters/speech-scripted/scripted-transcriber.ts';
import { ManualClock, settle } from '#tests/support/manual-clock.ts';
import { voice } from '#tests/support/session-room.ts';
import { SegmentTranscriber } from './segment-transcriber.ts';

test('a session that leaves while its audio is read back asks no engine any more', async () => {
  const clock = new ManualClock();
  const read = Promise.withResolvers<Int16Array>();
  const leaving = new AbortController();
  let asked = 0;
  const transcriber = createScriptedTranscriber(() => ((asked += 1), new Promise<never>(() => {})));
  const segments = new SegmentTranscriber({
    sessionId: 's', transcriber, clock, preRollSamples: 0, signal: leaving.signal,
    kept: () => null, stored: () => read.promise, heardThroughSample: () => 16_000, onText: () => {}, onFailure: () => {},
  });
  const done = segments.transcribe('u-1', 0, 16_000, 'final');
  leaving.abort(new Error('left'));
  read.resolve(voice(1_000));
  await settle();
  expect([asked, clock.pending]).toEqual([0, 0]);
  await done;
});
