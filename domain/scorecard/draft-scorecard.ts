import type { MeasureCode } from '../code/measures.ts';
import { checkedAreas, pointableOf } from './evidence.ts';
import type { ScorecardWriter } from './ports.ts';
import { scoreByRules } from './score-by-rules.ts';
import { SCORECARD_PROMPT_VERSION } from './scorecard-prompt.ts';
import type { AreaScore, ScorecardMaterial } from './scorecard.ts';

/** These follow from runs and the clock alone; no model has a say in them. */
const FACTS = new Set(['correctness', 'speed']);
/** So far a model may move a score away from what the rules found. */
const MAX_MOVE = 1;

/**
 * The draft of a scorecard: by rules, and where a language model is configured with its reasons beside them. Its citations are
 * checked word by word, its scores are kept near the rules', so that nobody talks their way up.
 */
export async function draftScorecard(
  material: ScorecardMaterial,
  { measure, writer, onWriterFailure }: { measure: MeasureCode; writer: ScorecardWriter | null; onWriterFailure: (error: unknown) => void },
  signal?: AbortSignal,
): Promise<{ areas: AreaScore[]; madeBy: string }> {
  const pointable = pointableOf(material);
  const byRules = checkedAreas(scoreByRules(material, measure), pointable);
  if (!writer) return { areas: byRules, madeBy: 'rules' };
  try {
    const written = new Map(checkedAreas(await writer.write({ material, byRules }, signal), pointable).map((each) => [each.area, each]));
    return { areas: byRules.map((rules) => joined(rules, written.get(rules.area))), madeBy: `${writer.name} (${SCORECARD_PROMPT_VERSION})` };
  } catch (error) {
    if (signal?.aborted) throw error;
    onWriterFailure(error);
    return { areas: byRules, madeBy: 'rules' };
  }
}

function joined(rules: AreaScore, written: AreaScore | undefined): AreaScore {
  if (!written || written.reasons.length === 0 || FACTS.has(rules.area) || rules.score === null) return rules;
  const score = written.score === null ? rules.score : Math.min(rules.score + MAX_MOVE, Math.max(rules.score - MAX_MOVE, written.score));
  return { area: rules.area, score, reasons: [...rules.reasons, ...written.reasons].slice(0, 12) };
}
