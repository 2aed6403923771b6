/** Meetings that nobody has to sit through: rows of a running instance's database and the recording beside them. */
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { MeetingNotes } from '#domain/meetings/notes/schema.ts';
import { UPLINK_SAMPLE_RATE_HZ, msToSamples } from '#domain/stream/audio-format.ts';
import type { AppInstance } from './app-instance.ts';

const CHUNK_MS = 30_000;
const LENGTH_MS = 240_000;

/** Voice, words, and for how long they are said. */
const SAID: [string, string][] = [
  ['S1', 'Good morning, everybody. Let us begin with the harbour festival and where we are with the budget.'],
  ['S2', 'The budget stands at forty thousand. The stage alone takes eleven, so we are over by about three if we keep the second evening.'],
  ['S3', 'I would rather give up the fireworks than the second evening. People come for the music.'],
  ['S1', 'Agreed. We drop the fireworks and keep both evenings.'],
  ['S2', 'Fine with me. I will tell the supplier by Friday that we do not need them.'],
  ['S0', 'Mhm, yes.'],
  ['S3', 'Then there is the question of the ferry. Do we know whether it runs after midnight this year?'],
  ['S1', 'Not yet. The company has not answered. Nora, could you call them again before the end of the month?'],
  ['S3', 'I can do that. I also want to ask them about a shuttle for wheelchairs, because last year people had to wait for almost an hour.'],
  ['S2', 'That reminds me of the accessibility report. It came in yesterday, and most of it is about the path from the car park to the pier.'],
  ['S1', 'We decided last week to lay mats there. Is anything else needed?'],
  ['S2', 'A second ramp at the pier. The harbour master says it can be lent to us, and it costs nothing but the transport.'],
  ['S3', 'Then let us take it.'],
  ['S1', 'Yes, we take the ramp. Who organises the transport?'],
  ['S2', 'I will, together with the stage, on the twelfth.'],
  ['S1', 'Wonderful. Then the last thing, volunteers: thirty-one so far, and we wanted fifty.'],
  ['S3', 'The school has not been asked. Their summer term ends a week before, so that could work.'],
  ['S1', 'Good idea. Let us talk about it next time. Thank you all.'],
];
interface Item {
  itemId: string;
  speaker: string;
  text: string;
  startMs: number;
  endMs: number;
}
const MEETING_ITEMS: Item[] = (() => {
  let ms = 2_000;
  const scale = (LENGTH_MS - 10_000) / SAID.reduce((sum, [, text]) => sum + 900 + text.length * 65, 0);
  return SAID.map(([speaker, text], index) => {
    const startMs = Math.round(ms);
    ms += (600 + text.length * 65) * scale;
    const endMs = Math.round(ms);
    ms += 300 * scale;
    return { itemId: `item-${index + 1}`, speaker, text, startMs, endMs };
  });
})();
const item = (words: string) => MEETING_ITEMS.find(({ text }) => text.includes(words))!;
const evidence = (quote: string) => {
  const { itemId, speaker, startMs, endMs, text } = item(quote);
  const msPerChar = (endMs - startMs) / text.length;
  const from = text.indexOf(quote);
  return [{ itemId, quote, speaker, startMs: Math.round(startMs + from * msPerChar), endMs: Math.round(startMs + (from + quote.length) * msPerChar) }];
};
const MEETING_NOTES: MeetingNotes = {
  version: 1,
  madeAt: new Date().toISOString(),
  madeBy: 'extractive',
  method: 'These notes were put together from sentences of the transcript by rules, without a language model: they quote, they do not interpret.',
  summary: [
    { text: 'The budget stands at forty thousand, and the plan is over by about three.', evidence: evidence('The budget stands at forty thousand.') },
    { text: 'The accessibility report is mostly about the path from the car park to the pier.', evidence: evidence('most of it is about the path from the car park to the pier') },
    { text: 'Thirty-one of fifty volunteers have been found.', evidence: evidence('thirty-one so far, and we wanted fifty') },
  ],
  topics: [
    { title: 'Budget of the harbour festival', startMs: item('Good morning').startMs, endMs: item('Mhm').endMs },
    { title: 'Ferry after midnight', startMs: item('the question of the ferry').startMs, endMs: item('wheelchairs').endMs },
    { title: 'Accessibility and the second ramp', startMs: item('accessibility report').startMs, endMs: item('on the twelfth').endMs },
    { title: 'Volunteers', startMs: item('volunteers').startMs, endMs: LENGTH_MS },
  ],
  decisions: [
    { id: 'decision-1', text: 'The fireworks are dropped; both evenings stay.', evidence: evidence('We drop the fireworks and keep both evenings.') },
    { id: 'decision-2', text: 'The second ramp is borrowed from the harbour master.', evidence: [...evidence('Yes, we take the ramp.'), ...evidence('The harbour master says it can be lent to us')] },
  ],
  actionItems: [
    { id: 'action-1', text: 'Tell the fireworks’ supplier that they are not needed.', owner: null, ownerSpeaker: 'S2', due: 'by Friday', evidence: evidence('I will tell the supplier by Friday') },
    { id: 'action-2', text: 'Call the ferry company again.', owner: 'Nora', ownerSpeaker: 'S3', due: 'before the end of the month', evidence: evidence('Nora, could you call them again before the end of the month?') },
    { id: 'action-3', text: 'Organise the transport of the ramp.', owner: null, ownerSpeaker: 'S2', due: 'on the twelfth', evidence: evidence('I will, together with the stage, on the twelfth.') },
  ],
  openQuestions: [{ id: 'question-1', text: 'Does the ferry run after midnight this year?', evidence: evidence('Do we know whether it runs after midnight this year?') }],
  missing: { missingMs: 0, failedMs: 0, waitingMs: 0, suppressedMs: 0, words: null },
};

