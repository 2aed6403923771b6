/** The scripted people with language models that do well, lie, obey, repeat, break off and fall over: what reaches the person, what is claimed and what is not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOpenAiInterestExtractor } from '#adapters/openai/interest-extractor.ts';
import { createOpenAiInterviewer } from '#adapters/openai/interviewer.ts';
import { createClient } from '#adapters/openai/remote-engine.ts';
import { systemClock } from '#domain/clock.ts';
import { extractorWithFallback } from '#domain/interests/extractor-fallback.ts';
import type { InterestExtractor } from '#domain/interests/ports.ts';
import { findTopic } from '#domain/interests/taxonomy.ts';
import { wordsExtractor } from '#domain/interests/words-extractor.ts';
import { createGuidedInterviewer } from '#domain/interview/guided-interviewer.ts';
import { interviewerWithFallback } from '#domain/interview/interviewer-fallback.ts';
import { silentLog } from '#domain/log.ts';
import { judge } from '#tests/scenarios/claims.ts';
import { loadModelPeople, modelOf } from '#tests/scenarios/model-person.ts';
import { loadPeople, play } from '#tests/scenarios/scenario.ts';
import { OpenAiServer } from '#tests/support/openai-server.ts';

let server: OpenAiServer;
beforeAll(async () => {
  server = await OpenAiServer.start();
});
afterAll(() => server.close());

const matches = (text: string, pattern: string) => new RegExp(pattern, 'i').test(text);
const people = loadPeople();
const nameOf = (topic: string) => findTopic(topic)?.name ?? topic;

it('every scripted person meets a language model', () => {
  expect(loadModelPeople().map(({ fixture }) => fixture).toSorted()).toEqual(people.map(({ id }) => id).toSorted());
});

describe.each(loadModelPeople())('$fixture, and a model that $id: $model', (scenario) => {
  it('goes as expected', async () => {
    const person = people.find(({ id }) => id === scenario.fixture)!;
    server.script = { chat: modelOf(scenario, person.answers) };
    const degraded = new Set<string>();
    const options = { clock: systemClock, onDegraded: ({ port }: { port: string }) => void degraded.add(port) };
    const remote = { client: createClient({ baseUrl: server.baseUrl }), model: 'scripted', clock: systemClock, log: silentLog };
    let discarded = 0;
    const model = createOpenAiInterestExtractor(remote);
    const counting: InterestExtractor = { name: model.name, extract: async (...request) => model.extract(...request).then((found) => ((discarded += found.discarded ?? 0), found)) };
    const interviewer = interviewerWithFallback(createOpenAiInterviewer(remote), createGuidedInterviewer(), options);
    const played = await play({ ...scenario, person: person.person, answers: person.answers, secondsPerExchange: 20, expect: { closes: { minutesAtMost: 10 } } }, interviewer, 'session-1', extractorWithFallback(counting, wordsExtractor, options));

    const { hears = [], neverHears = [], keeps = [], retracted = [], believed = [], ...rest } = scenario.expect;
    const transcript = played.turns.map(({ speaker, text }) => `${speaker}: ${text}`).join('\n');
    expect(played.closed, transcript).toBe(true);
    for (const pattern of hears) expect(played.agent.some((text) => matches(text, pattern)), `${pattern}\n${transcript}`).toBe(true);
    for (const pattern of [...neverHears, '\\[\\[', 'SAID']) expect(played.agent.filter((text) => matches(text, pattern)), pattern).toEqual([]);

    const known = JSON.stringify(played.ledger.map(({ topic, sentiment, status, extractor }) => [topic, sentiment, status, extractor]));
    const verdict = judge(played, person.expect);
    expect(verdict, known).toMatchObject({ missed: [], forbidden: believed, beside: [], notMerged: [], doubled: [] });
    for (const [topic, sentiment] of keeps) expect(played.ledger, known).toContainEqual(expect.objectContaining({ topic: nameOf(topic), sentiment, status: 'detected' }));
    for (const topic of retracted) expect(played.ledger, known).toContainEqual(expect.objectContaining({ topic: nameOf(topic), status: 'retracted' }));
    expect(discarded).toBe(rest.discarded ?? 0);
    expect([...degraded].toSorted()).toEqual(rest.degraded ?? []);
    // Each claim says who made it, and leads back to what was said.
    for (const { extractor, mentions } of played.ledger) {
      expect([model.name, wordsExtractor.name]).toContain(extractor);
      for (const { itemId, quote } of mentions) expect(person.answers[Number(itemId.slice(2))]).toContain(quote);
    }
    // What people say reaches a model as data alone.
    for (const { body } of server.requests.splice(0)) {
      const [system] = body.messages as { content: string }[];
      for (const answer of person.answers.filter((text) => text.length > 20)) expect(system!.content).not.toContain(answer);
    }
  });
});
