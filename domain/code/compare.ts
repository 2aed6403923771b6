/** Whether a value that came back is the one expected. On the host alone: expected values never enter a sandbox. */
import type { Comparison } from './run.ts';

/** Absolute, or relative to the larger of the two, whichever is kinder. */
export const FLOAT_TOLERANCE = 1e-6;
/** Deeper than any answer of an interview; recursion over it is safe. */
export const MAX_DEPTH = 200;

/**
 * Deep equality of JSON values. An integer equals its float and -0 equals 0, since JSON has one kind of number. `float`
 * lets numbers differ by the tolerance, NaN is never equal. `unordered` takes the top level as a multiset, exact below.
 */
export function matches(actual: unknown, expected: unknown, comparison: Comparison): boolean {
  if (comparison === 'unordered' && Array.isArray(actual) && Array.isArray(expected)) return sameMultiset(actual, expected);
  return deepEqual(actual, expected, comparison === 'float' ? closeEnough : (a, b) => a === b);
}

function deepEqual(a: unknown, b: unknown, sameNumber: (a: number, b: number) => boolean): boolean {
  if (typeof a === 'number' && typeof b === 'number') return sameNumber(a, b);
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, index) => deepEqual(each, b[index], sameNumber));
  }
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(a);
    return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && deepEqual(a[name], b[name], sameNumber));
  }
  return a === b;
}

function closeEnough(a: number, b: number): boolean {
  if (a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  const difference = Math.abs(a - b);
  return difference <= FLOAT_TOLERANCE || difference <= FLOAT_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

/** By a canonical text of each element, so that a million elements take seconds and not days. */
function sameMultiset(a: unknown[], b: unknown[]): boolean {
  if (a.length !== b.length) return false;
  const counts = new Map<string, number>();
  for (const each of a) {
    const text = canonical(each);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  for (const each of b) {
    const text = canonical(each);
    const left = counts.get(text) ?? 0;
    if (left === 0) return false;
    counts.set(text, left - 1);
  }
  return true;
}

/** Equal values have equal texts: names in order, -0 as 0. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (isObject(value)) return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
  return JSON.stringify(value) ?? 'null';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export type ReadValue = { ok: true; value: unknown } | { ok: false; error: string };

/**
 * A value as the program's JSON has it. Integers that a double cannot hold would come out as another number and might
 * pass for the expected one, so they are refused, as is nesting beyond MAX_DEPTH.
 */
export function readValue(json: string): ReadValue {
  if (nestingOf(json) > MAX_DEPTH) return { ok: false, error: `The value that was returned is nested more than ${MAX_DEPTH} levels deep.` };
  let inexact: string | null = null;
  try {
    const value: unknown = JSON.parse(json, (_name, each: unknown, context?: { source?: string }) => {
      if (typeof each === 'number' && inexact === null && !Number.isSafeInteger(each) && isInexactInteger(context?.source, each)) inexact = context?.source ?? '';
      return each;
    });
    if (inexact !== null) return { ok: false, error: `The value that was returned holds ${shortened(inexact)}, an integer too large to be exact in JSON. Return it as a string.` };
    return { ok: true, value };
  } catch {
    return { ok: false, error: 'What was returned is no JSON value.' };
  }
}

function isInexactInteger(source: string | undefined, value: number): boolean {
  if (source === undefined || !/^-?\d+$/.test(source)) return !Number.isFinite(value);
  return source.length > 400 || !Number.isFinite(value) || BigInt(value) !== BigInt(source);
}

function shortened(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 37)}… (${text.length} digits)`;
}

function nestingOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (inString) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return deepest;
}
