import { describe, expect, it } from 'vitest';
import { conversation, said } from '#adapters/interviewer-contract/interviewer-contract.ts';
import { scriptedInterviewer } from '#adapters/interviewer-contract/scripted-interviewer.ts';
import { ManualClock, settle } from '#tests/support/manual-clock.ts';
import { SpoolError } from '../errors.ts';
import { BROKEN_OFF, INTERVIEWER_SLOW_AFTER_MS, interviewerWithFallback } from '../interview/interviewer-fallback.ts';
import { FAILURES_TO_REST, MAX_REST_MS, REST_MS } from './circuit-breaker.ts';
import { restOf, SPOKEN_CHARS_PER_SECOND, SYNTHESIZER_SLOW_AFTER_MS, synthesizerWithFallback, TRANSCRIBER_SLOW_AFTER_MS, transcriberWithFallback } from './fallback.ts';
import type { Degradation } from './degradation.ts';
import type { Synthesizer, Transcriber, TranscriptionPurpose } from './ports.ts';

const failure = (code: 'engine.failed' | 'engine.rejected' = 'engine.failed') => new SpoolError(code, 'Scripted.');
const never = new Promise<never>(() => {});

/** Answers with its name, or does what `behave` says. */
function transcriber(name: string, behave: (signal?: AbortSignal) => Promise<string> = async () => name): Transcriber & { calls: number } {
  return {
    name,
    maxSegmentMs: 20_000,
    calls: 0,
    load: () => 0,
    async transcribe(_, signal) {
      this.calls += 1;
      return { text: await behave(signal), decodeMs: 1 };
    },
  };
}
const segment = (purpose: TranscriptionPurpose = 'final', sessionId = 'ada') => ({ sessionId, purpose, samples: new Int16Array(160) });

function setUp<Engine>(wrap: (options: { clock: ManualClock; onDegraded: (degradation: Degradation) => void }) => Engine) {
  const clock = new ManualClock();
  const told: Degradation[] = [];
  return { clock, told, engine: wrap({ clock, onDegraded: (degradation) => told.push(degradation) }) };
}

describe('understanding with a stand-in', () => {
  it('comes from the primary while it works, captions from the local engine', async () => {
    const [primary, local] = [transcriber('remote'), transcriber('local')];
    const { engine, told } = setUp((options) => transcriberWithFallback(primary, local, options));
    expect((await engine.transcribe(segment())).text).toBe('remote');
    expect((await engine.transcribe(segment('speculative'))).text).toBe('remote');
    expect((await engine.transcribe(segment('partial'))).text).toBe('local');
    expect(told).toEqual([]);
  });

  it('comes from the local engine when the primary fails, and the person is told once', async () => {
    const primary = transcriber('remote', () => Promise.reject(failure()));
    const { engine, told } = setUp((options) => transcriberWithFallback(primary, transcriber('local'), options));
    for (let i = 0; i < 5; i++) expect((await engine.transcribe(segment())).text).toBe('local');
    expect(told).toEqual([{ port: 'transcriber', from: 'remote', to: 'local', code: 'engine.failed', sessionId: 'ada' }]);
    await engine.transcribe(segment('final', 'bob'));
    expect(told.map(({ sessionId }) => sessionId)).toEqual(['ada', 'bob']);
  });

  it('comes from the local engine when the primary is too slow, whose request is then stopped', async () => {
    let stopped = false;
    const primary = transcriber('remote', (signal) => {
      signal?.addEventListener('abort', () => (stopped = true));
      return never;
    });
    const { engine, clock, told } = setUp((options) => transcriberWithFallback(primary, transcriber('local'), options));
    const result = engine.transcribe(segment());
    await clock.advance(TRANSCRIBER_SLOW_AFTER_MS);
    expect((await result).text).toBe('local');
    expect(stopped).toBe(true);
    expect(told[0]?.code).toBe('engine.timeout');
    expect(clock.pending).toBe(0);
  });

  it('rests a primary that keeps failing, then tries it with one request', async () => {
    let healthy = false;
    const primary = transcriber('remote', async () => (healthy ? 'remote' : Promise.reject(failure())));
    const { engine, clock, told } = setUp((options) => transcriberWithFallback(primary, transcriber('local'), options));
    for (let i = 0; i < 10; i++) await engine.transcribe(segment());
    expect(primary.calls).toBe(FAILURES_TO_REST);
    expect(engine.name).toBe('local');
    await clock.advance(REST_MS);
    await Promise.all([engine.transcribe(segment()), engine.transcribe(segment())]);
    expect(primary.calls).toBe(FAILURES_TO_REST + 1);
    await clock.advance(REST_MS);
    await engine.transcribe(segment());
    expect(primary.calls, 'a failed trial doubles the rest').toBe(FAILURES_TO_REST + 1);
    await clock.advance(REST_MS);
    healthy = true;
    expect((await engine.transcribe(segment())).text).toBe('remote');
    expect((await engine.transcribe(segment())).text).toBe('remote');
    expect(engine.name).toBe('remote');
    expect(told).toHaveLength(1);
    healthy = false;
    await engine.transcribe(segment());
    expect(told, 'a new outage is told again').toHaveLength(2);
  });

  it('rests a primary that refuses at once and for long: a wrong key does not become right', async () => {
    const primary = transcriber('remote', () => Promise.reject(failure('engine.rejected')));
    const { engine, clock } = setUp((options) => transcriberWithFallback(primary, transcriber('local'), options));
    for (let i = 0; i < 3; i++) await engine.transcribe(segment());
    expect(primary.calls).toBe(1);
    await clock.advance(MAX_REST_MS);
    await engine.transcribe(segment());
    expect(primary.calls).toBe(2);
  });

  it('does not rest longer because requests that were under way fail as well', async () => {
    const primary = transcriber('remote', () => Promise.reject(failure()));
    const { engine, clock } = setUp((options) => transcriberWithFallback(primary, transcriber('local'), options));
    const underWay = FAILURES_TO_REST + 2;
    await Promise.all(Array.from({ length: underWay }, () => engine.transcribe(segment())));
    expect(primary.calls).toBe(underWay);
    await clock.advance(REST_MS);
    await engine.transcribe(segment());
    expect(primary.calls, 'the first rest, not a doubled one').toBe(underWay + 1);
  });

  it('takes an interruption for no failure', async () => {
    const primary = transcriber('remote', (signal) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))));
    const local = transcriber('local');
    const { engine, told } = setUp((options) => transcriberWithFallback(primary, local, options));
    for (let i = 0; i < FAILURES_TO_REST + 1; i++) {
      const stop = new AbortController();
      const result = engine.transcribe(segment(), stop.signal);
      await settle();
      stop.abort(new Error('interrupted'));
      await expect(result).rejects.toThrow('interrupted');
    }
    expect([told.length, local.calls, primary.calls]).toEqual([0, 0, FAILURES_TO_REST + 1]);
  });

  it('passes on what the local engine throws', async () => {
    const broken = () => Promise.reject(failure());
    const { engine } = setUp((options) => transcriberWithFallback(transcriber('remote', broken), transcriber('local', broken), options));
    await expect(engine.transcribe(segment())).rejects.toMatchObject({ code: 'engine.failed' });
  });
});

