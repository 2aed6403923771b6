/** The vocabulary of the tokenizer package (a development dependency); its types leave the table out. */
export async function llamaVocabulary(): Promise<readonly string[]> {
  const { default: tokenizer } = await import('llama-tokenizer-js');
  return (tokenizer as unknown as { vocabById: string[] }).vocabById;
}
