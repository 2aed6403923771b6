/** Reads a JSON body of bounded size, with or without Content-Length. */
import { SpoolError } from '#domain/errors.ts';

export const MAX_JSON_BYTES = 1024 * 1024;
/** What is read and thrown away of a body that is too large, so that the sender gets to read the answer. */
const MAX_DISCARDED_BYTES = 16 * MAX_JSON_BYTES;

/** The parsed body, or undefined when there is none. @throws SpoolError `request.too_large` | `request.unsupported_media_type` | `request.not_json` */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.byteLength === 0) return undefined;
  if (!isJson(request.headers)) throw new SpoolError('request.unsupported_media_type');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw new SpoolError('request.not_json');
  }
}

async function readBytes(request: Request): Promise<Uint8Array> {
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let received = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw new SpoolError('request.not_json', 'The body broke off.', { cause: error });
    });
    if (done) break;
    received += value.byteLength;
    if (received <= MAX_JSON_BYTES) chunks.push(value);
    else chunks.length = 0;
    if (received > MAX_DISCARDED_BYTES) break;
  }
  if (received > MAX_JSON_BYTES) throw new SpoolError('request.too_large');
  const bytes = new Uint8Array(received);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

function isJson(headers: Headers): boolean {
  const encoding = headers.get('content-encoding');
  if (encoding && encoding !== 'identity') return false;
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';').map((part) => part.trim());
  if (!/^application\/(json|[\w.-]+\+json)$/.test(type)) return false;
  return parameters.every((parameter) => !parameter.startsWith('charset=') || /^charset="?utf-8"?$/.test(parameter));
}
