/**
 * What counts as a word when transcripts are compared. Both sides pass through here, and nothing else is forgiven:
 * numbers are not spelled out, contractions and spellings are not unified, fillers are kept.
 */

/**
 * Lower case, without punctuation. Marks in angle or square brackets, such as `<unk>` or `[laughter]`, are no words.
 * An apostrophe inside a word stays ("don't"); a hyphen parts words. Scripts without spaces give one word per run of letters.
 */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFC').toLowerCase().replace(/<[^<>]*>|\[[^[\]]*\]/g, ' ').replace(/[’ʼ]/g, "'");
  return plain.match(/[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}\p{N}]+)*/gu) ?? [];
}
