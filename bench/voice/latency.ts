/** Part A: one speaker on an otherwise idle server. */
import type { AudioLog } from '#domain/session/ports.ts';
import { noise } from '#tests/support/speech.ts';
import { Person, type TurnOutcome, nowMs } from './person.ts';
import type { Seats } from './seats.ts';
import { ROOM_DBFS, type SpokenUtterance } from './utterances.ts';

/** The interviewer says goodbye after twelve answers. */
const ANSWERS_PER_SESSION = 8;
/** Between the end of an answer and the next utterance. */
const PAUSE_MS = 500;

export interface LatencyRun {
  turns: TurnOutcome[];
  acknowledgementsMs: number[];
  /** From a final transcript to the interest it shows. */
  interestsMs: number[];
  sessions: number;
  exactSessions: number;
  latestMicrophoneMs: number;
  /** Utterances left out because the time was over. */
  leftOut: number;
}

/** Says each utterance in turn; answers are skipped as soon as they have begun. Begins no utterance after `deadlineMs`. */
export async function measureLatency(options: { url: string; seats: Seats; audio: Pick<AudioLog, 'read'>; utterances: SpokenUtterance[]; deadlineMs: number }): Promise<LatencyRun> {
  const run: LatencyRun = { turns: [], acknowledgementsMs: [], interestsMs: [], sessions: 0, exactSessions: 0, latestMicrophoneMs: 0, leftOut: 0 };
  const left = [...options.utterances];
  while (left.length > 0 && nowMs() < options.deadlineMs) {
    const seat = await options.seats.take('onboarding');
    const person = await Person.join({ url: options.url, ...seat, room: noise(5_000, ROOM_DBFS) });
    await person.opened();
    for (let answers = 0; answers < ANSWERS_PER_SESSION && left.length > 0 && nowMs() < options.deadlineMs; answers += 1) {
      await person.quiet({ skip: true });
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      run.turns.push(await person.say(left.shift()!));
    }
    await person.end();
    run.acknowledgementsMs.push(...person.acknowledgements.between(0, Infinity, nowMs()));
    run.interestsMs.push(...person.interestDelaysMs());
    run.latestMicrophoneMs = Math.max(run.latestMicrophoneMs, person.latestMs);
    run.sessions += 1;
    if (await person.storedExactly(options.audio)) run.exactSessions += 1;
  }
  run.leftOut = left.length;
  return run;
}
