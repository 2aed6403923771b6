/** An upload as the person sees it, without React: from the file that was chosen to the meeting that has it. */
import { ProblemError } from '#components/api/problem-error.ts';
import type { UploadCalls, UploadView } from '#components/api/upload-calls.ts';
import { Speed } from './speed.ts';
import { pause, uploadFile } from './upload-file.ts';
import type { UploadPorts, UploadProgress } from './upload-file.ts';
import { troubleOf, troubleWith } from './upload-words.ts';
import type { UploadTrouble } from './upload-words.ts';

interface Sending {
  fileName: string;
  sentBytes: number;
  totalBytes: number;
}
export type UploadState =
  /** `begun`: a file that was begun in this browser and must be chosen again to go on. */
  | { step: 'choose'; trouble: UploadTrouble | null; begun: Sending | null }
  | ({ step: 'sending'; bytesPerS: number | null; secondsLeft: number | null; waiting: boolean } & Sending)
  | ({ step: 'paused' } & Sending)
  /** `again`: pressing the same button once more may help. */
  | ({ step: 'stopped'; trouble: UploadTrouble; again: boolean } & Sending)
  /** All of it is on the server; the page is not needed any more. */
  | { step: 'taking-in'; fileName: string; decodedMs: number; durationMs: number | null; silent: boolean }
  /** `trouble`: what is missing of it. */
  | { step: 'done'; fileName: string; durationMs: number; trouble: UploadTrouble | null }
  | { step: 'failed'; fileName: string; trouble: UploadTrouble; again: boolean };

export interface UploadControllerPorts extends UploadPorts {
  api: UploadCalls;
  /** The upload this browser began for a meeting, so that a reload shows how far it is. */
  remember(sessionId: string, uploadId: string | null): void;
  remembered(sessionId: string): string | null;
}

export const IDLE_UPLOAD: UploadState = { step: 'choose', trouble: null, begun: null };
/** How often the server is asked how far it is. */
export const FOLLOW_MS = 1_000;
/** A meeting made for this file cannot have it: the next try makes another. */
const MEETING_LOST = ['session.over', 'session.not_found', 'upload.session_taken'];
/** What the same file may get past later without being another one. */
const PASSING = ['ffmpeg.missing', 'audio.disk_full', 'audio.write_failed', 'unavailable', 'internal'];

export class UploadController {
  readonly #ports: UploadControllerPorts;
  readonly #subscribers = new Set<() => void>();
  #state: UploadState = IDLE_UPLOAD;
  #file: File | null = null;
  #sessionId: string | null;
  #opening: Promise<string | null> | null = null;
  readonly #given: boolean;
  #uploadId: string | null = null;
  #progress: UploadProgress | null = null;
  #running: AbortController | null = null;
  readonly #cancelled = new WeakSet<AbortController>();

  constructor(ports: UploadControllerPorts, sessionId: string | null = null) {
    this.#ports = ports;
    this.#sessionId = sessionId;
    this.#given = sessionId !== null;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#subscribers.add(listener);
    return () => this.#subscribers.delete(listener);
  };
  getState = (): UploadState => this.#state;

