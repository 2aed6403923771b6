/** Speech through POST /audio/speech, streamed as raw PCM16 at 24 kHz. */
import { APIError } from 'openai';
import { SpoolError } from '#domain/errors.ts';
import { NORMAL_PACE } from '#domain/speech/pace.ts';
import type { Synthesizer } from '#domain/speech/ports.ts';
import { SYNTHESIZER_LIMITS } from './limits.ts';
import { callStreaming } from './remote-call.ts';
import { engineName, type RemoteEngineOptions } from './remote-engine.ts';

/** What `response_format: "pcm"` is, on OpenAI and on the servers that follow it. */
const SPEECH_SAMPLE_RATE_HZ = 24_000;
/** Offered by OpenAI and mapped to one of their own by the servers that follow it. */
export const DEFAULT_VOICE = 'alloy';
/** Names of local voices mean nothing there, and an unknown name is refused. */
const VOICES = new Set(['alloy', 'ash', 'ballad', 'coral', 'echo', 'fable', 'onyx', 'nova', 'sage', 'shimmer', 'verse', 'marin', 'cedar']);
/** `instructions` are refused by or mean nothing to other models. */
const TAKES_INSTRUCTIONS = /gpt-4o/i;
/** The most one request may contain. */
const MAX_INPUT_CHARS = 4_096;

export function createOpenAiSynthesizer({ client, model, clock, log, limits = SYNTHESIZER_LIMITS }: RemoteEngineOptions): Synthesizer {
  const name = engineName(model);
  /** Until the server refuses it. */
  let takesPace = true;
  return {
    name,
    sampleRateHz: SPEECH_SAMPLE_RATE_HZ,
    async *synthesize({ text, voice, pace = NORMAL_PACE }, signal) {
      signal?.throwIfAborted();
      const input = text.trim();
      if (!/[\p{L}\p{N}]/u.test(input)) return;
      if (input.length > MAX_INPUT_CHARS) throw new SpoolError('engine.failed', 'The text is too long to be spoken in one go.', { fields: { engine: name } });
      const open = async (requestSignal: AbortSignal) => {
        const plain = { model, voice: voice !== undefined && VOICES.has(voice) ? voice : DEFAULT_VOICE, input, response_format: 'pcm' as const };
        const send = (more: object) => client.audio.speech.create({ ...plain, ...more }, { signal: requestSignal });
        if (!takesPace || pace === NORMAL_PACE) return piecesOf(await send({}), name);
        const response = await send(paceOf(model, pace)).catch((error: unknown) => {
          if (!(error instanceof APIError && [400, 422].includes(error.status ?? 0))) throw error;
          takesPace = false;
          return send({});
        });
        return piecesOf(response, name);
      };
      const samples = new SampleJoiner();
      let spoke = false;
      for await (const bytes of callStreaming(open, { engine: name, limits, clock, log, signal })) {
        const piece = samples.push(bytes);
        if (piece.length === 0) continue;
        spoke = true;
        yield piece;
        signal?.throwIfAborted();
      }
      if (!spoke) throw new SpoolError('engine.failed', 'The remote engine answered without sound.', { fields: { engine: name } });
    },
  };
}

/** As a number, and in words where the model takes them. */
function paceOf(model: string, pace: number): { speed: number; instructions?: string } {
  return { speed: pace, ...(TAKES_INSTRUCTIONS.test(model) ? { instructions: 'Speak slowly and clearly, with a short pause after each sentence.' } : {}) };
}

/** @throws SpoolError `engine.failed` when the answer is not raw samples */
async function* piecesOf(response: Response, engine: string): AsyncGenerator<Uint8Array> {
  const contentType = response.headers.get('content-type') ?? '';
  if (/json|text|html|mpeg|mp3|ogg|opus|aac|flac|wav/i.test(contentType) || !response.body) {
    throw new SpoolError('engine.failed', 'The remote engine answered with something other than raw samples.', { fields: { engine } });
  }
  let head = true;
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
    if (head && isContainer(bytes)) throw new SpoolError('engine.failed', 'The remote engine answered with a file instead of raw samples.', { fields: { engine } });
    head = false;
    yield bytes;
  }
}

/** Played as samples, the head of a WAV, MP3 or Ogg file would be a bang and its body noise. */
function isContainer(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 4));
  return head === 'RIFF' || head === 'OggS' || head === 'fLaC' || head.startsWith('ID3');
}

/** Bytes to samples where pieces may end in the middle of a sample. A lone last byte is dropped. */
class SampleJoiner {
  #odd: number | null = null;

  push(bytes: Uint8Array): Int16Array {
    const carried = this.#odd === null ? 0 : 1;
    const joined = new Uint8Array(carried + bytes.length);
    if (this.#odd !== null) joined[0] = this.#odd;
    joined.set(bytes, carried);
    this.#odd = joined.length % 2 === 1 ? joined.at(-1)! : null;
    return new Int16Array(joined.buffer, 0, joined.length >> 1);
  }
}
