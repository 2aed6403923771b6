/**
 * A real HTTP server on loopback that speaks the documented OpenAI protocol: models, chat completions as server-sent events with
 * structured outputs and refusals, transcription by multipart upload, speech as streamed PCM. What it says and how it fails is scripted by the test.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Endpoint = 'models' | 'chat' | 'transcriptions' | 'speech';

/** How one request fails. Streams fail after `afterPieces` pieces; without it before the first. */
export type Fault =
  | { kind: 'status'; status: number; retryAfter?: string; body?: unknown }
  | { kind: 'hang'; afterPieces?: number; headersFirst?: boolean }
  | { kind: 'cut'; afterPieces?: number; politely?: boolean }
  | { kind: 'garbage'; afterPieces?: number }
  | { kind: 'refuse' };

export interface RecordedRequest {
  endpoint: Endpoint;
  authorization: string | undefined;
  /** JSON bodies parsed; of uploads the fields, and the bytes of the file. */
  body: Record<string, unknown>;
  file?: Uint8Array;
  /** Resolves when the connection is gone before the answer was complete. */
  closedEarly: Promise<void>;
  readonly wasClosedEarly: boolean;
}

/** How a reply ends; `stop` unless said otherwise. */
export interface ChatReply {
  deltas: string[];
  /** Said instead of the deltas, as models do that decline to fill a schema. */
  refusal?: string;
  finish?: 'stop' | 'length' | 'content_filter';
  /** Breaks off after so many pieces, the first of which is empty. */
  cutAfter?: number;
  /** The request fails instead. */
  status?: number;
}
/** What a server can be asked for; it refuses what is stricter. `none`: it does not know `response_format`. */
export type Structured = 'json_schema' | 'json_object' | 'none';

export interface OpenAiServerScript {
  models?: string[];
  /** A reply or its deltas, by request body. */
  chat?(body: Record<string, unknown>): string[] | ChatReply;
  /** `json_schema` unless said otherwise. */
  structured?: Structured;
  transcription?(request: RecordedRequest): unknown;
  /** Pieces of PCM bytes, cut anywhere. */
  speech?(body: Record<string, unknown>): Uint8Array[];
  speechContentType?: string;
  /** When set, every other key is refused with 401, and the answer quotes the key as OpenAI's does. */
  apiKey?: string;
}

export class OpenAiServer {
  readonly requests: RecordedRequest[] = [];
  script: OpenAiServerScript;
  readonly #server: Server;
  readonly #faults: Record<Endpoint, Fault[]> = { models: [], chat: [], transcriptions: [], speech: [] };
  readonly #waiting: (() => void)[] = [];

