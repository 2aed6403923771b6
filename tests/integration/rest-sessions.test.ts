import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseWav } from '#domain/stream/wav.ts';
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

async function create(token = ada, body: object = {}): Promise<string> {
  const { json, status } = await world.send('POST', '/api/sessions', { token, body: { kind: 'dictation', ...body } });
  expect(status).toBe(201);
  return json.session.id;
}
const SPEECH = Int16Array.from({ length: 200_000 }, (_, index) => ((index * 7919) % 60_000) - 30_000);
const ITEMS = [
  { itemId: 'b', revision: 1, speaker: 'user', text: 'I love the planets.', startSample: 32_000, endSample: 64_000 },
  { itemId: 'a', revision: 2, speaker: 'agent', text: 'What do you like?', unheardText: 'Tell me.', startSample: 0, endSample: 16_000 },
];

describe('creating a session', () => {
  test('gives the session and a ticket to its stream', async () => {
    const answer = await world.send('POST', '/api/sessions', { token: ada, body: { kind: 'onboarding', consent: { recording: true } } });
    expect(answer.status).toBe(201);
    expect(answer.json.session).toMatchObject({ kind: 'onboarding', status: 'created', title: 'Onboarding interview', consent: { recording: true }, templateId: null, durationMs: 0 });
    expect(answer.headers.get('location')).toBe(`/api/sessions/${answer.json.session.id}`);
    expect(answer.json.stream.url).toBe('ws://localhost:8080/v1/stream');
    const secondsLeft = (Date.parse(answer.json.stream.expiresAt) - Date.now()) / 1000;
    expect(secondsLeft).toBeGreaterThan(50);
    expect(secondsLeft).toBeLessThanOrEqual(60);
  });
  test('with a template alone makes a code interview', async () => {
    const { json } = await world.send('POST', '/api/sessions', { token: ada, body: { templateId: 'two-sum', title: '  First try ' } });
    expect(json.session).toMatchObject({ kind: 'code', templateId: 'two-sum', title: 'First try', consent: { recording: false } });
  });
  test.each(['learner', 'interviewer', 'admin'] as const)('of every kind is open to every %s', async (role) => {
    const token = await world.signIn('Everybody', role);
    for (const kind of ['onboarding', 'code', 'meeting', 'dictation']) expect((await world.send('POST', '/api/sessions', { token, body: { kind } })).status).toBe(201);
  });
  test.each([
    [{}, ['$.kind']],
    [{ kind: 'party' }, ['$.kind']],
    [{ kind: 'code', title: '' }, ['$.title']],
    [{ kind: 'code', title: 'a\u0000b' }, ['$.title']],
    [{ kind: 'code', title: 'x'.repeat(201) }, ['$.title']],
    [{ kind: 'code', consent: { recording: 'yes' } }, ['$.consent.recording']],
    [{ kind: 'code', consent: {} }, ['$.consent.recording']],
    [{ kind: 'code', consent: { recording: true, video: true }, colour: 'red' }, ['$.consent.video', '$.colour']],
    [{ kind: 'code', templateId: '../etc' }, ['$.templateId']],
    [[], ['$']],
    ['text', ['$']],
    [null, ['$']],
  ])('of %j is refused and says where', async (body, paths) => {
    const { status, json } = await world.send('POST', '/api/sessions', { token: ada, body });
    expect(status).toBe(400);
    expect(json.code).toBe('request.invalid');
    expect(json.errors.map((error: { path: string }) => error.path)).toEqual(paths);
  });
});

