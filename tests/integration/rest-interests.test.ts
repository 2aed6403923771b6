/** What people see of their interests, and what becomes of what they decide. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#domain/ids.ts';
import type { InterestRecord } from '#domain/interests/ports.ts';
import { openRestWorld } from '../support/rest.ts';
import type { RestWorld } from '../support/rest.ts';

let world: RestWorld;
beforeAll(async () => void (world = await openRestWorld()));
afterAll(() => world?.close());

/** Everybody in these tests starts with an empty profile. */
let people = 0;
const somebody = () => world.signIn(`Learner ${(people += 1)}`);
async function talk(token: string, ...interests: InterestRecord[]): Promise<string> {
  const { json } = await world.send('POST', '/api/sessions', { token, body: { kind: 'onboarding' } });
  await world.live(json.session.id, { status: 'live', startedAt: 'now', interests });
  return json.session.id;
}
function claim(topic: string, startS: number, more: Partial<InterestRecord> = {}): InterestRecord {
  const mentions = [{ itemId: `item-${startS}`, quote: `I like ${topic}`, startSample: startS * 16_000, endSample: startS * 16_000 + 8_000, confidence: 0.7 }];
  return { id: newId(), topic, category: 'science', sentiment: 'positive', confidence: 0.7, status: 'detected', extractor: 'words/1', mentions, ...more };
}
const interestsOf = async (token: string, sessionId: string) => (await world.send('GET', `/api/sessions/${sessionId}/interests`, { token })).json.interests as any[];
const topicsOf = async (token: string, sessionId: string) => (await interestsOf(token, sessionId)).map((interest) => interest.topic);
const profileOf = async (token: string) => (await world.send('GET', '/api/profile', { token })).json;
const change = (token: string, sessionId: string, { id }: { id: string }, body: object) => world.send('PATCH', `/api/sessions/${sessionId}/interests/${id}`, { token, body });
const remove = (token: string, sessionId: string, { id }: { id: string }) => world.send('DELETE', `/api/sessions/${sessionId}/interests/${id}`, { token });

describe('the interests of a session', () => {
  test('come by first mention, each with the words said and where they lie in the recording', async () => {
    const ada = await somebody();
    const stars = claim('astronomy', 2, {
      confidence: 0.9,
      mentions: [
        { itemId: 'a', quote: 'the stars', startSample: 32_000, endSample: 48_000, confidence: 0.6 },
        { itemId: 'c', quote: 'I love astronomy', startSample: 160_000, endSample: 184_000, confidence: 0.9 },
      ],
    });
    const maths = claim('maths', 1, { sentiment: 'negative', category: 'mathematics' });
    const sessionId = await talk(ada, stars, maths);
    expect(await interestsOf(ada, sessionId)).toEqual([
      expect.objectContaining({ id: maths.id, sentiment: 'negative', itemId: 'item-1', startMs: 1000, endMs: 1500 }),
      {
        id: stars.id, topic: 'astronomy', category: 'science', sentiment: 'positive', confidence: 0.9, status: 'detected',
        quote: 'I love astronomy', itemId: 'c', startMs: 10_000, endMs: 11_500,
        mentions: [
          { itemId: 'a', quote: 'the stars', startMs: 2000, endMs: 3000 },
          { itemId: 'c', quote: 'I love astronomy', startMs: 10_000, endMs: 11_500 },
        ],
      },
    ]);
  });

  test('leave out what was taken back in the conversation', async () => {
    const ada = await somebody();
    const physics = claim('physics', 1);
    const sessionId = await talk(ada, physics, claim('chemistry', 2));
    expect(await topicsOf(ada, sessionId)).toEqual(['physics', 'chemistry']);
    await world.live(sessionId, { interests: [{ ...physics, status: 'retracted' }] });
    expect(await topicsOf(ada, sessionId)).toEqual(['chemistry']);
  });

  test('are an empty list before anything was said, and nobody else’s business', async () => {
    const [ada, bob] = [await somebody(), await somebody()];
    const chess = claim('chess', 1);
    const sessionId = await talk(ada, chess);
    expect(await interestsOf(bob, await talk(bob))).toEqual([]);
    const refusals = [
      await world.send('GET', `/api/sessions/${sessionId}/interests`, { token: bob }),
      await change(bob, sessionId, chess, { status: 'confirmed' }),
      await remove(bob, sessionId, chess),
      await world.send('GET', '/api/sessions/x/interests', { token: ada }),
    ];
    expect(refusals.map(({ status, json }) => [status, json.code])).toEqual(refusals.map(() => [404, 'session.not_found']));
    expect((await world.send('GET', `/api/sessions/${sessionId}/interests`)).status).toBe(401);
    expect((await world.send('GET', '/api/profile')).status).toBe(401);
    expect(await topicsOf(ada, sessionId)).toEqual(['chess']);
    expect((await profileOf(bob)).interests).toEqual([]);
  });
});

