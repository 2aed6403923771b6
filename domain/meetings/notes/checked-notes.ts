/** What a language model claims, reduced to what the transcript carries. */
import { speakerName, type SpeakerNames } from '../../session/speaker-names.ts';
import { isHedged, isUndecided } from './doubt.ts';
import { evenSpaces, heldDue, heldEvidence, heldOwner, itemsById, type ItemsById } from './evidence.ts';
import type { ClaimedEvidence, ClaimedNotes, NotesItem } from './ports.ts';
import type { NoteEvidence, NotesContent } from './schema.ts';
import { sentencesAround } from './sentences.ts';
import { carriedBy, ordersMachine } from './support.ts';

/** Topics get their times when all parts are there. */
export interface CheckedNotes extends NotesContent {
  /** The claims whose evidence did not hold, for asking once more. */
  rejected: string[];
}

const MAX_TEXT_CHARS = 400;
const MAX_TITLE_CHARS = 80;

export function checkedNotes(claimed: ClaimedNotes, items: readonly NotesItem[], names: SpeakerNames): CheckedNotes {
  const byId = itemsById(items);
  const rejected: string[] = [];
  /** Null: nothing of its evidence holds. A text that says more than its quotes gives way to the quotes. */
  const held = ({ text, evidence }: { text: string; evidence: ClaimedEvidence[] }, fits: (each: NoteEvidence) => boolean = () => true) => {
    const found = wholeSentences(heldEvidence(evidence, byId), byId).filter((each) => !ordersMachine(byId.get(each.itemId)!.text) && fits(each));
    if (found.length === 0) {
      rejected.push(evenSpaces(text).slice(0, MAX_TEXT_CHARS));
      return null;
    }
    const written = evenSpaces(text);
    const said = found.map(({ itemId }) => byId.get(itemId)!.text).join(' ');
    const spoken = found.flatMap(({ speaker }) => speakerName(speaker, names, null) ?? []);
    const supported = written !== '' && written.length <= MAX_TEXT_CHARS && carriedBy(written, [said, ...spoken].join(' '));
    return { text: supported ? written : found.map(({ quote }) => quote).join(' '), evidence: found };
  };

  return {
    summary: claimed.summary.flatMap((point) => held(point) ?? []),
    topics: claimed.topics.flatMap((topic) => {
      const point = held({ text: topic.title, evidence: topic.evidence });
      // A heading is no claim: one that is not made of the words said is left out, its quotes would be no heading.
      if (!point || point.text !== evenSpaces(topic.title) || point.text.length > MAX_TITLE_CHARS) return [];
      return { title: point.text, startMs: Math.min(...point.evidence.map(({ startMs }) => startMs)), endMs: Math.max(...point.evidence.map(({ endMs }) => endMs)), evidence: point.evidence };
    }),
    decisions: claimed.decisions.flatMap((claim) => withId('d', held(claim, ({ quote }) => !isUndecided(quote))) ?? []),
    actionItems: claimed.actionItems.flatMap((claim) => {
      const point = withId('a', held(claim, ({ quote }) => !isHedged(quote)));
      if (!point) return [];
      const owner = heldOwner(claim.owner, point.evidence, names);
      return { ...point, owner: owner?.owner ?? null, ownerSpeaker: owner?.ownerSpeaker ?? null, due: heldDue(claim.due, point.evidence) };
    }),
    openQuestions: claimed.openQuestions.flatMap((claim) => withId('q', held(claim)) ?? []),
    rejected,
  };
}

/** Ids follow from the place: the same point keeps its id when notes are made again. */
export function noteId(kind: 'd' | 'a' | 'q', evidence: readonly NoteEvidence[]): string {
  const { itemId, startMs } = evidence[0]!;
  return `${kind}-${itemId}-${startMs}`;
}
function withId<T extends { evidence: NoteEvidence[] }>(kind: 'd' | 'a' | 'q', point: T | null): (T & { id: string }) | null {
  return point && { ...point, id: noteId(kind, point.evidence) };
}

function wholeSentences(evidence: NoteEvidence[], byId: ItemsById): NoteEvidence[] {
  const widened = evidence.map(({ itemId, quote }) => ({ itemId, quote: sentencesAround(quote, byId.get(itemId)!.text) ?? quote }));
  return heldEvidence(widened, byId);
}
