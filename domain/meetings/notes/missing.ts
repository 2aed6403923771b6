/** What notes cannot tell of, because it is not in the transcript. */
import type { Coverage, MeetingGap } from '../schema.ts';
import { clockTime, timeParts } from '../../session/times.ts';
import type { Missing } from './schema.ts';

/** Gaps that are named one by one; more are counted. */
const MAX_NAMED_GAPS = 5;
/** Less suppressed voice than this is noise, not a part of the meeting. */
export const MIN_SUPPRESSED_MS = 1_000;

/** In ms, and in words for a person; `words` null: nothing is missing. */
export function missingOf({ coverage, gaps }: { coverage: Coverage; gaps: readonly MeetingGap[] }): Missing {
  const { missingMs, failedMs, waitingMs, suppressedMs } = coverage;
  return { missingMs, failedMs, waitingMs, suppressedMs, words: wordsFor(coverage, gaps) };
}

function wordsFor({ missingMs, failedMs, waitingMs, suppressedMs }: Coverage, gaps: readonly MeetingGap[]): string | null {
  const sentences = [
    missingMs > 0 && `${spoken(missingMs)} of the meeting ${isAre(missingMs)} missing${whereMissing(gaps)}.`,
    failedMs > 0 && `${spoken(failedMs)} could not be transcribed; where words were written while the meeting went on, those stand in.`,
    waitingMs > 0 && `${spoken(waitingMs)} ${isAre(waitingMs)} not transcribed yet; these notes are made again when ${waitingMs >= 1_500 ? 'they are' : 'it is'}.`,
    suppressedMs >= MIN_SUPPRESSED_MS && `The words written for ${spoken(suppressedMs)} of voice were held back, because nobody seems to have said them.`,
  ].filter((sentence) => sentence !== false);
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** Rounded as in the bar of the meeting's page, but nothing that is missing is called nothing. */
function spoken(ms: number): string {
  const { hours, minutes, seconds } = timeParts(Math.max(1, Math.round(ms / 1_000)) * 1_000);
  return [hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`, seconds > 0 && `${seconds} s`].filter(Boolean).join(' ');
}
const isAre = (ms: number) => (ms >= 1_500 ? 'are' : 'is');

function whereMissing(gaps: readonly MeetingGap[]): string {
  if (gaps.length === 0) return '';
  const named = gaps.slice(0, MAX_NAMED_GAPS).map(({ atMs, reason }) => ({ at: clockTime(atMs), reason }));
  const rest = gaps.length - named.length;
  const ways = [
    ['the stream was away', named.filter(({ reason }) => reason === 'stream_away')],
    ['taking it in failed', named.filter(({ reason }) => reason === 'ingest_failed')],
    ['the file is damaged from there on, and could not be read,', named.filter(({ reason }) => reason === 'file_damaged')],
  ] as const;
  const told = ways.filter(([, at]) => at.length > 0).map(([what, at]) => `${what} at ${listed(at.map((each) => each.at))}`);
  return `: ${told.join('; ')}${rest > 0 ? ` and ${rest} ${rest === 1 ? 'time' : 'times'} more` : ''}`;
}

function listed(texts: string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}
