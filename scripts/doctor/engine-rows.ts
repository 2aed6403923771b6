/** Which engine each capability would get, asked of the very code that chooses them when a process starts. */
import { chooseEngines } from '#adapters/engines.ts';
import type { EngineRow } from '#adapters/engines.ts';
import { createOpenAiEngines } from '#adapters/openai/index.ts';
import { createLocalSpeech } from '#adapters/speech-local/index.ts';
import { systemClock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { silentLog } from '#domain/log.ts';
import type { Environment } from '../../config/environment.ts';

export type ChosenCapability = 'speech in' | 'speech out' | 'interviewer' | 'interests';
export type ChosenEngine = EngineRow | { problem: string };

/** What the other two are set to while one is asked for, so that a problem is told where it belongs. */
const QUIET = { SPOOL_STT: 'moonshine', SPOOL_TTS: 'none', SPOOL_LLM: 'guided' } as const;
const VARIABLES = { 'speech in': 'SPOOL_STT', 'speech out': 'SPOOL_TTS', interviewer: 'SPOOL_LLM', interests: 'SPOOL_LLM' } as const;

/** Nothing is started: engines come to life at their first use. A remote server is asked for its models. */
export async function chosenEngine(environment: Environment, capability: ChosenCapability): Promise<ChosenEngine> {
  const variable = VARIABLES[capability];
  const env: Environment = { ...environment, ...QUIET, [variable]: environment[variable] };
  const tts = env.SPOOL_TTS === 'flite' || env.SPOOL_TTS === 'kokoro' ? env.SPOOL_TTS : undefined;
  try {
    const local = createLocalSpeech({ dataDir: environment.dataDir, cpuCount: environment.cpuCount, clock: systemClock, ...(tts ? { tts } : {}) });
    const openai = await createOpenAiEngines(env, { log: silentLog, clock: systemClock });
    const rows = chooseEngines({ env, local, openai, clock: systemClock, onDegraded: () => {} }).describe();
    return rows.find((row) => row.capability === capability) ?? { problem: 'No engine was chosen.' };
  } catch (error) {
    if (!(error instanceof SpoolError)) throw error;
    const { engine } = error.fields ?? {};
    return { problem: typeof engine === 'string' ? `The files of ${engine} are not there.` : error.personMessage };
  }
}
