/** The words of the meetings' screens: how much is there, what is wrong, why something failed. Pure. */
import { ERRORS, type ErrorCode } from '#domain/errors.ts';
import type { Coverage, Meeting } from '#domain/meetings/schema.ts';
import { speakerName, type SpeakerNames } from '#domain/session/speaker-names.ts';
import { isFinished } from '#domain/session/session-status.ts';
import { shortLength } from '#domain/session/times.ts';
import type { SessionStatus } from '#domain/stream/protocol.ts';
import type { SpeakerList } from '#components/api/meeting-calls.ts';
import type { Tone } from '#components/screens/words.ts';

/** Of everything that was to be heard, how much has its words, in %. 100 only when nothing is left. */
export function transcribedPercent({ capturedMs, transcribedMs, missingMs }: Coverage): number {
  const all = capturedMs + missingMs;
  if (all === 0) return 0;
  return transcribedMs >= all ? 100 : Math.min(99, Math.floor((100 * transcribedMs) / all));
}

/** `98 % transcribed, 4 min missing`. Null: nothing was captured. */
export function completenessWords(coverage: Coverage): string | null {
  const { capturedMs, missingMs, failedMs, waitingMs } = coverage;
  if (capturedMs + missingMs === 0) return null;
  const rest = [
    missingMs > 0 && `${shortLength(missingMs)} missing`,
    failedMs > 0 && `${shortLength(failedMs)} failed`,
    waitingMs > 0 && `${shortLength(waitingMs)} waiting`,
  ].filter((part) => part !== false);
  return [rest.length === 0 ? 'All transcribed' : `${transcribedPercent(coverage)} % transcribed`, ...rest].join(', ');
}

/** What voices are called, by voice; a joined voice without a name is called like the one it was joined to. */
export function namesOf({ speakers }: SpeakerList): SpeakerNames {
  const names: Record<string, string> = {};
  for (const { speaker, shownAs, mergedInto } of speakers) {
    const name = shownAs ?? (mergedInto ? speakerName(mergedInto, names, null) : null);
    if (name) names[speaker] = name;
  }
  return names;
}

/** Null: nobody could tell whose voice it is. */
export function voiceName(speaker: string, names: SpeakerNames): string | null {
  return speaker === 'user' ? null : speakerName(speaker, names, null);
}

export interface MeetingNotice {
  id: string;
  tone: Tone;
  title: string;
  text: string;
}
/** Less lag than this is the way things are: a chunk has 30 s, and is transcribed once the next few seconds are there. */
export const LAG_WORTH_SAYING_MS = 90_000;

/**
 * What is wrong with a meeting that is under way, the most pressing first. `behindMs`: for how long the page has not
 * heard from the server; `engineFailing`: the newest chunks fail.
 */
export function liveTroubles(meeting: Meeting, nowMs: number, upToDate: boolean): MeetingNotice[] {
  const troubles: MeetingNotice[] = [];
  const { stream, coverage } = meeting;
  if (!upToDate) troubles.push({ id: 'behind', tone: 'warn', title: 'Spool does not answer', text: 'This page shows what it last knew and tries again. The meeting goes on meanwhile, and nothing of it is lost.' });
  if (stream?.state === 'away' && stream.awaySince) {
    const awayMs = nowMs - Date.parse(stream.awaySince);
    const leftMs = stream.closesAt ? Date.parse(stream.closesAt) - nowMs : 0;
    troubles.push({
      id: 'stream-away',
      tone: 'warn',
      title: `The stream stopped ${shortLength(Math.max(1_000, awayMs))} ago.`,
      text: leftMs > 0 ? `Spool waits ${shortLength(leftMs)} more before it closes the meeting. Start streaming again to the same address and key to go on.` : 'The meeting is being closed. What arrived is kept.',
    });
  }
  const engine = engineTrouble(meeting);
  if (engine) troubles.push(engine);
  else if (coverage.lagMs >= LAG_WORTH_SAYING_MS) troubles.push({ id: 'lag', tone: 'warn', title: `Transcription is ${shortLength(coverage.lagMs)} behind`, text: 'Nothing is lost: every sound is stored, and the words follow.' });
  return troubles;
}

/** The newest chunks that were tried failed, or fail again and again. */
function engineTrouble({ chunks }: Meeting): MeetingNotice | null {
  const tried = chunks.filter(({ state, attempts, failure }) => state === 'transcribed' || state === 'failed' || (attempts > 1 && failure !== null));
  const newest = tried.at(-1);
  if (!newest || newest.state === 'transcribed') return null;
  return newest.state === 'failed'
    ? { id: 'engine', tone: 'bad', title: 'Parts of the meeting could not be transcribed', text: `${failureWords(newest.failure)} The sound is stored: you can have these parts tried again after the meeting.` }
    : { id: 'engine', tone: 'warn', title: 'The speech engine does not answer', text: 'Words will follow: every sound is stored and is tried again by itself.' };
}

/** Why a chunk failed. */
export function failureWords(code: string | null): string {
  switch (code) {
    case null:
      return 'Why is not known.';
    case 'engine.timeout':
      return 'The speech engine took too long.';
    case 'engine.failed':
      return 'The speech engine failed.';
    case 'engine.busy':
      return 'The speech engine was busy.';
    default:
      return Object.hasOwn(ERRORS, code) ? `${ERRORS[code as ErrorCode].title}.` : 'The speech engine failed.';
  }
}

const REASONS: Record<string, string> = {
  no_voice: 'Nobody was talking there',
  no_speech: 'Nobody was talking there',
  repetition: 'It repeats itself, as engines do when they get stuck',
  loop: 'It repeats itself, as engines do when they get stuck',
  phantom_phrase: 'A phrase engines like to make up in silence',
  low_confidence: 'The engine itself was not sure of it',
  compression: 'It repeats itself, as engines do when they get stuck',
};
/** Why words were held back; the set is open. */
export function suppressedReason(reason: string): string {
  return Object.hasOwn(REASONS, reason) ? REASONS[reason]! : `Held back: ${reason.replaceAll('_', ' ')}`;
}

/** What a finished meeting lacks, in one sentence; null: nothing. */
export function lackWords({ missingMs, failedMs, waitingMs }: Coverage): string | null {
  const parts = [
    missingMs > 0 && `${shortLength(missingMs)} never arrived, because the stream was away`,
    failedMs > 0 && `${shortLength(failedMs)} could not be transcribed well`,
    waitingMs > 0 && `${shortLength(waitingMs)} ${waitingMs >= 1_500 ? 'are' : 'is'} still being transcribed`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? null : `${parts.join('; ')}.`.replace(/^./, (first) => first.toUpperCase());
}

/** How long the rest takes, from what was done since the page looked first. Null: cannot be told yet. */
export function timeLeftMs(first: { doneMs: number; atMs: number } | null, now: { doneMs: number; leftMs: number; atMs: number }): number | null {
  if (!first || now.leftMs === 0) return null;
  const did = now.doneMs - first.doneMs;
  const tookMs = now.atMs - first.atMs;
  return did <= 0 || tookMs < 3_000 ? null : Math.round((now.leftMs * tookMs) / did);
}

/** True: nothing will change by itself any more. */
export function isSettled(status: SessionStatus, meeting: Meeting): boolean {
  return isFinished(status) && meeting.coverage.waitingMs === 0 && meeting.coverage.chunks.waiting === 0;
}
