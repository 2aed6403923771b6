/** Turns written text into what a plain English voice can say, in pieces of at most a few sentences' length. */

/** About 25 s of speech; longer sentences are split at commas, then at spaces. */
export const MAX_PIECE_CHARACTERS = 300;

/** Markup, symbols and letters the voice has no sound for are taken out or spelled; numbers are left as they are. */
export function speakableText(text: string): string {
  return text
    .replace(/```[\s\S]*?(```|$)/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/https?:\/\/\S+/g, 'the link')
    .replace(/^[ \t]*(?:[-*+•]|#{1,6}|>)[ \t]+/gm, '')
    .replace(/([*_`~]+)(?=\S)|(?<=\S)([*_`~]+)/g, '')
    .replace(/[‘’‛′]/g, "'")
    .replace(/[“”„«»"]/g, '')
    .replace(/\s*(?:…|\.{3,})\s*/g, ', ')
    .replace(/\s*[—–]\s*/g, ', ')
    .replace(/&/g, ' and ')
    .normalize('NFKD')
    .replace(/[^\x20-\x7e\n]/g, '')
    .replace(/[<>{}[\]|\\^]/g, ' ')
    .replace(/\n{2,}/g, '. ')
    .replace(/\s+/g, ' ')
    .replace(/(?:,\s*)+([,.!?;:])/g, '$1')
    .replace(/([.!?])(?:\s*\.)+/g, '$1')
    .replace(/^[\s,.;:]+/, '')
    .trim();
}

/** Sentences of a speakable text, each at most MAX_PIECE_CHARACTERS long. Text without a letter or digit gives none. */
export function speakablePieces(text: string): string[] {
  const sentences = speakableText(text).split(/(?<=[.!?])\s+(?=[A-Z0-9'(])/);
  return sentences.flatMap((sentence) => splitLong(sentence, MAX_PIECE_CHARACTERS)).filter((piece) => /[a-z0-9]/i.test(piece));
}

function splitLong(sentence: string, maxCharacters: number): string[] {
  const pieces: string[] = [];
  let rest = sentence;
  while (rest.length > maxCharacters) {
    const head = rest.slice(0, maxCharacters);
    const comma = Math.max(head.lastIndexOf(', '), head.lastIndexOf('; '), head.lastIndexOf(': '));
    const cut = comma > maxCharacters / 3 ? comma + 1 : head.lastIndexOf(' ') > 0 ? head.lastIndexOf(' ') : maxCharacters;
    pieces.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  if (rest) pieces.push(rest);
  return pieces;
}
