/** What happens when inference children are killed, orphaned, stopped, kept busy or given broken models. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { createFliteSynthesizer } from '#adapters/speech-local/flite-synthesizer.ts';
import { findMoonshine, findSilero, type FoundMoonshine } from '#adapters/speech-local/model-files.ts';
import { silentSpeechLog } from '#adapters/speech-local/speech-log.ts';
import { createMoonshineTranscriber, type LocalTranscriber, type TranscriptionMetrics } from '#adapters/speech-local/transcriber.ts';
import { createSileroVoiceDetector, type LocalVoiceDetector } from '#adapters/speech-local/voice-detector.ts';
import { systemClock } from '#domain/clock.ts';
import { VAD_WINDOW_SAMPLES } from '#domain/speech/ports.ts';
import { count } from '#tests/support/counts.ts';
import { concatSamples, noise, speechFixture, wordErrorRate } from '#tests/support/speech.ts';

const MEGABYTE = 1024 * 1024;
const common = { clock: systemClock, log: silentSpeechLog };
const tiny = findMoonshine(path.join(os.tmpdir(), 'spool-without-downloaded-models'))!;
const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((engine) => engine.stop()));
});

function transcriber(options: { model?: FoundMoonshine; children?: number; onTranscribed?(metrics: TranscriptionMetrics): void } = {}): LocalTranscriber {
  const engine = createMoonshineTranscriber({ model: tiny, children: 1, ...common, ...options });
  running.push(engine);
  return engine;
}
function voiceDetector(): LocalVoiceDetector {
  const engine = createSileroVoiceDetector({ model: findSilero()!, ...common });
  running.push(engine);
  return engine;
}
const longSegment = (): Int16Array => {
  const { samples } = speechFixture('monologue');
  return concatSamples(samples, samples, samples).subarray(0, 24 * 16_000);
};
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
/** Resolves with the id of a child other than `previous`. */
const nextPid = (engine: { pids(): number[] }, previous?: number): Promise<number> =>
  vi.waitFor(() => {
    const [pid] = engine.pids();
    if (pid === undefined || pid === previous) throw new Error('no new child yet');
    return pid;
  }, { timeout: 60_000, interval: 5 });

describe('a transcription child', () => {
  it('that is killed in the middle of a decode is replaced, and the sentence is understood all the same', async () => {
    const engine = transcriber();
    await engine.warmUp();
    const [pid] = engine.pids();
    const heard = engine.transcribe({ sessionId: 'ada', purpose: 'final', samples: speechFixture('learn-more').samples });
    process.kill(pid!, 'SIGKILL');
    expect(wordErrorRate(speechFixture('learn-more').text, (await heard).text)).toBeLessThan(0.35);
    expect(engine.pids()).not.toEqual([pid]);
  });

  it('that dies twice on the same request fails that request and serves the next', async () => {
    const engine = transcriber();
    await engine.warmUp();
    const pid = await nextPid(engine);
    const doomed = engine.transcribe({ sessionId: 'ada', purpose: 'final', samples: longSegment() });
    const failure = expect(doomed).rejects.toMatchObject({ code: 'engine.failed', retryable: true });
    process.kill(pid, 'SIGKILL');
    process.kill(await nextPid(engine, pid), 'SIGKILL');
    await failure;
    const heard = await engine.transcribe({ sessionId: 'bob', purpose: 'final', samples: speechFixture('learn-more').samples });
    expect(heard.text).not.toBe('');
  });

  it('serves a short final of one session before further long ones of another', async () => {
    const engine = transcriber();
    await engine.warmUp();
    const finished: string[] = [];
    const ask = (name: string, sessionId: string, samples: Int16Array): Promise<unknown> => engine.transcribe({ sessionId, purpose: 'final', samples }).then(() => finished.push(name));
    await Promise.all([
      ask('ada long 1', 'ada', longSegment()),
      ask('ada long 2', 'ada', longSegment()),
      ask('ada long 3', 'ada', longSegment()),
      ask('bob short', 'bob', speechFixture('yes').samples),
    ]);
    // The round began with Ada, so one of her waiting segments may go first; Bob never waits for two.
    expect(finished.indexOf('bob short')).toBeLessThanOrEqual(2);
    expect(finished.at(-1)).toBe('ada long 3');
  });

  it('answers the voice detector while it decodes, because that lives in a process of its own', async () => {
    const [engine, detector] = [transcriber(), voiceDetector()];
    await Promise.all([engine.warmUp(), detector.warmUp()]);
    const order: string[] = [];
    const stream = detector.open('bob');
    await Promise.all([
      engine.transcribe({ sessionId: 'ada', purpose: 'final', samples: longSegment() }).then(() => order.push('decoded')),
      stream.detect(new Int16Array(VAD_WINDOW_SAMPLES)).then(() => order.push('detected')),
    ]);
    expect(order).toEqual(['detected', 'decoded']);
  });

  it('does not grow from decode to decode', async () => {
    const engine = transcriber();
    const { samples } = speechFixture('robots');
    for (let turn = 0; turn < count(5, 10); turn++) await engine.transcribe({ sessionId: 'ada', purpose: 'final', samples });
    const before = await engine.rssBytes();
    for (let turn = 0; turn < count(8, 50); turn++) await engine.transcribe({ sessionId: 'ada', purpose: 'final', samples });
    expect((await engine.rssBytes()) - before).toBeLessThan(100 * MEGABYTE);
  });

  it('reports what each transcription cost', async () => {
    const metrics: TranscriptionMetrics[] = [];
    const engine = transcriber({ onTranscribed: (each) => metrics.push(each) });
    await engine.transcribe({ sessionId: 'ada', purpose: 'speculative', samples: speechFixture('yes').samples });
    expect(metrics).toMatchObject([{ purpose: 'speculative', audioMs: 525 }]);
    expect(metrics[0]!.decodeMs).toBeGreaterThan(0);
  });

  it('that is busy leaves at once when it is stopped, and what waited is told', async () => {
    const engine = transcriber();
    await engine.warmUp();
    const [pid] = engine.pids();
    const outcomes = Promise.allSettled(['ada', 'bob'].map((sessionId) => engine.transcribe({ sessionId, purpose: 'final', samples: longSegment() })));
    await engine.stop();
    expect(isAlive(pid!)).toBe(false);
    for (const outcome of await outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'engine.failed' } });
  });
});

