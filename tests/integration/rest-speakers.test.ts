/** Who speaks in a meeting: told apart by our servers, named and merged by its owner, and told apart again without losing that. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresSpeakerStore } from '#adapters/postgres/speaker-store.ts';
import type { SpeakerStore } from '#domain/meetings/speakers/ports.ts';
import { tellSpeakers } from '#domain/meetings/speakers/tell-speakers.ts';
import { openRestWorld } from '../support/rest.ts';
import type { RestWorld } from '../support/rest.ts';
import { scriptedPeople } from '../support/voices.ts';
import type { ScriptedVoice } from '../support/voices.ts';

let world: RestWorld;
let database: Database;
let store: PostgresSpeakerStore;
let ada: string;
let bob: string;
beforeAll(async () => {
  world = await openRestWorld();
  database = new Database({ url: world.composition.environment.DATABASE_URL!, maxConnections: 2 });
  store = new PostgresSpeakerStore(database);
  [ada, bob] = await Promise.all([world.signIn('Ada'), world.signIn('Bob')]);
});
afterAll(async () => {
  await database?.close();
  await world?.close();
});

const { voice } = scriptedPeople(40);
const address = (sessionId: string, speaker?: string) => `/api/sessions/${sessionId}/speakers${speaker ? `/${speaker}` : ''}`;
const list = async (sessionId: string) => (await world.send('GET', address(sessionId), { token: ada })).json;
const change = (sessionId: string, speaker: string, body: unknown, token = ada) => world.send('PATCH', address(sessionId, speaker), { token, body });
const tell = (sessionId: string, provisional = false) => tellSpeakers({ store, sessionId, provisional });

/** What transcribing chunks left behind: one item of two seconds for each voice. */
async function hear(sessionId: string, voices: ScriptedVoice[]): Promise<void> {
  await database.asService(async (tx) => {
    for (const { chunk, voice: number, model, embedding, speechSamples } of voices) {
      await tx.query('insert into chunk_voices (session_id, chunk, voice, model, embedding, speech_samples) values ($1, $2, $3, $4, $5, $6)', [sessionId, chunk, number, model, [...embedding], speechSamples]);
      await tx.query(
        "insert into transcript_items (session_id, item_id, revision, speaker, text, start_sample, end_sample, chunk, voice) values ($1, $2, 1, 'S0', 'word', $3::bigint, $3::bigint + 32000, $4, $5)",
        [sessionId, `c${chunk}-${number}`, chunk * 480_000 + number * 40_000, chunk, number],
      );
    }
  });
}
async function meeting(voices: ScriptedVoice[]): Promise<string> {
  const { json } = await world.send('POST', '/api/sessions', { token: ada, body: { kind: 'meeting' } });
  await hear(json.session.id, voices);
  return json.session.id as string;
}
async function speakersOfItems(sessionId: string): Promise<Record<string, string>> {
  const { json } = await world.send('GET', `/api/sessions/${sessionId}/transcript`, { token: ada });
  return Object.fromEntries(json.items.map((item: { itemId: string; speaker: string }) => [item.itemId, item.speaker]));
}