  /** Shows an upload that this browser began before, if there is one. */
  async start(): Promise<void> {
    const uploadId = this.#sessionId === null ? null : this.#ports.remembered(this.#sessionId);
    if (uploadId === null || this.#running) return;
    this.#uploadId = uploadId;
    const stop = this.#begin();
    try {
      const upload = await this.#ports.api.getUpload(uploadId, stop.signal);
      if (upload.state !== 'receiving') return await this.#follow(upload.fileName, stop);
      const sentBytes = Math.min(upload.sizeBytes, upload.receivedParts.length * upload.partSizeBytes);
      this.#set({ step: 'choose', trouble: null, begun: { fileName: upload.fileName, sentBytes, totalBytes: upload.sizeBytes } });
    } catch (error) {
      // Gone, or the server is away: choosing the file again tells which.
      if (!stop.signal.aborted && asProblem(error).status === 404) this.#forget();
    }
  }

  /** @param open gives the meeting it goes into; null: none was made, and why is told elsewhere */
  async choose(file: File, open: () => Promise<string | null>): Promise<void> {
    const trouble = troubleWith(file);
    if (trouble) return this.#set({ step: 'choose', trouble, begun: this.#state.step === 'choose' ? this.#state.begun : null });
    this.#file = file;
    this.#progress = null;
    // Its meeting is being made already: the file that was chosen last goes into it.
    if (this.#opening) return void (await this.#opening);
    if (this.#sessionId === null) {
      this.#opening = open().finally(() => (this.#opening = null));
      this.#sessionId = await this.#opening;
    }
    if (this.#sessionId !== null) await this.resume();
  }

  /** Sends what is missing: after a pause, after trouble, and at first. */
  async resume(): Promise<void> {
    const file = this.#file;
    const sessionId = this.#sessionId;
    if (!file || sessionId === null) return;
    const { clock, remember } = this.#ports;
    const stop = this.#begin();
    const speed = new Speed();
    this.#set({ step: 'sending', ...this.#sent(file), bytesPerS: null, secondsLeft: null, waiting: false });
    try {
      const onProgress = (progress: UploadProgress) => {
        // Cancelled before its id was known.
        if (this.#cancelled.has(stop)) void this.#ports.api.cancelUpload(progress.uploadId).catch(() => {});
        if (stop.signal.aborted) return;
        if (this.#uploadId !== progress.uploadId) remember(sessionId, progress.uploadId);
        this.#uploadId = progress.uploadId;
        this.#progress = progress;
        speed.add(clock.monotonicMs(), progress.sentBytes);
        const { bytesPerS } = speed;
        const left = progress.totalBytes - progress.sentBytes;
        this.#set({ step: 'sending', ...this.#sent(file), bytesPerS, secondsLeft: bytesPerS ? left / bytesPerS : null, waiting: progress.waiting });
      };
      await uploadFile(file, sessionId, onProgress, stop.signal, this.#ports);
      await this.#follow(file.name, stop);
    } catch (error) {
      if (stop.signal.aborted) return;
      const problem = asProblem(error);
      this.#set({ step: 'stopped', ...this.#sent(file), trouble: { code: problem.code, title: problem.title, next: problem.next }, again: problem.retryable && problem.code !== 'file.unreadable' });
      if (problem.status === 404 || problem.status === 410) this.#forget();
      if (!this.#given && MEETING_LOST.includes(problem.code)) this.#sessionId = null;
    }
  }

  pause(): void {
    if (this.#state.step !== 'sending' || !this.#file) return;
    this.#running?.abort();
    this.#set({ step: 'paused', ...this.#sent(this.#file) });
  }

  /** Removes what was sent. @throws ProblemError */
  async cancel(): Promise<void> {
    this.#running?.abort();
    if (this.#running) this.#cancelled.add(this.#running);
    const uploadId = this.#uploadId;
    this.#forget();
    this.#file = null;
    this.#set(IDLE_UPLOAD);
    if (uploadId !== null) {
      await this.#ports.api.cancelUpload(uploadId).catch((error: unknown) => {
        if (asProblem(error).status !== 404) throw error;
      });
    }
  }

  /** Has a file that is on the server taken in once more. */
  async tryAgain(): Promise<void> {
    const state = this.#state;
    if (state.step !== 'failed' || this.#uploadId === null) return this.resume();
    const stop = this.#begin();
    try {
      await this.#ports.api.completeUpload(this.#uploadId, stop.signal);
      await this.#follow(state.fileName, stop);
    } catch (error) {
      if (stop.signal.aborted) return;
      const problem = asProblem(error);
      this.#set({ step: 'failed', fileName: state.fileName, trouble: { code: problem.code, title: problem.title, next: problem.next }, again: problem.retryable });
    }
  }

  stop(): void {
    this.#running?.abort();
    this.#running = null;
  }

  async #follow(fileName: string, stop: AbortController): Promise<void> {
    const { api, clock } = this.#ports;
    let last: UploadView | null = null;
    for (;;) {
      const upload: UploadView | null = await api.getUpload(this.#uploadId!, stop.signal).catch((error: unknown) => {
        if (stop.signal.aborted || !asProblem(error).retryable) throw error;
        return null;
      });
      if (stop.signal.aborted) return;
      last = upload ?? last;
      if (upload?.state === 'done') return this.#set({ step: 'done', fileName, durationMs: upload.decodedMs, trouble: troubleOf(upload.failure) });
      if (upload?.state === 'failed') return this.#set({ step: 'failed', fileName, trouble: troubleOf(upload.failure ?? 'internal')!, again: PASSING.includes(upload.failure ?? '') });
      this.#set({ step: 'taking-in', fileName, decodedMs: last?.decodedMs ?? 0, durationMs: last?.durationMs ?? null, silent: upload === null });
      await pause(clock, FOLLOW_MS, stop.signal);
    }
  }

  #sent(file: File): Sending {
    return { fileName: file.name, sentBytes: this.#progress?.sentBytes ?? 0, totalBytes: file.size };
  }
  #begin(): AbortController {
    this.#running?.abort();
    this.#running = new AbortController();
    return this.#running;
  }
  #forget(): void {
    if (this.#sessionId !== null) this.#ports.remember(this.#sessionId, null);
    this.#uploadId = null;
    this.#progress = null;
  }
  #set(state: UploadState): void {
    this.#state = state;
    for (const tell of this.#subscribers) tell();
  }
}

function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  throw error;
}
