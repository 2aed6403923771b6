/** Who speaks in a meeting: told apart by our servers, named and merged by its owner under row-level security. */
import type { PersonActor } from '#domain/actor.ts';
import { writeNotesJob } from '#domain/jobs/meeting-jobs.ts';
import { byNumber } from '#domain/meetings/speakers/effective-speakers.ts';
import type { ListedSpeaker, SpeakerRepository, SpeakerStore, SpokenMaterial, ToldByParticipant } from '#domain/meetings/speakers/ports.ts';
import type { ChunkVoice, LabelledVoices, StoredSpeaker } from '#domain/meetings/speakers/voices.ts';
import { UNKNOWN_SPEAKER } from '#domain/session/speaker-names.ts';
import type { Database, Transaction } from './database.ts';
import type { EnqueueJob } from './live-session-store.ts';
import { storableText } from './session-rows.ts';
import { TOLD_BY_SENDER, spokenMaterial, writeParticipants } from './spoken-participants.ts';

/** A person names one voice after another: notes are written anew when they pause. */
const NOTES_AFTER_NAMING_S = 15;

interface VoiceRow {
  chunk: number;
  voice: number;
  model: string;
  embedding: number[];
  speech_samples: string;
}
interface SpeakerRow {
  speaker: string;
  name: string | null;
  merged_into: string | null;
  centroid: number[] | null;
  centroid_model: string | null;
}

export class PostgresSpeakerStore implements SpeakerStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async material(sessionId: string): Promise<{ voices: ChunkVoice[]; speakers: StoredSpeaker[]; over: boolean; version: string } | null> {
    return this.#database.asService(async (tx) => {
      // Before the rows: what changes in between makes the version old, not the rows.
      const version = await versionOf(tx, sessionId);
      if (version === null) return null;
      const voices = await tx.query<VoiceRow>(
        `select chunk, voice, model, embedding, speech_samples from chunk_voices where session_id = $1 and not ${TOLD_BY_SENDER} order by chunk, voice`,
        [sessionId],
      );
      const speakers = await tx.query<SpeakerRow>('select speaker, name, merged_into, centroid, centroid_model from meeting_speakers where session_id = $1', [sessionId]);
      const { rowCount: ended } = await tx.query('select 1 from sessions where id = $1 and ended_at is not null', [sessionId]);
      return { voices: voices.rows.map(toVoice), speakers: speakers.rows.map(toSpeaker).toSorted(byNumber), over: ended === 1, version };
    });
  }

  async save(sessionId: string, { labels, speakers }: LabelledVoices, version: string): Promise<boolean> {
    return this.#database.asService(async (tx) => {
      if ((await versionOf(tx, sessionId)) !== version) return false;
      await tx.query(
        `update transcript_items i set speaker = told.speaker
         from (select v.item_id, coalesce(l.speaker, $5) as speaker from transcript_items v
               left join unnest($2::int[], $3::int[], $4::text[]) as l (chunk, voice, speaker) on l.chunk = v.chunk and l.voice = v.voice
               where v.session_id = $1 and v.voice is not null) told
         where i.session_id = $1 and i.item_id = told.item_id and i.speaker <> told.speaker`,
        [sessionId, labels.map(({ chunk }) => chunk), labels.map(({ voice }) => voice), labels.map(({ speaker }) => speaker), UNKNOWN_SPEAKER],
      );
      for (const { speaker, centroid, model } of speakers) {
        await tx.query(
          `insert into meeting_speakers (session_id, speaker, centroid, centroid_model) values ($1, $2, $3, $4)
           on conflict (session_id, speaker) do update set centroid = excluded.centroid, centroid_model = excluded.centroid_model`,
          [sessionId, speaker, [...centroid], storableText(model)],
        );
      }
      // Whom nobody named is gone with its number; whom somebody named or merged stays, heard or not.
      await tx.query(
        `delete from meeting_speakers s where session_id = $1 and name is null and merged_into is null and not speaker = any ($2::text[])
         and not exists (select 1 from meeting_speakers m where m.session_id = $1 and m.merged_into = s.speaker)`,
        [sessionId, speakers.map(({ speaker }) => speaker)],
      );
      return true;
    });
  }

  async participants(sessionId: string): Promise<(SpokenMaterial & { version: string }) | null> {
    return this.#database.asService((tx) => spokenMaterial(tx, sessionId));
  }

  async saveParticipants(sessionId: string, told: ToldByParticipant, version: string): Promise<boolean> {
    return this.#database.asService((tx) => writeParticipants(tx, sessionId, told, version));
  }
}

