/** Which engines a configured server offers: it is asked for its models where the configuration does not name them. */
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import type { OpenAiEngines, OpenAiSettings } from './index.ts';
import { createOpenAiInterestExtractor } from './interest-extractor.ts';
import { createOpenAiInterviewer } from './interviewer.ts';
import { DEFAULT_MODELS, listModels, modelFor, type Task } from './models.ts';
import type { Limits } from './limits.ts';
import { createClient, OPENAI_URL } from './remote-engine.ts';
import { createOpenAiNotesWriter } from './notes-writer.ts';
import { createOpenAiScorecardWriter } from './scorecard-writer.ts';
import { createOpenAiSynthesizer } from './synthesizer.ts';
import { createOpenAiTranscriber } from './transcriber.ts';

const VARIABLES: Record<Task, { model: 'SPOOL_LLM_MODEL' | 'SPOOL_STT_MODEL' | 'SPOOL_TTS_MODEL'; engine: 'SPOOL_LLM' | 'SPOOL_STT' | 'SPOOL_TTS'; what: string }> = {
  interviewer: { model: 'SPOOL_LLM_MODEL', engine: 'SPOOL_LLM', what: 'chat' },
  transcriber: { model: 'SPOOL_STT_MODEL', engine: 'SPOOL_STT', what: 'transcription' },
  synthesizer: { model: 'SPOOL_TTS_MODEL', engine: 'SPOOL_TTS', what: 'speech' },
};
const TASKS = Object.keys(VARIABLES) as Task[];

/** See `createOpenAiEngines`. @throws SpoolError `engine.missing` when an engine is forced and no model for it can be found */
export async function offeredEngines(settings: OpenAiSettings, { log, clock, limits }: { log: Log; clock: Clock; limits?: Limits }): Promise<OpenAiEngines> {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl } = settings;
  const client = createClient({ apiKey, baseUrl });
  const isOpenAi = baseUrl === undefined || new URL(baseUrl).host === new URL(OPENAI_URL).host;
  const wanted = TASKS.filter((task) => [undefined, 'openai'].includes(settings[VARIABLES[task].engine]));
  const engines: OpenAiEngines = { missing: {} };
  let listed: string[] | SpoolError | undefined;
  for (const task of wanted) {
    let model = settings[VARIABLES[task].model] ?? (isOpenAi ? DEFAULT_MODELS[task] : undefined);
    if (model === undefined) {
      listed ??= await listModels(client, { clock, log, limits }).catch((error: SpoolError) => error);
      model = Array.isArray(listed) ? modelFor(task, listed) : undefined;
    }
    if (model === undefined) {
      const { what, model: variable, engine } = VARIABLES[task];
      const why = Array.isArray(listed) ? `The server at OPENAI_BASE_URL lists no ${what} model.` : 'The server at OPENAI_BASE_URL did not list its models.';
      engines.missing[task] = `${why} Set ${variable} to one it offers.`;
      if (settings[engine] === 'openai') throw new SpoolError('engine.missing', 'No model is known for a remote engine that is forced.', { personMessage: engines.missing[task], fields: { task } });
      continue;
    }
    const options = { client, model, clock, log, ...(limits ? { limits } : {}) };
    if (task === 'interviewer') {
      engines.interviewer = createOpenAiInterviewer(options);
      engines.interestExtractor = createOpenAiInterestExtractor(options);
      engines.scorecardWriter = createOpenAiScorecardWriter(options);
      engines.notesWriter = createOpenAiNotesWriter(options);
    } else if (task === 'transcriber') engines.transcriber = createOpenAiTranscriber(options);
    else engines.synthesizer = createOpenAiSynthesizer(options);
  }
  return engines;
}