describe('the speakers of a meeting', () => {
  test('are told apart live and again at the end; what a person named and merged stays with the voices', async () => {
    const sessionId = await meeting([voice(0, 5, 0), voice(1, 5, 1), voice(2, 6, 0), voice(0, 7, 0)]);
    expect(await tell(sessionId, true)).toBe(3);
    expect(await speakersOfItems(sessionId)).toEqual({ 'c5-0': 'S1', 'c5-1': 'S2', 'c6-0': 'S3', 'c7-0': 'S1' });

    const named = await change(sessionId, 'S2', { name: '  Grace Hopper ' });
    expect(named.status).toBe(200);
    expect(named.json.speakers[1]).toEqual({ speaker: 'S2', name: 'Grace Hopper', mergedInto: null, shownAs: 'Grace Hopper', speechMs: 2000 });
    const merged = await change(sessionId, 'S3', { mergeInto: 'S1' });
    expect(merged.json.speakers.map((each: { speechMs: number }) => each.speechMs)).toEqual([6000, 2000, 0]);

    // A chunk before all others comes late: a new voice, and Grace.
    await hear(sessionId, [voice(3, 1, 0), voice(1, 1, 1), voice(3, 2, 0)]);
    expect(await tell(sessionId)).toBe(4);
    expect(await speakersOfItems(sessionId)).toEqual({ 'c1-0': 'S4', 'c1-1': 'S2', 'c2-0': 'S4', 'c5-0': 'S1', 'c5-1': 'S2', 'c6-0': 'S3', 'c7-0': 'S1' });
    expect(await tell(sessionId)).toBe(4);
    const { speakers } = await list(sessionId);
    expect(speakers.map((each: { speaker: string; shownAs: string | null; mergedInto: string | null }) => [each.speaker, each.shownAs, each.mergedInto])).toEqual([
      ['S1', null, null],
      ['S2', 'Grace Hopper', null],
      ['S3', null, 'S1'],
      ['S4', null, null],
    ]);

    // Parted and unnamed again.
    expect((await change(sessionId, 'S3', { mergeInto: null })).json.speakers[2]).toMatchObject({ mergedInto: null, speechMs: 2000 });
    expect((await change(sessionId, 'S2', { name: null })).json.speakers[1]).toMatchObject({ name: null, shownAs: null });
  });

  test('whose voice is not found any more keep their name, which nobody else gets', async () => {
    const sessionId = await meeting([voice(0, 0, 0), voice(1, 1, 0)]);
    await tell(sessionId);
    await change(sessionId, 'S1', { name: 'Ada' });
    await database.asService(async (tx) => {
      await tx.query('delete from chunk_voices where session_id = $1 and chunk = 0', [sessionId]);
      await tx.query("update transcript_items set voice = null, speaker = 'S0' where session_id = $1 and chunk = 0", [sessionId]);
    });
    await tell(sessionId);
    expect(await list(sessionId)).toEqual({
      speakers: [
        { speaker: 'S1', name: 'Ada', mergedInto: null, shownAs: 'Ada', speechMs: 0 },
        { speaker: 'S2', name: null, mergedInto: null, shownAs: null, speechMs: 2000 },
      ],
      unknownMs: 2000,
    });
  });

  test('are not written over by what was told apart before a person named one', async () => {
    const sessionId = await meeting([voice(0, 0, 0), voice(1, 1, 0)]);
    await tell(sessionId);
    const before = (await store.material(sessionId))!;
    await change(sessionId, 'S1', { name: 'Ada' });
    expect(await store.save(sessionId, { labels: [], speakers: [] }, before.version)).toBe(false);
    expect(await speakersOfItems(sessionId)).toEqual({ 'c0-0': 'S1', 'c1-0': 'S2' });
  });

  test('are not written over, once all of the meeting was told apart, by who was still at its last stretch', async () => {
    const sessionId = await meeting([voice(0, 0, 0), voice(1, 1, 0)]);
    const slow: SpeakerStore = {
      async material(id) {
        const read = await store.material(id);
        // Between its reading and its writing the meeting ends, and is put together.
        await database.asService(async (tx) => void (await tx.query('update sessions set ended_at = coalesce(ended_at, now()) where id = $1', [id])));
        await tell(id);
        await database.asService(async (tx) => void (await tx.query("update transcript_items set speaker = 'S9' where session_id = $1", [id])));
        return read;
      },
      save: (...given) => store.save(...given),
      participants: (id) => store.participants(id),
      saveParticipants: (...given) => store.saveParticipants(...given),
    };
    await tellSpeakers({ store: slow, sessionId, provisional: true });
    expect(await speakersOfItems(sessionId)).toEqual({ 'c0-0': 'S9', 'c1-0': 'S9' });
  });

  test('are nobody while no voices were told apart, and a stranger’s do not exist', async () => {
    const sessionId = await meeting([]);
    expect(await tell(sessionId)).toBe(0);
    expect(await list(sessionId)).toEqual({ speakers: [], unknownMs: 0 });
    expect((await world.send('GET', address(sessionId), { token: bob })).json.code).toBe('session.not_found');
    expect((await change(sessionId, 'S1', { name: 'Bob' }, bob)).json.code).toBe('session.not_found');
    expect((await change(sessionId, 'S1', { name: 'Ada' })).json.code).toBe('speaker.not_found');
  });

  test('are neither merged in a circle, nor into nobody, nor given a name that is none', async () => {
    const sessionId = await meeting([voice(0, 0, 0), voice(1, 1, 0), voice(2, 2, 0)]);
    await tell(sessionId);
    await change(sessionId, 'S2', { mergeInto: 'S1' });
    await change(sessionId, 'S3', { mergeInto: 'S2' });
    for (const body of [{ mergeInto: 'S3' }, { mergeInto: 'S1' }]) expect((await change(sessionId, 'S1', body)).json.code).toBe('speaker.circle');
    for (const mergeInto of ['S0', 'S9']) expect((await change(sessionId, 'S1', { mergeInto })).json.code).toBe('speaker.not_found');
    for (const body of [{ name: ' ' }, { name: 'a\nb' }, {}, { label: 'x' }]) expect((await change(sessionId, 'S1', body)).json.code).toBe('request.invalid');
    expect((await list(sessionId)).speakers[0]).toMatchObject({ speaker: 'S1', speechMs: 6000 });
  });
});
