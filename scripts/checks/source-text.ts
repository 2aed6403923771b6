/** Source text without its comments, with every other character where it was, so that line numbers stay true. */
const TOKENS = /\/\*[^]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

/** Blanks comments. Strings and templates are kept; a `//` inside one is not a comment. */
export function withoutComments(text: string): string {
  return text.replace(TOKENS, (token) => (token.startsWith('/') ? token.replace(/[^\n]/g, ' ') : token));
}

/** Every string and template literal with its offset. */
export function stringLiterals(text: string): { value: string; offset: number }[] {
  return [...text.matchAll(TOKENS)].filter(([token]) => !token.startsWith('/')).map((match) => ({ value: match[0].slice(1, -1), offset: match.index }));
}

/** What a file imports (static, dynamic and re-exported), with offsets. */
export function importsOf(text: string): { specifier: string; offset: number }[] {
  const pattern = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(['"])([^'"\n]+)\1/g;
  return [...withoutComments(text).matchAll(pattern)].map((match) => ({ specifier: match[2] ?? '', offset: match.index }));
}
