/**
 * The program of an inference child: the only place where `sherpa-onnx-node` is loaded. It loads one engine, answers
 * requests in the order they come and leaves when its parent's channel closes.
 */
import type { EngineSpec, FromChild, LoadAnswer, ToChild } from './inference-messages.ts';
import { loadMoonshine } from './native/moonshine-engine.ts';
import { loadSilero } from './native/silero-engine.ts';
import { loadKokoro } from './native/kokoro-engine.ts';
import { loadDiarizer } from './native/diarizer-engine.ts';

/** What an engine does with a message; chunks go out through `send`, the return value is the answer. */
export interface NativeEngine {
  loaded: Omit<LoadAnswer, 'loadMs'>;
  handle(message: Exclude<ToChild, { op: 'load' }>, send: (message: FromChild) => void): unknown;
}

function loadEngine(spec: EngineSpec): NativeEngine {
  switch (spec.engine) {
    case 'moonshine':
      return loadMoonshine(spec.model);
    case 'silero':
      return loadSilero(spec.model);
    case 'kokoro':
      return loadKokoro(spec.model);
    case 'diarizer':
      return loadDiarizer(spec.model);
  }
}

let engine: NativeEngine | undefined;
const send = (message: FromChild): void => {
  if (process.connected) process.send?.(message);
};
/** Native messages may quote their input, so only the kind of error leaves this process. */
const reasonOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

async function handle(message: ToChild): Promise<void> {
  if (message.op === 'load') {
    const startedMs = performance.now();
    try {
      engine = loadEngine(message.spec);
      send({ op: 'ready', loadMs: performance.now() - startedMs, ...engine.loaded });
    } catch (error) {
      send({ op: 'load_failed', reason: error instanceof Error ? error.message.slice(0, 300) : 'unknown' });
    }
    return;
  }
  if (message.op === 'memory') return send({ op: 'answer', id: message.id, value: { rssBytes: process.memoryUsage.rss() } });
  const id = 'id' in message && message.op !== 'cancel' ? message.id : undefined;
  try {
    const value = await engine?.handle(message, send);
    if (id !== undefined) send({ op: 'answer', id, value });
  } catch (error) {
    if (id !== undefined) send({ op: 'failed', id, reason: reasonOf(error) });
  }
}

process.on('message', (message) => void handle(message as ToChild));
process.on('disconnect', () => process.exit(0));
// A Ctrl-C or a service manager signals the whole group; the parent still needs us to finish its last sentence.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
