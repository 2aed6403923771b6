/** The words the screens share: kinds, statuses, times. Pure functions of values the API gives. */
import { CATEGORIES } from '#domain/interests/categories.ts';
import type { Sentiment } from '#domain/interests/interest.ts';
import type { SessionKind } from '#domain/session/session.ts';
import type { SessionStatus } from '#domain/stream/protocol.ts';

export const KIND_WORDS: Record<SessionKind, string> = { onboarding: 'Interview', dictation: 'Dictation', code: 'Code interview', meeting: 'Meeting' };

/** What a person can start here today. */
export const STARTABLE_KINDS = ['onboarding', 'code', 'meeting', 'dictation'] as const;
export type StartableKind = (typeof STARTABLE_KINDS)[number];

export function asStartableKind(text: string | null | undefined): StartableKind | null {
  return STARTABLE_KINDS.find((kind) => kind === text) ?? null;
}

export type Tone = 'calm' | 'good' | 'warn' | 'bad';
export const STATUS_WORDS: Record<SessionStatus, { label: string; tone: Tone }> = {
  created: { label: 'Not started', tone: 'calm' },
  live: { label: 'Under way', tone: 'good' },
  paused: { label: 'Paused', tone: 'calm' },
  processing: { label: 'Being finished', tone: 'calm' },
  completed: { label: 'Complete', tone: 'calm' },
  partial: { label: 'Incomplete', tone: 'warn' },
  failed: { label: 'Failed', tone: 'bad' },
};

/** How the reader feels about a topic. */
export const SENTIMENT_WORDS: Record<Sentiment, string> = { positive: 'You like it', mixed: 'Mixed feelings', negative: 'Not for you' };

/** The same, where the page may be about an invented person. */
export function sentimentWords(sentiment: Sentiment, invented: string | null): string {
  if (invented === null || sentiment === 'mixed') return SENTIMENT_WORDS[sentiment];
  return sentiment === 'positive' ? `${invented} likes it` : `Not for ${invented}`;
}

/** A category's name; one this page does not know is shown as it came. */
export function categoryName(id: string): string {
  return CATEGORIES.find((category) => category.id === id)?.name ?? id;
}

/** A topic as a title: `machine learning` → `Machine learning`. Topics are stored in lower case. */
export function topicTitle(topic: string): string {
  return topic.charAt(0).toLocaleUpperCase() + topic.slice(1);
}

/** How often it was said: `Said once`, `Said 3 times`. */
export function saidWords(times: number): string {
  return times <= 1 ? 'Said once' : `Said ${times} times`;
}

export interface CommandWords {
  done: string;
  /** What takes it back, and what its button says; null: there is nothing to take back. */
  back: { action: 'undo' | 'resume'; label: string } | null;
}
const UNDO = { action: 'undo', label: 'Undo' } as const;
const COMMAND_WORDS: Record<string, CommandWords> = {
  skip: { done: 'Skipped.', back: UNDO },
  end: { done: 'Coming to an end.', back: UNDO },
  pause: { done: 'Paused.', back: { action: 'resume', label: 'Go on' } },
  repeat: { done: 'Here it is again.', back: null },
  undo: { done: 'Taken back.', back: null },
  resume: { done: 'Going on.', back: null },
  slower: { done: 'Speaking more slowly.', back: UNDO },
  run: { done: 'Running your code.', back: null },
  'run-tests': { done: 'Running the tests.', back: null },
  hint: { done: 'A hint is coming.', back: null },
  'read-problem': { done: 'Here is the problem.', back: null },
  'time-left': { done: 'Looking at the clock.', back: null },
  'next-problem': { done: 'Another problem?', back: null },
};

/** A spoken command as it is shown when understood; the set is open, so an unknown one is quoted. */
export function commandWords(command: string, text: string): CommandWords {
  return Object.hasOwn(COMMAND_WORDS, command) ? COMMAND_WORDS[command]! : { done: `Understood: “${text}”`, back: null };
}

/** Who said a line. In meetings `S1`… are voices, `S0` is nobody in particular. */
export function speakerWords(speaker: string, invented: string | null = null): string {
  return speaker === 'user' ? (invented ?? 'You') : speaker === 'agent' ? 'Interviewer' : speaker === 'S0' ? 'Somebody' : speaker.replace(/^S(\d+)$/, 'Speaker $1');
}

/** A length as one would say it: `40 seconds`, `12 minutes`, `1 hour 5 minutes`. */
export function spokenLength(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return count(seconds, 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return count(minutes, 'minute');
  const rest = minutes % 60;
  return `${count(Math.floor(minutes / 60), 'hour')}${rest ? ` ${count(rest, 'minute')}` : ''}`;
}
function count(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}

/** When something happened, as seen at `nowMs`: `Today, 14:05`, `Yesterday, 9:30`, `3 May 2026, 9:30` in the reader's locale. */
export function whenWords(instant: string, nowMs: number, locale?: string): string {
  const at = new Date(instant);
  const time = at.toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit' });
  const dayOf = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  // 12 hours of slack absorb the day a clock change makes shorter or longer.
  const daysAgo = Math.floor((dayOf(new Date(nowMs)) - dayOf(at) + 43_200_000) / 86_400_000);
  if (daysAgo === 0) return `Today, ${time}`;
  if (daysAgo === 1) return `Yesterday, ${time}`;
  return `${at.toLocaleDateString(locale, { day: 'numeric', month: 'long', year: 'numeric' })}, ${time}`;
}

/** What stands for a session without a title of its own. */
export function titleOf(session: { title: string; kind: SessionKind }): string {
  return session.title.trim() || KIND_WORDS[session.kind];
}
