/**
 * Posts a transcript to a flow of LangFlow (`POST /api/v1/run/<flow>`, its documented interface) and reads what the flow says.
 * Nothing of the server's own words is kept in an error: they may quote the transcript or the key.
 */
import { z } from 'zod';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { FollowUpWriter } from '#domain/follow-up/ports.ts';

export interface LangFlowOptions {
  /** Where LangFlow is, e.g. `http://langflow:7860`. */
  url: string;
  apiKey?: string;
  flow: string;
  clock: Clock;
}

/** Below the 300 s after which the job is taken to be dead. A model of one's own on a small machine takes minutes. */
export const LANGFLOW_TIMEOUT_MS = 240_000;
/** The text stands in an answer up to six times, and no more than 20,000 characters of it are kept. */
export const MAX_ANSWER_BYTES = 1024 ** 2;
const ENGINE = 'langflow';

/** Each output of each component that was asked for; of these, what a chat output says. */
const said = z.object({ results: z.object({ message: z.object({ text: z.string() }) }) });
const answerSchema = z.object({ outputs: z.array(z.object({ outputs: z.array(z.unknown()) })) });

export class LangFlowWriter implements FollowUpWriter {
  readonly flow: string;
  readonly #options: LangFlowOptions;

  constructor(options: LangFlowOptions) {
    this.#options = options;
    this.flow = options.flow;
  }

  async write(transcript: string, signal?: AbortSignal): Promise<string> {
    signal?.throwIfAborted();
    const { clock } = this.#options;
    const own = new AbortController();
    const onAbort = () => own.abort();
    signal?.addEventListener('abort', onAbort, { once: true });
    let late = false;
    const cancel = clock.schedule(LANGFLOW_TIMEOUT_MS, () => {
      late = true;
      own.abort();
    });
    try {
      return textOf(await this.#post(transcript, own.signal));
    } catch (error) {
      signal?.throwIfAborted();
      if (late) throw new SpoolError('engine.timeout', 'LangFlow did not answer in time.', { fields: { engine: ENGINE } });
      if (error instanceof SpoolError) throw error;
      throw new SpoolError('engine.failed', 'LangFlow cannot be reached, or its answer broke off.', { fields: { engine: ENGINE } });
    } finally {
      cancel();
      signal?.removeEventListener('abort', onAbort);
      own.abort();
    }
  }

  async #post(transcript: string, signal: AbortSignal): Promise<string> {
    const { url, apiKey, flow } = this.#options;
    const response = await fetch(`${url.replace(/\/+$/, '')}/api/v1/run/${encodeURIComponent(flow)}?stream=false`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...(apiKey ? { 'x-api-key': apiKey } : {}) },
      body: JSON.stringify({ input_value: transcript, input_type: 'chat', output_type: 'chat' }),
      // The key and the transcript are for this server alone.
      redirect: 'error',
      signal,
    });
    if (!response.ok) throw refusal(response);
    return readBounded(response);
  }
}

function refusal({ status, headers }: Response): SpoolError {
  const fields = { engine: ENGINE, status };
  const wait = Number(headers.get('retry-after'));
  if (status === 429) return new SpoolError('engine.busy', 'LangFlow limits the rate of requests.', { fields, retryAfterS: wait > 0 && wait <= 3_600 ? wait : undefined });
  if (status === 408 || status === 504) return new SpoolError('engine.timeout', 'LangFlow did not answer in time.', { fields });
  if (status >= 400 && status < 500) return new SpoolError('engine.rejected', 'LangFlow refused the request: look at LANGFLOW_API_KEY and LANGFLOW_FLOW.', { fields });
  return new SpoolError('engine.failed', 'LangFlow, or the flow, failed.', { fields });
}

async function readBounded(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.byteLength;
    if (size > MAX_ANSWER_BYTES) throw new SpoolError('engine.failed', 'LangFlow answered more than anybody would read.', { fields: { engine: ENGINE } });
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function textOf(body: string): string {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    json = null;
  }
  const answer = answerSchema.safeParse(json);
  const texts = (answer.data?.outputs ?? []).flatMap(({ outputs }) => outputs.flatMap((output) => said.safeParse(output).data?.results.message.text ?? []));
  const text = texts.find((each) => each.trim() !== '');
  if (text === undefined) throw new SpoolError('engine.failed', 'LangFlow’s answer holds no message of a chat output.', { fields: { engine: ENGINE } });
  return text;
}
