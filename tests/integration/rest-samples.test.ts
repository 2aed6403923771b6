/** Samples over REST: asked for, followed, not talked in, exported and removed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_PERSON_NAME } from '#domain/sample/about.ts';
import { type RestWorld, openRestWorld } from '#tests/support/rest.ts';

describe('Samples over REST', () => {
  let world: RestWorld;
  let token: string;
  beforeAll(async () => {
    world = await openRestWorld();
    token = await world.signIn('Ada');
  });
  afterAll(() => world.close());

  const make = (who = token) => world.send('POST', '/api/sessions/sample', { token: who });

  it('are made on request, for each person one at a time', async () => {
    const first = await make();
    expect(first.status).toBe(201);
    expect(first.json).toMatchObject({ kind: 'onboarding', status: 'created', sample: true, title: 'Sample interview', consent: { recording: true } });
    expect(first.headers.get('location')).toBe(`/api/sessions/${first.json.id}`);
    const second = await make();
    expect([second.status, second.json.id]).toEqual([200, first.json.id]);
    const other = await make(await world.signIn('Bea'));
    expect(other.status).toBe(201);
    expect(other.json.id).not.toBe(first.json.id);

    const { json } = await world.send('GET', '/api/sessions', { token });
    expect(json.sessions.map(({ id, sample }: { id: string; sample: boolean }) => ({ id, sample }))).toEqual([{ id: first.json.id, sample: true }]);
    const own = await world.send('POST', '/api/sessions', { token, body: { kind: 'dictation' } });
    expect(own.json.session.sample).toBe(false);
  });

  it('need somebody who is signed in, and take no fields', async () => {
    expect((await world.send('POST', '/api/sessions/sample')).status).toBe(401);
    expect((await world.send('POST', '/api/sessions/sample', { token, body: { sample: true } })).status).toBe(400);
    expect((await world.send('POST', '/api/sessions', { token, body: { kind: 'onboarding', sample: true } })).status).toBe(400);
    expect((await world.send('GET', '/api/sessions/sample', { token })).status).toBe(405);
  });

  it('give their owner no ticket to the seat of the invented person', async () => {
    const { json: sample } = await make();
    const answer = await world.send('POST', `/api/sessions/${sample.id}/ticket`, { token });
    expect([answer.status, answer.json.code]).toEqual([409, 'session.sample']);
  });

  it('are exported under the invented name, and leave nothing when they are removed', async () => {
    const { json: sample } = await make();
    await world.live(sample.id, {
      items: [
        { itemId: 'a', revision: 1, speaker: 'agent', text: 'What do you enjoy?', startSample: 0, endSample: 16_000 },
        { itemId: 'u', revision: 1, speaker: 'user', text: 'The stars.', startSample: 20_000, endSample: 30_000 },
      ],
    });
    const { text } = await world.send('GET', `/api/sessions/${sample.id}/transcript?format=txt`, { token });
    expect(text).toBe(`Interviewer: What do you enjoy?\n\n${SAMPLE_PERSON_NAME}: The stars.\n`);
    expect((await world.send('DELETE', `/api/sessions/${sample.id}?erase=true`, { token })).status).toBe(204);
    expect((await world.send('GET', `/api/sessions/${sample.id}`, { token })).status).toBe(404);
    expect((await make()).status).toBe(201);
  });
});
