/** A log line is a static sentence with typed fields; never transcript, audio, names or tokens. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

export interface Log {
  debug(fields: LogFields, sentence: string): void;
  info(fields: LogFields, sentence: string): void;
  warn(fields: LogFields, sentence: string): void;
  error(fields: LogFields, sentence: string): void;
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
