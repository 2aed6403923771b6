/** House rules about single lines of source. */
import { lineAt } from './finding.ts';
import type { Finding, SourceFile } from './finding.ts';
import { stringLiterals, withoutComments } from './source-text.ts';

const isTest = (file: SourceFile) => /\.test\.tsx?$/.test(file.path);
const isIn = (file: SourceFile, folders: string[]) => folders.some((folder) => file.path.startsWith(`${folder}/`));

/** Nothing but config/ reads the environment; scripts and tests set it for the processes they start. */
export function checkEnvironmentReaders(files: readonly SourceFile[]): Finding[] {
  return files
    .filter((file) => !isIn(file, ['config', 'scripts', 'tests', 'bench', 'amplify']) && !isTest(file) && file.path.includes('/'))
    .flatMap((file) => matches(file, /\bprocess\.env\b/g, 'Only config/environment.ts reads the environment. Add the variable there and pass the parsed value on.'));
}

/** Logs are typed records of the process's logger; a person never reads a server's console. */
export function checkConsoleLog(files: readonly SourceFile[]): Finding[] {
  return files
    .filter((file) => isIn(file, ['app', 'domain', 'adapters', 'realtime-server', 'workers', 'components']) && !isTest(file))
    .flatMap((file) => matches(file, /\bconsole\.log\b/g, 'Use the logger of the process with a static sentence and typed fields; never text a person said.'));
}

/**
 * On the embedded database all connections share one session, so session-level state leaks or is lost
 * (ARCHITECTURE.md, decision 1). Transaction-level forms are fine.
 */
const SESSION_SQL: [RegExp, string][] = [
  [/(?:^|;)\s*(?:set|reset)\s+(?!local\b|constraints\b|transaction\b)(?:(?:session\s+)?[a-z_.]+\s*(?:=|\bto\b|;|$)|(?:session\s+)?(?:role|authorization|time\s+zone)\b)/i, 'Use "set local" inside a transaction: a session-level SET leaks to other connections.'],
  [/\bset_config\s*\([^)]*,\s*false\s*\)/i, 'Give set_config true as third argument, so that it ends with the transaction.'],
  [/\bpg_(?:try_)?advisory_(?:lock|unlock|lock_shared|unlock_all)\b/i, 'Use pg_advisory_xact_lock, or a row: session locks are granted twice on the embedded database.'],
  [/(?:^|;)\s*(?:un)?listen\s+[a-z_"*]/i, 'Poll the event log: LISTEN hears nothing on the embedded database.'],
  [/(?:^|;)\s*notify\s+[a-z_"]|\bpg_notify\s*\(/i, 'Write an event row: NOTIFY is not delivered on the embedded database.'],
  [/\bcreate\s+(?:local\s+|global\s+)?temp(?:orary)?\s+(?:table|view|sequence)\b/i, 'Use a common table expression: a temporary table is visible to other connections.'],
  [/(?:^|;)\s*(?:prepare|deallocate)\s+(?!transaction\b)[a-z_"]/i, 'Send the statement with its parameters: prepared names clash between connections.'],
];

/** SQL in string literals of adapters and in migrations. */
export function checkSessionSql(files: readonly SourceFile[]): Finding[] {
  return files
    .filter((file) => (isIn(file, ['adapters']) && !isTest(file)) || file.path.endsWith('.sql'))
    .flatMap((file) => {
      const pieces = file.path.endsWith('.sql') ? [{ value: file.text.replace(/--[^\n]*/g, ''), offset: 0 }] : stringLiterals(withoutComments(file.text));
      return pieces.flatMap(({ value, offset }) =>
        SESSION_SQL.flatMap(([pattern, message]) => {
          const match = pattern.exec(value);
          return match ? [{ where: `${file.path}:${lineAt(file.text, offset + match.index + 1)}`, message }] : [];
        }),
      );
    })
    .concat(files.filter((file) => isIn(file, ['adapters/postgres', 'adapters/pg-boss']) && !isTest(file)).flatMap(namedQueries));
}

/** `query({name: …, text: …})` makes pg prepare under that name. */
function namedQueries(file: SourceFile): Finding[] {
  return matches(file, /\.query\(\s*\{[^}]*\bname\s*:/g, 'Leave "name" out: named prepared statements clash between connections.');
}

function matches(file: SourceFile, pattern: RegExp, message: string): Finding[] {
  return [...withoutComments(file.text).matchAll(pattern)].map((match) => ({ where: `${file.path}:${lineAt(file.text, match.index)}`, message }));
}
