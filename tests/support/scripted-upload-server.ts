/** A server of uploads for tests, in memory: it takes parts, and does what a test wants of the next ones. */
import { ProblemError } from '#components/api/problem-error.ts';
import type { UploadView } from '#components/api/upload-calls.ts';
import { missingParts } from '#domain/meetings/uploads/limits.ts';
import type { ManualClock } from './manual-clock.ts';
import type { PartAnswer } from '#components/uploads/part-sender.ts';
import type { UploadControllerPorts } from '#components/uploads/upload-controller.ts';

const PART_BYTES = 10;
export const OK: PartAnswer = { status: 200, code: null, retryAfterS: null };
export const problem = (code: string, status: number) => new ProblemError({ status, code, title: code, detail: code });

export class ScriptedServer {
  upload: UploadView | null = null;
  /** What was asked, in order: `POST`, `GET`, `PUT 1`, … */
  readonly asked: string[] = [];
  /** Parts as their bytes came. */
  readonly bytes = new Map<number, string>();
  /** Answers of the next PUTs instead of taking them; `null`: no answer. */
  readonly answers: (PartAnswer | null)[] = [];
  /** Errors of the next API requests, whatever they are; `null`: none. */
  readonly errors: (ProblemError | null)[] = [];
  /** Holds every PUT until it is let go. */
  held: (() => void)[] | null = null;
  underWay = 0;
  most = 0;
  links = 1;
  readonly kept = new Map<string, string>();

  readonly ports: UploadControllerPorts;
  constructor(clock: ManualClock) {
    this.ports = {
      clock,
      random: () => 1,
      remember: (sessionId, uploadId) => void (uploadId === null ? this.kept.delete(sessionId) : this.kept.set(sessionId, uploadId)),
      remembered: (sessionId) => this.kept.get(sessionId) ?? null,
      api: {
        createUpload: async ({ sessionId, fileName, sizeBytes }) => {
          this.#ask('POST');
          this.upload ??= { uploadId: 'u1', sessionId, fileName, sizeBytes, partSizeBytes: PART_BYTES, receivedParts: [], parts: [], state: 'receiving', failure: null, durationMs: null, decodedMs: 0 };
          return this.#view();
        },
        getUpload: async () => {
          this.#ask('GET');
          return this.#view();
        },
        completeUpload: async () => {
          this.#ask('COMPLETE');
          if (this.upload?.state === 'failed') this.upload = { ...this.upload, state: 'received', failure: null };
          return this.#view();
        },
        cancelUpload: async () => {
          this.#ask('DELETE');
          this.upload = null;
        },
      },
      sendPart: (url, part, onSent, signal) => this.#put(url, part, onSent, signal),
    };
  }

  get parts(): string[] {
    return this.asked.filter((one) => one.startsWith('PUT'));
  }

  #ask(what: string): void {
    this.asked.push(what);
    const error = this.errors.shift();
    if (error) throw error;
  }

  #view(): UploadView {
    if (!this.upload) throw problem('upload.not_found', 404);
    this.links += 1;
    const missing = this.upload.state === 'receiving' ? missingParts(this.upload) : [];
    return { ...this.upload, parts: missing.map((part) => ({ part, url: `http://parts.test/${part}?link=${this.links}` })) };
  }

  async #put(url: string, part: Blob, onSent: (bytes: number) => void, signal: AbortSignal): Promise<PartAnswer> {
    const number = Number(new URL(url).pathname.slice(1));
    this.asked.push(`PUT ${number}`);
    this.underWay += 1;
    this.most = Math.max(this.most, this.underWay);
    try {
      onSent(Math.floor(part.size / 2));
      if (this.held) {
        await new Promise<void>((resolve, reject) => {
          this.held!.push(resolve);
          signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        });
      }
      const answer = this.answers.length > 0 ? this.answers.shift()! : OK;
      if (answer === null) throw new TypeError('Failed to fetch');
      if (answer.status !== 200 || !this.upload) return answer;
      this.bytes.set(number, await part.text());
      const receivedParts = [...new Set([...this.upload.receivedParts, number])].toSorted((a, b) => a - b);
      const whole = missingParts({ ...this.upload, receivedParts }).length === 0;
      this.upload = { ...this.upload, receivedParts, state: whole ? 'received' : 'receiving' };
      return OK;
    } finally {
      this.underWay -= 1;
    }
  }
}
