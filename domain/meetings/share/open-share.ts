import { SpoolError } from '../../errors.ts';
import { sha256Hex } from '../../hash.ts';
import { isOpen } from '../../session/session-status.ts';
import { speakerName } from '../../session/speaker-names.ts';
import { chunkOf, coverageOf, gapOf } from '../coverage.ts';
import { missingOf } from '../notes/missing.ts';
import { shownNames } from '../speakers/shown-names.ts';
import { transcriptGapsOf } from '../transcript-gaps.ts';
import type { ShareRepository } from './ports.ts';
import type { SharedMeeting } from './share.ts';

/** `newSecret` gives 43 characters; whatever is no such text is nobody's secret. */
const SECRET = /^[\w-]{43}$/;

/** What the holder of a link may read. An unknown, an expired and a revoked link are told apart by nobody. @throws SpoolError `share.not_valid` */
export async function openShare({ ctx, input }: { ctx: { shares: Pick<ShareRepository, 'open'> }; input: { secret: string } }): Promise<SharedMeeting> {
  const opened = SECRET.test(input.secret) ? await ctx.shares.open(await sha256Hex(input.secret)) : null;
  if (!opened) throw new SpoolError('share.not_valid');
  const { session, items, speakers, notes, chunks, gaps, expiresAtMs } = opened;
  const names = shownNames(speakers);
  const over = !isOpen(session.status);
  const missed = gaps.map(gapOf);
  const coverage = coverageOf({ chunks, gaps, capturedSamples: 0, ended: over, awayMs: 0 });
  return {
    title: session.title,
    heldAt: session.startedAt ?? session.createdAt,
    durationMs: session.durationMs,
    expiresAt: new Date(expiresAtMs).toISOString(),
    over,
    missing: missingOf({ coverage, gaps: missed }).words,
    gaps: transcriptGapsOf({ chunks: chunks.map(chunkOf), gaps: missed }),
    notes,
    items: items
      .filter(({ text }) => text.trim() !== '')
      .map(({ itemId, speaker, text, startMs, endMs }) => ({ itemId, speaker, name: speakerName(speaker, names, null), text, startMs, endMs })),
  };
}