  constructor(script: OpenAiServerScript = {}) {
    this.script = script;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  static async start(script?: OpenAiServerScript): Promise<OpenAiServer> {
    const server = new OpenAiServer(script);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  /** The next requests of the endpoint fail, one fault each. */
  fail(endpoint: Endpoint, ...faults: Fault[]): void {
    this.#faults[endpoint].push(...faults);
  }

  of(endpoint: Endpoint): RecordedRequest[] {
    return this.requests.filter((request) => request.endpoint === endpoint);
  }

  /** Once `count` requests have arrived. */
  async received(count: number): Promise<void> {
    while (this.requests.length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const endpoint = endpointOf(incoming);
    if (!endpoint) return sendJson(response, 404, { error: { message: 'Unknown path', type: 'invalid_request_error', code: 'unknown_url' } });
    const request = await record(incoming, response, endpoint);
    this.requests.push(request);
    for (const wake of this.#waiting.splice(0)) wake();
    const fault = this.#faults[endpoint].shift();
    if (fault?.kind === 'refuse') return void incoming.socket.destroy();
    const key = request.authorization?.replace('Bearer ', '');
    if (this.script.apiKey !== undefined && key !== this.script.apiKey) {
      return sendJson(response, 401, { error: { message: `Incorrect API key provided: ${key}.`, type: 'invalid_request_error', code: 'invalid_api_key' } });
    }
    if (fault?.kind === 'status') {
      if (fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter);
      return sendJson(response, fault.status, fault.body ?? { error: { message: 'Scripted failure', type: 'server_error', code: 'scripted' } });
    }
    if (fault?.kind === 'hang' && fault.afterPieces === undefined && !fault.headersFirst) return;
    if (fault?.kind === 'cut' && fault.afterPieces === undefined && !fault.politely) return void incoming.socket.destroy();
    switch (endpoint) {
      case 'models':
        if (fault) return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"data": "none');
        return sendJson(response, 200, { object: 'list', data: (this.script.models ?? []).map((id) => ({ id, object: 'model', created: 0, owned_by: 'test' })) });
      case 'transcriptions': {
        if (fault) return void response.writeHead(200, { 'content-type': 'application/json' }).end('<html>Bad gateway</html>');
        return sendJson(response, 200, this.script.transcription?.(request) ?? { text: 'hello there' });
      }
      case 'chat': {
        const unsupported = formatProblem(request.body.response_format, this.script.structured ?? 'json_schema');
        if (unsupported !== null) return sendJson(response, 400, { error: { message: unsupported, type: 'invalid_request_error', param: 'response_format', code: null } });
        const said = this.script.chat?.(request.body) ?? ['Thank you for telling me. ', 'What else ', 'do you enjoy?'];
        const { deltas, refusal, finish = 'stop', cutAfter, status }: ChatReply = Array.isArray(said) ? { deltas: said } : said;
        if (status !== undefined) return sendJson(response, status, { error: { message: 'Scripted failure', type: 'server_error', code: 'scripted' } });
        if (request.body.stream !== true && !fault) return sendJson(response, 200, { id: 'c1', object: 'chat.completion', created: 0, model: request.body.model, choices: [{ index: 0, message: { role: 'assistant', content: deltas.join(''), ...(refusal === undefined ? {} : { refusal }) }, finish_reason: finish }], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } });
        const chunk = (delta: object, finish: string | null = null) => `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 0, model: request.body.model, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
        const words = refusal === undefined ? deltas.map((content) => chunk({ content })) : refusal.split(/(?<= )/).map((word) => chunk({ refusal: word }));
        const pieces = [chunk({ role: 'assistant', content: '' }), ...words, chunk({}, finish), 'data: [DONE]\n\n'];
        return this.#stream(response, 'text/event-stream', pieces, fault ?? (cutAfter === undefined ? undefined : { kind: 'cut', afterPieces: cutAfter }), 'data: {"choices": [{"delta": {"cont\n\n');
      }
      case 'speech':
        return this.#stream(response, this.script.speechContentType ?? 'audio/pcm', this.script.speech?.(request.body) ?? tonePieces(String(request.body.input ?? ''), Number(request.body.speed ?? 1)), fault, '<html>Bad gateway</html>');
    }
  }

  async #stream(response: ServerResponse, contentType: string, pieces: (string | Uint8Array)[], fault: Fault | undefined, garbage: string): Promise<void> {
    const garbled = fault?.kind === 'garbage' && fault.afterPieces === undefined;
    response.writeHead(200, { 'content-type': garbled ? 'text/html' : contentType, 'transfer-encoding': 'chunked' });
    response.flushHeaders();
    const after = fault && 'afterPieces' in fault ? (fault.afterPieces ?? 0) : fault ? 0 : Number.POSITIVE_INFINITY;
    for (const [index, piece] of pieces.entries()) {
      if (index >= after) break;
      // Each piece leaves on its own, as a model's tokens do.
      await new Promise<void>((resolve) => response.write(piece, () => resolve()));
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    if (after === Number.POSITIVE_INFINITY) return void response.end();
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'garbage') return void response.end(garbage);
    if (fault?.kind === 'cut' && fault.politely) return void response.end();
    response.socket?.destroy();
  }
}

/** What is wrong with a `response_format`, for a server that can do `structured`; null: nothing. */
function formatProblem(format: unknown, structured: Structured): string | null {
  if (format === undefined) return null;
  const { type, json_schema: asked } = format as { type?: string; json_schema?: { name?: string; strict?: boolean; schema?: unknown } };
  if (structured === 'none') return "Unrecognized request argument supplied: response_format";
  if (type === 'json_object') return null;
  if (type !== 'json_schema') return `Invalid value: '${type}'.`;
  if (structured === 'json_object') return "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.";
  if (typeof asked?.name !== 'string' || !/^[\w-]{1,64}$/.test(asked.name)) return "Missing required parameter: 'response_format.json_schema.name'.";
  return asked.strict === true && !isStrict(asked.schema) ? 'Invalid schema for response_format: every object needs additionalProperties false and all of its properties required.' : null;
}

/** The rules of strict mode for objects, all the way down. */
function isStrict(schema: unknown): boolean {
  const { type, properties, required, additionalProperties, items } = schema as { type?: string; properties?: Record<string, unknown>; required?: string[]; additionalProperties?: unknown; items?: unknown };
  if (type === 'array') return isStrict(items);
  if (type !== 'object') return typeof type === 'string';
  return additionalProperties === false && Object.keys(properties ?? {}).every((name) => required?.includes(name)) && Object.values(properties ?? {}).every(isStrict);
}

/** Whether the request asks to read an answer rather than to lead the interview. */
export function asksToRead(body: Record<string, unknown>): boolean {
  return String((body.messages as { content: string }[])[0]?.content).includes('list what the speaker is interested in');
}
/** The fenced answer that is to be read. */
export function answerIn(body: Record<string, unknown>): string {
  return /Answer: <<<SAID ([^]*) SAID>>>\nReturn/.exec(String((body.messages as { content: string }[])[1]?.content))?.[1] ?? '';
}

/** A 440 Hz tone at 24 kHz as long as the words take (14 characters a second at speed 1), cut into pieces of odd length. */
export function tonePieces(text: string, speed = 1): Uint8Array[] {
  const samples = Int16Array.from({ length: Math.round((text.length / 14 / speed) * 24_000) }, (_, i) => Math.round(8000 * Math.sin((2 * Math.PI * 440 * i) / 24_000)));
  const bytes = new Uint8Array(samples.buffer);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 1001) pieces.push(bytes.subarray(at, at + 1001));
  return pieces;
}

function endpointOf({ url = '', method }: IncomingMessage): Endpoint | undefined {
  const path = url.replace(/\?.*$/, '').replace(/^\/v1/, '');
  if (method === 'GET' && path === '/models') return 'models';
  if (method !== 'POST') return undefined;
  return ({ '/chat/completions': 'chat', '/audio/transcriptions': 'transcriptions', '/audio/speech': 'speech' } as const)[path];
}

async function record(incoming: IncomingMessage, response: ServerResponse, endpoint: Endpoint): Promise<RecordedRequest> {
  let closedEarly = false;
  const closed = new Promise<void>((resolve) => {
    response.on('close', () => {
      closedEarly = !response.writableFinished;
      if (closedEarly) resolve();
    });
  });
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const bytes = Buffer.concat(pieces);
  const request = {
    endpoint,
    authorization: incoming.headers.authorization,
    body: {} as Record<string, unknown>,
    closedEarly: closed,
    get wasClosedEarly() {
      return closedEarly;
    },
  } as RecordedRequest;
  const contentType = incoming.headers['content-type'] ?? '';
  if (contentType.startsWith('multipart/form-data')) {
    const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
    for (const [name, value] of form.entries()) {
      if (typeof value === 'string') request.body[name] = value;
      else request.file = new Uint8Array(await value.arrayBuffer());
    }
  } else if (bytes.length > 0) request.body = JSON.parse(bytes.toString()) as Record<string, unknown>;
  return request;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
