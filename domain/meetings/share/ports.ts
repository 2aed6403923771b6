/** What shared links need from storage. */
import type { PersonActor } from '../../actor.ts';
import type { Session, TranscriptItem } from '../../session/session.ts';
import type { MeetingNotes } from '../notes/schema.ts';
import type { ChunkRow, GapRow } from '../ports.ts';
import type { KnownSpeaker } from '../speakers/effective-speakers.ts';
import type { Share } from './share.ts';

/** What a link leads to. */
export interface OpenedShare {
  expiresAtMs: number;
  session: Session;
  items: TranscriptItem[];
  speakers: KnownSpeaker[];
  notes: MeetingNotes | null;
  chunks: ChunkRow[];
  gaps: GapRow[];
}
export interface ShareRepository {
  /** As the person. The secret itself is never stored. Null: no meeting of theirs. */
  create(actor: PersonActor, input: { id: string; sessionId: string; tokenHash: string; expiresAtMs: number; maxOpen: number }): Promise<Share | 'too_many' | null>;
  /** As the person, newest first. */
  list(actor: PersonActor, sessionId: string): Promise<Share[]>;
  /** As the person; safe to repeat. False: there is no such link. */
  revoke(actor: PersonActor, sessionId: string, shareId: string): Promise<boolean>;
  /** As a service, for whoever holds the secret. Null: unknown, expired or revoked. */
  open(tokenHash: string): Promise<OpenedShare | null>;
}
