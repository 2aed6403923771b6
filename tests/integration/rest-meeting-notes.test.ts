/** What was made of a meeting, over REST: notes, files of them and of the whole meeting, and links by which others read it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unzipSync } from 'fflate';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresNotesRepository } from '#adapters/postgres/notes-repository.ts';
import { scriptedEmbedder } from '#adapters/embedder-contract/scripted-embedder.ts';
import { embedderSocketPath } from '#adapters/embeddings-socket/socket-path.ts';
import { EmbedderSocketServer } from '#adapters/embeddings-socket/socket-server.ts';
import { PostgresTranscriptIndex } from '#adapters/postgres/transcript-index.ts';
import { systemClock } from '#domain/clock.ts';
import { indexTranscript } from '#domain/meetings/search/index-transcript.ts';
import { coverageOf } from '#domain/meetings/coverage.ts';
import { writeNotes } from '#domain/meetings/notes/write-notes.ts';
import { openRestWorld } from '../support/rest.ts';
import type { RestAnswer, RestWorld } from '../support/rest.ts';

const TITLE = 'Roof & <garden>';
const SAID: [speaker: string, text: string][] = [
  ['S1', 'The roof leaks again, on the *north* side.'],
  ['S2', "Then let's replace the roof in May."],
  ['S1', "I'll ask three companies for offers by Friday."],
  ['S0', 'Who will pay for the scaffolding?'],
  ['S3', "I don't know, let's come back to that."],
];
/** In the past, when the test wants links that have run out. */
let behindMs = 0;
let world: RestWorld;
let database: Database;
let ada: string;
let bob: string;
let sessionId: string;
beforeAll(async () => {
  world = await openRestWorld({}, { ...systemClock, nowMs: () => Date.now() - behindMs });
  database = new Database({ url: world.composition.environment.DATABASE_URL!, maxConnections: 2 });
  [ada, bob] = await Promise.all([world.signIn('Ada'), world.signIn('Bob')]);
  sessionId = (await world.send('POST', '/api/sessions', { token: ada, body: { kind: 'meeting', title: TITLE } })).json.session.id;
});
afterAll(async () => {
  await database?.close();
  await world?.close();
});
const send = (method: string, address: string, { token = ada as string | null, body }: { token?: string | null; body?: unknown } = {}) => world.send(method, address, { ...(token ? { token } : {}), ...(body === undefined ? {} : { body }) });
const at = (rest: string) => `/api/sessions/${sessionId}${rest}`;

/** As the closing leaves it: words with voices, two of them one person, a gap, and notes. */
async function closeIt(): Promise<void> {
  const items = SAID.map(([speaker, text], index) => ({ itemId: `i${index}`, revision: 1, speaker, text, startSample: index * 160_000, endSample: index * 160_000 + 128_000 }));
  await world.live(sessionId, { items, startedAt: 'now' });
  await database.asService(async (tx) => {
    await tx.query("insert into meeting_speakers (session_id, speaker, name, merged_into) values ($1, 'S1', 'Ada', null), ($1, 'S2', 'Ben', null), ($1, 'S3', null, 'S1')", [sessionId]);
    await tx.query("insert into meeting_gaps (session_id, at_sample, from_at, to_at, reason) values ($1, 320000, now(), now() + interval '90 seconds', 'stream_away')", [sessionId]);
  });
  const speakers = { S1: 'Ada', S2: 'Ben' };
  const transcript = items.map(({ startSample, endSample, ...item }) => ({ ...item, speaker: item.speaker === 'S3' ? 'S1' : item.speaker, startMs: startSample / 16, endMs: endSample / 16 }));
  const coverage = coverageOf({ chunks: [], gaps: [], capturedSamples: 0, ended: true, awayMs: 0 });
  const notes = await writeNotes({ transcript, coverage, gaps: [], speakers, previous: null, writer: null, clock: systemClock });
  expect(await new PostgresNotesRepository(database).add(sessionId, { notes, transcriptDigest: 'a' })).toBe(true);
}
const partsOf = ({ bytes }: RestAnswer) => Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, content]) => [name, new TextDecoder().decode(content)]));

