/** Whether what a reason points to exists, word by word. What does not is dropped, and a reason without anything left with it. */
import { hearCode } from '../interview/code-guide/code-listening.ts';
import type { AreaScore, Evidence, Reason } from './scorecard.ts';

/** What can be pointed to in a session. */
export interface Pointable {
  items: ReadonlyMap<string, { speaker: string; text: string; startMs: number; endMs: number }>;
  /** `path@version` */
  versions: ReadonlySet<string>;
  runs: ReadonlySet<string>;
}

export function pointableOf({ items, versions, runs }: { items: readonly { itemId: string; speaker: string; text: string; startMs: number; endMs: number }[]; versions: readonly { path: string; version: number }[]; runs: readonly { runId: string }[] }): Pointable {
  return {
    items: new Map(items.map(({ itemId, ...item }) => [itemId, item])),
    versions: new Set(versions.map(({ path, version }) => `${path}@${version}`)),
    runs: new Set(runs.map(({ runId }) => runId)),
  };
}

/** The evidence as it stands in the session: times are the item's, never what was claimed. Null: there is no such thing. */
export function checkedEvidence(evidence: Evidence, { items, versions, runs }: Pointable): Evidence | null {
  switch (evidence.kind) {
    case 'speech': {
      const item = items.get(evidence.itemId);
      const quote = evidence.quote.trim();
      if (!item || quote === '' || !standsIn(quote, item.text)) return null;
      const inside = evidence.startMs >= item.startMs && evidence.endMs <= item.endMs && evidence.startMs <= evidence.endMs;
      return { ...evidence, quote, ...(inside ? {} : { startMs: item.startMs, endMs: item.endMs }) };
    }
    case 'code':
      return versions.has(`${evidence.path}@${evidence.version}`) ? evidence : null;
    case 'run':
      return runs.has(evidence.runId) ? evidence : null;
  }
}

/** Whole words, letter by letter. */
function standsIn(quote: string, text: string): boolean {
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    const isWord = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char);
    const cutsFirst = isWord(text[at - 1]) && isWord(quote[0]);
    const cutsLast = isWord(text[at + quote.length]) && isWord(quote.at(-1));
    if (!cutsFirst && !cutsLast) return true;
  }
  return false;
}

/** An order to the scorer, a request for a score, for the solution or for the hidden tests is no argument for anything. */
export function isNoArgument(text: string): boolean {
  return ['wants-score', 'gives-orders', 'wants-solution', 'wants-hidden'].includes(hearCode(text).intent);
}

/** Of what a machine wrote: reasons whose evidence holds. */
export function checkedReasons(reasons: readonly Reason[], pointable: Pointable): Reason[] {
  return reasons.flatMap((reason) => {
    const evidence = reason.evidence.flatMap((each) => {
      const checked = checkedEvidence(each, pointable);
      return checked && !(checked.kind === 'speech' && isNoArgument(pointable.items.get(checked.itemId)!.text)) ? [checked] : [];
    });
    return evidence.length === 0 ? [] : [{ text: reason.text, evidence }];
  });
}
export function checkedAreas(areas: readonly AreaScore[], pointable: Pointable): AreaScore[] {
  return areas.map(({ area, score, reasons }) => {
    const kept = checkedReasons(reasons, pointable);
    return { area, score: kept.length === 0 ? null : score, reasons: kept };
  });
}
