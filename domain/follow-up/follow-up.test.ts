import { describe, expect, it } from 'vitest';
import { MAX_FOLLOW_UP_CHARACTERS, MAX_MATERIAL_CHARACTERS, materialOf, tidyFollowUp } from './follow-up.ts';

describe('What a flow is given', () => {
  it('is who said what, without names', () => {
    expect(materialOf([{ speaker: 'agent', text: 'What do you\nlike?' }, { speaker: 'user', text: '  ' }, { speaker: 'user', text: 'Stars.' }])).toBe('Interviewer: What do you like?\n\nPerson: Stars.');
  });

  it('has both ends of a very long interview', () => {
    const long = materialOf([{ speaker: 'user', text: `first ${'é'.repeat(100_000)} last` }]);
    expect(long.length).toBeLessThanOrEqual(MAX_MATERIAL_CHARACTERS);
    expect(long).toMatch(/^Person: first é+\n\[…\]\né+ last$/);
  });
});

describe('What a flow wrote', () => {
  it('is kept as it is, but for what cannot be read or misleads', () => {
    expect(tidyFollowUp('\u202eDear\u0000 Ada,\r\n\r\n\r\n\r\n\tread <b>this</b>\u0007\n')).toBe('Dear Ada,\n\n\tread <b>this</b>');
    expect(tidyFollowUp(' \u0000\u200e\n ')).toBeNull();
  });

  it('has an end', () => {
    const kept = tidyFollowUp(`${'a'.repeat(MAX_FOLLOW_UP_CHARACTERS - 2)}😀😀`);
    expect(kept).toHaveLength(MAX_FOLLOW_UP_CHARACTERS);
    expect(kept?.endsWith('…')).toBe(true);
    expect(kept?.isWellFormed()).toBe(true);
  });
});
