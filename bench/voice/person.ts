/**
 * Somebody in a session, as lean as possible so that the generator's own work hardly shows: a microphone that never stops
 * (40 ms at a time, as browsers deliver), ears that play at the speed of sound, and the moments that matter.
 */
import { WebSocket } from 'ws';
import { systemClock } from '#domain/clock.ts';
import type { Interest } from '#domain/interests/interest.ts';
import type { AudioLog } from '#domain/session/ports.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { decodeDownlinkFrame, encodeUplinkFrame } from '#domain/stream/frames.ts';
import type { ServerMessage } from '#domain/stream/protocol.ts';
import { countWordErrors, totalErrors } from '#domain/evaluation/word-errors.ts';
import { wordsOf } from '#domain/evaluation/words.ts';
import { CAPTURE_SAMPLES, type MessageOf, SimulatedPlayer } from '#tests/support/stream-client.ts';
import { AcknowledgementDelays } from './acknowledgements.ts';
import { type TurnParts, partsOf } from './turn-parts.ts';
import type { SpokenUtterance } from './utterances.ts';

const JOIN_TIMEOUT_MS = 10_000;
/** An answer that has not begun by then does not come. */
const ANSWER_TIMEOUT_MS = 8_000;
/** The longest answer, played to its end. */
const PLAYBACK_TIMEOUT_MS = 30_000;
const END_TIMEOUT_MS = 15_000;
/** A segment reaches back this far at most before its first voiced sample (`preRollMs`), so finals may begin earlier. */
const REACH_BACK_SAMPLES = UPLINK_SAMPLE_RATE_HZ / 2;

/** Milliseconds since 1970 in fractions: one clock for all processes of this machine. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

export interface TurnOutcome {
  utteranceId: string;
  kind: SpokenUtterance['kind'];
  /** `nowMs()` when the last sample of the voice was captured. */
  voiceEndedAtMs: number;
  /** Null: no answer came. */
  parts: TurnParts | null;
  /** Turns the server took to be over before the voice had ended. */
  cutOffs: number;
  /** Null where no reference text is known. */
  words: { reference: number; errors: number } | null;
}

export interface PersonOptions {
  url: string;
  ticket: string;
  sessionId: string;
  /** What the microphone hears while nobody speaks; repeated. */
  room: Int16Array;
}

export class Person {
  readonly acknowledgements = new AcknowledgementDelays();
  /** Everything sent, in order. */
  readonly sent: Int16Array[] = [];
  /** Captured samples that belong to utterances. */
  spokenSamples = 0;
  sentSamples = 0;
  /** By how much the microphone was late at most since somebody set this to zero: the generator's own trouble. */
  latestMs = 0;
  /** Why the connection ended, unless it was meant to. */
  failure: string | null = null;
  readonly #options: PersonOptions;
  readonly #socket: WebSocket;
  readonly #player: SimulatedPlayer;
  readonly #messages: { atMs: number; message: ServerMessage }[] = [];
  readonly #firstFrames: { utterance: number; atMs: number }[] = [];
  /** When each captured frame was sent. */
  readonly #sentAtMs: number[] = [];
  readonly #checks = new Set<() => void>();
  #agent: MessageOf<'agent.state'>['state'] = 'listening';
  #durableSample = 0;
  #speech: { samples: Int16Array; offset: number } | null = null;
  #startedAtMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #received = { utterance: -1, samples: 0 };
  #skipping = false;
  #reportQueued = false;
  #ended = false;

