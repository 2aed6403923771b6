import { isFinished, isOpen } from '../session/session-status.ts';
import { findMeeting } from './context.ts';
import type { MeetingContext } from './context.ts';
import { chunkOf, coverageOf, gapOf } from './coverage.ts';
import type { StoredMeeting } from './ports.ts';
import type { Meeting } from './schema.ts';

/** How much of a meeting is there, and what its stream is doing. @throws SpoolError `session.not_found` */
export async function getMeeting({ ctx, input }: { ctx: MeetingContext; input: { sessionId: string } }): Promise<Meeting> {
  const { meeting } = await findMeeting(ctx, input.sessionId);
  return viewOf(ctx, meeting);
}

/** What its owner sees of a meeting that was looked up already. */
export async function viewOf(ctx: MeetingContext, meeting: StoredMeeting): Promise<Meeting> {
  const { session, chunks, gaps, awaySinceMs } = meeting;
  const open = isOpen(session.status);
  const capturedSamples = isFinished(session.status) ? 0 : await ctx.audio.durableThrough(session.id);
  return {
    sessionId: session.id,
    source: meeting.source,
    stream: meeting.source === 'rtmp' || meeting.source === 'rtms' ? streamOf(ctx, meeting, open) : null,
    coverage: coverageOf({ chunks, gaps, capturedSamples, ended: !open, awayMs: open && awaySinceMs !== null ? Math.max(0, Math.round(ctx.clock.nowMs() - awaySinceMs)) : 0 }),
    chunks: chunks.map(chunkOf),
    gaps: gaps.map(gapOf),
    voicedChunks: meeting.voicedChunks,
    notesVersion: meeting.notesVersion,
  };
}

function streamOf(ctx: MeetingContext, { awaySinceMs, streamed }: StoredMeeting, open: boolean): NonNullable<Meeting['stream']> {
  if (!open) return { state: 'over', awaySince: null, closesAt: null };
  if (awaySinceMs === null) return { state: streamed ? 'here' : 'awaited', awaySince: null, closesAt: null };
  return { state: 'away', awaySince: new Date(awaySinceMs).toISOString(), closesAt: new Date(awaySinceMs + ctx.streamGraceMs).toISOString() };
}
