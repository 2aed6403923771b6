import { z } from 'zod';

/** A whole number in a query string: decimal digits only, so `1e3`, ` 5` and `0x10` are refused rather than guessed at. */
export function queryInteger(range: { min: number; max: number }) {
  return z
    .string()
    .regex(/^\d{1,15}$/, `Give a whole number from ${range.min} to ${range.max}.`)
    .transform(Number)
    .pipe(z.int().min(range.min, `Give at least ${range.min}.`).max(range.max, `Give at most ${range.max}.`));
}
