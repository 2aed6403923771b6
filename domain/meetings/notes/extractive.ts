/** Notes without a language model: sentences as they were said, picked by rules over their wording. English only. */
import type { SpeakerNames } from '../../session/speaker-names.ts';
import { isDecision, pointsBack, seals } from './decisions.ts';
import { findTasks } from './find-tasks.ts';
import type { NotesItem } from './ports.ts';
import { asksAboutPlans, putsOff, saysOpen, saysStillOpen } from './questions.ts';
import { type SaidSentence, claimOf, saidSentences, sharesTerm, withoutOpening } from './said-sentences.ts';
import type { NoteClaim, NotesContent } from './schema.ts';
import { tellingSentences } from './summary.ts';
import { titledTopics, topicRanges } from './topics.ts';

/** So many items after a question its answer is looked for. */
const ANSWER_ITEMS = 3;

/** Every point is made of whole sentences of `items`, which it quotes. */
export function extractNotes(items: readonly NotesItem[], names: SpeakerNames): NotesContent {
  const sentences = saidSentences(items);
  const ranges = topicRanges(sentences);
  const decided = new Set(sentences.filter((each) => isDecision(each, sameTurn(sentences[each.index - 1], each)) || seals(each, sentences[each.index - 1])));
  const tasks = findTasks(sentences, names, decided);
  return {
    summary: tellingSentences(sentences, ranges, (each) => decided.has(each)).map(({ text, evidence }) => ({ text: withoutOpening(text), evidence: [evidence] })),
    topics: titledTopics(sentences, ranges),
    decisions: findDecisions(sentences, decided),
    actionItems: tasks.found,
    openQuestions: findQuestions(sentences, decided, tasks.sentences),
  };
}

const sameTurn = (before: SaidSentence | undefined, each: SaidSentence) => (before?.item === each.item ? before : null);

function findDecisions(sentences: readonly SaidSentence[], decided: ReadonlySet<SaidSentence>): NoteClaim[] {
  return [...decided].map((sentence) => {
    const before = sentences[sentence.index - 1];
    const said = before && sentence.item - before.item <= 1 && (pointsBack(sentence.text) || seals(sentence, before)) && !decided.has(before) ? [before, sentence] : [sentence];
    return claimOf('d', said);
  });
}

function findQuestions(sentences: readonly SaidSentence[], decided: ReadonlySet<SaidSentence>, tasks: ReadonlySet<SaidSentence>): NoteClaim[] {
  const found: NoteClaim[] = [];
  let through = -1;
  for (const sentence of sentences) {
    if (sentence.index <= through || decided.has(sentence)) continue;
    const last = found.at(-1)?.evidence.at(-1);
    if (last && saysStillOpen(sentence.text) && sentences.slice(0, sentence.index).findLast(({ item }) => item < sentence.item)?.evidence.itemId === last.itemId) continue;
    const said = saysOpen(sentence) && !tasks.has(sentence) ? explicitlyOpen(sentence, sentences, decided) : asksAboutPlans(sentence) && !tasks.has(sentence) && !asksOn(sentence, sentences) ? leftOpen(sentence, sentences, decided, tasks) : null;
    if (!said) continue;
    found.push(claimOf('q', said));
    through = said.at(-1)!.index;
  }
  return found;
}

const after = ({ index, item }: SaidSentence, sentences: readonly SaidSentence[]) => sentences.slice(index + 1).filter((each) => each.item <= item + ANSWER_ITEMS);

/** "What about the price? Should we raise it?": the second is the question. */
const asksOn = ({ index, item }: SaidSentence, sentences: readonly SaidSentence[]) => sentences[index + 1]?.item === item && asksAboutPlans(sentences[index + 1]!);

/** Unless it is decided right away. */
function explicitlyOpen(sentence: SaidSentence, sentences: readonly SaidSentence[], decided: ReadonlySet<SaidSentence>): SaidSentence[] | null {
  return after(sentence, sentences).some((each) => decided.has(each) && (sharesTerm(each, sentence) || pointsBack(each.text))) ? null : [sentence];
}

const ANSWERED = /^(?:yes|no|yeah|yep|nope|absolutely|of course|definitely|never)\b(?! idea)/i;
/** A question that is put off, or that nobody takes up: with what put it off. */
function leftOpen(sentence: SaidSentence, sentences: readonly SaidSentence[], decided: ReadonlySet<SaidSentence>, tasks: ReadonlySet<SaidSentence>): SaidSentence[] | null {
  const all = after(sentence, sentences);
  // What follows the next question answers that one.
  const next = all.findIndex((each) => each.text.endsWith('?') && asksAboutPlans(each) && each.item > sentence.item);
  const following = next < 0 ? all : all.slice(0, next);
  if (following[0] && ANSWERED.test(following[0].text) && !putsOff(following[0].text)) return null;
  const settled = following.findIndex((each) => decided.has(each) || (tasks.has(each) && /^who\b/.test(sentence.plain)));
  const put = following.findIndex((each) => !tasks.has(each) && (putsOff(each.text) || saysOpen(each)));
  if (settled >= 0 && (put < 0 || settled < put)) return null;
  if (put >= 0) return settled >= 0 && following[settled]!.item - following[put]!.item <= 1 ? null : [sentence, following[put]!];
  return all.length === 0 ? [sentence] : null;
}
