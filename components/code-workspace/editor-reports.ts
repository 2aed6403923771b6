/** Tells the stream what happens in the editor, in batches; what cannot be sent waits for the connection. */
import type { Clock } from '#domain/clock.ts';
import type { EditEvent, EditorChange } from '#domain/code/editor-change.ts';

/** Often enough for whoever watches, seldom enough for the log. */
export const REPORT_EVERY_MS = 300;
/** The protocol's. */
const MAX_CHANGES = 1_000;
/** A message may have 1 MiB; half of it is room for escapes. */
const MAX_MESSAGE_CHARS = 250_000;
/** What waits for a connection; beyond it the text as it then is takes the place of the way there. */
const MAX_WAITING = 4_000;

export interface EditorMessage {
  path: string;
  version: number;
  changes: EditorChange[];
}
type Timed = { atMs: number } & ({ text: string } | { from: number; to: number; insert: string; length: number; event: EditEvent } | { anchor: number; head: number } | { movedTo: string | null });

interface Ports {
  clock: Clock;
  /** False: there is no connection now. */
  send(message: EditorMessage): boolean;
  versionOf(path: string): number;
  contentOf(path: string): string | null;
}

export class EditorReports {
  readonly #ports: Ports;
  #waiting: { path: string; change: Timed }[] = [];
  #cancel: (() => void) | null = null;
  /** Too much waited: these files start anew with their text. */
  #lost = new Set<string>();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** A file came into the editor. */
  opened(path: string): void {
    this.#add(path, { text: this.#ports.contentOf(path) ?? '' });
  }
  edited(path: string, change: { from: number; to: number; insert: string; length: number; event: EditEvent }): void {
    this.#add(path, change);
  }
  /** Only the newest place of a batch counts. */
  moved(path: string, selection: { anchor: number; head: number }): void {
    const last = this.#waiting.at(-1);
    if (last?.path === path && 'anchor' in last.change) this.#waiting.pop();
    this.#add(path, selection);
  }
  renamed(path: string, movedTo: string | null): void {
    this.#add(path, { movedTo });
  }

  /** The connection is back, or the page is about to go. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = null;
    if (this.#lost.size > 0) {
      const paths = [...this.#lost];
      this.#lost.clear();
      for (const path of paths) this.opened(path);
    }
    while (this.#waiting.length > 0) {
      const { path } = this.#waiting[0]!;
      const nowMs = this.#ports.clock.monotonicMs();
      let chars = 0;
      let count = 0;
      for (const { path: of, change } of this.#waiting) {
        const length = 'insert' in change ? change.insert.length : 'text' in change ? change.text.length : 0;
        if (of !== path || count === MAX_CHANGES || (count > 0 && chars + length > MAX_MESSAGE_CHARS)) break;
        chars += length;
        count += 1;
      }
      const changes = this.#waiting.slice(0, count).flatMap(({ change: { atMs, ...change } }): EditorChange[] => {
        // Too large for a message: the versions of the file tell it.
        if (('insert' in change && change.insert.length > MAX_MESSAGE_CHARS) || ('text' in change && change.text.length > MAX_MESSAGE_CHARS)) return [];
        return [{ agoMs: Math.max(0, Math.round(nowMs - atMs)), ...change } as EditorChange];
      });
      if (changes.length > 0 && !this.#ports.send({ path, version: this.#ports.versionOf(path), changes })) {
        this.#schedule();
        return;
      }
      this.#waiting.splice(0, count);
    }
  }

  close(): void {
    this.flush();
    this.#cancel?.();
    this.#cancel = null;
  }

  #add(path: string, change: Timed extends infer T ? (T extends { atMs: number } ? Omit<T, 'atMs'> : never) : never): void {
    this.#waiting.push({ path, change: { atMs: this.#ports.clock.monotonicMs(), ...change } as Timed });
    if (this.#waiting.length > MAX_WAITING) {
      for (const { path: of } of this.#waiting) this.#lost.add(of);
      this.#waiting = [];
    }
    this.#schedule();
  }

  #schedule(): void {
    this.#cancel ??= this.#ports.clock.schedule(REPORT_EVERY_MS, () => {
      this.#cancel = null;
      this.flush();
    });
  }
}
