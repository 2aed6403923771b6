/** What a house rule found: where, and what to do instead. */
export interface Finding {
  /** Path from the repository's root, with the line where it is known. */
  where: string;
  /** What is wrong and what to do instead. */
  message: string;
}

/** A source file as the rules see it. */
export interface SourceFile {
  /** Path from the repository's root, with forward slashes. */
  path: string;
  text: string;
}

/** Line number, from 1, of an offset in a text. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
