import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRestWorld } from '../support/rest.ts';
import type { RestWorld } from '../support/rest.ts';

let world: RestWorld;
let ada: string;
let bob: string;
beforeAll(async () => {
  world = await openRestWorld();
  ada = await world.signIn('Ada');
  bob = await world.signIn('Bob');
});
afterAll(() => world?.close());

async function create(token: string, body: unknown = { kind: 'dictation' }) {
  const { json, status } = await world.send('POST', '/api/sessions', { token, body });
  expect(status).toBe(201);
  return json.session;
}

test('a person creates a session and gets a ticket to its stream', async () => {
  const answer = await world.send('POST', '/api/sessions', { token: ada, body: { kind: 'onboarding', consent: { recording: true } } });
  expect(answer.status).toBe(201);
  expect(answer.json.session).toMatchObject({ kind: 'onboarding', status: 'created', title: 'Onboarding interview', consent: { recording: true }, templateId: null });
  expect(answer.json.stream.url).toBe('ws://localhost:8080/v1/stream');
  const secondsLeft = (Date.parse(answer.json.stream.expiresAt) - Date.now()) / 1000;
  expect(secondsLeft).toBeGreaterThan(50);
  expect(secondsLeft).toBeLessThanOrEqual(60);
  expect(answer.headers.get('location')).toBe(`/api/sessions/${answer.json.session.id}`);
});