describe('a correction', () => {
  test('changes what it names, confirms the interest, and outlasts what the live session still writes', async () => {
    const ada = await somebody();
    const cheese = claim('cheese', 1, { category: 'cooking' });
    const sessionId = await talk(ada, cheese);
    const { status, json } = await change(ada, sessionId, cheese, { topic: '  Garden   CHESS ', category: 'games', sentiment: 'mixed' });
    expect(status).toBe(200);
    expect(json).toMatchObject({ id: cheese.id, topic: 'garden chess', category: 'games', sentiment: 'mixed', status: 'confirmed', quote: 'I like cheese' });
    const again = { itemId: 'later', quote: 'it is great fun', startSample: 48_000, endSample: 64_000, confidence: 0.95 };
    await world.live(sessionId, { interests: [{ ...cheese, confidence: 0.95, mentions: [...cheese.mentions, again] }] });
    expect(await interestsOf(ada, sessionId)).toEqual([
      expect.objectContaining({ topic: 'garden chess', category: 'games', sentiment: 'mixed', status: 'confirmed', confidence: 0.95, quote: 'it is great fun' }),
    ]);
  });

  test('to a topic we know brings its category along', async () => {
    const ada = await somebody();
    const physics = claim('physics', 1);
    const sessionId = await talk(ada, physics);
    expect((await change(ada, sessionId, physics, { topic: 'Chess' })).json).toMatchObject({ topic: 'chess', category: 'games' });
  });

  test('of nothing changes nothing', async () => {
    const ada = await somebody();
    const physics = claim('physics', 1);
    const sessionId = await talk(ada, physics);
    expect((await change(ada, sessionId, physics, {})).json.status).toBe('detected');
  });

  test.each([
    [{ topic: '' }, '$.topic'],
    [{ topic: 'x'.repeat(121) }, '$.topic'],
    [{ topic: 'a\u0000b' }, '$.topic'],
    [{ category: 'nonsense' }, '$.category'],
    [{ sentiment: 'ecstatic' }, '$.sentiment'],
    [{ status: 'deleted' }, '$.status'],
    [{ confidence: 1 }, '$.confidence'],
  ])('of %j is refused and says where', async (body, path) => {
    const { status, json } = await change(await somebody(), newId(), { id: newId() }, body);
    expect([status, json.errors[0].path]).toEqual([400, path]);
  });

  test.each(['00000000-0000-4000-8000-000000000000', 'x'])('of an interest %s that is not there says so', async (id) => {
    const ada = await somebody();
    const { status, json } = await change(ada, await talk(ada), { id }, { sentiment: 'mixed' });
    expect([status, json.code]).toEqual([404, 'interest.not_found']);
  });
});

