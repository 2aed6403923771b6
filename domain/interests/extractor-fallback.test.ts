import { describe, expect, it } from 'vitest';
import { scriptedInterestExtractor, type ScriptedFinding } from '#adapters/interest-extractor-contract/scripted-interest-extractor.ts';
import { SpoolError } from '../errors.ts';
import { FAILURES_TO_REST, REST_MS } from '../speech/circuit-breaker.ts';
import type { Degradation } from '../speech/degradation.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { EXTRACTOR_SLOW_AFTER_MS, extractorWithFallback } from './extractor-fallback.ts';
import type { Reading } from './ports.ts';

const TEXT = 'I love chess.';
const request = { sessionId: 's', text: TEXT, question: '', knownTopics: [] };
const rules: ScriptedFinding = { text: TEXT, claims: [{ topic: 'chess', quote: 'chess' }] };
const model: ScriptedFinding = { text: TEXT, claims: [{ topic: 'chess', quote: 'I love chess' }] };

function open(finding: ScriptedFinding) {
  const told: Degradation[] = [];
  const clock = new ManualClock();
  const primary = scriptedInterestExtractor([finding], 'model:m/1');
  const extractor = extractorWithFallback(primary, scriptedInterestExtractor([rules], 'words/1'), { clock, onDegraded: (degradation) => told.push(degradation) });
  return { clock, primary, extractor, told, finding };
}
async function all(readings: AsyncIterable<Reading>): Promise<string[]> {
  const names: string[] = [];
  for await (const { extractor, extraction } of readings) names.push(`${extractor}: ${extraction.claims[0]?.quote}`);
  return names;
}
const failed = new SpoolError('engine.failed', 'Scripted.');

describe('a language model with rules beside it', () => {
  it('gives the reading by rules at once, and then the better one', async () => {
    const answer = Promise.withResolvers<void>();
    const { extractor } = open({ ...model, first: answer.promise });
    const readings = extractor.readings(request);
    expect((await readings[Symbol.asyncIterator]().next()).value?.extractor).toBe('words/1');
    answer.resolve();
    expect(await all(open(model).extractor.readings(request))).toEqual(['words/1: chess', 'model:m/1: I love chess']);
  });

  it('leaves the reading by rules when the model fails, and tells the session once', async () => {
    const { extractor, told } = open({ text: TEXT, first: failed });
    for (let again = 0; again < 2; again += 1) expect(await all(extractor.readings(request))).toEqual(['words/1: chess']);
    expect(told).toEqual([{ port: 'interests', from: 'model:m/1', to: 'words/1', code: 'engine.failed', sessionId: 's' }]);
  });

  it('does not wait for a slow model for ever', async () => {
    const { clock, extractor, told } = open({ text: TEXT, first: new Promise(() => {}) });
    const readings = all(extractor.readings(request));
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    await clock.advance(EXTRACTOR_SLOW_AFTER_MS);
    expect(await readings).toEqual(['words/1: chess']);
    expect(told).toMatchObject([{ code: 'engine.timeout' }]);
  });

  it('lets a model that keeps failing rest, and asks it again afterwards', async () => {
    const { clock, primary, extractor, finding } = open({ ...model, first: failed });
    for (let failure = 0; failure < FAILURES_TO_REST + 2; failure += 1) await all(extractor.readings(request));
    expect(primary.asked).toHaveLength(FAILURES_TO_REST);
    expect(extractor.name).toBe('words/1');
    finding.first = undefined;
    await clock.advance(REST_MS);
    expect(await all(extractor.readings(request))).toHaveLength(2);
    expect(extractor.name).toBe('model:m/1');
  });

  it('takes being stopped for no failure', async () => {
    const { extractor, told } = open({ text: TEXT, first: new Promise(() => {}) });
    const stop = new AbortController();
    const readings = all(extractor.readings(request, stop.signal));
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    stop.abort();
    expect(await readings).toEqual(['words/1: chess']);
    expect(told).toEqual([]);
  });

  it('gives the best it can get as one extraction, too', async () => {
    expect((await open(model).extractor.extract(request)).claims).toMatchObject([{ quote: 'I love chess' }]);
    expect((await open({ text: TEXT, first: failed }).extractor.extract(request)).claims).toMatchObject([{ quote: 'chess' }]);
  });
});
