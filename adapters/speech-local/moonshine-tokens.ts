/**
 * Moonshine's vocabulary in the form its recognizer reads: one line per id, `base64(token bytes)<TAB>id`.
 * The tokens are those of Llama's tokenizer (ids 0…31,999); 0…2 and everything above are never printed.
 */

/** Size of the model's output layer. */
export const MOONSHINE_VOCABULARY_SIZE = 32_768;
const FIRST_PRINTED_ID = 3;

/** `vocabulary[id]` as the tokenizer package lists it: `▁` stands for a space, `<0xE2>` for that byte. */
export function moonshineTokensText(vocabulary: readonly string[]): string {
  const lines: string[] = [];
  for (let id = 0; id < MOONSHINE_VOCABULARY_SIZE; id++) {
    const bytes = id < FIRST_PRINTED_ID || id >= vocabulary.length ? Buffer.from(`<special_${id}>`) : tokenBytes(vocabulary[id]!);
    lines.push(`${bytes.toString('base64')}\t${id}`);
  }
  return `${lines.join('\n')}\n`;
}

function tokenBytes(token: string): Buffer {
  const byte = /^<0x([0-9A-F]{2})>$/.exec(token)?.[1];
  return byte ? Buffer.of(Number.parseInt(byte, 16)) : Buffer.from(token.replaceAll('▁', ' '));
}
