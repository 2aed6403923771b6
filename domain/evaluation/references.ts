/** What is known of a recording: the formats references come in. Problems name the line, never the words in it. */
import { z } from 'zod';
import type { SpeakerTurn } from './diarization-errors.ts';

export interface Utterance {
  /** Null where the reference does not say who speaks. */
  speaker: string | null;
  startMs: number;
  endMs: number;
  text: string;
}

export interface Span {
  startMs: number;
  endMs: number;
}

/** In a transcript of the format STM, a stretch that is not scored. */
const STM_IGNORED = /^ignore_time_segment_in_scoring$/i;

/** Writers of exact times put them in strings. */
const seconds = z.union([z.number(), z.string().regex(/^\d+(\.\d+)?$/).transform(Number)]);
const segment = z.object({
  session_id: z.union([z.string(), z.number()]).optional(),
  speaker: z.union([z.string(), z.number()]).nullish(),
  start_time: seconds,
  end_time: seconds,
  words: z.string(),
});

/**
 * SegLST (meeteval): a JSON array of segments with times in seconds. A file may hold several sessions; those of `name` count.
 * @throws RangeError that says which segment is wrong and how
 */
export function parseSegLst(text: string, name: string): Utterance[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new RangeError('It is not JSON.', { cause: error });
  }
  if (!Array.isArray(parsed)) throw new RangeError('It is not SegLST: expected an array of {session_id, speaker, start_time, end_time, words}.');
  const rows = parsed.map((each, index) => {
    const found = segment.safeParse(each);
    const issue = found.error?.issues[0];
    if (!found.success) throw new RangeError(`Segment ${index + 1}: ${issue?.path.join('.') || 'the segment'} is missing or not as it should be.`);
    const { session_id: session, speaker, start_time: start, end_time: end, words } = found.data;
    return { session: String(session ?? name), speaker: speaker == null ? null : String(speaker), ...span(start, end, `Segment ${index + 1}`), text: words };
  });
  return ofSession(rows, name).map(({ session: _session, ...utterance }) => utterance);
}

/** STM (NIST sclite): `file channel speaker begin end [<label>] words`, times in seconds, comments begin with `;;`. */
export function parseStm(text: string, name: string): { utterances: Utterance[]; ignored: Span[] } {
  const rows = linesOf(text, ';;').map(({ line, number }) => {
    const fields = /^(\S+)\s+\S+\s+(\S+)\s+(\S+)\s+(\S+)(?:\s+(.*))?$/.exec(line);
    if (!fields) throw new RangeError(`Line ${number}: expected "file channel speaker begin end words".`);
    const [, session = '', speaker = '', start = '', end = '', rest = ''] = fields;
    return { session, speaker, ...span(Number(start), Number(end), `Line ${number}`), text: rest.replace(/^<[^>]*>\s*/, '').trim() };
  });
  const own = ofSession(rows, name);
  return {
    utterances: own.filter((row) => !STM_IGNORED.test(row.text)).map(({ session: _session, ...utterance }) => utterance),
    ignored: own.filter((row) => STM_IGNORED.test(row.text)).map(({ startMs, endMs }) => ({ startMs, endMs })),
  };
}

/** RTTM (NIST): `SPEAKER file channel onset duration <NA> <NA> name …`, times in seconds. Other kinds of lines are skipped. */
export function parseRttm(text: string, name: string): SpeakerTurn[] {
  const rows = linesOf(text, ';;').flatMap(({ line, number }) => {
    const fields = line.split(/\s+/);
    if (fields[0] !== 'SPEAKER') return [];
    const [, session, , onset = '', duration = '', , , speaker] = fields;
    if (session === undefined || speaker === undefined) throw new RangeError(`Line ${number}: expected "SPEAKER file channel onset duration <NA> <NA> name".`);
    return [{ session, speaker, ...span(Number(onset), Number(onset) + Number(duration), `Line ${number}`) }];
  });
  return ofSession(rows, name).map(({ session: _session, ...turn }) => turn);
}

function linesOf(text: string, comment: string): { line: string; number: number }[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/).map((line, index) => ({ line: line.trim(), number: index + 1 }));
  return lines.filter(({ line }) => line !== '' && !line.startsWith(comment));
}

/** Seconds as milliseconds, whole microseconds: 0.1 s + 0.2 s are 300 ms. */
function span(startS: number, endS: number, where: string): Span {
  if (!Number.isFinite(startS) || !Number.isFinite(endS)) throw new RangeError(`${where}: a time is not a number.`);
  const [startMs, endMs] = [startS, endS].map((time) => Math.round(time * 1e6) / 1e3) as [number, number];
  if (startMs < 0 || endMs < startMs) throw new RangeError(`${where}: it ends before it begins, or begins before the recording.`);
  return { startMs, endMs };
}

/** Lines of the recording `name`; a file that knows one recording alone is about it, whatever it calls it. */
function ofSession<Row extends { session: string }>(rows: Row[], name: string): Row[] {
  const sessions = new Set(rows.map(({ session }) => session));
  if (sessions.size <= 1) return rows;
  if (!sessions.has(name)) throw new RangeError(`It is about ${sessions.size} recordings, and none of them is called like this file.`);
  return rows.filter(({ session }) => session === name);
}
