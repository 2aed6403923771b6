/** A transcript as the sentences that can be quoted. */
import { noteId } from './checked-notes.ts';
import { plain } from './doubt.ts';
import { evidenceInOrder } from './evidence.ts';
import type { NotesItem } from './ports.ts';
import type { NoteClaim, NoteEvidence } from './schema.ts';
import { sentencesOf } from './sentences.ts';
import { ordersMachine } from './support.ts';
import { type Term, termsOf } from './terms.ts';

export interface SaidSentence {
  /** Place among all sentences of the meeting. */
  index: number;
  /** Place of its item in the transcript. */
  item: number;
  text: string;
  /** Lower case, without "so", "okay" and the like before it. */
  plain: string;
  /** Its content words. */
  terms: readonly Term[];
  evidence: NoteEvidence;
}

/** Sentences that speak to a language model are left out: nobody has to read them in notes. */
export function saidSentences(items: readonly NotesItem[]): SaidSentence[] {
  const said: SaidSentence[] = [];
  for (const [item, each] of items.entries()) {
    const sentences = sentencesOf(each.text);
    for (const [place, evidence] of evidenceInOrder(each, sentences).entries()) {
      const sentence = sentences[place]!;
      if (evidence && !ordersMachine(sentence)) said.push({ index: said.length, item, text: sentence, plain: plain(withoutOpening(sentence)), terms: termsOf(sentence), evidence });
    }
  }
  return said;
}

const OPENINGS =
  /^(?:(?:so|okay|ok|well|right|alright|all right|yeah|yes|yep|sure|great|good|perfect|cool|fine|and|but|then|now|anyway|um+|uh+|er+|hmm+|oh|great point|fair enough|exactly|you know|i think|i guess|i mean|like|actually|basically|look|listen|no problem|of course|absolutely|sounds good|got it|thanks|thank you)[,.;:!…—-]*\s+)+/iu;

/** As it is shown: what only opens a sentence is not part of what is decided. Everything else stays as it was said. */
export function withoutOpening(sentence: string): string {
  const rest = sentence.replace(OPENINGS, '');
  // "So be it", "Good", "Right now": an opening is one only before a sentence.
  return rest.split(' ').length < 3 ? sentence : rest[0]!.toUpperCase() + rest.slice(1);
}

/** A point of the notes in the words that were said. */
export function claimOf(kind: 'd' | 'a' | 'q', said: SaidSentence[]): NoteClaim {
  const evidence = said.map((each) => each.evidence);
  return { id: noteId(kind, evidence), text: said.map(({ text }) => withoutOpening(text)).join(' '), evidence };
}

/** Whether two sentences speak of one thing. */
export function sharesTerm(one: SaidSentence, other: SaidSentence): boolean {
  return one.terms.some(({ term }) => other.terms.some((each) => each.term === term));
}
