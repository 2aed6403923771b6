/** Who is let into a code interview, and what each of them may see and do there. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRestWorld } from '../support/rest.ts';
import type { RestWorld } from '../support/rest.ts';

let world: RestWorld;
let ines: string;
let omar: string;
let bob: string;
beforeAll(async () => {
  world = await openRestWorld();
  [ines, omar, bob] = await Promise.all([world.signIn('Ines', 'interviewer'), world.signIn('Omar', 'interviewer'), world.signIn('Bob', 'learner')]);
});
afterAll(() => world?.close());

async function interview(token = ines): Promise<string> {
  const { json } = await world.send('POST', '/api/sessions', { token, body: { kind: 'code', templateId: 'two-sum', consent: { recording: true } } });
  return json.session.id;
}
const invite = async (sessionId: string, body: object = {}, token = ines) => (await world.send('POST', `/api/sessions/${sessionId}/invitations`, { token, body })).json as { invitation: any; secret: string };
const accept = (secret: string, body: object = { name: 'Cleo' }, token?: string) => world.send('POST', '/api/invitations/accept', { ...(token ? { token } : {}), body: { secret, ...body } });
const invitations = async (sessionId: string) => (await world.send('GET', `/api/sessions/${sessionId}/invitations`, { token: ines })).json.invitations as any[];
const status = async (method: string, address: string, token: string, body?: object) => (await world.send(method, address, { token, ...(body ? { body } : {}) })).status;

describe('an invitation', () => {
  test('lets one candidate in without an account, under a name of their own, and tells who came', async () => {
    const sessionId = await interview();
    const { invitation, secret } = await invite(sessionId);
    expect(invitation).toMatchObject({ kind: 'candidate', status: 'open', acceptedBy: null });
    expect(secret.length).toBeGreaterThan(40);
    expect(JSON.stringify(await invitations(sessionId))).not.toContain(secret);
    const accepted = await accept(secret, { name: 'Cleo', consent: { recording: true } });
    expect(accepted.json).toMatchObject({ sessionId, kind: 'candidate', user: { name: 'Cleo', role: 'candidate' } });
    expect(accepted.headers.get('set-cookie')).toMatch(/^spool_session_\d+=.+HttpOnly; SameSite=Lax/);
    expect(await invitations(sessionId)).toMatchObject([{ status: 'accepted', acceptedBy: 'Cleo' }]);
    // A reload in the same browser leads back in, as the same person; another browser finds it taken.
    const again = await accept(secret, {}, accepted.json.token);
    expect(again.json.user).toEqual(accepted.json.user);
    expect((await accept(secret, { name: 'Eve' })).json.code).toBe('invitation.taken');
  });

  test('asks for a name, and for consent where the recording is to be kept', async () => {
    const sessionId = await interview();
    const { secret } = await invite(sessionId);
    expect((await accept(secret, {})).json.errors).toEqual([{ path: '$.name', message: expect.any(String) }]);
    expect((await accept(secret, { name: 'Cleo' })).status).toBe(200);
    expect((await world.send('GET', `/api/sessions/${sessionId}`, { token: ines })).json.consent).toEqual({ recording: false });
  });

  test('leaves the recording to whose voice it is: the owner takes consent back, and does not give it', async () => {
    const sessionId = await interview();
    const consent = async (token: string, recording: boolean) => (await world.send('PATCH', `/api/sessions/${sessionId}`, { token, body: { consent: { recording } } })).json.consent.recording;
    expect([await consent(ines, false), await consent(ines, true)]).toEqual([false, true]);
    const { token } = (await accept((await invite(sessionId)).secret)).json;
    expect(await consent(ines, true)).toBe(false);
    expect(await consent(token, true)).toBe(true);
    expect(await consent(ines, false)).toBe(false);
    expect(await consent(token, true)).toBe(true);
  });

  test('keeps a guest’s name for as long as there is a session of theirs, and no name of who was not let in', async () => {
    const [first, second] = [await interview(), await interview()];
    const { secret } = await invite(first);
    const { token } = (await accept(secret, { name: 'Fleeting' })).json;
    expect((await accept(secret, { name: 'Turned Away' })).json.code).toBe('invitation.taken');
    expect(await world.names()).not.toContain('Turned Away');
    await accept((await invite(second)).secret, {}, token);
    await world.send('DELETE', `/api/sessions/${first}?erase=true`, { token: ines });
    expect(await world.names()).toContain('Fleeting');
    await world.send('DELETE', `/api/sessions/${second}?erase=true`, { token: ines });
    expect(await world.names()).not.toContain('Fleeting');
    // A tab that was left open.
    expect(await status('GET', `/api/sessions/${second}`, token)).toBe(404);
    expect(await world.names()).not.toContain('Fleeting');
    const again = await interview();
    expect((await accept((await invite(again)).secret, {}, token)).json.user.name).toBe('Fleeting');
    expect(await world.names()).toContain('Fleeting');
  });

  test('expires, is withdrawn, is replaced by a newer one, and ends with its session', async () => {
    const sessionId = await interview();
    const first = await invite(sessionId);
    const second = await invite(sessionId);
    expect((await accept(first.secret)).json.code).toBe('invitation.not_valid');
    expect(await status('DELETE', `/api/sessions/${sessionId}/invitations/${second.invitation.id}`, ines)).toBe(204);
    expect(await status('DELETE', `/api/sessions/${sessionId}/invitations/${second.invitation.id}`, ines)).toBe(204);
    expect((await accept(second.secret)).json.code).toBe('invitation.not_valid');
    const third = await invite(sessionId);
    await world.send('DELETE', `/api/sessions/${sessionId}`, { token: ines });
    expect((await accept(third.secret)).json.code).toBe('invitation.not_valid');
    expect((await world.send('POST', `/api/sessions/${sessionId}/invitations`, { token: ines, body: {} })).json.code).toBe('session.over');
    expect((await accept('x'.repeat(43))).json.code).toBe('invitation.not_valid');
    expect((await world.send('POST', `/api/sessions/${await interview()}/invitations`, { token: ines, body: { expiresInHours: 0 } })).status).toBe(400);
  });

  test('tells who holds it what it leads to and whether it still does', async () => {
    const sessionId = await interview();
    const look = async (secret: string, token?: string) => (await world.send('POST', '/api/invitations/look', { ...(token ? { token } : {}), body: { secret } })).json;
    const first = await invite(sessionId);
    expect(await look(first.secret)).toEqual({ state: 'open', kind: 'candidate', invitedBy: 'Ines', title: 'Code interview', minutes: 20 });
    const { secret } = await invite(sessionId);
    expect(await look(first.secret)).toEqual({ state: 'revoked', kind: 'candidate', invitedBy: 'Ines' });
    const { token } = (await accept(secret)).json;
    expect((await look(secret, token)).state).toBe('yours');
    expect((await look(secret)).state).toBe('taken');
    expect((await look((await invite(sessionId, { kind: 'observer' })).secret, 'no token')).kind).toBe('observer');
    await world.send('DELETE', `/api/sessions/${sessionId}`, { token: ines });
    expect((await look(secret, token)).state).toBe('over');
    expect(await look('x'.repeat(43))).toEqual({ state: 'unknown' });
  });

  test('made on purpose a second time hands the seat on, for the same candidate at another machine', async () => {
    const sessionId = await interview();
    const first = await accept((await invite(sessionId)).secret);
    const second = await accept((await invite(sessionId)).secret, { name: 'Cleo' });
    expect(second.status).toBe(200);
    expect(await status('GET', `/api/sessions/${sessionId}`, second.json.token)).toBe(200);
    expect(await status('GET', `/api/sessions/${sessionId}`, first.json.token)).toBe(404);
  });

  test('is made only by who may invite, to a code interview of their own', async () => {
    const sessionId = await interview();
    expect(await status('POST', `/api/sessions/${sessionId}/invitations`, omar, {})).toBe(404);
    expect(await status('POST', `/api/sessions/${await interview(bob)}/invitations`, bob, {})).toBe(403);
    const { json } = await world.send('POST', '/api/sessions', { token: ines, body: { kind: 'dictation' } });
    expect((await world.send('POST', `/api/sessions/${json.session.id}/invitations`, { token: ines, body: {} })).json.code).toBe('invitation.wrong_kind');
  });
});

describe('in an interview', () => {
  let sessionId: string;
  let cleo: string;
  beforeAll(async () => {
    sessionId = await interview();
    cleo = (await accept((await invite(sessionId)).secret)).json.token;
    const watch = await invite(sessionId, { kind: 'observer' });
    expect((await accept(watch.secret, {})).json.code).toBe('auth.required');
    expect((await accept(watch.secret, {}, bob)).json.code).toBe('auth.forbidden');
    expect((await accept(watch.secret, {}, omar)).json).toMatchObject({ sessionId, kind: 'observer', token: null });
    await world.live(sessionId, { status: 'live', startedAt: 'now', items: [{ itemId: 'i1', revision: 1, speaker: 'user', text: 'I would use a map.', startSample: 0, endSample: 16_000 }] });
  });

  test('the candidate writes and runs code; the team reads it and does not write', async () => {
    const file = (token: string, filePath: string) => world.send('POST', '/api/files', { token, body: { sessionId, filePath, content: 'x' } });
    expect((await file(cleo, 'main.py')).status).toBe(201);
    for (const token of [ines, omar]) {
      expect(await status('GET', `/api/files/${sessionId}/main.py`, token)).toBe(200);
      expect((await file(token, 'theirs.py')).json.code).toBe('workspace.read_only');
      expect(await status('PUT', `/api/files/${sessionId}/main.py`, token, { content: 'mine' })).toBe(403);
    }
    expect(await status('GET', `/api/files/${sessionId}`, bob)).toBe(404);
  });

  test('each of them is told who they are in it, and only the owner sets up the editor', async () => {
    const session = async (token: string) => (await world.send('GET', `/api/sessions/${sessionId}`, { token })).json;
    expect(await Promise.all([ines, cleo, omar].map(async (token) => (await session(token)).code))).toEqual([
      { part: 'owner', candidate: true, autocomplete: false },
      { part: 'candidate', candidate: true, autocomplete: false },
      { part: 'observer', candidate: true, autocomplete: false },
    ]);
    for (const token of [cleo, omar, ines]) {
      await world.send('PATCH', `/api/sessions/${sessionId}`, { token, body: { settings: { autocomplete: true } } });
      expect((await session(ines)).code.autocomplete).toBe(token === ines);
    }
  });

  test('each of them reads what was said; nobody else does', async () => {
    for (const token of [ines, omar, cleo]) expect((await world.send('GET', `/api/sessions/${sessionId}/transcript`, { token })).json.items).toHaveLength(1);
    expect(await status('GET', `/api/sessions/${sessionId}/transcript`, bob)).toBe(404);
  });

  test('the candidate has the only seat; the team watches', async () => {
    const ticket = (token: string, role: string) => status('POST', `/api/sessions/${sessionId}/ticket`, token, { role });
    expect(await ticket(cleo, 'participant')).toBe(200);
    expect(await ticket(cleo, 'observer')).toBe(403);
    for (const token of [ines, omar]) {
      expect(await ticket(token, 'observer')).toBe(200);
      expect(await ticket(token, 'participant')).toBe(404);
    }
    expect(await ticket(bob, 'participant')).toBe(404);
  });

  test('who was let in to watch is let out with their last link, a candidate stays', async () => {
    const [first, second] = [await invite(sessionId, { kind: 'observer' }), await invite(sessionId, { kind: 'observer' })];
    const rita = await world.signIn('Rita', 'interviewer');
    await accept(first.secret, {}, rita);
    await accept(second.secret, {}, rita);
    const ticket = async () => (await world.send('POST', `/api/sessions/${sessionId}/ticket`, { token: rita, body: { role: 'observer' } })).json.ticket as string;
    const [used, unused] = [await ticket(), await ticket()];
    const withdraw = (id: string) => status('DELETE', `/api/sessions/${sessionId}/invitations/${id}`, ines);
    expect(await withdraw(first.invitation.id)).toBe(204);
    expect(await status('GET', `/api/sessions/${sessionId}`, rita)).toBe(200);
    const watching = await world.letsIn(used);
    expect(await watching?.maySeeIt()).toBe(true);
    expect(await withdraw(second.invitation.id)).toBe(204);
    for (const path of ['', '/transcript', '/private-notes', '/events']) expect(await status('GET', `/api/sessions/${sessionId}${path}`, rita), path).toBe(404);
    expect(await status('GET', `/api/files/${sessionId}/main.py`, rita)).toBe(404);
    expect(await watching?.maySeeIt()).toBe(false);
    expect(await world.letsIn(unused)).toBeNull();
    expect(await withdraw(second.invitation.id)).toBe(204);
    expect(await status('GET', `/api/sessions/${sessionId}`, omar)).toBe(200);
    expect(await status('GET', `/api/sessions/${sessionId}`, cleo)).toBe(200);
  });

  test('the team keeps notes that the candidate has no way to', async () => {
    const save = (token: string, text: string) => world.send('PUT', `/api/sessions/${sessionId}/private-notes`, { token, body: { text } });
    expect((await save(ines, 'Clear thinker.')).json.notes).toMatchObject([{ mine: true, text: 'Clear thinker.' }]);
    await save(omar, 'Talks a lot.');
    expect((await world.send('GET', `/api/sessions/${sessionId}/private-notes`, { token: ines })).json.notes.map(({ mine, text }: any) => [mine, text])).toEqual([[true, 'Clear thinker.'], [false, 'Talks a lot.']]);
    expect(await status('GET', `/api/sessions/${sessionId}/private-notes`, cleo)).toBe(403);
    expect(await status('GET', `/api/sessions/${sessionId}/private-notes`, bob)).toBe(403);
    expect((await save(omar, ' ')).json.notes).toHaveLength(1);
  });

  test('the candidate neither creates, changes, ends nor erases sessions, and sees no other', async () => {
    expect(await status('POST', '/api/sessions', cleo, { kind: 'dictation' })).toBe(403);
    await world.send('PATCH', `/api/sessions/${sessionId}`, { token: cleo, body: { title: 'Mine', consent: { recording: true } } });
    expect((await world.send('GET', `/api/sessions/${sessionId}`, { token: ines })).json).toMatchObject({ title: 'Code interview', consent: { recording: true } });
    expect(await status('DELETE', `/api/sessions/${sessionId}?erase=true`, cleo)).toBe(404);
    await world.send('DELETE', `/api/sessions/${sessionId}`, { token: cleo });
    expect((await world.send('GET', `/api/sessions/${sessionId}`, { token: ines })).json.endedAt).toBeNull();
    expect((await world.send('GET', '/api/sessions', { token: cleo })).json.sessions.map(({ id }: any) => id)).toEqual([sessionId]);
    for (const token of [cleo, omar]) expect(await status('GET', `/api/sessions/${sessionId}/invitations`, token)).not.toBe(201);
    expect((await world.send('GET', `/api/sessions/${sessionId}/invitations`, { token: omar })).json.invitations).toEqual([]);
  });
});
