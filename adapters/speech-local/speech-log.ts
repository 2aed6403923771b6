/** The part of a structured logger the engines use. Messages are static sentences; fields never carry text or audio. */
export interface SpeechLog {
  debug(fields: Record<string, unknown>, message: string): void;
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
}

export const silentSpeechLog: SpeechLog = { debug: () => {}, info: () => {}, warn: () => {} };
