/** One thing the interviewer says: what was handed to the person's player, and how much of it was heard. */
import type { Owed } from './live-state.ts';
import { PLAYBACK_REPORT_TIMEOUT_MS } from './turn-taking.ts';

export interface Utterance {
  number: number;
  /** The user turn it answers; 0 for the opening. */
  turn: number;
  /** What made it be said. */
  kind: Owed['kind'];
  /** Text in speaking order; `samples` at the downlink rate grow while the chunk is synthesized. */
  chunks: { text: string; samples: number }[];
  /** Nothing more will be added. */
  complete: boolean;
  /** The interviewer says goodbye with it. */
  closes: boolean;
  /** Playback is stopped, or audio withheld, because the person may be speaking. */
  held: boolean;
  /** When the first frame was handed to the socket; null until then. */
  firstFrameAtMs: number | null;
  /** The last thing known about playback: `playedSamples` at `atMs`, from a report or from the clock. */
  played: { samples: number; atMs: number };
  /** The stretch being played now: from which sample of the utterance, and where on the uplink clock it began. */
  stretch: { fromSample: number; uplinkSample: number; /** No report has placed it yet. */ estimated: boolean } | null;
  /** Where on the uplink clock it was first heard. */
  startSample: number | null;
}

export function newUtterance(number: number, turn: number, nowMs: number, kind: Owed['kind'] = 'answer'): Utterance {
  return {
    number,
    turn,
    kind,
    chunks: [],
    complete: false,
    closes: false,
    held: false,
    firstFrameAtMs: null,
    played: { samples: 0, atMs: nowMs },
    stretch: null,
    startSample: null,
  };
}

export function totalSamples(utterance: Utterance): number {
  return utterance.chunks.reduce((sum, chunk) => sum + chunk.samples, 0);
}

export function fullText(utterance: Utterance): string {
  return utterance.chunks.map((chunk) => chunk.text).join('').trim();
}

/** Samples played by now: by the latest report, or by a real-time clock when reports stay away. Never more than exist. */
export function playedSamples(utterance: Utterance, nowMs: number, downlinkRateHz: number): number {
  const { samples, atMs } = utterance.played;
  if (utterance.firstFrameAtMs === null) return 0;
  const silentMs = nowMs - atMs;
  const byClock = utterance.held || silentMs < PLAYBACK_REPORT_TIMEOUT_MS ? samples : samples + Math.floor((silentMs * downlinkRateHz) / 1000);
  return Math.min(totalSamples(utterance), byClock);
}

/** When to look again whether it was played to its end, in case no further report comes. */
export function playbackDeadlineMs(utterance: Utterance, downlinkRateHz: number): number | null {
  if (utterance.held || utterance.firstFrameAtMs === null || !utterance.complete) return null;
  const leftMs = ((totalSamples(utterance) - utterance.played.samples) / downlinkRateHz) * 1000;
  return utterance.played.atMs + Math.max(PLAYBACK_REPORT_TIMEOUT_MS, Math.ceil(leftMs)) + 1;
}

/**
 * Splits the text at what was heard. Inside a chunk, time is shared among its characters and a word counts when most of
 * it was played: exact at chunk borders, within about a word inside.
 */
export function splitHeard(utterance: Utterance, heardSamples: number): { heardText: string; unheardText: string } {
  let heard = '';
  let rest = '';
  let start = 0;
  for (const chunk of utterance.chunks) {
    const end = start + chunk.samples;
    if (rest === '' && heardSamples >= end) heard += chunk.text;
    else if (rest !== '' || heardSamples <= start) rest += chunk.text;
    else {
      const cut = wordBoundary(chunk.text, (heardSamples - start) / chunk.samples);
      heard += chunk.text.slice(0, cut);
      rest += chunk.text.slice(cut);
    }
    start = end;
  }
  return { heardText: heard.trim(), unheardText: rest.trim() };
}

/** Index in `text` after the last word of which more than half lies before `share` of the characters. */
function wordBoundary(text: string, share: number): number {
  const position = share * text.length;
  let cut = 0;
  for (const match of text.matchAll(/\S+\s*/g)) {
    const word = match[0].trimEnd().length;
    if (match.index + word / 2 > position) break;
    cut = match.index + match[0].length;
  }
  return cut;
}
