/** Taking back: "scratch that", "I meant chemistry, not physics", "take the horses off the list". */
import type { Clause } from './clauses.ts';
import { nameTopic } from './phrases.ts';
import { quoteOf } from './state.ts';
import type { State } from './state.ts';

const TAKES_OUT =
  /\b(?:take|leave|cross|strike|scratch|cut|remove|delete|erase) (?:out )?(?:the |my |that |this |off )?([a-z' ]{2,40}?)(?: back)?(?: (?:out|off|from|again)\b|$)|\bforget (?:about |what i said about |the |that i (?:said|mentioned) )([a-z' ]{2,40})$|\bi (?:did not|didn't|never) (?:say|mean)(?: that)? (?:i (?:like|love|enjoy|play) )?([a-z' ]{2,40})$|\bi (?:don't|do not) (?:actually |really )?(?:like|love|enjoy|play|do) ([a-z' ]{2,30}) after all$|\b([a-z' ]{2,30}) (?:isn't|is not|aren't|was not|wasn't) (?:really )?(?:it|right|true|what i (?:said|meant))(?: either)?$/;

export function retract(state: State, topic: string, clause: Clause): void {
  state.retracted.push({ topic, ...quoteOf(clause, clause.words.length, clause.words.length) });
}
/** "Scratch that": the claims of the last sentence that made any. */
export function takeBackLast(state: State): void {
  const last = state.found.at(-1);
  if (!last) return;
  const { sentence } = state.clauses[last.clause]!;
  const gone = state.found.filter((one) => state.clauses[one.clause]!.sentence === sentence);
  state.found = state.found.filter((one) => !gone.includes(one));
  for (const one of gone) state.retracted.push({ topic: one.named.topic, from: one.from, to: one.to });
}
/** "physics, no sorry, I meant chemistry": the last claim goes, and how it was meant stays. */
export function repairLast(state: State, clause: Clause, bare: boolean): void {
  const last = state.found.at(-1);
  if (!last) return;
  if (bare && /^(?:not|but|yes|yeah|i|it|that|because)\b/.test(clause.text) && !/^i (?:do|go|play|mean|like) /.test(clause.text)) {
    if (!/^(?:not because|yes but not|yeah but not)/.test(clause.text)) return;
  }
  state.found.pop();
  state.mood = last.sentiment === 'mixed' ? 'positive' : last.sentiment;
  retract(state, last.named.topic, clause);
}
export function takesOut(state: State, clause: Clause): boolean {
  const match = TAKES_OUT.exec(clause.text.replaceAll(' ,', ''));
  if (!match) return false;
  const words = (match.slice(1).find(Boolean) ?? '').split(' ').filter((w) => w && !/^(?:please|again|out|back)$/.test(w));
  const named = nameTopic(words);
  const meant = named ? [named] : /^(?:it|that|them|this|those)?$/.test(words.join(' ')) && /\b(?:take|leave|cross|strike|delete|remove|erase)\b/.test(clause.text) ? state.last.slice(-1) : [];
  if (meant.length === 0) return false;
  const isSaid = meant.some(({ topic }) => state.known.some((known) => known === topic || known.includes(topic)) || state.found.some((one) => one.named.topic === topic) || state.last.some((one) => one.topic === topic));
  if (!isSaid && !/\b(?:out|forget|remove|delete|not say|didn't say)\b/.test(clause.text)) return false;
  for (const { topic } of meant) {
    state.found = state.found.filter((one) => one.named.topic !== topic);
    retract(state, topic, clause);
  }
  return true;
}
