/** A conversation led by a remote server, through the real realtime server, until the remote one is gone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interest } from '#domain/interests/interest.ts';
import { findTopic } from '#domain/interests/taxonomy.ts';
import { answerIn, asksToRead, OpenAiServer } from '#tests/support/openai-server.ts';
import { openRealtimeWorld, type RealtimeWorld } from '#tests/support/realtime.ts';
import { concatSamples, fixtureSamples, silence } from '#tests/support/speech.ts';

/** A model that knows better than the rules what is meant, and then lies. */
const read = (answer: string) => {
  const claim = (topic: string, quote: string) => ({ topic, category: 'arts', sentiment: 'positive', confidence: 0.95, quote });
  return JSON.stringify({ claims: answer.includes('oil') ? [claim('oil painting', 'I paint landscapes in oil'), claim('knitting', 'I adore knitting')] : [], retractions: [] });
};

let world: RealtimeWorld;
let remote: OpenAiServer;
beforeAll(async () => {
  world = await openRealtimeWorld();
  remote = await OpenAiServer.start({
    models: ['llama3', 'whisper-small', 'kokoro'],
    chat: (body) => (asksToRead(body) ? [read(answerIn(body))] : ['Tell me more ', 'about that, please.']),
    transcription: () => ({ text: 'I paint landscapes in oil.' }),
  });
});
afterAll(async () => {
  await world.close();
  await remote.close();
});

test('a person is heard and answered by the remote engines, told when they fail, and answered by the local ones', async () => {
  const server = await world.startServer(undefined, { OPENAI_BASE_URL: remote.baseUrl });
  const session = await world.createSession('onboarding');
  const participant = await world.join(server, session.id);
  await participant.live();
  expect(participant.readies[0]!.downlink.sampleRate).toBe(24_000);
  await participant.message('agent.text', (message) => message.text.startsWith('Tell me more'), { timeoutMs: 60_000 });
  await participant.message('agent.done', undefined, { timeoutMs: 60_000 });
  let from = participant.messages.length;
  await participant.speak(concatSamples(fixtureSamples('biology'), silence(1_500)));
  await participant.message('transcript.final', (message) => message.text === 'I paint landscapes in oil.', { from, timeoutMs: 60_000 });
  await participant.message('agent.text', undefined, { from, timeoutMs: 60_000 });
  // What the rules make of it is shown at once; the model's reading takes its place.
  await participant.message('interest.detected', (message) => (message.interest as Interest).topic === findTopic('oil painting')!.name, { from, timeoutMs: 60_000 });
  await participant.message('agent.done', undefined, { from, timeoutMs: 60_000 });

  await remote.close();
  from = participant.messages.length;
  participant.client.sendText('I also like etchings.');
  const told = await participant.message('error', (error) => error.code === 'engine.degraded', { from, timeoutMs: 60_000 });
  expect(told.retryable).toBe(true);
  const answer = await participant.message('agent.text', undefined, { from, timeoutMs: 60_000 });
  expect(answer.text).not.toContain('Tell me more');
  await participant.message('agent.done', undefined, { from, timeoutMs: 60_000 });
  const frames = participant.frames.filter((frame) => frame.utterance === participant.frames.at(-1)!.utterance);
  expect(frames.reduce((sum, frame) => sum + frame.samples.length, 0) / 24_000).toBeGreaterThan(0.5);
  await participant.end(30_000);
  expect(participant.problems.map((problem) => problem.code)).toContain('engine.degraded');
  const kept = await world.interests(session.id);
  expect(kept.map(({ quote }) => quote).toSorted()).toEqual(['I also like etchings', 'I paint landscapes in oil']);
});
