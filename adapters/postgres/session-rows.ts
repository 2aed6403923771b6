/** Rows as Postgres gives them, and what they are in the domain. `bigint` comes as text. */
import type { Session, SessionEvent, TranscriptItem } from '#domain/session/session.ts';
import type { ItemRecord } from '#domain/session/ports.ts';
import { samplesToMs } from '#domain/stream/audio-format.ts';

/** The columns a person may read; every query names them, since the others are not granted. */
export const SESSION_COLUMNS = 'id, owner_id, kind, status, title, template_id, consent_recording, created_at, started_at, ended_at, end_reason, duration_ms, end_requested_at, sample, candidate_id, autocomplete';

export interface SessionRow {
  id: string;
  owner_id: string;
  kind: Session['kind'];
  status: Session['status'];
  title: string;
  template_id: string | null;
  consent_recording: boolean;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  end_reason: string | null;
  duration_ms: string;
  end_requested_at: Date | null;
  sample: boolean;
  candidate_id: string | null;
  autocomplete: boolean;
}
/** @param readerId whose view it is; the owner's unless given */
export function toSession(row: SessionRow, readerId = row.owner_id): Session {
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    title: row.title,
    templateId: row.template_id,
    consent: { recording: row.consent_recording },
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    durationMs: Number(row.duration_ms),
    endReason: row.end_reason,
    sample: row.sample,
    ...(row.kind === 'code' ? { code: { part: partOf(row, readerId), candidate: row.candidate_id !== null, autocomplete: row.autocomplete } } : {}),
  };
}
function partOf(row: SessionRow, readerId: string): 'owner' | 'candidate' | 'observer' {
  return row.owner_id === readerId ? 'owner' : row.candidate_id === readerId ? 'candidate' : 'observer';
}

export const ITEM_COLUMNS = 'item_id, revision, speaker, text, unheard_text, start_sample, end_sample';
export interface ItemRow {
  item_id: string;
  revision: number;
  speaker: string;
  text: string;
  unheard_text: string | null;
  start_sample: string;
  end_sample: string;
}
export function toItemRecord(row: ItemRow): ItemRecord {
  return {
    itemId: row.item_id,
    revision: row.revision,
    speaker: row.speaker,
    text: row.text,
    ...(row.unheard_text === null ? {} : { unheardText: row.unheard_text }),
    startSample: Number(row.start_sample),
    endSample: Number(row.end_sample),
  };
}
export function toTranscriptItem(row: ItemRow): TranscriptItem {
  const item = toItemRecord(row);
  return { ...item, startMs: samplesToMs(item.startSample), endMs: samplesToMs(item.endSample) };
}

/** `e` is session_events, `s` its session. */
export const EVENT_COLUMNS = 'e.seq, e.type, e.sample, greatest(0, floor(extract(epoch from e.at - s.created_at) * 1000))::bigint as at_ms, e.data';
export interface EventRow {
  seq: string;
  type: string;
  sample: string | null;
  at_ms: string;
  data: unknown;
}
export function toEvent(row: EventRow): SessionEvent {
  return { seq: Number(row.seq), type: row.type, ...(row.sample === null ? {} : { sample: Number(row.sample) }), atMs: Number(row.at_ms), data: row.data };
}

export { storableJson, storableText } from '#domain/storable.ts';
