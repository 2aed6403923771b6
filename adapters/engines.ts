/** Chooses the engines of a process from what is there. Pure: it starts nothing and asks nobody. */
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { extractorWithFallback } from '#domain/interests/extractor-fallback.ts';
import type { InterestExtractor } from '#domain/interests/ports.ts';
import { wordsExtractor } from '#domain/interests/words-extractor.ts';
import { createGuidedInterviewer } from '#domain/interview/guided-interviewer.ts';
import { interviewerWithFallback } from '#domain/interview/interviewer-fallback.ts';
import type { Interviewer } from '#domain/interview/ports.ts';
import type { OnDegraded } from '#domain/speech/degradation.ts';
import { synthesizerWithFallback, transcriberWithFallback } from '#domain/speech/fallback.ts';
import type { Synthesizer, Transcriber, VoiceDetector } from '#domain/speech/ports.ts';
import type { OpenAiEngines } from './openai/index.ts';

/** The part of the configuration that matters here; unset means the best that is there. */
export interface EngineSettings {
  SPOOL_STT?: string;
  SPOOL_TTS?: string;
  SPOOL_LLM?: string;
  OPENAI_API_KEY?: string;
  OPENAI_BASE_URL?: string;
}
export interface EngineChoices {
  env: EngineSettings;
  /** Without an interviewer of its own, the guided one; without an extractor, the rules on words. */
  local: { transcriber: Transcriber; synthesizer: Synthesizer; voiceDetector: VoiceDetector; interviewer?: Interviewer; interestExtractor?: InterestExtractor };
  openai: OpenAiEngines | null;
  clock: Clock;
  /** A session's remote engine failed and the local one goes on. */
  onDegraded: OnDegraded;
}
export interface EngineRow {
  capability: 'speech in' | 'speech out' | 'interviewer' | 'interests' | 'voice activity';
  engine: string;
  why: string;
  /** The variable or command that would improve it, when there is one. */
  improve?: string;
}
export interface Engines {
  transcriber: Transcriber;
  /** Null when speech out is switched off. */
  synthesizer: Synthesizer | null;
  interviewer: Interviewer;
  interestExtractor: InterestExtractor;
  voiceDetector: VoiceDetector;
  /** Rows for doctor. */
  describe(): EngineRow[];
}

interface Choice<Engine> {
  engine: Engine;
  row: EngineRow;
}

const OFFER_REMOTE = 'Set OPENAI_API_KEY, or OPENAI_BASE_URL to a server of your own.';

/** @throws SpoolError `engine.missing` when a remote engine is forced and not there */
export function chooseEngines(choices: EngineChoices): Engines {
  const { env, local, openai, clock, onDegraded } = choices;
  const options = { clock, onDegraded };
  const speechIn = choose({
    capability: 'speech in',
    variable: 'SPOOL_STT',
    setting: env.SPOOL_STT,
    local: local.transcriber,
    remote: openai?.transcriber,
    missing: openai?.missing.transcriber,
    join: (remote) => transcriberWithFallback(remote, local.transcriber, options),
  });
  const speechOut = choose({
    capability: 'speech out',
    variable: 'SPOOL_TTS',
    setting: env.SPOOL_TTS,
    local: local.synthesizer,
    remote: openai?.synthesizer,
    missing: openai?.missing.synthesizer,
    join: (remote) => synthesizerWithFallback(remote, local.synthesizer, options),
  });
  const guided = local.interviewer ?? createGuidedInterviewer();
  const interviewer = choose({
    capability: 'interviewer',
    variable: 'SPOOL_LLM',
    setting: env.SPOOL_LLM,
    local: guided,
    remote: openai?.interviewer,
    missing: openai?.missing.interviewer,
    join: (remote) => interviewerWithFallback(remote, guided, options),
  });
  const rules = local.interestExtractor ?? wordsExtractor;
  const interests = choose({
    capability: 'interests',
    variable: 'SPOOL_LLM',
    setting: env.SPOOL_LLM,
    local: rules,
    remote: openai?.interestExtractor,
    missing: openai?.missing.interviewer,
    join: (remote) => extractorWithFallback(remote, rules, options),
  });
  const silent = env.SPOOL_TTS === 'none';
  const silence: EngineRow = { capability: 'speech out', engine: 'none', why: 'SPOOL_TTS=none switches it off: replies are shown, not spoken.', improve: 'Leave SPOOL_TTS out.' };
  const rows = [speechIn.row, silent ? silence : speechOut.row, interviewer.row, interests.row, { capability: 'voice activity' as const, engine: local.voiceDetector.name, why: 'It runs on this machine, beside the audio.' }];
  return {
    transcriber: speechIn.engine,
    synthesizer: silent ? null : speechOut.engine,
    interviewer: interviewer.engine,
    interestExtractor: interests.engine,
    voiceDetector: local.voiceDetector,
    describe: () => rows.map((row) => ({ ...row })),
  };
}

function choose<Engine extends { readonly name: string }>(from: {
  capability: EngineRow['capability'];
  variable: 'SPOOL_STT' | 'SPOOL_TTS' | 'SPOOL_LLM';
  setting: string | undefined;
  local: Engine;
  remote: Engine | undefined;
  missing: string | undefined;
  join(remote: Engine): Engine;
}): Choice<Engine> {
  const { capability, variable, setting, local, remote, missing, join } = from;
  if (setting !== undefined && setting !== 'openai') {
    return { engine: local, row: { capability, engine: local.name, why: `${variable}=${setting} asks for it.` } };
  }
  if (remote) {
    const why = `${setting === 'openai' ? `${variable}=openai asks for it` : 'A remote server is configured'}; ${local.name} steps in when it fails.`;
    return { engine: join(remote), row: { capability, engine: remote.name, why } };
  }
  if (setting === 'openai') {
    throw new SpoolError('engine.missing', 'A remote engine is forced and not there.', { personMessage: missing ?? `${variable}=openai needs a server. ${OFFER_REMOTE}`, fields: { capability } });
  }
  return { engine: local, row: { capability, engine: local.name, why: missing ?? 'It needs no key and no network.', improve: missing ? undefined : OFFER_REMOTE } };
}
