/** What a person takes along as data: a session, or the profile. Pure. */
import type { Interest } from '#domain/interests/interest.ts';
import type { Profile } from '#domain/interests/ports.ts';
import type { Session, TranscriptItem } from '#domain/session/session.ts';
import { clockTime } from '#domain/session/times.ts';
import { groupByCategory } from './interest-evidence.ts';
import { SENTIMENT_WORDS, categoryName, topicTitle } from './words.ts';

/** As indented JSON with a line break at its end. */
export function jsonFile(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A session's words with their times, and what was understood from them. */
export function sessionData(session: Session, items: TranscriptItem[], interests: Interest[]): string {
  return jsonFile({ session, items, interests });
}

/** The profile to be read: by category, each interest with the words it relies on and when they were said. */
export function profileMarkdown({ interests, updatedAt }: Profile): string {
  const lines = ['# Profile', ''];
  if (updatedAt) lines.push(`Last changed: ${dayOf(updatedAt)}`, '');
  if (interests.length === 0) lines.push('Nothing is known yet.', '');
  for (const { category, interests: members } of groupByCategory(interests)) {
    lines.push(`## ${plain(categoryName(category))}`, '');
    for (const { topic, sentiment, status, evidence } of members) {
      lines.push(`### ${plain(topicTitle(topic))}`, '', `${SENTIMENT_WORDS[sentiment]}${status === 'confirmed' ? ' · confirmed' : ''}`, '');
      for (const { quote, saidAt, startMs, sessionId } of evidence) lines.push(`- “${plain(quote)}” (${dayOf(saidAt)}, at ${clockTime(startMs)}, session ${sessionId})`);
      lines.push('');
    }
  }
  return lines.join('\n');
}

/** `2026-05-03`, in UTC like every time the API gives. */
function dayOf(instant: string): string {
  return instant.slice(0, 10);
}
/** Words that Markdown would take for marks or HTML; on one line. */
function plain(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().replace(/[\\`*_[\]<>|~&#]/g, '\\$&');
}
