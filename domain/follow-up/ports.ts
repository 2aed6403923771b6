/** What follow-ups need from storage, and from whoever writes them. */
import type { PersonActor } from '../actor.ts';
import type { FollowUp } from './follow-up.ts';

export interface FollowUpReader {
  /** Under row-level security. Null: there is none, or not for them. */
  get(actor: PersonActor, sessionId: string): Promise<FollowUp | null>;
}

/** The worker's side, as a service. */
export interface FollowUpStore {
  /**
   * What was said, in order. `not_over`: somebody still writes. Null: nothing is to be written, since the session is gone, a
   * sample, no interview, or has its follow-up.
   */
  material(sessionId: string): Promise<{ speaker: string; text: string }[] | 'not_over' | null>;
  /** Once: what is there stays. Nothing happens when the session is gone. */
  add(sessionId: string, followUp: { text: string; flow: string }): Promise<void>;
}

export interface FollowUpWriter {
  /** The flow's name or id. */
  readonly flow: string;
  /** What the flow made of the transcript, as it said it. @throws SpoolError `engine.*` */
  write(transcript: string, signal?: AbortSignal): Promise<string>;
}