describe('notes', () => {
  test('are not ready before the meeting is closed, and nobody else’s business', async () => {
    expect(await send('GET', at('/notes'))).toMatchObject({ status: 404, json: { code: 'outcome.not_ready' } });
    await closeIt();
    expect(await send('GET', at('/notes'), { token: bob })).toMatchObject({ status: 404, json: { code: 'session.not_found' } });
    expect(await send('GET', at('/notes'), { token: null })).toMatchObject({ status: 401 });
    expect(await send('GET', at('/notes?format=pdf'))).toMatchObject({ status: 400 });
  });
  test('quote the words they stand on', async () => {
    const { json } = await send('GET', at('/notes'));
    expect(json).toMatchObject({ version: 1, madeBy: 'extractive' });
    expect(json.decisions).toMatchObject([{ text: "Let's replace the roof in May.", evidence: [{ itemId: 'i1', quote: "Then let's replace the roof in May.", speaker: 'S2', startMs: 10_000 }] }]);
    expect(json.actionItems).toMatchObject([{ owner: 'Ada', ownerSpeaker: 'S1', due: 'by Friday' }]);
    expect(json.openQuestions).toMatchObject([{ evidence: [{ itemId: 'i3' }, { itemId: 'i4' }] }]);
  });
  test('come as Markdown in which what was said is no markup, and as plain text', async () => {
    const markdown = await send('GET', at('/notes?format=md'));
    expect(markdown.headers.get('content-disposition')).toContain('filename="Roof garden.md"');
    expect(markdown.text).toMatch(/^# Roof \\& \\<garden\\>\n\n\d/);
    expect(markdown.text).toContain("## Decisions\n\n- Let's replace the roof in May. (Ben, 0:10)\n");
    expect(markdown.text).toContain("- I'll ask three companies for offers by Friday. — Ada, by Friday (Ada, 0:20)\n");
    const plain = await send('GET', at('/notes?format=txt'));
    expect(plain.text).toContain("OPEN QUESTIONS\n\n- Who will pay for the scaffolding? I don't know, let's come back to that. (0:30; Ada, 0:40)\n");
    expect(plain.text).toContain('Picked from the transcript without a language model');
  });
});

describe('a whole meeting', () => {
  test('is a text with title, what is missing, notes and the transcript with names and times', async () => {
    const { text } = await send('GET', at('/export'));
    expect(text).toContain('> **Not complete.** 1 min 30 s of the meeting are missing: the stream was away at 0:20.');
    expect(text.indexOf('## Decisions')).toBeLessThan(text.indexOf('## Transcript'));
    expect(text).toContain('**Ada** · 0:00\n\nThe roof leaks again, on the \\*north\\* side.\n\n**Ben** · 0:10');
    expect(text).toContain("\n\n0:30\n\nWho will pay for the scaffolding?\n\n**Ada** · 0:40\n\nI don't know");
    expect((await send('GET', at('/export'), { token: bob })).status).toBe(404);
  });
  test('is data: coverage, speakers, notes, items and segments in seconds', async () => {
    const { json, headers } = await send('GET', at('/export?format=json'));
    expect(headers.get('content-disposition')).toContain('.json');
    expect(json.segments.slice(0, 2)).toEqual([
      { session_id: sessionId, speaker: 'Ada', start_time: 0, end_time: 8, words: SAID[0]![1] },
      { session_id: sessionId, speaker: 'Ben', start_time: 10, end_time: 18, words: SAID[1]![1] },
    ]);
    expect(json.segments[3].speaker).toBe('S0');
    expect(json).toMatchObject({ session: { id: sessionId }, meeting: { coverage: { missingMs: 90_000 } }, notes: { version: 1 }, items: { length: 5 } });
  });
  test('is a Word document that opens, with its text escaped', async () => {
    for (const address of ['/export?format=docx', '/notes?format=docx']) {
      const answer = await send('GET', at(address));
      expect(answer.headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.wordprocessingml.document');
      const parts = partsOf(answer);
      expect(Object.keys(parts)).toEqual(expect.arrayContaining(['[Content_Types].xml', 'word/document.xml', 'word/numbering.xml']));
      expect(parts['word/document.xml']).toContain('Roof &amp; &lt;garden&gt;');
      expect(parts['word/document.xml']).toContain("Let’s replace the roof in May.".replace('’', '&apos;'));
    }
  });
  test('says at its place what is missing, in every file that can', async () => {
    const gap = '1 min 30 s missing here: the stream had stopped';
    for (const address of ['/export', '/transcript?format=md']) expect((await send('GET', at(address))).text, address).toContain(`in May.\n\n*0:20 · ${gap}.*\n\n**Ada** · 0:20`);
    expect((await send('GET', at('/export?format=txt'))).text).toContain(`in May.\n\n[0:20: ${gap}]\n\n[Ada, 0:20]`);
    expect((await send('GET', at('/transcript?format=vtt'))).text).toContain(`\n\nNOTE 0:20: ${gap}\n\n`);
    for (const format of ['txt', 'srt']) expect((await send('GET', at(`/transcript?format=${format}`))).text, format).not.toContain('missing');
    expect((await send('GET', at('/export?format=json'))).json.gaps).toEqual([{ startMs: 20_000, endMs: 20_000, missingMs: 90_000, reason: 'stream_away', stoodIn: false, beforeItemId: 'i2' }]);
    expect(partsOf(await send('GET', at('/export?format=docx')))['word/document.xml']).toContain(`${gap}.`);
  });
  test('has a transcript with the names people gave', async () => {
    const { text } = await send('GET', at('/transcript?format=txt'));
    expect(text).toBe(`Ada: ${SAID[0]![1]}\n\nBen: ${SAID[1]![1]}\n\nAda: ${SAID[2]![1]}\n\n${SAID[3]![1]}\n\nAda: ${SAID[4]![1]}\n`);
  });
});

describe('search', () => {
  const embedder = scriptedEmbedder({ roof: 1, shingles: 1, scaffolding: 2 });
  const find = async (query: string, token = ada) => (await send('GET', `/api/search?${query}`, { token })).json;
  const places = (answer: { results: { itemId: string; by: string }[] }) => answer.results.map(({ itemId, by }) => `${itemId} ${by}`);

  test('finds the words, with the moment to play; while no worker is there it says that it knows no more', async () => {
    const answer = await find('q=replace%20roof');
    expect(places(answer)).toEqual(['i1 words', 'i0 words']);
    expect(answer).toMatchObject({ meaning: 'unavailable', results: [{ sessionId, title: TITLE, speaker: 'S2', text: SAID[1]![1], startMs: 10_000, endMs: 18_000 }, {}] });
    expect(places(await find('q=-roof'))).toEqual([]);
    expect(places(await find('q=roof', bob))).toEqual([]);
    expect(places(await find('q=roof&kind=code'))).toEqual([]);
    for (const query of ['', 'q=%20', `q=${'a'.repeat(201)}`, 'q=a&limit=51', 'q=a&kind=party', 'q=a%00']) expect((await send('GET', `/api/search?${query}`)).status, query).toBe(400);
  });
  test('finds what is meant once the words are indexed, of the newest revision alone, and nobody else’s', async () => {
    const index = new PostgresTranscriptIndex(database);
    const work = () => indexTranscript({ index, embedder, sessionId }, new AbortController().signal);
    const server = new EmbedderSocketServer(embedder);
    await server.start(embedderSocketPath(world.composition.environment.dataDir));
    try {
      await work();
      await work();
      expect(embedder.asked.flat()).toEqual(SAID.map(([, text]) => text));
      const meant = await find('q=shingles');
      expect(meant.meaning).toBe('searched');
      expect(places(meant).toSorted()).toEqual(['i0 meaning', 'i1 meaning']);
      expect(places(await find('q=roof%20may'))[0]).toBe('i1 words');
      expect(places(await find('q=shingles', bob))).toEqual([]);
      expect(places(await find('q=shingles&limit=1'))).toHaveLength(1);
      const corrected = await world.send('PATCH', at('/transcript/i0'), { token: ada, body: { text: 'The boat leaks again.', revision: 1 } });
      expect(corrected.status).toBe(200);
      expect(places(await find('q=shingles'))).toEqual(['i1 meaning']);
      await work();
      expect(embedder.asked.flat()).toContain('The boat leaks again.');
    } finally {
      await server.stop();
    }
  });
});

describe('a shared link', () => {
  const open = (url: string) => send('GET', `/api/shares/${url.replace('/shared/', '')}`, { token: null });

  test('lets anybody read words, notes and what is missing, and shows nothing else', async () => {
    const made = await send('POST', at('/shares'));
    expect(made.status).toBe(201);
    expect(made.json.url).toMatch(/^\/shared\/[\w-]{43}$/);
    const answer = await open(made.json.url);
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('x-robots-tag')).toContain('noindex');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.json).toMatchObject({ title: TITLE, missing: expect.stringContaining('1 min 30 s'), gaps: [{ startMs: 20_000, missingMs: 90_000, reason: 'stream_away' }], notes: { version: 1 }, expiresAt: made.json.share.expiresAt });
    expect(answer.json.items.map(({ name }: { name: string | null }) => name)).toEqual(['Ada', 'Ben', 'Ada', null, 'Ada']);
    expect(answer.text).not.toContain(sessionId);
    expect(answer.text).not.toMatch(/ownerId|audio|personName/);
    // The secret is nowhere but in the link.
    const list = await send('GET', at('/shares'));
    expect(list.json.shares).toEqual([made.json.share]);
    expect(list.text).not.toContain(made.json.url.slice(8));
  });
  test('leads nowhere once taken back, run out, or when it never was one: all alike', async () => {
    const { json } = await send('POST', at('/shares'), { body: { expiresInHours: 1 } });
    behindMs = 2 * 3_600_000;
    const late = await send('POST', at('/shares'), { body: { expiresInHours: 1 } });
    behindMs = 0;
    expect((await open(json.url)).status).toBe(200);
    expect((await send('DELETE', at(`/shares/${json.share.id}`), { token: bob })).status).toBe(404);
    expect((await open(json.url)).status).toBe(200);
    expect((await send('DELETE', at(`/shares/${json.share.id}`))).status).toBe(204);
    expect((await send('DELETE', at(`/shares/${json.share.id}`))).status).toBe(204);
    for (const url of [json.url, late.json.url, `/shared/${'a'.repeat(43)}`, '/shared/short', `/shared/${'%00'.repeat(10)}`]) {
      expect(await open(url), url).toMatchObject({ status: 404, json: { code: 'share.not_valid', title: 'The link is not valid' } });
    }
  });
  test('is made, seen and taken back by the owner of a meeting alone', async () => {
    for (const [method, address] of [['POST', '/shares'], ['GET', '/shares'], ['DELETE', `/shares/${crypto.randomUUID()}`]] as const) {
      expect((await send(method, at(address), { token: bob })).json).toMatchObject({ code: 'session.not_found' });
      expect((await send(method, at(address), { token: null })).status).toBe(401);
    }
    expect((await send('DELETE', at('/shares/nothing'))).json).toMatchObject({ code: 'share.not_found' });
    const { json } = await send('POST', '/api/sessions', { body: { kind: 'dictation' } });
    expect((await send('POST', `/api/sessions/${json.session.id}/shares`)).json).toMatchObject({ code: 'session.not_found' });
    for (const expiresInHours of [0, 8761, 1.5, '3']) expect((await send('POST', at('/shares'), { body: { expiresInHours } })).status).toBe(400);
  });
  test('does not outlive the meeting', async () => {
    const { json } = await send('POST', at('/shares'));
    expect((await send('DELETE', at('?erase=true'))).status).toBe(204);
    expect((await open(json.url)).json).toMatchObject({ code: 'share.not_valid' });
  });
});
