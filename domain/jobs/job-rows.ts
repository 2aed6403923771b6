/** The rows of jobs, as a queue that only carries them needs them: the row is the truth, a message only says "look". */

export interface JobPlace {
  name: string;
  id: string;
}
/** A job that this worker runs now. */
export interface TakenJob extends JobPlace {
  payload: unknown;
  /** How often it was tried again already. */
  retryCount: number;
  retryLimit: number;
  retryDelayS: number;
  retryDelayMaxS: number | null;
  /** Seconds it may take. */
  expireS: number;
  /** Of this one run: nothing is written about a run once another has begun. */
  run: string;
}

export interface JobRows {
  /** Up to `limit` rows that are due become handed over. Several may ask at once; none gets another's. */
  handOver(names: readonly string[], limit: number): Promise<JobPlace[]>;
  /** Rows that were handed over, or begun, and not heard of for too long are due again; how many. Asked for now and then. */
  reclaim(names: readonly string[]): Promise<number>;
  /** The queue has them. What is not confirmed within a minute can be reclaimed. */
  confirm(places: readonly JobPlace[]): Promise<void>;
  /** Begins a run. `busy`: another worker is at it and alive. `over`: there is nothing to do (any more, or not yet). */
  take(place: JobPlace): Promise<TakenJob | 'busy' | 'over'>;
  /** Says that the run goes on; false when it is not this worker's any more. */
  touch(job: TakenJob): Promise<boolean>;
  complete(job: TakenJob): Promise<void>;
  /** Tried again after a pause, or a dead letter with this code. */
  fail(job: TakenJob, code: string): Promise<void>;
  /** The run ends without a result and without costing a try; the message goes on carrying the job. */
  giveBack(job: TakenJob): Promise<void>;
  /**
   * What becomes of a job whose message was delivered too often. `dead`: its last worker died, it is a dead letter now.
   * `again`: nobody is at it, it is due again. `busy`, `over` as in `take`.
   */
  writeOff(place: JobPlace): Promise<'dead' | 'again' | 'busy' | 'over'>;
  /** Removes rows whose time is over; returns how many. */
  tidy(): Promise<number>;
}