  private constructor(options: PersonOptions) {
    this.#options = options;
    this.#player = new SimulatedPlayer(systemClock, (utterance, playedSamples) => this.#send({ type: 'playback', utterance, playedSamples }));
    this.#socket = new WebSocket(options.url, { perMessageDeflate: false });
    this.#socket.on('open', () => this.#send({ type: 'hello', protocol: 1, ticket: options.ticket, audio: { encoding: 'pcm_s16le', sampleRate: UPLINK_SAMPLE_RATE_HZ, channels: 1 } }));
    this.#socket.on('message', (data: Buffer, isBinary: boolean) => {
      const atMs = nowMs();
      if (isBinary) this.#hear(data, atMs);
      else this.#read(JSON.parse(data.toString()) as ServerMessage, atMs);
      this.#poke();
    });
    this.#socket.on('close', (code) => this.#closed(`closed with ${code}`));
    this.#socket.on('error', () => this.#closed('connection failed'));
  }

  /** Connects; the microphone is on when this resolves. @throws Error when the server does not take the person */
  static async join(options: PersonOptions): Promise<Person> {
    const person = new Person(options);
    try {
      await person.#until('ready', () => person.#messages.some(({ message }) => message.type === 'ready'), JOIN_TIMEOUT_MS);
    } catch (error) {
      person.#socket.terminate();
      throw error;
    }
    person.#startedAtMs = nowMs();
    person.#listenOn();
    return person;
  }

  /** Resolves when the interviewer's opening words have begun. */
  opened(): Promise<unknown> {
    return this.#until('the opening', () => this.#firstFrames.length > 0, ANSWER_TIMEOUT_MS);
  }

  /** Says it at the speed of speech and waits until the answer begins, or does not come. */
  async say(utterance: SpokenUtterance): Promise<TurnOutcome> {
    if (this.failure) throw new Error(`The connection was lost (${this.failure}).`);
    const startedAtMs = nowMs();
    this.#skipping = false;
    this.#speech = { samples: utterance.samples, offset: 0 };
    const firstSample = this.sentSamples;
    const voiceEndedAtMs = this.#capturedAtMs(firstSample + utterance.voiceEndSample);
    const outcome: TurnOutcome = { utteranceId: utterance.id, kind: utterance.kind, voiceEndedAtMs, parts: null, cutOffs: 0, words: null };
    const timeoutMs = voiceEndedAtMs - startedAtMs + ANSWER_TIMEOUT_MS;
    const answer = await this.#until('an answer', () => this.#firstFrames.find(({ atMs }) => atMs >= voiceEndedAtMs), timeoutMs).catch(() => null);
    const during = this.#messages.filter(({ atMs }) => atMs >= startedAtMs && atMs < voiceEndedAtMs);
    outcome.cutOffs = during.filter(({ message }) => message.type === 'agent.state' && message.state === 'thinking').length;
    outcome.words = this.#wordsBetween(firstSample, firstSample + utterance.samples.length, utterance.text);
    if (answer) outcome.parts = this.#partsOf(answer.atMs, voiceEndedAtMs);
    return outcome;
  }

  /** Resolves when the interviewer has finished; with `skip` its words count as heard as soon as they are here. */
  async quiet({ skip }: { skip: boolean }): Promise<void> {
    if (skip) {
      this.#player.stop();
      this.#skipping = true;
      this.#reportSkipped();
    }
    await this.#until('the end of the answer', () => this.#agent === 'listening', PLAYBACK_TIMEOUT_MS);
    this.#skipping = false;
  }

  /** From the final transcript to each interest that was first shown because of it. */
  interestDelaysMs(): number[] {
    const finalAtMs = new Map<string, number>();
    const shown = new Set<string>();
    const delays: number[] = [];
    for (const { message, atMs } of this.#messages) {
      if (message.type === 'transcript.final') finalAtMs.set(message.itemId, atMs);
      if (message.type !== 'interest.detected') continue;
      const { id, itemId } = message.interest as Interest;
      const said = finalAtMs.get(itemId);
      if (shown.has(id)) continue;
      shown.add(id);
      if (said !== undefined) delays.push(atMs - said);
    }
    return delays;
  }

  /** Ends the session. Resolves when the server says it is complete. */
  async end(): Promise<void> {
    this.#silence();
    await this.#until('the last acknowledgement', () => this.#durableSample >= this.sentSamples, END_TIMEOUT_MS);
    this.#send({ type: 'control', action: 'end' });
    await this.#until('the end of the session', () => this.#messages.some(({ message }) => message.type === 'session.ended'), END_TIMEOUT_MS);
    this.leave();
  }

  leave(): void {
    this.#ended = true;
    this.#silence();
    this.#socket.terminate();
  }

  /** Whether what is stored is, sample for sample, what was sent. */
  async storedExactly(audio: Pick<AudioLog, 'read'>): Promise<boolean> {
    const stored = await audio.read(this.#options.sessionId, 0, this.sentSamples + 1);
    if (stored.length !== this.sentSamples) return false;
    let offset = 0;
    for (const piece of this.sent) {
      for (let index = 0; index < piece.length; index += 1) if (stored[offset + index] !== piece[index]) return false;
      offset += piece.length;
    }
    return true;
  }

  // ---- microphone --------------------------------------------------------------------------------------------------

  /** When sample `sample - 1` has been captured. */
  #capturedAtMs(sample: number): number {
    return this.#startedAtMs + (sample * 1000) / UPLINK_SAMPLE_RATE_HZ;
  }

  #listenOn(): void {
    const dueMs = this.#capturedAtMs(this.sentSamples + CAPTURE_SAMPLES);
    this.#timer = setTimeout(() => {
      this.latestMs = Math.max(this.latestMs, nowMs() - dueMs);
      this.#capture();
      this.#listenOn();
    }, Math.max(0, dueMs - nowMs()));
  }

  #capture(): void {
    const samples = new Int16Array(CAPTURE_SAMPLES);
    const { room } = this.#options;
    for (let index = 0; index < CAPTURE_SAMPLES; index += 1) samples[index] = room[(this.sentSamples + index) % room.length]!;
    if (this.#speech) {
      const piece = this.#speech.samples.subarray(this.#speech.offset, this.#speech.offset + CAPTURE_SAMPLES);
      samples.set(piece);
      this.spokenSamples += piece.length;
      this.#speech.offset += CAPTURE_SAMPLES;
      if (this.#speech.offset >= this.#speech.samples.length) this.#speech = null;
    }
    const frame = encodeUplinkFrame({ seq: this.#sentAtMs.length, firstSample: this.sentSamples, samples });
    this.sent.push(samples);
    this.sentSamples += CAPTURE_SAMPLES;
    const atMs = nowMs();
    this.#sentAtMs.push(atMs);
    this.acknowledgements.sent(this.sentSamples, atMs);
    this.#socket.send(frame);
  }

  #silence(): void {
    clearTimeout(this.#timer);
    this.#player.stop();
  }

  // ---- ears --------------------------------------------------------------------------------------------------------

  #hear(data: Buffer, atMs: number): void {
    const frame = decodeDownlinkFrame(data);
    if (frame.utterance !== this.#received.utterance) {
      this.#received = { utterance: frame.utterance, samples: 0 };
      this.#firstFrames.push({ utterance: frame.utterance, atMs });
    }
    this.#received.samples = frame.firstSample + frame.samples.length;
    if (this.#skipping) this.#reportSkipped();
    else this.#player.push(frame);
  }

  /** One report for all frames that arrive together. */
  #reportSkipped(): void {
    if (this.#reportQueued || this.#received.utterance < 0) return;
    this.#reportQueued = true;
    setImmediate(() => {
      this.#reportQueued = false;
      this.#send({ type: 'playback', utterance: this.#received.utterance, playedSamples: this.#received.samples });
    });
  }

  #read(message: ServerMessage, atMs: number): void {
    if (message.type === 'ack') {
      this.#durableSample = message.durableThroughSample;
      this.acknowledgements.acknowledged(message.durableThroughSample, atMs);
      return;
    }
    this.#messages.push({ atMs, message });
    if (!this.#skipping) this.#player.obey(message);
    if (message.type === 'agent.state') this.#agent = message.state;
  }

  #partsOf(answeredAtMs: number, voiceEndedAtMs: number): TurnParts | null {
    const before = this.#messages.filter(({ atMs }) => atMs <= answeredAtMs).map(({ message }) => message);
    const metrics = before.findLast((message) => message.type === 'turn.metrics');
    const stopped = before.findLast((message) => message.type === 'speech.stopped');
    if (!metrics || !stopped) return null;
    const takenEndSentAtMs = this.#sentAtMs[Math.floor((stopped.sample - 1) / CAPTURE_SAMPLES)];
    return takenEndSentAtMs === undefined ? null : partsOf({ voiceEndedAtMs, takenEndSentAtMs, answeredAtMs, metrics });
  }

  #wordsBetween(fromSample: number, toSample: number, text: string | null): TurnOutcome['words'] {
    if (text === null) return null;
    const finals = new Map<string, MessageOf<'transcript.final'>>();
    for (const { message } of this.#messages) {
      if (message.type !== 'transcript.final' || message.speaker !== 'user') continue;
      if (message.startSample >= fromSample - REACH_BACK_SAMPLES && message.startSample < toSample) finals.set(message.itemId, message);
    }
    const heard = [...finals.values()].sort((a, b) => a.startSample - b.startSample).map((final) => final.text).join(' ');
    const reference = wordsOf(text);
    return { reference: reference.length, errors: totalErrors(countWordErrors(reference, wordsOf(heard))) };
  }

  // ---- connection --------------------------------------------------------------------------------------------------

  #send(message: object): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #closed(why: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#silence();
    if (!this.#messages.some(({ message }) => message.type === 'session.ended')) this.failure = why;
    this.#poke();
  }

  #poke(): void {
    for (const check of this.#checks) check();
  }

  #until<T>(what: string, find: () => T | undefined | false, timeoutMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        this.#checks.delete(check);
        clearTimeout(timer);
        finish();
      };
      const check = () => {
        const found = find();
        if (found !== undefined && found !== false) settle(() => resolve(found));
        else if (this.failure) settle(() => reject(new Error(`The connection was lost (${this.failure}) while waiting for ${what}.`)));
      };
      const timer = setTimeout(() => settle(() => reject(new Error(`Waited ${Math.round(timeoutMs)} ms in vain for ${what}.`))), timeoutMs);
      this.#checks.add(check);
      check();
    });
  }
}
