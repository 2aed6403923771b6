import { expect, test } from 'vitest';
import type { TranscriptItem } from '../../session/session.ts';
import { transcriptBlocks } from './blocks.ts';
import { markdownOf } from './markdown.ts';
import { plainTextOf } from './plain-text.ts';

const item = (text: string, startMs: number): TranscriptItem => ({ itemId: text, revision: 1, speaker: 'S1', text, startMs, endMs: startMs + 1_000, startSample: startMs * 16, endSample: startMs * 16 + 16_000 });
const document = { session: { title: 'T', startedAt: null, createdAt: '2026-05-04T10:00:00.000Z', durationMs: 0 }, names: { S1: 'Ada' }, personName: null };

test('a meeting on paper says at its place what is missing, and nothing where nothing is', () => {
  const items = [item('Before.', 0), item(' ', 1_500), item('After.', 60_000)];
  const blocks = transcriptBlocks(items, [{ startMs: 30_000, endMs: 30_000, missingMs: 40_000, reason: 'stream_away' }], document);
  expect(markdownOf(blocks)).toBe('## Transcript\n\n**Ada** · 0:00\n\nBefore.\n\n*0:30 · 40 s missing here: the stream had stopped.*\n\n**Ada** · 1:00\n\nAfter.\n');
  expect(plainTextOf(blocks)).toBe('TRANSCRIPT\n\n[Ada, 0:00] Before.\n\n[0:30: 40 s missing here: the stream had stopped]\n\n[Ada, 1:00] After.\n');
  expect(markdownOf(transcriptBlocks(items, [], document))).not.toContain('missing');
});
