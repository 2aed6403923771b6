import { expect, test } from 'vitest';
import type { Profile } from '#domain/interests/ports.ts';
import { profileMarkdown } from './session-file.ts';

const evidence = { sessionId: 's-1', interestId: 'i-1', itemId: 'a', quote: 'I love *the*\nstars <3', startMs: 65_000, endMs: 67_000, saidAt: '2026-05-03T10:00:00.000Z' };

test('the profile as Markdown has every claim with its words, and nothing a person said becomes a mark', () => {
  const profile: Profile = {
    summary: null,
    updatedAt: '2026-05-04T10:00:00.000Z',
    interests: [
      { topic: 'astronomy', category: 'science', sentiment: 'positive', confidence: 0.9, status: 'confirmed', evidence: [evidence] },
      { topic: 'c#', category: 'programming', sentiment: 'negative', confidence: 0.5, status: 'detected', evidence: [{ ...evidence, quote: 'not for me' }] },
    ],
  };
  expect(profileMarkdown(profile).split('\n').filter(Boolean)).toEqual([
    '# Profile',
    'Last changed: 2026-05-04',
    expect.stringMatching(/^## /),
    expect.stringMatching(/^### /),
    expect.any(String),
    expect.stringMatching(/^- “/),
    expect.stringMatching(/^## /),
    expect.stringMatching(/^### /),
    expect.any(String),
    expect.stringMatching(/^- “/),
  ]);
  expect(profileMarkdown(profile)).toContain('### Astronomy\n\nYou like it · confirmed\n\n- “I love \\*the\\* stars \\<3” (2026-05-03, at 1:05, session s-1)\n');
  expect(profileMarkdown(profile)).toContain('### C\\#\n\nNot for you\n');
});

test('an empty profile says so', () => {
  expect(profileMarkdown({ interests: [], summary: null, updatedAt: null })).toBe('# Profile\n\nNothing is known yet.\n');
});
