/** Which model does what: named by the configuration, OpenAI's defaults, or found by name in a server's own list. */
import type OpenAI from 'openai';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import { MODELS_LIMITS, type Limits } from './limits.ts';
import { callOnce } from './remote-call.ts';

export type Task = 'interviewer' | 'transcriber' | 'synthesizer';

/** OpenAI's: quick to the first word rather than deep, and enough for one spoken turn. */
export const DEFAULT_MODELS: Record<Task, string> = { interviewer: 'gpt-4.1-mini', transcriber: 'gpt-4o-mini-transcribe', synthesizer: 'gpt-4o-mini-tts' };

const TRANSCRIBES = /whisper|transcri|parakeet|moonshine|canary|(?:^|[^a-z])(?:stt|asr)(?:[^a-z]|$)/i;
const SPEAKS = /kokoro|piper|orpheus|xtts|chatterbox|(?:^|[^a-z])tts(?:[^a-z]|$)/i;
/** In lists of models, but none to talk to. */
const DOES_NOT_CHAT = /embed|rerank|moderation|dall-e|image|diffusion|flux|clip|guard|realtime|vad|wav2vec|bge-|e5-|minilm/i;

/** The first model of the list whose name fits the task. */
export function modelFor(task: Task, ids: readonly string[]): string | undefined {
  if (task === 'transcriber') return ids.find((id) => TRANSCRIBES.test(id));
  if (task === 'synthesizer') return ids.find((id) => SPEAKS.test(id) && !TRANSCRIBES.test(id));
  return ids.find((id) => !TRANSCRIBES.test(id) && !SPEAKS.test(id) && !DOES_NOT_CHAT.test(id));
}

/** The models a server says it has. @throws SpoolError `engine.*` */
export async function listModels(client: OpenAI, { clock, log, limits = MODELS_LIMITS }: { clock: Clock; log: Log; limits?: Limits }): Promise<string[]> {
  const page = await callOnce((signal) => client.models.list({ signal }), { engine: 'openai:models', limits, clock, log });
  if (!Array.isArray(page.data)) throw new SpoolError('engine.failed', 'The list of models was not understood.', { fields: { engine: 'openai:models' } });
  return page.data.map((model) => model?.id).filter((id): id is string => typeof id === 'string');
}
