import { describe, expect, it } from 'vitest';
import type { InterestExtractor } from '#domain/interests/ports.ts';
import { wordsExtractor } from '#domain/interests/words-extractor.ts';
import type { Interviewer } from '#domain/interview/ports.ts';
import type { Degradation } from '#domain/speech/degradation.ts';
import type { Synthesizer, Transcriber, VoiceDetector } from '#domain/speech/ports.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { chooseEngines, type EngineSettings } from './engines.ts';
import type { OpenAiEngines } from './openai/index.ts';

const transcriber = (name: string): Transcriber => ({ name, maxSegmentMs: 20_000, load: () => 0, transcribe: async () => ({ text: name, decodeMs: 0 }) });
const synthesizer = (name: string): Synthesizer => ({ name, sampleRateHz: 16_000, async *synthesize() {} });
const interviewer = (name: string): Interviewer => ({ name, reply: () => ({ text: (async function* () {})(), closes: () => false }) });
const interestExtractor: InterestExtractor = { name: 'model:llm/extract-1', extract: async () => ({ claims: [], retractions: [] }) };
const voiceDetector: VoiceDetector = { name: 'silero', open: () => ({ detect: async () => [], reset() {}, close() {} }) };

const local = { transcriber: transcriber('moonshine-tiny'), synthesizer: synthesizer('flite'), voiceDetector };
const all: OpenAiEngines = { transcriber: transcriber('openai:stt'), synthesizer: synthesizer('openai:tts'), interviewer: interviewer('openai:llm'), interestExtractor, missing: {} };
const chatOnly: OpenAiEngines = { interviewer: interviewer('openai:llm'), interestExtractor, missing: { transcriber: 'The server lists no transcription model. Set SPOOL_STT_MODEL to one it offers.' } };

function choose(env: EngineSettings, openai: OpenAiEngines | null) {
  const told: Degradation[] = [];
  return chooseEngines({ env, local, openai, clock: new ManualClock(), onDegraded: (degradation) => told.push(degradation) });
}

describe('the engines of a process', () => {
  it.each<[string, EngineSettings, OpenAiEngines | null, (string | undefined)[]]>([
    ['nothing configured', {}, null, ['moonshine-tiny', 'flite', 'guided']],
    ['a remote server', {}, all, ['openai:stt', 'openai:tts', 'openai:llm']],
    ['a remote server that only chats', {}, chatOnly, ['moonshine-tiny', 'flite', 'openai:llm']],
    ['a remote server, speech local', { SPOOL_STT: 'moonshine', SPOOL_TTS: 'flite' }, all, ['moonshine-tiny', 'flite', 'openai:llm']],
    ['a remote server, guided interviewer', { SPOOL_LLM: 'guided' }, all, ['openai:stt', 'openai:tts', 'guided']],
    ['all forced remote', { SPOOL_STT: 'openai', SPOOL_TTS: 'openai', SPOOL_LLM: 'openai' }, all, ['openai:stt', 'openai:tts', 'openai:llm']],
    ['no voice', { SPOOL_TTS: 'none' }, all, ['openai:stt', undefined, 'openai:llm']],
    ['no voice and nothing remote', { SPOOL_TTS: 'none' }, null, ['moonshine-tiny', undefined, 'guided']],
  ])('with %s', (_, env, openai, names) => {
    const engines = choose(env, openai);
    expect([engines.transcriber.name, engines.synthesizer?.name, engines.interviewer.name]).toEqual(names);
    expect(engines.voiceDetector.name).toBe('silero');
    expect(engines.describe().map(({ engine }) => engine)).toEqual([names[0], names[1] ?? 'none', names[2], engines.interestExtractor.name, 'silero']);
    // Whoever leads the interview reads the answers, too.
    expect(engines.interestExtractor.name).toBe(names[2] === 'guided' ? wordsExtractor.name : interestExtractor.name);
    for (const { why } of engines.describe()) expect(why).toMatch(/\.$/);
  });

  it.each(['SPOOL_STT', 'SPOOL_TTS', 'SPOOL_LLM'] as const)('refuse a forced remote engine that is not there (%s) and say what to set', (variable) => {
    expect(() => choose({ [variable]: 'openai' }, null)).toThrow(expect.objectContaining({ code: 'engine.missing', personMessage: expect.stringContaining('OPENAI_API_KEY') }));
  });
  it('tell doctor what would improve them', () => {
    expect(choose({}, null).describe()[0]).toMatchObject({ engine: 'moonshine-tiny', improve: expect.stringContaining('OPENAI_API_KEY') });
    expect(choose({}, chatOnly).describe()[0]?.why).toContain('SPOOL_STT_MODEL');
    expect(choose({}, all).describe()[0]?.why).toContain('moonshine-tiny steps in');
  });
});
