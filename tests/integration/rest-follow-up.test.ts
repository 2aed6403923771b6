/** What LangFlow writes about a finished interview: asked for by a job, kept once, seen by whoever the outcome is for, erased with the session. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LangFlowWriter } from '#adapters/langflow/follow-up-writer.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresFollowUps } from '#adapters/postgres/follow-up-repository.ts';
import { systemClock } from '#domain/clock.ts';
import { writeFollowUpHandler } from '#workers/handlers/write-follow-up.ts';
import { LangFlowServer } from '../support/langflow-server.ts';
import { openRestWorld } from '../support/rest.ts';
import type { RestWorld } from '../support/rest.ts';

let world: RestWorld;
let database: Database;
let langflow: LangFlowServer;
let ada: string;
let bob: string;
beforeAll(async () => {
  [world, langflow] = await Promise.all([openRestWorld(), LangFlowServer.start()]);
  database = new Database({ url: world.composition.environment.DATABASE_URL!, maxConnections: 2 });
  [ada, bob] = await Promise.all([world.signIn('Ada', 'interviewer'), world.signIn('Bob', 'interviewer')]);
});
afterAll(async () => {
  await database?.close();
  await langflow?.stop();
  await world?.close();
});

const ask = (sessionId: string, token: string) => world.send('GET', `/api/sessions/${sessionId}/follow-up`, { token });
const jobs = async (sessionId: string) => (await database.asOwner<{ name: string }>("select name from pgboss.job where data ->> 'sessionId' = $1", [sessionId])).rows.map(({ name }) => name);
const store = () => new PostgresFollowUps(database);
const work = (sessionId: string, writer: LangFlowWriter | null = new LangFlowWriter({ url: langflow.url, flow: 'spool-follow-up', clock: systemClock })) =>
  writeFollowUpHandler({ store: store(), writer }).handle({ sessionId }, new AbortController().signal);

async function interview(kind: string, over = true): Promise<string> {
  const { json } = await world.send('POST', '/api/sessions', { token: ada, body: { kind, consent: { recording: true } } });
  const sessionId: string = json.session.id;
  const turn = (itemId: string, speaker: string, text: string, at: number) => ({ itemId, revision: 1, speaker, text, startSample: at * 16_000, endSample: (at + 3) * 16_000 });
  await world.live(sessionId, { status: 'live', startedAt: 'now', items: [turn('a-1', 'agent', 'What do you like?', 0), turn('u-1', 'user', 'Telescopes.', 4)] });
  if (over) await world.live(sessionId, { status: 'completed', ended: { reason: 'ended_by_person', durationMs: 8_000 } });
  return sessionId;
}

describe('the follow-up of an interview', () => {
  it('is asked for when it is over, written once, and told as LangFlow’s', async () => {
    const sessionId = await interview('onboarding');
    expect(await jobs(sessionId)).toContain('write-follow-up');
    expect((await ask(sessionId, ada)).json).toEqual({ followUp: null });
    langflow.says = (asked) => `\u202e<script>alert(1)</script> after ${asked}`;
    await work(sessionId);
    const { json } = await ask(sessionId, ada);
    expect(json).toEqual({ followUp: { text: '<script>alert(1)</script> after Interviewer: What do you like?\n\nPerson: Telescopes.', madeBy: 'LangFlow', flow: 'spool-follow-up', madeAt: expect.any(String) } });
    const asked = langflow.requests.length;
    await work(sessionId);
    expect(langflow.requests).toHaveLength(asked);
  });

  it('is there for the owner, and for nobody else', async () => {
    const sessionId = await interview('onboarding');
    await work(sessionId);
    expect((await ask(sessionId, bob)).status).toBe(404);
    expect((await world.send('GET', `/api/sessions/${sessionId}/follow-up`)).status).toBe(401);
    const { rows } = await database.asOwner<{ owner_id: string }>('select owner_id from sessions where id = $1', [sessionId]);
    const owner = { kind: 'person' as const, id: rows[0]!.owner_id, name: 'Ada', role: 'interviewer' as const };
    for (const sql of ["insert into follow_ups (session_id, body, flow) values ($1, 'mine', 'x')", "update follow_ups set body = 'mine' where session_id = $1", 'delete from follow_ups where session_id = $1']) {
      await expect(database.asPerson(owner, (tx) => tx.query(sql, [sessionId]))).rejects.toMatchObject({ code: '42501' });
    }
    await expect(database.asAnonymous((tx) => tx.query('select 1 from follow_ups'))).rejects.toMatchObject({ code: '42501' });
  });

  it('of a code interview is for the team, not for the candidate', async () => {
    const sessionId = await interview('code', false);
    const { json } = await world.send('POST', `/api/sessions/${sessionId}/invitations`, { token: ada, body: { kind: 'candidate' } });
    const { token } = (await world.send('POST', '/api/invitations/accept', { body: { secret: json.secret, name: 'Cleo' } })).json as { token: string };
    await world.live(sessionId, { status: 'completed', ended: { reason: 'ended_by_interviewer', durationMs: 8_000 } });
    await work(sessionId);
    expect((await ask(sessionId, ada)).json.followUp).not.toBeNull();
    expect((await ask(sessionId, token)).json).toEqual({ followUp: null });
  });

  it('goes when the session is erased, and does not come back', async () => {
    const sessionId = await interview('onboarding');
    await work(sessionId);
    expect((await world.send('DELETE', `/api/sessions/${sessionId}?erase=true`, { token: ada })).status).toBe(204);
    await work(sessionId);
    await store().add(sessionId, { text: 'late', flow: 'x' });
    expect((await database.asOwner('select 1 from follow_ups where session_id = $1', [sessionId])).rowCount).toBe(0);
  });

  it('is not asked for while the interview is under way, of a dictation, or where there is no LangFlow', async () => {
    const asked = langflow.requests.length;
    await expect(work(await interview('onboarding', false))).rejects.toMatchObject({ code: 'unavailable' });
    const dictation = await interview('dictation');
    expect(await jobs(dictation)).not.toContain('write-follow-up');
    await work(dictation);
    await work(await interview('onboarding'), null);
    expect(langflow.requests).toHaveLength(asked);
  });

  it('that fails leaves the outcome as it is, and is tried again by the queue', async () => {
    const sessionId = await interview('onboarding');
    langflow.fault = { kind: 'status', status: 500 };
    await expect(work(sessionId)).rejects.toMatchObject({ code: 'engine.failed' });
    langflow.fault = null;
    expect((await ask(sessionId, ada)).json).toEqual({ followUp: null });
    await work(sessionId);
    expect((await ask(sessionId, ada)).json.followUp).not.toBeNull();
  });
});
