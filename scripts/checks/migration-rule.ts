/**
 * Migrations run before new code and beside the old: what they take away must be unused by then. A statement that takes
 * away needs a comment right above it: `-- contract: unused since <commit of the release that stopped using it>`.
 */
import { lineAt } from './finding.ts';
import type { Finding, SourceFile } from './finding.ts';

const CONTRACT = /--\s*contract: unused since [\w.-]{4,}/;
const TAKES_AWAY: [RegExp, string][] = [
  [/\bdrop\s+(?:table|column|view|materialized\s+view|schema|type|domain|sequence|extension)\b/g, 'drops what the running code may still use'],
  [/\bdrop\s+(?:function|procedure|aggregate)\b/g, 'drops what the running code may still call'],
  [/\brename\s+(?:to|column|value|attribute)\b/g, 'renames what the running code calls by its name. Add the new name beside the old one'],
  [/\balter\s+(?:column\s+)?\w+\s+(?:set\s+data\s+)?type\b/g, 'changes a type under the running code. Add a column of the new type beside it'],
  [/\bset\s+not\s+null\b/g, 'demands what the running code may not write yet'],
  [/\bdrop\s+default\b/g, 'demands what the running code may not write yet'],
  [/\badd\s+column\s+(?:if\s+not\s+exists\s+)?\w+\s+(?:(?!\bdefault\b|\bgenerated\b|,|;)[^])*?\bnot\s+null\b(?:(?!\bdefault\b|\bgenerated\b|,|;)[^])*(?=,|;)/g, 'adds a column that the running code does not fill. Give it a default'],
  [/\btruncate\s+(?:table\s+)?(?:only\s+)?[a-z_".]+\s*(?:;|,|cascade|restart)/g, 'deletes rows the running code may need'],
];

/** What is in a string counts too: it may be a statement that is put together. */
export function checkMigrations(files: readonly SourceFile[]): Finding[] {
  return files
    .filter((file) => /^supabase\/migrations\/\d{4,}_\w+\.sql$/.test(file.path))
    .flatMap((file) => {
      const text = withoutSqlComments(file.text).toLowerCase();
      return TAKES_AWAY.flatMap(([pattern, problem]) =>
        [...text.matchAll(pattern)]
          .filter((match) => !isContract(file.text, text, match.index) && !isMadeAgain(text, match.index))
          .map((match) => ({ where: `${file.path}:${lineAt(text, match.index)}`, message: `"${match[0].replaceAll(/\s+/g, ' ').trim()}" ${problem}; once a release no longer needs it, say so right above: -- contract: unused since <its commit>` })),
      );
    });
}

/** The comment stands between the statement before and this one. */
function isContract(original: string, text: string, offset: number): boolean {
  const begin = text.lastIndexOf(';', offset) + 1;
  return CONTRACT.test(original.slice(begin, offset));
}

/** `drop function f(a); create function f(b)` in one migration is how a function changes its arguments. */
function isMadeAgain(text: string, offset: number): boolean {
  const name = /^drop\s+(?:function|aggregate|view)\s+(?:if\s+exists\s+)?([\w.]+)/.exec(text.slice(offset))?.[1];
  return name !== undefined && new RegExp(String.raw`\bcreate\s+(?:or\s+replace\s+)?(?:function|aggregate|view)\s+${name.replaceAll('.', String.raw`\.`)}\b`).test(text.slice(offset));
}

/** Blanks comments, so that line numbers stay true. A `--` in a string is none. */
function withoutSqlComments(text: string): string {
  return text.replace(/'(?:''|[^'])*'|--[^\n]*|\/\*[^]*?\*\//g, (token) => (token.startsWith("'") ? token : token.replace(/[^\n]/g, ' ')));
}
