/**
 * A real HTTP server on loopback that answers `POST /api/v1/run/<flow>` in the shape of LangFlow 1.13, as an answer of it was
 * recorded; what it says and how it fails is the test's.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type LangFlowFault =
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  | { kind: 'body'; body: string }
  | { kind: 'endless' }
  | { kind: 'hang' }
  | { kind: 'cut' }
  | { kind: 'redirect'; to: string };

export interface LangFlowRequest {
  path: string;
  apiKey: string | undefined;
  body: Record<string, unknown>;
}

export class LangFlowServer {
  readonly requests: LangFlowRequest[] = [];
  /** What the flow says of a transcript. */
  says: (transcript: string) => string = (transcript) => `Read ${transcript.length} characters.`;
  /** Every other key is refused with 403. */
  apiKey: string | null = null;
  fault: LangFlowFault | null = null;
  readonly #server: Server;
  #waiting: (() => void)[] = [];

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<LangFlowServer> {
    const server = new LangFlowServer();
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves with the next request that has arrived whole. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => {});
    let text = '';
    for await (const piece of request.setEncoding('utf8')) text += piece as string;
    const apiKey = request.headers['x-api-key'] as string | undefined;
    const body = JSON.parse(text) as Record<string, unknown>;
    this.requests.push({ path: request.url ?? '', apiKey, body });
    for (const tell of this.#waiting.splice(0)) tell();
    const json = (status: number, value: unknown, headers = {}) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(typeof value === 'string' ? value : JSON.stringify(value));
    const { fault } = this;
    if (this.apiKey !== null && apiKey !== this.apiKey) return void json(403, { detail: `Invalid API key ${apiKey}` });
    switch (fault?.kind) {
      case undefined:
        return void json(200, runAnswer(this.says(String(body.input_value)), String(body.input_value)));
      case 'status':
        return void json(fault.status, fault.body ?? { detail: JSON.stringify({ message: `Error running graph: ${String(body.input_value)}` }) }, fault.headers);
      case 'body':
        return void json(200, fault.body);
      case 'redirect':
        return void response.writeHead(307, { location: fault.to }).end();
      case 'hang':
        return;
      case 'cut':
        response.writeHead(200, { 'content-type': 'application/json' }).write('{"outputs": [');
        return void setImmediate(() => response.destroy());
      case 'endless': {
        response.writeHead(200, { 'content-type': 'application/json' });
        const more = () => {
          if (!response.destroyed) response.write(' '.repeat(65_536), more);
        };
        more();
      }
    }
  }
}

/** The parts of an answer that anybody reads, and some that nobody does. */
function runAnswer(text: string, asked: string): object {
  const source = { id: 'OpenAIModel-spool', display_name: 'OpenAI', source: 'a-model' };
  return {
    session_id: '52393b9f-1f3a-44c5-8920-acec7a24be2d',
    outputs: [
      {
        inputs: { input_value: asked },
        outputs: [
          {
            results: { message: { text_key: 'text', data: { text, sender: 'Machine', sender_name: 'AI', properties: { source } }, text, sender: 'Machine', error: false, category: 'message' } },
            artifacts: { message: text, sender: 'Machine', sender_name: 'AI', files: [], type: 'object' },
            outputs: { message: { message: text, type: 'text' } },
            messages: [{ message: text, sender: 'Machine', sender_name: 'AI', component_id: 'ChatOutput-spool', type: 'text' }],
            component_display_name: 'Chat Output',
            component_id: 'ChatOutput-spool',
          },
        ],
      },
    ],
  };
}