export class PostgresSpeakerRepository implements SpeakerRepository {
  readonly #database: Database;
  readonly #enqueue: EnqueueJob;

  constructor(database: Database, enqueue: EnqueueJob) {
    this.#database = database;
    this.#enqueue = enqueue;
  }

  async list(actor: PersonActor, sessionId: string): Promise<ListedSpeaker[]> {
    return this.#database.asPerson(actor, (tx) => listSpeakers(tx, sessionId));
  }

  async change(actor: PersonActor, sessionId: string, change: Parameters<SpeakerRepository['change']>[2]): Promise<ListedSpeaker[]> {
    return this.#database.asPerson(actor, async (tx) => {
      // Held, so that two merges at once cannot make a circle.
      await tx.query('select 1 from meeting_speakers where session_id = $1 order by speaker for update', [sessionId]);
      const { speaker, name, mergedInto } = change(await listSpeakers(tx, sessionId));
      await tx.query(
        `insert into meeting_speakers as s (session_id, speaker, name, merged_into) values ($1, $2, $3, $5)
         on conflict (session_id, speaker) do update set name = case when $4 then excluded.name else s.name end, merged_into = case when $6 then excluded.merged_into else s.merged_into end`,
        [sessionId, speaker, typeof name === 'string' ? storableText(name) : null, name !== undefined, mergedInto ?? null, mergedInto !== undefined],
      );
      const speakers = await listSpeakers(tx, sessionId);
      await this.#notesAgain(tx, sessionId);
      return speakers;
    });
  }

  /** The notes call people by their names. */
  async #notesAgain(tx: Transaction, sessionId: string): Promise<void> {
    const { rowCount } = await tx.query('select 1 from meeting_notes where session_id = $1 limit 1', [sessionId]);
    if (rowCount === 0) return;
    await tx.becomeService();
    await this.#enqueue(tx, { definition: writeNotesJob, payload: { sessionId }, delayS: NOTES_AFTER_NAMING_S });
  }
}

/** Those with a row and those in the transcript, S0 included, by number. */
async function listSpeakers(tx: Transaction, sessionId: string): Promise<ListedSpeaker[]> {
  const { rows } = await tx.query<{ speaker: string; name: string | null; merged_into: string | null; speech_samples: string }>(
    `with heard as (
       select speaker, sum(end_sample - start_sample) as samples from transcript_items
       where session_id = $1 and not superseded and text <> '' and speaker ~ '^S[0-9]{1,3}$' group by speaker)
     select coalesce(s.speaker, h.speaker) as speaker, s.name, s.merged_into, coalesce(h.samples, 0)::text as speech_samples
     from (select speaker, name, merged_into from meeting_speakers where session_id = $1) s full join heard h on h.speaker = s.speaker`,
    [sessionId],
  );
  return rows.map((row) => ({ speaker: row.speaker, name: row.name, mergedInto: row.merged_into, speechSamples: Number(row.speech_samples) })).toSorted(byNumber);
}

/** Changes with every voice, name and merge, and with the end. Null: there is no such meeting. */
async function versionOf(tx: Transaction, sessionId: string): Promise<string | null> {
  const { rows } = await tx.query<{ version: string }>(
    `select md5(
       coalesce((select string_agg(concat_ws(':', chunk, voice, speech_samples, embedding[1]), ',' order by chunk, voice) from chunk_voices where session_id = $1), '') || '|' ||
       coalesce((select string_agg(concat_ws(':', speaker, merged_into, name), ',' order by speaker) from meeting_speakers where session_id = $1 and (name is not null or merged_into is not null)), '') || '|' || ${TOLD_BY_SENDER} || '|' || (ended_at is not null)
     ) as version from sessions where id = $1 and kind = 'meeting'`,
    [sessionId],
  );
  return rows[0]?.version ?? null;
}

function toVoice(row: VoiceRow): ChunkVoice {
  return { chunk: row.chunk, voice: row.voice, model: row.model, embedding: Float32Array.from(row.embedding), speechSamples: Number(row.speech_samples) };
}
function toSpeaker(row: SpeakerRow): StoredSpeaker {
  return { speaker: row.speaker, name: row.name, mergedInto: row.merged_into, centroid: row.centroid && Float32Array.from(row.centroid), model: row.centroid_model };
}
