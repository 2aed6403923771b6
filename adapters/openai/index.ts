/** The OpenAI-compatible engines of a process, as far as the configuration and the server offer them. */
import type { Clock } from '#domain/clock.ts';
import type { InterestExtractor } from '#domain/interests/ports.ts';
import type { Interviewer } from '#domain/interview/ports.ts';
import type { Log } from '#domain/log.ts';
import type { NotesWriter } from '#domain/meetings/notes/ports.ts';
import type { ScorecardWriter } from '#domain/scorecard/ports.ts';
import type { Synthesizer, Transcriber } from '#domain/speech/ports.ts';
import type { Limits } from './limits.ts';
import type { Task } from './models.ts';

/** The part of the configuration that matters here. */
export interface OpenAiSettings {
  OPENAI_API_KEY?: string;
  OPENAI_BASE_URL?: string;
  SPOOL_LLM_MODEL?: string;
  SPOOL_STT_MODEL?: string;
  SPOOL_TTS_MODEL?: string;
  SPOOL_LLM?: string;
  SPOOL_STT?: string;
  SPOOL_TTS?: string;
}
export interface OpenAiEngines {
  transcriber?: Transcriber;
  synthesizer?: Synthesizer;
  interviewer?: Interviewer;
  /** With the interviewer's model. */
  interestExtractor?: InterestExtractor;
  /** With the interviewer's model. */
  scorecardWriter?: ScorecardWriter;
  /** With the interviewer's model. */
  notesWriter?: NotesWriter;
  /** For doctor: why an engine that could be there is not, and what to set. */
  missing: Partial<Record<Task, string>>;
}

/**
 * Null when neither key nor address is configured. Asks a server that is not OpenAI for its models, at most three seconds
 * long, unless all are named.
 * @throws SpoolError `engine.missing` when an engine is forced and no model for it can be found
 */
export async function createOpenAiEngines(settings: OpenAiSettings, options: { log: Log; clock: Clock; limits?: Limits }): Promise<OpenAiEngines | null> {
  if (!settings.OPENAI_API_KEY && !settings.OPENAI_BASE_URL) return null;
  // The vendor's package takes 30 MB and up to a third of a second to load: only those who use it pay for it.
  const { offeredEngines } = await import('./offered-engines.ts');
  return offeredEngines(settings, options);
}