describe('a list of sessions', () => {
  test('is newest first, a page at a time, and ends with a null cursor', async () => {
    const token = await world.signIn('Lister');
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) ids.unshift(await create(token));
    const seen: string[] = [];
    let cursor: string | null = '';
    const sizes: number[] = [];
    while (cursor !== null) {
      const { json, status }: any = await world.send('GET', `/api/sessions?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, { token });
      expect(status).toBe(200);
      seen.push(...json.sessions.map((session: { id: string }) => session.id));
      sizes.push(json.sessions.length);
      cursor = json.nextCursor;
    }
    expect(seen).toEqual(ids);
    expect(sizes).toEqual([2, 2, 1]);
  });
  test('can be narrowed by kind, status and words that were said', async () => {
    const token = await world.signIn('Searcher');
    const talk = await create(token, { kind: 'onboarding' });
    const other = await create(token);
    await world.live(talk, { items: ITEMS, status: 'live' });
    const ids = async (query: string) => (await world.send('GET', `/api/sessions?${query}`, { token })).json.sessions.map((session: { id: string }) => session.id);
    expect(await ids('kind=onboarding')).toEqual([talk]);
    expect(await ids('status=created')).toEqual([other]);
    expect(await ids('q=planet')).toEqual([talk]);
    expect(await ids('q=planet%20-love')).toEqual([]);
    expect(await ids('q=%20')).toEqual([other, talk]);
    expect(await ids("q=%27%22%29%28%26%7C!%3A*%5C")).toEqual(expect.any(Array));
    expect((await world.send('GET', '/api/sessions?q=planet', { token: bob })).json.sessions).toEqual([]);
  });
  test('shows where the words were said, as offsets in plain text, and only to who asked for words', async () => {
    const token = await world.signIn('Finder');
    const talk = await create(token, { kind: 'onboarding' });
    const items = [
      { itemId: 'q', revision: 1, speaker: 'agent', text: 'Do you like stars?', startSample: 0, endSample: 16_000 },
      { itemId: 'a', revision: 1, speaker: 'user', text: 'I <img src=x onerror=alert(1)> love the stars & "all" <b>planets</b>, yes.', startSample: 32_000, endSample: 192_000 },
      { itemId: 'z', revision: 1, speaker: 'user', text: 'Planets again.', startSample: 200_000, endSample: 216_000 },
    ];
    await world.live(talk, { items, status: 'live' });
    const find = async (q: string, as = token) => (await world.send('GET', `/api/sessions?q=${encodeURIComponent(q)}`, { token: as })).json.sessions;
    const [found] = await find('planet stars');
    expect(found).toMatchObject({ id: talk, status: 'live', match: { itemId: 'a', speaker: 'user', text: items[1]!.text, more: 2 } });
    const { text, marks, startMs, endMs } = found.match;
    expect(marks.map(({ from, to }: { from: number; to: number }) => text.slice(from, to))).toEqual(['stars', 'planets']);
    expect(startMs).toBeGreaterThan(2_000 + 10_000 * (text.indexOf('stars') / text.length) - 300);
    expect(endMs).toBeLessThan(2_000 + 10_000 * ((text.indexOf('stars') + 5) / text.length) + 300);
    // Its own words come before the interviewer's.
    expect((await find('stars'))[0].match.itemId).toBe('a');

    const hostile = ["stars' or '1'='1", 'stars"; drop table sessions; --', 'stars & ! | ( ) <-> :*', 'stars \\', 'stars \u0001', '-planets -stars', '"', 'or', '<b>', 'stars '.repeat(33).trim(), '\uE000stars\uE001', '🔭 stars'];
    for (const q of hostile) expect(await find(q), q).toEqual(expect.any(Array));
    expect((await world.send('GET', '/api/sessions', { token })).json.sessions.map((session: object) => 'match' in session)).toEqual([false]);
    expect((await find('xylophone -planets'))).toEqual([]);
    expect((await world.send('GET', `/api/sessions/${talk}`, { token })).json).not.toHaveProperty('match');
    for (const [name, role] of [['Finder 2', 'learner'], ['Iva', 'interviewer'], ['Root', 'admin']] as const) expect(await find('planets', await world.signIn(name, role))).toEqual([]);
    expect((await world.send('GET', '/api/sessions?q=planets')).status).toBe(401);
    await world.send('DELETE', `/api/sessions/${talk}?erase=true`, { token });
    expect(await find('planets')).toEqual([]);
  });
  test.each([
    ['limit=0', '$.limit'],
    ['limit=201', '$.limit'],
    ['limit=ten', '$.limit'],
    ['limit=1e1', '$.limit'],
    ['limit=1&limit=2', '$.limit'],
    ['kind=party', '$.kind'],
    ['status=', '$.status'],
    ['cursor=nonsense', '$.cursor'],
    [`cursor=${btoa('["2026-01-01","x"]')}`, '$.cursor'],
    ['colour=red', '$.colour'],
    [`q=${'x'.repeat(201)}`, '$.q'],
    ['q=a%00b', '$.q'],
  ])('asked for with %s is refused and says where', async (query, path) => {
    const { status, json } = await world.send('GET', `/api/sessions?${query}`, { token: ada });
    expect(status).toBe(400);
    expect(json.errors[0].path).toBe(path);
  });
});

describe('a session', () => {
  test.each(['PATCH', 'PUT'])('is changed by %s, in what is given', async (method) => {
    const id = await create();
    const changed = await world.send(method, `/api/sessions/${id}`, { token: ada, body: { title: 'New', action: 'UPDATE_SESSION' } });
    expect(changed.status).toBe(200);
    expect(changed.json).toMatchObject({ id, title: 'New', consent: { recording: false } });
    await world.send(method, `/api/sessions/${id}`, { token: ada, body: { consent: { recording: true } } });
    expect((await world.send('GET', `/api/sessions/${id}`, { token: ada })).json).toMatchObject({ title: 'New', consent: { recording: true } });
    expect((await world.send(method, `/api/sessions/${id}`, { token: ada, body: { status: 'completed' } })).json.errors[0].path).toBe('$.status');
  });

  test('ends once, however often that is asked for', async () => {
    const id = await create();
    const first = await world.send('DELETE', `/api/sessions/${id}`, { token: ada });
    expect(first.status).toBe(200);
    expect(first.json).toMatchObject({ id, status: 'completed', endReason: 'ended_by_request' });
    const second = await world.send('DELETE', `/api/sessions/${id}`, { token: ada, body: { action: 'END_SESSION' } });
    expect(second.json).toEqual(first.json);
    const ticket = await world.send('POST', `/api/sessions/${id}/ticket`, { token: ada });
    expect(ticket.status).toBe(409);
    expect(ticket.json.code).toBe('session.over');
  });

  test('that is erased is gone for good', async () => {
    const id = await create();
    await world.live(id, { items: ITEMS, events: [{ type: 'note', data: {} }] });
    expect((await world.send('DELETE', `/api/sessions/${id}?erase=true`, { token: ada })).status).toBe(204);
    for (const rest of ['', '/transcript', '/audio', '/events']) expect((await world.send('GET', `/api/sessions/${id}${rest}`, { token: ada })).status).toBe(404);
    expect((await world.send('DELETE', `/api/sessions/${id}?erase=true`, { token: ada })).status).toBe(404);
    expect((await world.send('GET', '/api/sessions?q=planets', { token: ada })).json.sessions).toEqual([]);
  });
  test('is not erased by a word that only looks like yes', async () => {
    const id = await create();
    expect((await world.send('DELETE', `/api/sessions/${id}?erase=1`, { token: ada })).status).toBe(400);
    expect((await world.send('DELETE', `/api/sessions/${id}?erase=false`, { token: ada })).status).toBe(200);
  });

  test('of somebody else does not exist, whatever is asked of it and by whom', async () => {
    const id = await create(ada, { consent: { recording: true } });
    await world.say(id, SPEECH);
    const admin = await world.signIn('Root', 'admin');
    for (const token of [bob, admin]) {
      for (const [method, rest, body] of [
        ['GET', ''], ['PATCH', '', { title: 'Mine' }], ['PUT', '', { title: 'Mine' }], ['DELETE', ''], ['DELETE', '?erase=true'],
        ['POST', '/ticket', {}], ['GET', '/transcript'], ['GET', '/audio'], ['GET', '/events'],
      ] as const) {
        const { status, json } = await world.send(method, `/api/sessions/${id}${rest}`, { token, body });
        expect([status, json.code], `${method} ${rest}`).toEqual([404, 'session.not_found']);
      }
    }
    expect((await world.send('GET', `/api/sessions/${id}`, { token: ada })).json).toMatchObject({ title: 'Dictation', status: 'created' });
  });
  test.each(['nonsense', '00000000-0000-4000-8000-000000000000', '%2e%2e%2fhealth', "'; drop table sessions"])('called %s does not exist', async (id) => {
    for (const rest of ['', '/transcript', '/audio', '/events']) {
      expect((await world.send('GET', `/api/sessions/${id}${rest}`, { token: ada })).json.code).toBe('session.not_found');
    }
  });
});

describe('a ticket', () => {
  test('wakes a server that sleeps, and says so until it is there', async () => {
    const { capacity } = world.composition;
    const answers = ['waking', 'waking', 'awake'] as const;
    let asked = 0;
    world.composition.capacity = { ...capacity, wakeRealtime: async () => answers[asked++]! };
    const { json } = await world.send('POST', '/api/sessions', { token: ada, body: { kind: 'dictation' } });
    const next = async () => (await world.send('POST', `/api/sessions/${json.session.id}/ticket`, { token: ada })).json.warmingUp;
    expect([json.stream.warmingUp, await next(), await next()]).toEqual([true, true, undefined]);
    world.composition.capacity = capacity;
  });

  test('can be asked for again, with and without a body', async () => {
    const id = await create();
    const tickets = await Promise.all([{}, { body: {} }, { body: { role: 'participant' } }].map((request) => world.send('POST', `/api/sessions/${id}/ticket`, { token: ada, ...request })));
    for (const { status, json } of tickets) expect([status, json.url]).toEqual([200, 'ws://localhost:8080/v1/stream']);
    expect(new Set(tickets.map((one) => one.json.ticket)).size).toBe(3);
  });
  test('to observe is for those who may', async () => {
    const body = { role: 'observer' };
    const refused = await world.send('POST', `/api/sessions/${await create()}/ticket`, { token: ada, body });
    expect([refused.status, refused.json.code]).toEqual([403, 'auth.forbidden']);
    const iris = await world.signIn('Iris', 'interviewer');
    expect((await world.send('POST', `/api/sessions/${await create(iris)}/ticket`, { token: iris, body })).status).toBe(200);
    expect((await world.send('POST', `/api/sessions/${await create(iris)}/ticket`, { token: iris, body: { role: 'owner' } })).json.errors[0].path).toBe('$.role');
  });
});

describe('a transcript', () => {
  test('comes by start, as JSON and as files', async () => {
    const id = await create(ada, { title: 'Stars/and "more"' });
    await world.live(id, { items: ITEMS });
    const json = await world.send('GET', `/api/sessions/${id}/transcript`, { token: ada });
    expect(json.json.items).toEqual([
      { itemId: 'a', revision: 2, speaker: 'agent', text: 'What do you like?', unheardText: 'Tell me.', startSample: 0, endSample: 16_000, startMs: 0, endMs: 1_000 },
      { itemId: 'b', revision: 1, speaker: 'user', text: 'I love the planets.', startSample: 32_000, endSample: 64_000, startMs: 2_000, endMs: 4_000 },
    ]);
    const file = (format: string) => world.send('GET', `/api/sessions/${id}/transcript?format=${format}`, { token: ada });
    const txt = await file('txt');
    expect(txt.text).toBe('Interviewer: What do you like?\n\nAda: I love the planets.\n');
    expect(txt.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(txt.headers.get('content-disposition')).toBe(`attachment; filename="Stars and more.txt"; filename*=UTF-8''Stars%20and%20more.txt`);
    expect((await file('md')).text).toMatch(/^# Stars\/and "more"\n\n/);
    expect((await file('srt')).text).toMatch(/^1\n00:00:00,000 --> 00:00:01,000\nInterviewer: What do you like\?\n\n2\n/);
    expect((await file('vtt')).text).toMatch(/^WEBVTT\n\n00:00:00\.000 --> 00:00:01\.000\n<v Interviewer>/);
    expect((await file('pdf')).status).toBe(400);
  });
  test('of a session in which nothing was said is empty', async () => {
    const id = await create();
    expect((await world.send('GET', `/api/sessions/${id}/transcript`, { token: ada })).json).toEqual({ items: [] });
    expect((await world.send('GET', `/api/sessions/${id}/transcript?format=txt`, { token: ada })).text).toBe('');
  });
});

describe('the event log', () => {
  test('goes on where the reader left off', async () => {
    const id = await create();
    const events = Array.from({ length: 620 }, (_, index) => ({ type: 'test.event', sample: index, data: { index } }));
    await world.live(id, { events });
    const seen: number[] = [];
    let next = 0;
    for (;;) {
      const { json } = await world.send('GET', `/api/sessions/${id}/events?after=${next}`, { token: ada });
      seen.push(...json.events.filter((event: { type: string }) => event.type === 'test.event').map((event: { data: { index: number } }) => event.data.index));
      if (json.events.length === 0) {
        expect(json.next).toBe(next);
        break;
      }
      next = json.next;
    }
    expect(seen).toEqual(events.map((_, index) => index));
    expect((await world.send('GET', `/api/sessions/${id}/events?after=-1`, { token: ada })).status).toBe(400);
  });
});

describe('a recording', () => {
  let id: string;
  const audio = (rest = '', headers = {}, method = 'GET') => world.send(method, `/api/sessions/${id}/audio${rest}`, { token: ada, headers });
  beforeAll(async () => {
    id = await create(ada, { consent: { recording: true } });
    await world.say(id, SPEECH);
  });

  test('is, sample for sample, what was sent', async () => {
    const { status, headers, bytes } = await audio();
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('audio/wav');
    expect(headers.get('content-length')).toBe(String(44 + SPEECH.byteLength));
    expect(headers.get('accept-ranges')).toBe('bytes');
    const wav = parseWav(bytes);
    expect(wav.sampleRateHz).toBe(16_000);
    expect(Buffer.from(wav.samples.buffer).equals(Buffer.from(SPEECH.buffer))).toBe(true);
  });
  test('gives any range of its bytes', async () => {
    const { bytes: whole } = await audio();
    const last = whole.byteLength - 1;
    for (const [range, start, end] of [
      ['bytes=0-43', 0, 44], ['bytes=40-50', 40, 51], ['bytes=45-45', 45, 46], ['bytes=128043-128047', 128_043, 128_048],
      ['bytes=100001-300000', 100_001, 300_001], ['bytes=-7', last - 6, last + 1], [`bytes=${last}-`, last, last + 1], ['bytes=44-', 44, last + 1],
    ] as const) {
      const part = await audio('', { range });
      expect([part.status, part.headers.get('content-range'), part.headers.get('content-length')], range).toEqual([206, `bytes ${start}-${end - 1}/${whole.byteLength}`, String(end - start)]);
      expect(Buffer.from(part.bytes).equals(Buffer.from(whole.subarray(start, end))), range).toBe(true);
    }
  });
  test('says how long it is when a range lies beyond it', async () => {
    const { status, headers, json } = await audio('', { range: 'bytes=99999999-' });
    expect([status, json.code, headers.get('content-range')]).toEqual([416, 'range.not_satisfiable', `bytes */${44 + SPEECH.byteLength}`]);
  });
  test('answers HEAD with its headers alone', async () => {
    const { status, headers, bytes } = await audio('', {}, 'HEAD');
    expect([status, headers.get('content-length'), bytes.byteLength]).toEqual([200, String(44 + SPEECH.byteLength), 0]);
  });
  test('is not sent again to who has it, once the session is over', async () => {
    const open = await audio();
    expect(open.headers.get('etag')).toMatch(/^W\//);
    expect((await audio('', { 'if-none-match': open.headers.get('etag')! })).status).toBe(304);
    await world.live(id, { status: 'completed', ended: { reason: 'ended_by_person', durationMs: 12_500 } });
    const etag = (await audio()).headers.get('etag')!;
    expect(etag).toMatch(/^"/);
    expect((await audio('', { 'if-range': etag, range: 'bytes=0-3' })).status).toBe(206);
    expect((await audio('', { 'if-range': '"another"', range: 'bytes=0-3' })).status).toBe(200);
  });
  test('has the interviewer where it was played, and a mix of both', async () => {
    const speech = new Int16Array(3_000).fill(500);
    await world.composition.audio.writeUtterance(id, 1, speech);
    await world.live(id, { events: [{ type: 'agent.played', sample: SPEECH.length - 1_000, data: { utterance: 1, fromSample: 0, samples: 3_000 } }] });
    const agent = parseWav((await audio('?track=agent')).bytes).samples;
    expect(agent.length).toBe(SPEECH.length + 2_000);
    expect(agent.subarray(0, SPEECH.length - 1_000).every((sample) => sample === 0)).toBe(true);
    expect(agent.subarray(SPEECH.length - 1_000)).toEqual(speech);
    const mix = parseWav((await audio('?track=mix')).bytes).samples;
    expect(mix[SPEECH.length - 1_001]).toBe(SPEECH[SPEECH.length - 1_001]);
    expect(mix[SPEECH.length - 1]).toBe(Math.min(32_767, SPEECH[SPEECH.length - 1]! + 500));
    expect(parseWav((await audio()).bytes).samples.length).toBe(SPEECH.length);
    expect((await audio('?track=both')).status).toBe(400);
  });
  test('is fetched from storage where that serves recordings, once its person was let in', async () => {
    const dispositions: string[] = [];
    world.composition.audio.recordingAddress = async (_sessionId, { disposition }) => {
      dispositions.push(disposition);
      return 'https://storage.example/recording';
    };
    try {
      const { status, headers, bytes } = await audio('', { range: 'bytes=0-3' });
      expect([status, headers.get('location'), headers.get('cache-control'), bytes.byteLength]).toEqual([307, 'https://storage.example/recording', 'no-store', 0]);
      expect(dispositions).toEqual(['inline; filename="recording.wav"']);
      // The address reads, and has one track.
      expect([(await audio('', {}, 'HEAD')).status, (await audio('?track=mix')).status]).toEqual([200, 200]);
      const secret = await create(ada);
      await world.say(secret, SPEECH.subarray(0, 1_600));
      expect((await world.send('GET', `/api/sessions/${secret}/audio`, { token: ada })).status).toBe(404);
      expect(dispositions).toHaveLength(1);
    } finally {
      delete world.composition.audio.recordingAddress;
    }
  });
  test('that is not kept any more says so, whoever spoke, and not that nothing was recorded', async () => {
    const old = await create(ada, { consent: { recording: true } });
    await world.say(old, SPEECH.subarray(0, 16_000));
    await world.composition.audio.writeUtterance(old, 1, new Int16Array(1_600));
    await world.live(old, { events: [{ type: 'agent.played', sample: 0, data: { utterance: 1, fromSample: 0, samples: 1_600 } }], status: 'completed', ended: { reason: 'ended_by_person', durationMs: 1_000 } });
    const track = async (name: string) => world.send('GET', `/api/sessions/${old}/audio?track=${name}`, { token: ada });
    expect([(await track('user')).status, (await track('mix')).status]).toEqual([200, 200]);
    // What the rule of a bucket does: the sound goes, the rows stay.
    await world.composition.audio.erase(old);
    for (const name of ['user', 'agent', 'mix']) {
      const { status, json } = await track(name);
      expect([status, json.code, json.detail], name).toEqual([404, 'recording.not_found', expect.stringMatching(/not kept any more/)]);
    }
  });
  test('does not exist without consent, nor before anything was said', async () => {
    const quiet = await create(ada, { consent: { recording: true } });
    expect((await world.send('GET', `/api/sessions/${quiet}/audio`, { token: ada })).json.code).toBe('recording.not_found');
    const secret = await create(ada);
    await world.say(secret, SPEECH.subarray(0, 1_600));
    const { status, json } = await world.send('GET', `/api/sessions/${secret}/audio`, { token: ada });
    expect([status, json.code]).toEqual([404, 'recording.not_consented']);
  });
});
