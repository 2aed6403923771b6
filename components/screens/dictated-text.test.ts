import { expect, test } from 'vitest';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { PARAGRAPH_PAUSE_S, dictatedParagraphs, dictatedText } from './dictated-text.ts';

const caption = (itemId: string, text: string, startS: number, endS: number, final = true) => ({
  itemId, speaker: 'user', text, final, startSample: startS * UPLINK_SAMPLE_RATE_HZ, endSample: endS * UPLINK_SAMPLE_RATE_HZ,
});

test('a short pause goes on in the paragraph, a long one starts the next', () => {
  const captions = [caption('a', 'Dear Charles,', 0, 2), caption('b', 'I have read it.', 3, 5), caption('c', 'Yours, Ada', 5 + PARAGRAPH_PAUSE_S, 9)];
  expect(dictatedText(captions)).toBe('Dear Charles, I have read it.\n\nYours, Ada');
});

test('provisional words are shown apart and never copied', () => {
  const captions = [caption('a', 'Dear Charles,', 0, 2), caption('b', 'I have', 2.5, 3, false)];
  expect(dictatedParagraphs(captions)).toEqual([{ key: 'a', text: 'Dear Charles,', provisional: 'I have' }]);
  expect(dictatedText(captions)).toBe('Dear Charles,');
  expect(dictatedText([caption('b', 'I have', 2.5, 3, false), caption('c', ' ', 4, 5)])).toBe('');
});
