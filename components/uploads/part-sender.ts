/** Sends one part, with word of how far it is: `fetch` tells nothing of a body on its way. */

export interface PartAnswer {
  status: number;
  /** Of a problem document. */
  code: string | null;
  retryAfterS: number | null;
}
/** Resolves with the server's answer. @throws when there is none (`TypeError`), or `signal.reason` */
export type SendPart = (url: string, part: Blob, onSent: (bytes: number) => void, signal: AbortSignal) => Promise<PartAnswer>;

/** Without any news for this long the connection is dead; the server says the same after half a minute. */
const SILENT_MS = 30_000;

export const sendPart: SendPart = (url, part, onSent, signal) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const request = new XMLHttpRequest();
    let overdue: ReturnType<typeof setTimeout>;
    const alive = () => {
      clearTimeout(overdue);
      overdue = setTimeout(() => request.abort(), SILENT_MS);
    };
    const stop = () => request.abort();
    signal.addEventListener('abort', stop, { once: true });
    request.upload.onprogress = ({ loaded }) => {
      alive();
      onSent(loaded);
    };
    request.onload = () => resolve({ status: request.status, ...problemIn(request) });
    request.onerror = () => reject(new TypeError('A part could not be sent.'));
    request.onabort = () => reject(signal.aborted ? signal.reason : new TypeError('A part was on its way for too long.'));
    request.onloadend = () => {
      clearTimeout(overdue);
      signal.removeEventListener('abort', stop);
    };
    request.open('PUT', url);
    request.setRequestHeader('content-type', 'application/octet-stream');
    alive();
    request.send(part);
  });

function problemIn(request: XMLHttpRequest): Pick<PartAnswer, 'code' | 'retryAfterS'> {
  const retryAfterS = Number.parseInt(request.getResponseHeader('retry-after') ?? '', 10);
  let code: string | null = null;
  try {
    const body = JSON.parse(request.responseText) as { code?: unknown };
    if (typeof body.code === 'string') code = body.code;
  } catch {
    // A proxy's page: the status has to do.
  }
  return { code, retryAfterS: Number.isNaN(retryAfterS) ? null : retryAfterS };
}
