/** Plays an invented person in a session until it is over: listens, decides by the script, and says it aloud. */
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { ConversationTurn } from '#domain/interview/ports.ts';
import { nextLine } from '#domain/sample/learner.ts';
import type { SampleLine, SampleScript } from '#domain/sample/learner.ts';
import type { Synthesizer } from '#domain/speech/ports.ts';
import { msToSamples } from '#domain/stream/audio-format.ts';
import type { ServerMessage } from '#domain/stream/protocol.ts';
import { Seat } from './seat.ts';
import type { SeatOptions } from './seat.ts';

/** A breath before answering. */
const BREATH_MS = 600;
/** Instead of it, where the interviewer's words are only shown: somebody reads them. */
const READING_MS = 1_500;
/** Of the interviewer's words this much is heard before they are interrupted. */
const INTERRUPT_AFTER_MS = 1_800;
const LOOK_EVERY_MS = 100;
/** After a break the interviewer says by itself what was not heard; when it is silent, the answer is awaited. */
const RESUME_AFTER_MS = 3_000;
/** An answer that has drawn no word by then was not understood: it is said again, and in the end the session is ended. */
export const UNANSWERED_MS = 15_000;
export const TRIES = 3;
/** The longest a conversation may take before it is ended; a script takes about three minutes. */
const ENDED_AFTER_MS = 7 * 60_000;
/** Finishing takes a second or two. */
const FINISHED_WITHIN_MS = 30_000;

export interface HeldConversation extends Omit<SeatOptions, 'onMessage'> {
  sessionId: string;
  script: SampleScript;
  /** What was said before, when somebody else played the person until now. */
  turns: ConversationTurn[];
  /** 16 kHz. */
  voice: Synthesizer;
  voiceName: string;
}

/** Resolves when the session is over, or gone. @throws SpoolError `unavailable` | `engine.*`; the signal's reason when aborted */
export async function holdConversation(options: HeldConversation): Promise<void> {
  const conversation = new Conversation(options);
  try {
    await conversation.over;
  } finally {
    conversation.stop();
  }
}

class Conversation {
  readonly over: Promise<void>;
  readonly #options: HeldConversation;
  readonly #clock: Clock;
  readonly #seat: Seat;
  readonly #failed = Promise.withResolvers<never>();
  readonly #turns: ConversationTurn[];
  readonly #cancels = new Set<() => void>();
  /** What the interviewer is saying. */
  #agent: { utterance: number; text: string; aloud: boolean } | null = null;
  /** The utterance that was answered last; more of its words change nothing. */
  #answered = -1;
  #lastLine: SampleLine | null = null;
  #begun = false;
  #cancelWatch = () => {};

