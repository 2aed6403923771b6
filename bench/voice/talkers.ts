/** People in conversation, each speaking 40 % of the time: say something, hear the answer, pause, go on. */
import type { AudioLog } from '#domain/session/ports.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { seededRandom } from '#tests/support/random.ts';
import { noise } from '#tests/support/speech.ts';
import { type LoadEnd, type LoadReport, countEach } from './load-report.ts';
import { Person, type TurnOutcome, nowMs } from './person.ts';
import type { Seats } from './seats.ts';
import { quantile } from './statistics.ts';
import { ROOM_DBFS, type SpokenUtterance } from './utterances.ts';

export const SPEAKING_SHARE = 0.4;
/** The interviewer says goodbye after twelve answers; a new session follows at once. */
const ANSWERS_PER_SESSION = 9;
/** An answer still being heard is cut short this long before the person's next words. */
const SKIP_BEFORE_MS = 400;
/** Before the first words of a session: about the silence of one cycle, so that people do not speak in step. */
const LONGEST_FIRST_PAUSE_MS = 4_500;
/** After a connection that failed. */
const RETRY_MS = 1_000;

export class Talkers {
  readonly #options: { url: string; seats: Seats; audio: Pick<AudioLog, 'read'>; utterances: SpokenUtterance[] };
  readonly #room = noise(5_000, ROOM_DBFS);
  readonly #people: Person[] = [];
  /** Utterances under way or answered. */
  readonly #turns: TurnOutcome[] = [];
  readonly #pending = new Map<Person, number>();
  readonly #loops: Promise<void>[] = [];
  readonly #failures: { atMs: number; why: string }[] = [];
  #sessions = 0;
  #exact = 0;
  #stopping = false;

  constructor(options: { url: string; seats: Seats; audio: Pick<AudioLog, 'read'>; utterances: SpokenUtterance[] }) {
    this.#options = options;
  }

  /** `count` more people begin, spread over `overMs`. */
  async add(count: number, overMs: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      this.#loops.push(this.#live(this.#loops.length));
      await sleep(overMs / count);
    }
  }

  /** What happened to audio sent and utterances ended in [fromMs, toMs). Ask about two seconds after `toMs`. */
  report(fromMs: number, toMs: number): LoadReport {
    const acknowledgements = this.#people.flatMap((person) => person.acknowledgements.between(fromMs, toMs, nowMs()));
    const pending = [...this.#pending.values()].filter((endedAtMs) => endedAtMs >= fromMs && endedAtMs < toMs);
    const spoken = this.#people.reduce((sum, person) => sum + person.spokenSamples, 0);
    const latestMicrophoneMs = this.#people.reduce((latest, person) => Math.max(latest, person.latestMs), 0);
    for (const person of this.#people) person.latestMs = 0;
    const sent = this.#people.reduce((sum, person) => sum + person.sentSamples, 0);
    return {
      // Between two sessions somebody is about to come back.
      connected: this.#loops.length,
      turns: this.#turns.filter((turn) => turn.voiceEndedAtMs >= fromMs && turn.voiceEndedAtMs < toMs),
      unanswered: pending.length,
      acknowledgements: { count: acknowledgements.length, p50Ms: quantile(acknowledgements, 0.5), p95Ms: quantile(acknowledgements, 0.95), maxMs: quantile(acknowledgements, 1) },
      failures: this.#failures.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).map(({ why }) => why),
      speakingShare: sent === 0 ? 0 : spoken / sent,
      latestMicrophoneMs,
    };
  }

  /** Everybody stops after their utterance; every session is ended and compared with what was sent. */
  async finish(): Promise<LoadEnd> {
    this.#stopping = true;
    await Promise.all(this.#loops);
    return { sessions: this.#sessions, exactSessions: this.#exact, failures: countEach(this.#failures.map(({ why }) => why)) };
  }

  async #live(index: number): Promise<void> {
    const random = seededRandom(index + 1);
    while (!this.#stopping) {
      try {
        await this.#session(random);
      } catch (error) {
        this.#failures.push({ atMs: nowMs(), why: (error as Error).message });
        await sleep(RETRY_MS);
      }
    }
  }

  async #session(random: () => number): Promise<void> {
    const { url, seats, audio, utterances } = this.#options;
    const person = await Person.join({ url, ...(await seats.take('onboarding')), room: this.#room });
    this.#people.push(person);
    this.#sessions += 1;
    try {
      await person.opened();
      await sleep(random() * LONGEST_FIRST_PAUSE_MS);
      for (let answers = 0; answers < ANSWERS_PER_SESSION && !this.#stopping; answers += 1) {
        await person.quiet({ skip: true });
        const utterance = utterances[Math.floor(random() * utterances.length)]!;
        const startedAtMs = nowMs();
        this.#pending.set(person, startedAtMs + (utterance.voiceEndSample * 1000) / UPLINK_SAMPLE_RATE_HZ);
        this.#turns.push(await person.say(utterance));
        this.#pending.delete(person);
        const cycleMs = (utterance.samples.length * 1000) / UPLINK_SAMPLE_RATE_HZ / SPEAKING_SHARE;
        if (!this.#stopping) await sleep(startedAtMs + cycleMs - SKIP_BEFORE_MS - nowMs());
      }
      await person.end();
      if (await person.storedExactly(audio)) this.#exact += 1;
    } finally {
      this.#pending.delete(person);
      person.leave();
    }
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
