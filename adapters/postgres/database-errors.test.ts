import { describe, expect, it } from 'vitest';
import { isConnectionLoss, isDenied, isOutOfResources, isWorthRepeating } from './database-errors.ts';

const error = (code: string | undefined, message = 'x') => Object.assign(new Error(message), { code });

describe('What a failure of the database means', () => {
  it('knows a lost connection by its code, of the system or of Postgres, and by pg’s words', () => {
    for (const code of ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '08006', '25P03', '53300']) expect(isConnectionLoss(error(code)), code).toBe(true);
    for (const words of ['Connection terminated unexpectedly', 'timeout exceeded when trying to connect', 'Query read timeout']) expect(isConnectionLoss(error(undefined, words)), words).toBe(true);
  });

  it('does not take a refusal, a conflict or a mistake in a statement for one, whatever its words', () => {
    for (const code of ['42501', '23505', '22P02', '40001', '57014', '53100']) expect(isConnectionLoss(error(code, 'Connection terminated')), code).toBe(false);
    for (const odd of [null, undefined, 'ECONNRESET', { code: 'ECONNRESET' }]) expect(isConnectionLoss(odd)).toBe(false);
  });

  it('repeats what was rolled back because another was in the way', () => {
    expect(isWorthRepeating(error('40001'))).toBe(true);
    expect(isWorthRepeating(error('40P01'))).toBe(true);
    expect(isWorthRepeating(error('23505'))).toBe(false);
  });

  it('tells a refusal from a full disk', () => {
    expect([isDenied(error('42501')), isOutOfResources(error('42501'))]).toEqual([true, false]);
    expect([isDenied(error('53100')), isOutOfResources(error('53100'))]).toEqual([false, true]);
    expect(isOutOfResources(error('57014'))).toBe(true);
  });
});
