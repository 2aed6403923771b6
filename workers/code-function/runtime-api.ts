/** Lambda's side of a function made from an image: asks for the next invocation, answers it, for as long as it is let. */
import http from 'node:http';

export interface Invocation {
  requestId: string;
  /** Empty where the function has no tenants. */
  tenant: string;
  deadlineMs: number;
  body: string;
}

/** What one answer may have in bytes; a request has about six megabytes. */
const MAX_BODY_BYTES = 8_000_000;

export class RuntimeApi {
  readonly #base: string;

  /** `address`: host and port, as Lambda gives it. */
  constructor(address: string) {
    this.#base = `http://${address}/2018-06-01/runtime`;
  }

  /** Waits for as long as nobody asks: the machine is frozen meanwhile. */
  async next(): Promise<Invocation> {
    const { headers, body } = await this.#call('GET', '/invocation/next');
    const header = (name: string): string => String(headers[name] ?? '');
    return { requestId: header('lambda-runtime-aws-request-id'), tenant: header('lambda-runtime-aws-tenant-id'), deadlineMs: Number(header('lambda-runtime-deadline-ms')), body };
  }

  async answer(requestId: string, body: string): Promise<void> {
    await this.#call('POST', `/invocation/${encodeURIComponent(requestId)}/response`, body);
  }

  /** Without words of the error: they may hold what a program printed. */
  async fail(requestId: string, errorType: string): Promise<void> {
    await this.#call('POST', `/invocation/${encodeURIComponent(requestId)}/error`, JSON.stringify({ errorType, errorMessage: errorType }), { 'lambda-runtime-function-error-type': errorType });
  }

  #call(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<{ headers: http.IncomingHttpHeaders; body: string }> {
    return new Promise((resolve, reject) => {
      const bytes = body === undefined ? null : Buffer.from(body, 'utf8');
      const request = http.request(`${this.#base}${path}`, { method, agent: false, headers: { ...headers, ...(bytes ? { 'content-type': 'application/json', 'content-length': bytes.length } : {}) } }, (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          length += chunk.length;
          if (length > MAX_BODY_BYTES) request.destroy(new Error('The runtime sent more than an invocation has.'));
          else chunks.push(chunk);
        });
        response.on('error', reject);
        response.on('end', () => {
          const status = response.statusCode ?? 0;
          if (status >= 300) reject(new Error(`The runtime answered ${status} to ${method} ${path.split('/').at(-1)}.`));
          else resolve({ headers: response.headers, body: Buffer.concat(chunks).toString('utf8') });
        });
      });
      request.on('error', reject);
      request.end(bytes ?? undefined);
    });
  }
}