/** Yields pieces; an error is thrown, a promise waited for. `spoken` records what it was asked to say. */
function voice(name: string, sampleRateHz: number, steps: (Int16Array | Error | Promise<never>)[]): Synthesizer & { spoken: string[] } {
  const spoken: string[] = [];
  return {
    name,
    sampleRateHz,
    spoken,
    async *synthesize({ text }, signal) {
      signal?.throwIfAborted();
      spoken.push(text);
      for (const step of steps) {
        if (step instanceof Error) throw step;
        if (step instanceof Int16Array) yield step;
        else await Promise.race([step, new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))]);
      }
    },
  };
}
async function listen(engine: Synthesizer, text: string, signal?: AbortSignal): Promise<number> {
  let samples = 0;
  for await (const piece of engine.synthesize({ sessionId: 'ada', text }, signal)) samples += piece.length;
  return samples;
}

describe('a voice with a stand-in', () => {
  const TEXT = 'one two three four five six seven eight nine ten eleven twelve';
  const second24 = () => new Int16Array(24_000);

  it('keeps the rate of the primary whoever speaks', async () => {
    const local = voice('local', 16_000, [new Int16Array(16_000)]);
    const { engine, told } = setUp((options) => synthesizerWithFallback(voice('remote', 24_000, [failure()]), local, options));
    expect(engine.sampleRateHz).toBe(24_000);
    expect(await listen(engine, TEXT)).toBe(24_000);
    expect(local.spoken).toEqual([TEXT]);
    expect(told).toHaveLength(1);
  });

  it('says only what is missing when the primary breaks off', async () => {
    const local = voice('local', 16_000, [new Int16Array(16_000)]);
    const { engine } = setUp((options) => synthesizerWithFallback(voice('remote', 24_000, [second24(), second24(), failure()]), local, options));
    expect(await listen(engine, TEXT)).toBe(3 * 24_000);
    expect(local.spoken).toEqual([TEXT.slice(TEXT.lastIndexOf(' ', 2 * SPOKEN_CHARS_PER_SECOND) + 1)]);
  });

  it('says nothing more when the clause was as good as spoken', async () => {
    const local = voice('local', 16_000, [new Int16Array(16_000)]);
    const { engine } = setUp((options) => synthesizerWithFallback(voice('remote', 24_000, [second24(), failure()]), local, options));
    expect(await listen(engine, 'Good to meet.')).toBe(24_000);
    expect(local.spoken).toEqual([]);
  });

  it('does not wait for a primary that says nothing', async () => {
    const { engine, clock, told } = setUp((options) => synthesizerWithFallback(voice('remote', 24_000, [never]), voice('local', 24_000, [second24()]), options));
    const heard = listen(engine, TEXT);
    await clock.advance(SYNTHESIZER_SLOW_AFTER_MS);
    expect(await heard).toBe(24_000);
    expect(told[0]?.code).toBe('engine.timeout');
  });

  it('falls silent when interrupted, without calling that a failure', async () => {
    const local = voice('local', 24_000, [second24()]);
    const { engine, told } = setUp((options) => synthesizerWithFallback(voice('remote', 24_000, [second24(), never]), local, options));
    const stop = new AbortController();
    const speech = engine.synthesize({ sessionId: 'ada', text: TEXT }, stop.signal)[Symbol.asyncIterator]();
    await speech.next();
    const next = speech.next();
    stop.abort(new Error('interrupted'));
    await expect(next).rejects.toThrow('interrupted');
    expect([told.length, local.spoken.length]).toEqual([0, 0]);
  });

  it('stops the primary when the listener leaves', async () => {
    let ended = false;
    const primary: Synthesizer = {
      name: 'remote',
      sampleRateHz: 24_000,
      async *synthesize() {
        try {
          for (;;) yield second24();
        } finally {
          ended = true;
        }
      },
    };
    const { engine } = setUp((options) => synthesizerWithFallback(primary, voice('local', 24_000, []), options));
    for await (const piece of engine.synthesize({ sessionId: 'ada', text: TEXT })) {
      expect(piece.length).toBe(24_000);
      break;
    }
    await settle();
    expect(ended).toBe(true);
  });

  it.each([
    ['all of it before the first sample', 'one two three', 0, 'one two three'],
    ['whole words', 'one two three', 0.4, 'two three'],
    ['nothing at the end', 'one two three', 5, ''],
    ['nothing when two letters are left', 'one two three of', 1.05, ''],
  ])('is guessed to have left: %s', (_, text, seconds, rest) => {
    expect(restOf(text, seconds)).toBe(rest);
  });
});

