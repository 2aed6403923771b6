import type { Block } from './blocks.ts';

/** Writes a document for a word processor. */
export type WriteDocx = (blocks: readonly Block[], about: { title: string }) => Promise<Uint8Array<ArrayBuffer>>;
