/** What uploads need from outside. Implemented in adapters/postgres, adapters/filesystem and adapters/ffmpeg. */
import type { PersonActor } from '../../actor.ts';
import type { Upload } from './upload.ts';

/** Every method runs with the person's claims: row-level security decides what exists. */
export interface UploadRepository {
  /**
   * Creates it, and the meeting is one that comes as a file from then on. The same file (by name and size) that is being
   * received already is answered instead, so that it is gone on with. `unfinished`: another file is on its way.
   * `taken`: not a meeting, or something was recorded in it, or it is fed by a stream. `over`: it has ended.
   */
  create(actor: PersonActor, input: Pick<Upload, 'uploadId' | 'sessionId' | 'fileName' | 'sizeBytes' | 'partSizeBytes'>): Promise<{ upload: Upload; created: boolean } | 'no_session' | 'taken' | 'over' | { unfinished: string }>;
  get(actor: PersonActor, uploadId: string): Promise<Upload | null>;
  /** With all parts there, has it taken in: the job is written in the same transaction. Otherwise, and again, it changes nothing. */
  takeIn(actor: PersonActor, uploadId: string): Promise<Upload | null>;
  /** `taken_in`: it is on its way into the meeting, or there. */
  remove(actor: PersonActor, uploadId: string): Promise<Upload | 'taken_in' | null>;
}

/** The same rows, for our servers. Every method answers null or false when the row is gone. */
export interface UploadRecords {
  /** `over`: its session has ended. */
  find(uploadId: string): Promise<(Upload & { over: boolean }) | null>;
  /** The part is on the disk. The last one has the file taken in, by a job written in the same transaction. */
  partReceived(uploadId: string, part: number): Promise<Upload | null>;
  beginDecoding(uploadId: string, durationMs: number | null): Promise<boolean>;
  decoded(uploadId: string, samples: number): Promise<boolean>;
  /** `failure`: what is missing of it. */
  finish(uploadId: string, samples: number, failure: string | null): Promise<boolean>;
  fail(uploadId: string, code: string): Promise<boolean>;
  /** Ends what was given up: uploads of before `olderThanMs`, or into a meeting that has ended, that never came whole, or failed. Their bytes can go. */
  expire(olderThanMs: number): Promise<UploadAddress[]>;
  /** Writes the job again of those that wait to be taken in and whose job is gone or dead, or failed for want of room or the like. */
  resume(): Promise<void>;
  /** Of these, those that exist. */
  existing(uploadIds: string[]): Promise<string[]>;
}

export interface UploadAddress {
  uploadId: string;
  sessionId: string;
}
/** The bytes of uploads: on the disk of the worker, or in an object store that takes the parts itself. */
export interface UploadStorage {
  /** Bytes there is room for; null where that is nobody's worry. */
  room(): Promise<number | null>;
  /**
   * Writes a part at its place as it comes, and resolves once it would survive a power cut. Again, it overwrites.
   * @throws SpoolError `upload.disk_full`, or whatever `body` throws
   */
  writePart(upload: UploadAddress, offset: number, body: AsyncIterable<Uint8Array>): Promise<void>;
  /** A file with all of it to read from; null: its bytes are gone. */
  fileOf(upload: UploadAddress): Promise<string | null>;
  remove(upload: UploadAddress): Promise<void>;
  removeOfSession(sessionId: string): Promise<void>;
  list(): Promise<UploadAddress[]>;
}

/** Addresses a browser can PUT one part to, and nothing else. */
export interface PartLinks {
  partUrl(baseUrl: string, uploadId: string, part: number): string;
  /** Whether the link was given out for exactly this part and has not expired. */
  allows(uploadId: string, part: number, query: URLSearchParams): boolean;
}

/** Reads recordings of any kind we take. The files come from strangers. */
export interface AudioDecoder {
  /**
   * Whether there is audio in it, and how long. `exact`: the length is that of the audio itself.
   * @throws SpoolError `upload.unreadable` | `upload.no_audio` | `upload.too_long` | `ffmpeg.missing`
   */
  probe(file: string, signal: AbortSignal): Promise<{ durationMs: number | null; exact: boolean }>;
  /**
   * Its first audio track as 16 kHz mono PCM16, on the clock of the file: what is missing in the middle is silence. The
   * same file gives the same samples. Nothing is read ahead of the consumer but a pipe's worth.
   * @throws SpoolError `upload.damaged` behind the last samples that could be read; `ffmpeg.missing`; `unavailable` when it was killed
   */
  decode(file: string, signal: AbortSignal): AsyncIterable<Int16Array>;
}
