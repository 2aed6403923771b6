import { SpoolError } from './errors.ts';

/** A log line is a static sentence with typed fields; never transcript, audio, names or tokens. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

export interface Log {
  debug(fields: LogFields, sentence: string): void;
  info(fields: LogFields, sentence: string): void;
  warn(fields: LogFields, sentence: string): void;
  error(fields: LogFields, sentence: string): void;
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** Where an unexpected error came from, without its message: that may quote what a person sent. */
export function traceOf(error: unknown): { error: string; code?: string; trace?: string } {
  const root = error instanceof SpoolError && error.cause ? error.cause : error;
  if (!(root instanceof Error)) return { error: typeof root };
  const trace = root.stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')).slice(0, 12).join('\n');
  return { error: root.name, code: String((root as { code?: unknown }).code ?? ''), trace };
}