export interface MeetingWish {
  /** `finished`: complete. `partial`: a stretch failed, one never arrived. `live`: streamed, under way. `away`: its stream has stopped. `awaited`: no stream yet. `processing`: ended, half done. `silent`: nobody spoke. */
  state: 'finished' | 'partial' | 'live' | 'away' | 'awaited' | 'processing' | 'silent';
  title?: string;
  recording?: boolean;
  /** False: this server has no models to tell voices apart. */
  voices?: boolean;
  /** What is said first, for the worker to read for what it means. */
  opening?: string;
}

/** Puts a meeting of that person there. @returns its id */
export async function putMeeting(app: Pick<AppInstance, 'run' | 'dataDir'>, ownerId: string, { state, title = 'Harbour festival, third meeting', recording = true, voices = true, opening }: MeetingWish): Promise<string> {
  const id = randomUUID();
  const client = new pg.Client({ connectionString: app.run().databaseUrl });
  await client.connect();
  const write = (text: string, values: unknown[]) => client.query(text, values);
  const status = { finished: 'completed', partial: 'partial', live: 'live', away: 'live', awaited: 'created', processing: 'processing', silent: 'completed' }[state];
  const over = ['finished', 'partial', 'processing', 'silent'].includes(state);
  const chunks = state === 'awaited' ? 0 : LENGTH_MS / CHUNK_MS;
  try {
    await write(
      `insert into sessions (id, owner_id, kind, status, title, consent_recording, created_at, started_at, ended_at, end_reason, duration_ms)
       values ($1, $2, 'meeting', $3, $4, $5, now() - interval '12 minutes', case when $3 <> 'created' then now() - interval '11 minutes' end, case when $6 then now() - interval '3 minutes' end, case when $6 then 'ended_by_person' end, $7)`,
      [id, ownerId, status, title, recording, over, state === 'awaited' ? 0 : LENGTH_MS],
    );
    await write("insert into meetings (session_id, source, chunk_samples, away_since) values ($1, 'rtmp', $2, case when $3 then now() - interval '40 seconds' end)", [id, msToSamples(CHUNK_MS), state === 'away']);
    if (state !== 'awaited') await write('insert into meeting_streams (session_id, stream, base_sample) values ($1, 1, 0)', [id]);
    const stateOf = (chunk: number) => {
      if (state === 'partial' && chunk === 4) return 'failed';
      if (state === 'processing') return chunk < 3 ? 'transcribed' : 'captured';
      return (state === 'live' || state === 'away') && chunk >= 6 ? 'captured' : 'transcribed';
    };
    for (let chunk = 0; chunk < chunks; chunk++) {
      const of = stateOf(chunk);
      await write(
        `insert into meeting_chunks (session_id, chunk, start_sample, end_sample, state, attempts, failure, engine, owned_from, owned_to, speech_samples, covered_samples, suppressed_samples)
         values ($1, $2, $3, $4, $5, $6, $7, 'moonshine', $3, $4, $8, $8, $9)`,
        [id, chunk, msToSamples(chunk * CHUNK_MS), msToSamples((chunk + 1) * CHUNK_MS), of, of === 'captured' ? 0 : of === 'failed' ? 6 : 1, of === 'failed' ? 'engine.timeout' : null, msToSamples(of === 'transcribed' && state !== 'silent' ? 22_000 : 0), msToSamples(of === 'transcribed' && chunk === 2 && state !== 'silent' ? 2_400 : 0)],
      );
    }
    if (state === 'partial') await write("insert into meeting_gaps (session_id, at_sample, from_at, to_at, reason) values ($1, $2, now() - interval '9 minutes', now() - interval '8 minutes 20 seconds', 'stream_away')", [id, msToSamples(180_000)]);
    const throughMs = state === 'awaited' || state === 'silent' ? 0 : state === 'processing' ? 90_000 : Infinity;
    for (const { itemId, speaker, text, startMs, endMs } of MEETING_ITEMS.filter((one) => one.startMs < throughMs)) {
      const chunk = Math.floor((startMs + endMs) / 2 / CHUNK_MS);
      await write('insert into transcript_items (session_id, item_id, revision, speaker, text, start_sample, end_sample, chunk, voice) values ($1, $2, 1, $3, $4, $5, $6, $7, $8)', [
        id, itemId, voices ? speaker : 'S0', opening && startMs === MEETING_ITEMS[0]!.startMs ? opening : text, msToSamples(startMs), msToSamples(endMs), stateOf(chunk) === 'transcribed' ? chunk : null, voices && speaker !== 'S0' ? Number(speaker.slice(1)) - 1 : null,
      ]);
    }
    if (opening) await write("select spool_enqueue_job('index-transcript', $1::text, jsonb_build_object('sessionId', $1::text))", [id]);
    if (voices && chunks > 0 && state !== 'silent') for (const [speaker, name] of [['S1', 'Ines'], ['S2', null], ['S3', null]]) await write('insert into meeting_speakers (session_id, speaker, name) values ($1, $2, $3)', [id, speaker, name]);
    if (state === 'finished' || state === 'partial') {
      const missing = state === 'partial' ? { ...MEETING_NOTES.missing, missingMs: 40_000, failedMs: CHUNK_MS, words: '40 s of the meeting are missing: the stream was away at 3:00. 30 s could not be transcribed well; words written while the meeting went on stand in for them.' } : MEETING_NOTES.missing;
      await write('insert into meeting_notes (session_id, version, made_by, transcript_digest, body) values ($1, 1, $2, $3, $4)', [id, MEETING_NOTES.madeBy, 'digest', JSON.stringify({ ...MEETING_NOTES, missing })]);
      for (const [number, text, reason, startMs] of [[1, 'Thanks for watching, and do not forget to subscribe.', 'phantom_phrase', 69_000], [2, 'the the the the the the', 'repetition', 82_000]] as const) {
        await write('insert into suppressed_segments (session_id, segment_id, chunk, start_sample, end_sample, text, reason) values ($1, $2, 2, $3, $4, $5, $6)', [id, `held-${number}`, msToSamples(startMs), msToSamples(startMs + 1_800), text, reason]);
      }
    }
  } finally {
    await client.end();
  }
  if (over && recording) await putRecording(app.dataDir, id);
  return id;
}

/** A hum, so that a level shows. */
async function putRecording(dataDir: string, sessionId: string): Promise<void> {
  const samples = Int16Array.from({ length: msToSamples(LENGTH_MS) }, (_, at) => Math.round(1_500 * Math.sin((2 * Math.PI * 180 * at) / UPLINK_SAMPLE_RATE_HZ)));
  const folder = path.join(dataDir, 'audio', sessionId);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'recording.pcm'), new Uint8Array(samples.buffer));
}
