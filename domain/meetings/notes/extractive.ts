/** Notes without a language model: sentences as they were said, picked by rules over their wording. English only. */
import type { SpeakerNames } from '../../session/speaker-names.ts';
import { isDecision, pointsBack, seals } from './decisions.ts';
import { findTasks } from './find-tasks.ts';
import { findOpenQuestions, saysOpen } from './open-questions.ts';
import type { NotesItem } from './ports.ts';
import { type SaidSentence, claimOf, saidSentences, withoutOpening } from './said-sentences.ts';
import type { NoteClaim, NotesContent } from './schema.ts';
import { tellingSentences } from './summary.ts';
import { titledTopics, topicRanges } from './topics.ts';

/** Every point is made of whole sentences of `items`, which it quotes. */
export function extractNotes(items: readonly NotesItem[], names: SpeakerNames): NotesContent {
  const sentences = saidSentences(items);
  const ranges = topicRanges(sentences);
  const decided = new Set(sentences.filter((each) => (isDecision(each, sameTurn(sentences[each.index - 1], each)) && !saysOpen(each)) || sealsPlan(each, sentences[each.index - 1])));
  const tasks = findTasks(sentences, names, decided);
  return {
    summary: tellingSentences(sentences, ranges, (each) => decided.has(each)).map(({ text, evidence }) => ({ text: withoutOpening(text), evidence: [evidence] })),
    topics: titledTopics(sentences, ranges),
    decisions: findDecisions(sentences, decided),
    actionItems: tasks.found,
    openQuestions: findOpenQuestions(items, sentences, { decided, tasks: tasks.sentences }),
  };
}

/** "Agreed" to finding something out settles nothing. */
const sealsPlan = (each: SaidSentence, before: SaidSentence | undefined) => seals(each, before) && !saysOpen(before!);
const sameTurn = (before: SaidSentence | undefined, each: SaidSentence) => (before?.item === each.item ? before : null);

function findDecisions(sentences: readonly SaidSentence[], decided: ReadonlySet<SaidSentence>): NoteClaim[] {
  return [...decided].map((sentence) => {
    const before = sentences[sentence.index - 1];
    const said = before && sentence.item - before.item <= 1 && (pointsBack(sentence.text) || sealsPlan(sentence, before)) && !decided.has(before) ? [before, sentence] : [sentence];
    return claimOf('d', said);
  });
}