  constructor(options: HeldConversation) {
    this.#options = options;
    this.#clock = options.clock;
    this.#turns = [...options.turns];
    this.#seat = new Seat({ ...options, onMessage: (message) => this.#hear(message) });
    this.over = Promise.race([this.#seat.over, this.#failed.promise]);
    this.#later(ENDED_AFTER_MS, () => this.#finish());
  }

  stop(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancelWatch();
    this.#seat.leave();
  }

  #hear(message: ServerMessage): void {
    switch (message.type) {
      case 'ready':
        if (!this.#begun) this.#later(RESUME_AFTER_MS, () => this.#resume());
        this.#begun = true;
        return;
      case 'agent.text':
        if (message.utterance === this.#answered) return;
        if (this.#agent?.utterance !== message.utterance) this.#agent = { utterance: message.utterance, text: '', aloud: false };
        this.#agent.text += message.text;
        this.#cancelWatch();
        if (this.#line()?.interrupts) this.#interrupt(message.utterance);
        return;
      case 'agent.state':
        if (message.state === 'speaking' && this.#agent) this.#agent.aloud = true;
        return;
      case 'agent.interrupted':
        if (this.#agent?.utterance === message.utterance) this.#agent = null;
        this.#watch(this.#lastLine, 1);
        return;
      case 'agent.done': {
        if (this.#agent?.utterance !== message.utterance) return;
        const line = this.#line();
        const waitMs = this.#agent.aloud ? BREATH_MS : READING_MS;
        this.#keepTurn();
        if (line) this.#later(waitMs, () => this.#say(line, TRIES));
        // After a goodbye there is nothing to say, and the session ends by itself.
        else this.#watch(null, 1);
        return;
      }
    }
  }

  /** Somebody else played the person until now, and the last question may wait for its answer. */
  #resume(): void {
    if (this.#agent || this.#lastLine) return;
    const line = this.#turns.at(-1)?.speaker === 'agent' ? nextLine(this.#options.script, this.#turns) : null;
    if (line) this.#say(line, TRIES);
    else this.#watch(null, 1);
  }

  /** What is to be said to the words that are being heard. */
  #line(): SampleLine | null {
    return this.#agent && nextLine(this.#options.script, [...this.#turns, { speaker: 'agent', text: this.#agent.text }]);
  }

  #keepTurn(): void {
    const { utterance, text } = this.#agent!;
    this.#turns.push({ speaker: 'agent', text });
    this.#answered = utterance;
    this.#agent = null;
  }

  #interrupt(utterance: number): void {
    this.#later(LOOK_EVERY_MS, () => {
      if (this.#agent?.utterance !== utterance) return;
      if (this.#seat.heardMs(utterance) < INTERRUPT_AFTER_MS) return this.#interrupt(utterance);
      const line = this.#line();
      this.#keepTurn();
      if (line) this.#say(line, TRIES);
    });
  }

  #say(line: SampleLine, tries: number): void {
    this.#turns.push({ speaker: 'user', text: line.text });
    this.#lastLine = line;
    void this.#speak(line, tries).catch((error: unknown) => this.#failed.reject(error));
  }

  async #speak(line: SampleLine, tries: number): Promise<void> {
    const { voice, voiceName, sessionId, signal } = this.#options;
    const pieces: Int16Array[] = [];
    for await (const piece of voice.synthesize({ sessionId, text: line.text, voice: voiceName }, signal)) pieces.push(piece);
    await this.#seat.say(inOneBreath(pieces));
    // Words of the interviewer that came meanwhile are an answer already.
    if (!this.#agent) this.#watch(line, tries - 1);
  }

  /** Waits for words of the interviewer. In vain: says the line again as long as there are tries, then ends the session. */
  #watch(line: SampleLine | null, tries: number): void {
    this.#cancelWatch();
    this.#cancelWatch = this.#clock.schedule(UNANSWERED_MS, () => {
      if (line && tries > 0) void this.#speak(line, tries).catch((error: unknown) => this.#failed.reject(error));
      else this.#finish();
    });
  }

  #finish(): void {
    this.#seat.finish();
    this.#later(FINISHED_WITHIN_MS, () => this.#failed.reject(new SpoolError('unavailable', 'A sample did not come to its end.')));
  }

  #later(delayMs: number, run: () => void): void {
    const cancel = this.#clock.schedule(delayMs, () => {
      this.#cancels.delete(cancel);
      run();
    });
    this.#cancels.add(cancel);
  }
}

/** A reader's pause after a full stop is about as long as the silence that ends a turn; this is well below it. */
const SENTENCE_PAUSE_SAMPLES = msToSamples(90);
/** −40 dBFS. */
const QUIET = 328;

/** The sentences of one answer, close enough together to be one turn. */
function inOneBreath(sentences: readonly Int16Array[]): Int16Array {
  const pieces = sentences.map((samples, index) => (index === sentences.length - 1 ? samples : samples.subarray(0, samples.findLastIndex((sample) => Math.abs(sample) > QUIET) + 1 + SENTENCE_PAUSE_SAMPLES)));
  const samples = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    samples.set(piece, offset);
    offset += piece.length;
  }
  return samples;
}