describe('downloaded transcription models', () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'spool-models-'));
  const directory = path.join(dataDir, 'models', 'moonshine-base');
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('are loaded from the data directory (here the tiny files stand in for base)', async () => {
    if (tiny.files.layout !== 'v2') throw new Error('The npm package has changed its layout.');
    mkdirSync(directory, { recursive: true });
    copyFileSync(tiny.files.encoder, path.join(directory, 'encoder_model.onnx'));
    copyFileSync(tiny.files.mergedDecoder, path.join(directory, 'decoder_model_merged.onnx'));
    const engine = transcriber({ model: findMoonshine(dataDir)! });
    expect(engine.name).toBe('moonshine-base');
    const heard = await engine.transcribe({ sessionId: 'ada', purpose: 'final', samples: speechFixture('learn-more').samples });
    expect(heard.text).not.toBe('');
  });

  it('that are broken fail the request instead of hanging it', async () => {
    mkdirSync(directory, { recursive: true });
    for (const file of ['encoder_model.onnx', 'decoder_model_merged.onnx']) writeFileSync(path.join(directory, file), 'not a model');
    const engine = transcriber({ model: findMoonshine(dataDir)! });
    await expect(engine.warmUp()).rejects.toMatchObject({ code: 'engine.failed' });
  });
});

describe('the voice detection child', () => {
  it('that is killed is replaced, and open streams go on', async () => {
    const engine = voiceDetector();
    const stream = engine.open('ada');
    const { samples } = speechFixture('stars');
    const windows = samples.subarray(0, 60 * VAD_WINDOW_SAMPLES);
    const before = await stream.detect(windows);
    process.kill(engine.pids()[0]!, 'SIGKILL');
    expect(await stream.detect(windows)).toHaveLength(before.length);
    // A stream that forgot what came before hears the same audio the same again.
    stream.reset();
    expect(await stream.detect(windows)).toEqual(before);
    stream.close();
  });

  it('reuses its detectors: 500 sessions that come and go leave no memory behind', async () => {
    const engine = voiceDetector();
    const audio = noise(64, -30);
    async function visit(sessionId: string): Promise<void> {
      const stream = engine.open(sessionId);
      await stream.detect(audio);
      stream.close();
    }
    await visit('first');
    const before = await engine.rssBytes();
    for (let visitor = 0; visitor < 500; visitor++) await visit(`visitor ${visitor}`);
    expect((await engine.rssBytes()) - before).toBeLessThan(40 * MEGABYTE);
  });

  it('does not outlive its parent, however that ends', async () => {
    const parent = spawn(process.execPath, [fileURLToPath(new URL('../fixtures/speech/parent-process.ts', import.meta.url))], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const [pid] = JSON.parse(line.toString()) as number[];
    expect(isAlive(pid!)).toBe(true);
    const exited = once(parent, 'exit');
    parent.kill('SIGKILL');
    await exited;
    await vi.waitFor(() => expect(isAlive(pid!)).toBe(false), { timeout: 10_000 });
  });
});

describe('Flite with a broken file', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'spool-flite-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  const files: Record<string, number[] | undefined> = {
    'is missing': undefined,
    'is not WebAssembly': [1, 2, 3],
    'is WebAssembly without a program': header,
    // One type `() -> ()`, and an import "a" "b" of that type that nobody gives it.
    'cannot be started by its thread': [...header, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x02, 0x07, 0x01, 0x01, 0x61, 0x01, 0x62, 0x00, 0x00],
  };

  it.each(Object.keys(files))('that %s fails with an error of ours, each time it is asked', async (problem) => {
    const wasmFile = path.join(directory, `${problem}.wasm`);
    const bytes = files[problem];
    if (bytes) writeFileSync(wasmFile, Uint8Array.from(bytes));
    const engine = createFliteSynthesizer({ wasmFile, threads: 1, ...common });
    running.push(engine);
    for (let attempt = 0; attempt < 2; attempt++) await expect(engine.warmUp()).rejects.toMatchObject({ code: 'engine.failed' });
  });
});
