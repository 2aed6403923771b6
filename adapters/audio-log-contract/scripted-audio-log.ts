/** An audio log in memory for tests, which can be told to fail. It keeps the rules of epochs, seals and erasures. */
import { SpoolError } from '#domain/errors.ts';
import { uuidSchema } from '#domain/ids.ts';
import type { AudioLog, AudioLogWriter } from '#domain/session/ports.ts';

interface StoredAudio {
  samples: number[];
  epoch: number;
  /** The writer that may append; none once sealed. */
  writer: object | null;
  utterances: Map<number, Int16Array>;
}

export class ScriptedAudioLog implements AudioLog {
  readonly #sessions = new Map<string, StoredAudio>();
  readonly #erased = new Set<string>();
  /** When set, every append and every utterance fails with it. */
  failure: SpoolError | null = null;

  async openWriter(sessionId: string, epoch: number): Promise<AudioLogWriter> {
    const audio = this.#writable(sessionId);
    if (epoch <= audio.epoch) throw new SpoolError('lease.lost');
    const self = {};
    Object.assign(audio, { epoch, writer: self });
    let durableThroughSample = audio.samples.length;
    let refusal: SpoolError | undefined;
    return {
      get durableThroughSample() {
        return durableThroughSample;
      },
      append: async (samples) => {
        refusal ??= this.failure ?? (audio.writer === self ? undefined : new SpoolError('lease.lost'));
        if (refusal) throw refusal;
        audio.samples.push(...samples);
        durableThroughSample = audio.samples.length;
        return durableThroughSample;
      },
      close: async () => {
        refusal ??= new SpoolError('audio.write_failed', 'The audio writer is closed.');
      },
    };
  }

  async durableThrough(sessionId: string): Promise<number> {
    return this.#find(sessionId)?.samples.length ?? 0;
  }
  async read(sessionId: string, fromSample: number, toSample: number): Promise<Int16Array> {
    return Int16Array.from(this.#find(sessionId)?.samples.slice(Math.max(0, fromSample), Math.max(0, toSample)) ?? []);
  }
  async writeUtterance(sessionId: string, utterance: number, samples: Int16Array): Promise<void> {
    if (this.failure) throw this.failure;
    this.#writable(sessionId).utterances.set(utterance, samples.slice());
  }
  async readUtterance(sessionId: string, utterance: number): Promise<Int16Array | null> {
    return this.#find(sessionId)?.utterances.get(utterance) ?? null;
  }
  async seal(sessionId: string): Promise<void> {
    const audio = this.#find(sessionId);
    if (audio) audio.writer = null;
  }
  async erase(sessionId: string): Promise<void> {
    const audio = this.#find(sessionId);
    if (audio) audio.writer = null;
    this.#sessions.delete(sessionId);
    this.#erased.add(sessionId);
  }

  #find(sessionId: string): StoredAudio | undefined {
    if (!uuidSchema.safeParse(sessionId).success) throw new SpoolError('session.not_found');
    return this.#sessions.get(sessionId);
  }
  #writable(sessionId: string): StoredAudio {
    let audio = this.#find(sessionId);
    if (this.#erased.has(sessionId)) throw new SpoolError('lease.lost');
    if (!audio) {
      audio = { samples: [], epoch: 0, writer: null, utterances: new Map() };
      this.#sessions.set(sessionId, audio);
    }
    return audio;
  }
}
