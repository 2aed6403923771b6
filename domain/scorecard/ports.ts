/** What scorecards need from storage and from language models. */
import type { PersonActor } from '../actor.ts';
import type { Pointable } from './evidence.ts';
import type { AreaScore, Scorecard, ScorecardMaterial } from './scorecard.ts';

export type StoredScorecard = Omit<Scorecard, 'statement' | 'rubric'>;

/** Every method acts as the person, under row-level security. Null: there is none for them. */
export interface ScorecardRepository {
  get(actor: PersonActor, sessionId: string): Promise<StoredScorecard | null>;
  /** `signed`: it is fixed. */
  edit(actor: PersonActor, sessionId: string, change: { areas?: AreaScore[]; note?: string }): Promise<StoredScorecard | 'signed' | null>;
  sign(actor: PersonActor, sessionId: string): Promise<StoredScorecard | 'signed' | null>;
  /** What evidence may point to, as this person sees the session. */
  pointable(actor: PersonActor, sessionId: string): Promise<Pointable>;
}

/** The worker's side, as a service. */
export interface ScorecardDrafts {
  /** `not_over`: somebody still writes. Null: no such session, or no code interview. */
  material(sessionId: string): Promise<ScorecardMaterial | 'not_over' | null>;
  /** Writes the draft unless a person has changed or signed it, or the session is gone. */
  save(sessionId: string, draft: { areas: AreaScore[]; madeBy: string }): Promise<void>;
}

/** A language model beside the rules. What it claims is checked by whoever asks. */
export interface ScorecardWriter {
  readonly name: string;
  /** @throws SpoolError `engine.*` */
  write(request: { material: ScorecardMaterial; byRules: AreaScore[] }, signal?: AbortSignal): Promise<AreaScore[]>;
}
