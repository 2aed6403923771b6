/** The tasks of a meeting: requests and promises together with the replies that take them on. */
import { type SpeakerNames, UNKNOWN_SPEAKER, speakerName } from '../../session/speaker-names.ts';
import { dueIn } from './due.ts';
import { heldDue, heldOwner } from './evidence.ts';
import { asks, saysOpen } from './open-questions.ts';
import { type SaidSentence, claimOf, sharesTerm } from './said-sentences.ts';
import type { ActionItem } from './schema.ts';
import { type TaskOwner, accepts, knownNames, onlyAccepts, taskIn } from './tasks.ts';

/** "By Friday" alone after "Sure." belongs to the request. */
const SHORT_REPLY_WORDS = 10;
const NOBODY_KNOWN = knownNames([]);

/** What is decided is nobody's task. @returns the tasks, and the sentences that tell them */
export function findTasks(sentences: readonly SaidSentence[], names: SpeakerNames, decided: ReadonlySet<SaidSentence>): { found: ActionItem[]; sentences: ReadonlySet<SaidSentence> } {
  const known = knownNames(Object.values(names));
  const taken = new Set<SaidSentence>();
  /** Each by the sentences it was heard in. */
  const tasks = new Map<SaidSentence, ActionItem>();
  /** The last one that nobody has taken on. */
  let open: SaidSentence | null = null;
  for (const sentence of sentences) {
    if (taken.has(sentence)) continue;
    const before = sentences[sentence.index - 1];
    if (before && ANSWERS_WHO.test(sentence.plain) && /^who\b.*\?$/.test(before.plain) && before.item < sentence.item) {
      tasks.set(sentence, taskOf([before, sentence], { kind: 'speaker' }, sentence, names));
      continue;
    }
    const owner = taskIn(sentence, known);
    if (!owner || (owner.kind === 'nobody' && (decided.has(sentence) || saysOpen(sentence) || asks(sentence, true)))) continue;
    if (owner.kind === 'speaker') {
      if (open && takesOn(sentence, open)) {
        const task = taskOf([open, sentence], owner, sentence, names);
        tasks.set(open, task).set(sentence, task);
        open = null;
      } else if (!onlyTakesOn(sentence)) {
        tasks.set(sentence, taskOf([sentence], owner, null, names));
      } else if (before && sentence.item - before.item <= 1) {
        tasks.set(sentence, taskOf([before, sentence], owner, sentence, names));
      }
      continue;
    }
    const replies = repliesTo(sentence, sentences, owner, names);
    for (const reply of replies) taken.add(reply);
    open = replies.length > 0 ? null : sentence;
    tasks.set(sentence, taskOf([sentence, ...replies], owner, replies[0] ?? null, names));
  }
  return { found: [...new Set(tasks.values())], sentences: new Set(tasks.keys()) };
}

/** "Who writes the letter?" "I will." */
const ANSWERS_WHO = /^(?:i (?:will|can|do|am)|i'll do it|me)(?:[,.! ]|$)/;
/** What the one who was asked answers, when it takes the task on. */
function repliesTo(sentence: SaidSentence, sentences: readonly SaidSentence[], owner: TaskOwner, names: SpeakerNames): SaidSentence[] {
  let at = sentence.index + 1;
  while (at < sentences.length && sentences[at]!.item <= sentence.item + 2 && (sentences[at]!.item === sentence.item || sentences[at]!.evidence.speaker === sentence.evidence.speaker)) at++;
  const next = sentences[at];
  if (!next || next.item > sentence.item + 2 || !accepts(next.text)) return [];
  if (owner.kind === 'named' && !mayBe(owner.name, sentence, next, names)) return [];
  const second = sentences[next.index + 1]?.item === next.item ? sentences[next.index + 1]! : null;
  const promised = second && taskIn(second, NOBODY_KNOWN)?.kind === 'speaker' && (onlyTakesOn(second) || sharesTerm(second, sentence));
  const timed = second && dueIn(second.text) !== null && second.text.split(' ').length <= SHORT_REPLY_WORDS;
  // "Somebody needs to…" is nobody's until somebody says that it is theirs.
  if (owner.kind === 'nobody' && !promised && !/\bi(?:'ll| will| can)\b/.test(next.plain)) return [];
  return second && (promised || timed) ? [next, second] : [next];
}
/** Whether somebody who was called answers. A voice without a name may be that of a name without a voice. */
function mayBe(name: string, sentence: SaidSentence, { evidence }: SaidSentence, names: SpeakerNames): boolean {
  const called = heldOwner(name, [sentence.evidence], names)?.ownerSpeaker ?? null;
  return called === evidence.speaker || (called === null && names[evidence.speaker] === undefined);
}
/** "I'll do that": what it is was said before. */
const onlyTakesOn = ({ plain, text }: SaidSentence) => onlyAccepts(text) && text.split(' ').length <= 9 && /\b(?:that|this|it|me|mine)\b/.test(plain);
/** Whether somebody else says that a request just made is theirs, whoever it was put to. */
const takesOn = (sentence: SaidSentence, request: SaidSentence) => sentence.item - request.item <= 2 && sentence.evidence.speaker !== request.evidence.speaker && (onlyTakesOn(sentence) || sharesTerm(sentence, request));

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
