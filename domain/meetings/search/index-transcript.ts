import type { Embedder } from '../../interests/ports.ts';
import type { TranscriptIndex } from './ports.ts';

/** About a second of work for the model on this machine. */
const BATCH_ITEMS = 50;

/** Has the words of a session found by what they mean. Run twice, the second does nothing. @throws SpoolError `engine.*` */
export async function indexTranscript({ index, embedder, sessionId }: { index: TranscriptIndex; embedder: Embedder; sessionId: string }, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const items = await index.missing(sessionId, embedder.name, BATCH_ITEMS);
    if (items.length === 0) return;
    const vectors = await embedder.embed(items.map(({ text }) => text), signal);
    await index.store(sessionId, embedder.name, items.map(({ itemId, revision }, at) => ({ itemId, revision, vector: vectors[at]! })));
  }
}
