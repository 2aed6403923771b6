/** Time limits and sizes of remote engines. Tests pass smaller ones. */
export interface Limits {
  /** Answer headers and the first piece of the result, queueing at the server included. */
  firstResultMs: number;
  /** Between two pieces of a stream. */
  idleMs: number;
  /** The whole request, but for the time in which whoever asked took no more. */
  totalMs: number;
  /** A 429 is waited out only when the server asks for at most this long; a conversation cannot pause longer. */
  maxRetryAfterMs: number;
  /** Before the one repetition after a 500, 502, 503, 504 or a refused connection. */
  retryDelayMs: number;
}

/** A reply that has not begun after four seconds is worse than the local one. */
export const INTERVIEWER_LIMITS: Limits = { firstResultMs: 4_000, idleMs: 4_000, totalMs: 45_000, maxRetryAfterMs: 1_500, retryDelayMs: 150 };
/** One clause at a time: most servers send the first bytes within 500 ms. */
export const SYNTHESIZER_LIMITS: Limits = { firstResultMs: 4_000, idleMs: 4_000, totalMs: 45_000, maxRetryAfterMs: 1_500, retryDelayMs: 150 };
/** Up to 25 s of speech in one answer without streaming. The slowest hosted service measured needs 2 s at its 99th percentile. */
export const TRANSCRIBER_LIMITS: Limits = { firstResultMs: 6_000, idleMs: 6_000, totalMs: 8_000, maxRetryAfterMs: 2_000, retryDelayMs: 150 };
/** Nobody waits for it: the reading by rules is there at once. Small models write their JSON slowly. */
export const EXTRACTOR_LIMITS: Limits = { firstResultMs: 6_000, idleMs: 4_000, totalMs: 9_000, maxRetryAfterMs: 1_500, retryDelayMs: 150 };
/** A whole scorecard with its quotes, written in the background; a job's five minutes are above it. */
export const SCORECARD_LIMITS: Limits = { firstResultMs: 30_000, idleMs: 15_000, totalMs: 120_000, maxRetryAfterMs: 10_000, retryDelayMs: 500 };
/** One part of a meeting, read in the background. `NOTES_BUDGET_MS` for all parts and one of these fit into the job's time. */
export const NOTES_LIMITS: Limits = { firstResultMs: 60_000, idleMs: 20_000, totalMs: 150_000, maxRetryAfterMs: 20_000, retryDelayMs: 500 };
/** GET /models at the start of a process. */
export const MODELS_LIMITS: Limits = { firstResultMs: 3_000, idleMs: 3_000, totalMs: 3_000, maxRetryAfterMs: 0, retryDelayMs: 150 };

/** Below the 30 s a hosted Whisper works on at once, with room for pre-roll. */
export const MAX_SEGMENT_MS = 25_000;
/** Transcriptions under way at once per process: hosted services limit requests per minute, a GPU box its batch. */
export const TRANSCRIPTION_SLOTS = 4;
/** A spoken turn is a few sentences; what goes on longer than this is cut at the end of its sentence. */
export const MAX_REPLY_CHARS = 900;
/** Twenty claims with their quotes, and a model's thinking before; what goes on longer than this is not read. */
export const MAX_EXTRACTION_CHARS = 40_000;
