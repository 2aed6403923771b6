/** The notes of the parts of a meeting as notes of the whole: in the order of time, each point once. */
import type { NotesItem } from './ports.ts';
import type { NoteEvidence, NotesContent, NoteTopic } from './schema.ts';

/** @param parts in the order of time @param items of the whole meeting */
export function joinedNotes(parts: readonly NotesContent[], items: readonly NotesItem[]): NotesContent {
  return {
    summary: once(parts.flatMap(({ summary }) => summary)),
    topics: spread(parts.flatMap(({ topics }) => topics), items.at(-1)?.endMs ?? 0),
    decisions: once(parts.flatMap(({ decisions }) => decisions)),
    actionItems: once(parts.flatMap(({ actionItems }) => actionItems)),
    openQuestions: once(parts.flatMap(({ openQuestions }) => openQuestions)),
  };
}

/** Two points are the same when the same words are quoted first, or when they read the same. */
function once<T extends { text: string; evidence: NoteEvidence[] }>(points: readonly T[]): T[] {
  const seen = new Set<string>();
  const kept = points.filter(({ text, evidence }) => {
    const keys = [`${evidence[0]!.itemId} ${evidence[0]!.quote}`, text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()];
    const known = keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return !known;
  });
  return kept.toSorted((a, b) => a.evidence[0]!.startMs - b.evidence[0]!.startMs);
}

/** A topic lasts until the next begins; one that goes on under the same name is one. */
function spread(topics: readonly NoteTopic[], endMs: number): NoteTopic[] {
  const inOrder = topics.toSorted((a, b) => a.startMs - b.startMs);
  const begins = inOrder.filter((topic, index) => {
    const before = inOrder[index - 1];
    return !before || (before.title.toLowerCase() !== topic.title.toLowerCase() && before.startMs !== topic.startMs);
  });
  return begins.map((topic, index) => ({ ...topic, endMs: Math.max(topic.endMs, begins[index + 1]?.startMs ?? endMs) }));
}
