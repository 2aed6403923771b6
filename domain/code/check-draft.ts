/** What a problem that somebody wrote must keep to beyond its shape, told by JSON path. */
import { SpoolError } from '../errors.ts';
import type { FieldProblem } from '../errors.ts';
import { contradictionsOf } from './contradictions.ts';
import type { ProblemDraft } from './problem.ts';

/** @throws SpoolError `request.invalid` for tests that contradict the signature, otherwise for texts that cannot be kept */
export function checkDraft(draft: ProblemDraft): void {
  const contradictions = contradictionsOf(draft).map(({ place, message }) => ({ path: `$.${place}`, message }));
  // Values that fit a signature are not nested deeply, so only then is it safe to walk them.
  const errors = contradictions.length > 0 ? contradictions : unstorable(draft, '$');
  if (errors.length > 0) throw new SpoolError('request.invalid', 'A problem that somebody wrote cannot be kept.', { errors });
}

/** Texts that Postgres does not keep: NUL, and half of a pair of surrogates. */
function unstorable(value: unknown, path: string): FieldProblem[] {
  if (typeof value === 'string') return storable(value) ? [] : [{ path, message: 'The text has a NUL character or half of a character.' }];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => unstorable(item, `${path}[${index}]`));
  return Object.entries(value).flatMap(([key, item]) => (storable(key) ? unstorable(item, `${path}.${key}`) : [{ path, message: 'A key has a NUL character or half of a character.' }]));
}
function storable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
