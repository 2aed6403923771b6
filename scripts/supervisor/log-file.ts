/** A log file of bounded size: when full it becomes `<name>.1`, whose predecessor is dropped. */
import fs from 'node:fs';
import path from 'node:path';
import { plainLine } from './log-line.ts';

/** 5 MiB, twice: a day of normal running, and nobody's disk fills up. */
const MAX_LOG_BYTES = 5 * 1024 * 1024;
/** Lines remembered to explain why a process died. */
const TAIL_LINES = 20;
const MAX_LINE_CHARACTERS = 4_000;
/** For whoever started Spool alone, whatever the umask. */
const FILE_MODE = 0o600;

export class LogFile {
  readonly path: string;
  readonly #maxBytes: number;
  readonly #onLine: (line: string) => void;
  #descriptor: number;
  #sizeBytes: number;
  #partial = '';
  #tail: string[] = [];

  /** Opens for appending; `onLine` sees every complete line. */
  constructor(file: string, onLine: (line: string) => void = () => {}, maxBytes = MAX_LOG_BYTES) {
    this.path = file;
    this.#maxBytes = maxBytes;
    this.#onLine = onLine;
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    this.#descriptor = fs.openSync(file, 'a', FILE_MODE);
    this.#sizeBytes = fs.fstatSync(this.#descriptor).size;
  }

  write(chunk: Buffer | string): void {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (this.#sizeBytes > 0 && this.#sizeBytes + bytes.length > this.#maxBytes) this.#rotate();
    try {
      this.#sizeBytes += fs.writeSync(this.#descriptor, bytes);
    } catch {
      // A full disk must not end the supervisor; the lines still reach the screen and the tail.
    }
    const lines = (this.#partial + bytes.toString('utf8')).split('\n');
    this.#partial = (lines.pop() ?? '').slice(0, MAX_LINE_CHARACTERS);
    for (const line of lines) this.#remember(line.slice(0, MAX_LINE_CHARACTERS));
  }

  /** The last lines since the last `forget`, an unfinished one included. */
  tail(): string[] {
    return [...this.#tail, ...(this.#partial ? [this.#partial] : [])].map(plainLine);
  }

  /** Starts a new tail, for a new process. */
  forget(): void {
    this.#tail = [];
    this.#partial = '';
  }

  close(): void {
    fs.closeSync(this.#descriptor);
  }

  #remember(line: string): void {
    this.#tail.push(line);
    if (this.#tail.length > TAIL_LINES) this.#tail.shift();
    if (line.trim() !== '') this.#onLine(line);
  }

  #rotate(): void {
    fs.closeSync(this.#descriptor);
    fs.renameSync(this.path, `${this.path}.1`);
    this.#descriptor = fs.openSync(this.path, 'a', FILE_MODE);
    this.#sizeBytes = 0;
  }
}
