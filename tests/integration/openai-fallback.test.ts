import { afterAll, beforeAll, expect, it } from 'vitest';
import { chooseEngines } from '#adapters/engines.ts';
import { conversation, said } from '#adapters/interviewer-contract/interviewer-contract.ts';
import { createOpenAiEngines } from '#adapters/openai/index.ts';
import { createScriptedSynthesizer } from '#adapters/speech-scripted/scripted-synthesizer.ts';
import { createScriptedTranscriber } from '#adapters/speech-scripted/scripted-transcriber.ts';
import { systemClock } from '#domain/clock.ts';
import type { ConversationTurn } from '#domain/interview/ports.ts';
import { silentLog } from '#domain/log.ts';
import type { Degradation } from '#domain/speech/degradation.ts';
import type { VoiceDetector } from '#domain/speech/ports.ts';
import { OpenAiServer } from '#tests/support/openai-server.ts';

const voiceDetector: VoiceDetector = { name: 'silero', open: () => ({ detect: async () => [], reset() {}, close() {} }) };
let server: OpenAiServer;
beforeAll(async () => {
  server = await OpenAiServer.start({ models: ['llama3', 'whisper-small', 'kokoro'], chat: () => ['Welcome. ', 'What do you enjoy most?'], transcription: () => ({ text: 'I love painting landscapes.' }) });
});
afterAll(() => server.close());

it('the conversation goes on locally when the remote server dies in its middle, and each port says so once', async () => {
  const told: Degradation[] = [];
  const openai = await createOpenAiEngines({ OPENAI_BASE_URL: server.baseUrl }, { log: silentLog, clock: systemClock });
  const local = { transcriber: createScriptedTranscriber(() => 'heard locally', { name: 'moonshine-tiny' }), synthesizer: createScriptedSynthesizer({ name: 'flite' }), voiceDetector };
  const engines = chooseEngines({ env: {}, local, openai, clock: systemClock, onDegraded: (degradation) => told.push(degradation) });
  const segment = { sessionId: 's', purpose: 'final' as const, samples: Int16Array.from({ length: 1600 }, (_, i) => i) };
  const speak = async (text: string) => {
    let samples = 0;
    for await (const piece of engines.synthesizer!.synthesize({ sessionId: 's', text })) samples += piece.length;
    return samples / engines.synthesizer!.sampleRateHz;
  };

  const opening = await said(engines.interviewer, conversation());
  expect(opening.text).toBe('Welcome. What do you enjoy most?');
  expect(await speak(opening.text)).toBeGreaterThan(1);
  expect((await engines.transcriber.transcribe(segment)).text).toBe('I love painting landscapes.');
  expect(told).toEqual([]);

  await server.close();
  const turns: ConversationTurn[] = [{ speaker: 'agent', text: opening.text }, { speaker: 'user', text: 'I love painting landscapes.' }];
  for (let exchange = 0; exchange < 3; exchange++) {
    const reply = await said(engines.interviewer, conversation(turns));
    expect(reply.text).not.toMatch(/Hello|Hi Ada/);
    if (exchange === 0) expect(reply.text).toContain('painting landscapes');
    expect(await speak(reply.text)).toBeGreaterThan(1);
    const { text } = await engines.transcriber.transcribe(segment);
    expect(text).toBe('heard locally');
    turns.push({ speaker: 'agent', text: reply.text }, { speaker: 'user', text });
  }
  expect(told.map(({ port, from, to, code }) => ({ port, from, to, code })).toSorted((a, b) => a.port.localeCompare(b.port))).toEqual([
    { port: 'interviewer', from: 'openai:llama3', to: 'guided', code: 'engine.failed' },
    { port: 'synthesizer', from: 'openai:kokoro', to: 'flite', code: 'engine.failed' },
    { port: 'transcriber', from: 'openai:whisper-small', to: 'moonshine-tiny', code: 'engine.failed' },
  ]);
});
