/** Notes without a language model: sentences as they were said, picked by rules over their wording. English only. */
import { type SpeakerNames, speakerName } from '../../session/speaker-names.ts';
import { UNKNOWN_SPEAKER } from '../schema.ts';
import { noteId } from './checked-notes.ts';
import { isDecision, pointsBack, seals } from './decisions.ts';
import { dueIn } from './due.ts';
import { heldDue, heldOwner } from './evidence.ts';
import type { NotesItem } from './ports.ts';
import { asksAboutPlans, putsOff, saysOpen, saysStillOpen } from './questions.ts';
import { type SaidSentence, saidSentences, withoutOpening } from './said-sentences.ts';
import type { ActionItem, NoteClaim, NotesContent } from './schema.ts';
import { tellingSentences } from './summary.ts';
import { type TaskOwner, accepts, knownNames, onlyAccepts, taskIn } from './tasks.ts';
import { termsOf } from './terms.ts';
import { titledTopics, topicRanges } from './topics.ts';

/** So many items after a question its answer is looked for. */
const ANSWER_ITEMS = 3;
/** "By Friday" alone after "Sure." belongs to the request. */
const SHORT_REPLY_WORDS = 10;
const NOBODY_KNOWN = knownNames([]);

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

function findTasks(sentences: readonly SaidSentence[], names: SpeakerNames, decided: ReadonlySet<SaidSentence>): { found: ActionItem[]; sentences: ReadonlySet<SaidSentence> } {
  const known = knownNames(Object.values(names));
  const taken = new Set<SaidSentence>();
  const found: ActionItem[] = [];
  const all = new Set<SaidSentence>();
  for (const sentence of sentences) {
    if (taken.has(sentence)) continue;
    const asked = sentences[sentence.index - 1];
    if (asked && ANSWERS_WHO.test(sentence.plain) && /^who\b.*\?$/.test(asked.plain) && asked.item < sentence.item) {
      all.add(sentence);
      found.push(taskOf([asked, sentence], { kind: 'speaker' }, sentence, names));
      continue;
    }
    const owner = taskIn(sentence, known);
    if (!owner || (owner.kind === 'nobody' && (decided.has(sentence) || saysOpen(sentence)))) continue;
    // "I'll do that": what it is was said before.
    if (owner.kind === 'speaker' && onlyAccepts(sentence.text) && !namesWork(sentence)) {
      const before = sentences[sentence.index - 1];
      if (before && sentence.item - before.item <= 1) {
        all.add(sentence);
        found.push(taskOf([before, sentence], owner, sentence, names));
      }
      continue;
    }
    const replies = owner.kind === 'asked' || owner.kind === 'named' || owner.kind === 'nobody' ? repliesTo(sentence, sentences, owner, names) : [];
    for (const reply of replies) taken.add(reply);
    all.add(sentence);
    found.push(taskOf([sentence, ...replies], owner, replies[0] ?? null, names));
  }
  return { found, sentences: all };
}

/** "Who writes the letter?" "I will." */
const ANSWERS_WHO = /^(?:i (?:will|can|do|am)|i'll do it|me)(?:[,.! ]|$)/;
/** What the one who was asked answers, when it takes the task on. */
function repliesTo(sentence: SaidSentence, sentences: readonly SaidSentence[], owner: TaskOwner, names: SpeakerNames): SaidSentence[] {
  const next = sentences.find(({ item, evidence }) => item > sentence.item && evidence.speaker !== sentence.evidence.speaker);
  if (!next || next.item > sentence.item + 2 || !accepts(next.text)) return [];
  if (owner.kind === 'named' && heldOwner(owner.name, [sentence.evidence], names)?.ownerSpeaker !== next.evidence.speaker) return [];
  const second = sentences[next.index + 1]?.item === next.item ? sentences[next.index + 1]! : null;
  const promised = second && taskIn(second, NOBODY_KNOWN)?.kind === 'speaker' && sharesTerm(second, sentence);
  const timed = second && dueIn(second.text) !== null && second.text.split(' ').length <= SHORT_REPLY_WORDS;
  // "Somebody needs to…" is nobody's until somebody says that it is theirs.
  if (owner.kind === 'nobody' && !promised && !/\bi(?:'ll| will| can)\b/.test(next.plain)) return [];
  return second && (promised || timed) ? [next, second] : [next];
}
const namesWork = ({ plain, text }: SaidSentence) => text.split(' ').length > 9 || !/\b(?:that|this|it|on it|me|mine)\b/.test(plain);

function taskOf(said: SaidSentence[], owner: TaskOwner, by: SaidSentence | null, names: SpeakerNames): ActionItem {
  const evidence = said.map((each) => each.evidence);
  const due = said.map(({ text }) => dueIn(text)).find((each) => each !== null) ?? null;
  const whose = ownerOf(owner, said, by, names);
  return { ...claimOf('a', said), ...whose, due: heldDue(due, evidence) };
}

function ownerOf(owner: TaskOwner, said: SaidSentence[], by: SaidSentence | null, names: SpeakerNames): Pick<ActionItem, 'owner' | 'ownerSpeaker'> {
  const evidence = said.map((each) => each.evidence);
  if (owner.kind === 'named') return heldOwner(owner.name, evidence, names) ?? { owner: null, ownerSpeaker: null };
  const speaker = owner.kind === 'speaker' ? (by ?? said[0]!).evidence.speaker : by?.evidence.speaker;
  if (speaker === undefined || speaker === UNKNOWN_SPEAKER) return { owner: null, ownerSpeaker: null };
  return { owner: speakerName(speaker, names, null), ownerSpeaker: speaker };
}

function sharesTerm(one: SaidSentence, other: SaidSentence): boolean {
  const terms = new Set(termsOf(one.text).map(({ term }) => term));
  return termsOf(other.text).some(({ term }) => terms.has(term));
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

function claimOf(kind: 'd' | 'a' | 'q', said: SaidSentence[]): NoteClaim {
  const evidence = said.map((each) => each.evidence);
  return { id: noteId(kind, evidence), text: said.map(({ text }) => withoutOpening(text)).join(' '), evidence };
}
