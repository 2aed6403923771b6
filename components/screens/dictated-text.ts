/** Dictated captions as running text. */
import type { Caption } from '#components/live-session/live-session-types.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';

/** A silence this long starts a paragraph, as one would on paper. */
export const PARAGRAPH_PAUSE_S = 2.5;

export interface Paragraph {
  key: string;
  /** Finished words. */
  text: string;
  /** Words that may still change. */
  provisional: string;
}

/** Joins captions into paragraphs at long silences. Provisional words stand at the end of theirs. */
export function dictatedParagraphs(captions: Caption[]): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let lastEnd: number | null = null;
  for (const { itemId, text, final, startSample, endSample } of captions) {
    const words = text.trim();
    if (!words) continue;
    const open = paragraphs.at(-1);
    const joins = open && lastEnd !== null && startSample - lastEnd < PARAGRAPH_PAUSE_S * UPLINK_SAMPLE_RATE_HZ;
    const paragraph = joins ? open : { key: itemId, text: '', provisional: '' };
    if (!joins) paragraphs.push(paragraph);
    if (final) paragraph.text = [paragraph.text, words].filter(Boolean).join(' ');
    else paragraph.provisional = [paragraph.provisional, words].filter(Boolean).join(' ');
    lastEnd = endSample ?? startSample;
  }
  return paragraphs;
}

/** What copy and download give: finished words only, a blank line between paragraphs. */
export function dictatedText(captions: Caption[]): string {
  return dictatedParagraphs(captions)
    .map(({ text }) => text)
    .filter(Boolean)
    .join('\n\n');
}