describe('a deletion', () => {
  test('hides the interest for good, whatever the live session still writes, until it is confirmed', async () => {
    const ada = await somebody();
    const judo = claim('judo', 1);
    const sessionId = await talk(ada, judo);
    expect((await remove(ada, sessionId, judo)).status).toBe(204);
    await world.live(sessionId, { interests: [{ ...judo, confidence: 0.9 }] });
    expect(await topicsOf(ada, sessionId)).toEqual([]);
    expect((await profileOf(ada)).interests).toEqual([]);
    expect((await remove(ada, sessionId, judo)).json.code).toBe('interest.not_found');
    expect((await change(ada, sessionId, judo, { sentiment: 'mixed' })).json.code).toBe('interest.not_found');

    expect((await change(ada, sessionId, judo, { status: 'confirmed' })).json).toMatchObject({ topic: 'judo', status: 'confirmed', confidence: 0.9 });
    expect(await topicsOf(ada, sessionId)).toEqual(['judo']);
    expect((await profileOf(ada)).interests).toEqual([expect.objectContaining({ topic: 'judo', status: 'confirmed' })]);
  });

  test('takes the topic out of the profile, where other sessions mention it too', async () => {
    const ada = await somebody();
    const judo = claim('judo', 1);
    const first = await talk(ada, judo);
    const second = await talk(ada, claim('judo', 1), claim('radio', 2));
    await remove(ada, first, judo);
    expect((await profileOf(ada)).interests.map((interest: any) => interest.topic)).toEqual(['radio']);
    expect(await topicsOf(ada, second)).toEqual(['judo', 'radio']);
  });
});

describe('the profile', () => {
  test('has one entry per topic, with the evidence of every session, newest first', async () => {
    const ada = await somebody();
    const [early, late] = [claim('rowing', 1), claim('rowing', 5, { sentiment: 'negative', confidence: 0.8 })];
    const first = await talk(ada, early);
    const second = await talk(ada, late, claim('poetry', 2));
    const { interests, updatedAt } = await profileOf(ada);
    expect(interests.map((interest: any) => [interest.topic, interest.sentiment, interest.confidence, interest.status])).toEqual([
      ['rowing', 'negative', 0.8, 'detected'],
      ['poetry', 'positive', 0.7, 'detected'],
    ]);
    expect(interests[0].evidence.map((one: any) => [one.sessionId, one.interestId, one.startMs])).toEqual([
      [second, late.id, 5000],
      [first, early.id, 1000],
    ]);
    expect(Date.parse(updatedAt)).toBeGreaterThan(0);
    await change(ada, first, early, { status: 'confirmed' });
    expect((await profileOf(ada)).interests[0]).toMatchObject({ topic: 'rowing', sentiment: 'positive', status: 'confirmed' });
  });

  test('is empty and undated for somebody who said nothing yet', async () => {
    expect(await profileOf(await somebody())).toEqual({ interests: [], summary: null, updatedAt: null });
  });

  test('forgets decisions when it is erased, and keeps what was said', async () => {
    const ada = await somebody();
    const judo = claim('judo', 1);
    const first = await talk(ada, judo);
    await talk(ada, claim('judo', 1));
    await remove(ada, first, judo);
    expect((await world.send('DELETE', '/api/profile', { token: ada })).status).toBe(204);
    expect((await profileOf(ada)).interests).toEqual([expect.objectContaining({ topic: 'judo', evidence: [expect.anything()] })]);
    expect(await topicsOf(ada, first)).toEqual([]);
  });

  test('loses what an erased session had given it', async () => {
    const ada = await somebody();
    const judo = claim('judo', 1);
    const first = await talk(ada, judo, claim('radio', 2));
    const second = await talk(ada, claim('radio', 1));
    await change(ada, first, judo, { status: 'confirmed' });
    expect((await world.send('DELETE', `/api/sessions/${first}?erase=true`, { token: ada })).status).toBe(204);
    const { interests } = await profileOf(ada);
    expect(interests.map((interest: any) => [interest.topic, interest.evidence.map((one: any) => one.sessionId)])).toEqual([['radio', [second]]]);
  });
});