describe('an interviewer with a stand-in', () => {
  const local = () => scriptedInterviewer([{ steps: ['Local words.'], closes: true }], 'local');

  it('says what the primary says, and closes when it does', async () => {
    const { engine, told } = setUp((options) => interviewerWithFallback(scriptedInterviewer([{ steps: ['Goodbye.'], closes: true }]), local(), options));
    expect(await said(engine, conversation())).toEqual({ text: 'Goodbye.', closes: true });
    expect(told).toEqual([]);
  });

  it('says what the local one says when the primary fails before the first word', async () => {
    const { engine, told } = setUp((options) => interviewerWithFallback(scriptedInterviewer([{ steps: [' ', failure()] }]), local(), options));
    expect(await said(engine, conversation())).toEqual({ text: 'Local words.', closes: true });
    expect(told[0]).toMatchObject({ port: 'interviewer', from: 'scripted', to: 'local' });
  });

  it('says what the local one says when the primary is too slow', async () => {
    const { engine, clock } = setUp((options) => interviewerWithFallback(scriptedInterviewer([{ steps: [never] }]), local(), options));
    const heard = said(engine, conversation());
    await clock.advance(INTERVIEWER_SLOW_AFTER_MS);
    expect((await heard).text).toBe('Local words.');
  });

  it('ends a sentence that broke off and asks the person to go on', async () => {
    const { engine, told } = setUp((options) => interviewerWithFallback(scriptedInterviewer([{ steps: ['I see. What do', failure()] }]), local(), options));
    expect(await said(engine, conversation())).toEqual({ text: `I see. What do${BROKEN_OFF}`, closes: false });
    expect(told).toHaveLength(1);
  });

  it('leaves it at the sentences that were complete', async () => {
    const { engine } = setUp((options) => interviewerWithFallback(scriptedInterviewer([{ steps: ['I see. What do you enjoy?', failure()] }]), local(), options));
    expect(await said(engine, conversation())).toEqual({ text: 'I see. What do you enjoy?', closes: false });
  });

  it('does not take an interruption for a failure', async () => {
    const { engine, told } = setUp((options) => interviewerWithFallback(scriptedInterviewer([{ steps: ['I see. ', never, 'Never said.'] }]), local(), options));
    const stop = new AbortController();
    const reply = engine.reply(conversation(), stop.signal);
    const heard: string[] = [];
    for await (const delta of reply.text) {
      heard.push(delta);
      stop.abort();
    }
    expect([heard, reply.closes(), told]).toEqual([['I see. '], false, []]);
  });
});
