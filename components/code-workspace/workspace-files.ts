/**
 * The files of a workspace as the page has them, without React: what is typed is kept in this browser at once, saved on the
 * server a moment later, and put together with what was saved elsewhere meanwhile. Nothing that was typed is ever dropped.
 */
import { ProblemError } from '#components/api/problem-error.ts';
import type { Clock } from '#domain/clock.ts';
import type { FileSummary, WorkspaceFile } from '#domain/code/file.ts';
import type { KeptFile, KeptFiles } from './kept-files.ts';
import { mergeText } from './merge-text.ts';

/** Saved this long after the last key, and while somebody types without a pause at least this often. */
export const SAVE_AFTER_MS = 500;
export const SAVE_AT_LEAST_EVERY_MS = 2_000;
export const RETRY_BASE_MS = 1_000;
export const RETRY_MAX_MS = 10_000;
/** Each is kept with every key: the first is what arrives when a connection breaks, the newest when it comes back. */
const MAX_SENT = 4;

export interface WorkspaceFilesPorts {
  clock: Clock;
  /** All throw ProblemError. */
  listFiles(): Promise<{ files: FileSummary[] }>;
  readFile(path: string): Promise<WorkspaceFile>;
  createFile(path: string, content: string): Promise<WorkspaceFile>;
  saveFile(path: string, content: string, version: number): Promise<WorkspaceFile>;
  deleteFile(path: string, version: number): Promise<void>;
  /** Null: this browser keeps nothing. */
  openKept(): Promise<KeptFiles | null>;
}

/**
 * `offline`: the server does not answer, everything is kept here. `refused`: the server does not take it as it is (the
 * problem says why); other files go on. `over`: the session has ended, `taken`: somebody else writes here now.
 */
export type SavingState = 'saved' | 'saving' | 'offline' | 'refused' | 'over' | 'taken';
export interface WorkspaceView {
  state: 'loading' | 'ready' | 'failed';
  problem: ProblemError | null;
  files: { path: string; saved: boolean }[];
  saving: SavingState;
  /** Paths that were put together with another version, newest last; `conflicts`: places to decide by hand. */
  merged: { path: string; conflicts: number; number: number } | null;
  /** False: what is not saved would not survive a reload. */
  kept: boolean;
}

interface OneFile {
  path: string;
  /** Null: deleted here, and the server is to know. */
  content: string | null;
  /** The server's, as last seen; 0: it has no such file. */
  version: number;
  base: string;
  /** Texts over `version` that the server did not answer to, the first and the newest: one of them may have arrived. */
  sent: string[];
  /** A text the server refused; it is not offered again. */
  refused: string | null;
  editedAtMs: number;
  dirtySinceMs: number;
}

export class WorkspaceFiles {
  readonly #ports: WorkspaceFilesPorts;
  readonly #files = new Map<string, OneFile>();
  readonly #subscribers = new Set<() => void>();
  readonly #replaced = new Set<(path: string, content: string) => void>();
  #kept: KeptFiles | null = null;
  #writing = new Map<string, Promise<void>>();
  #view: WorkspaceView = { state: 'loading', problem: null, files: [], saving: 'saved', merged: null, kept: true };
  /** What is asked of the server now. */
  #busy: Promise<unknown> | null = null;
  #cancelTimer: () => void = () => {};
  #failures = 0;
  #halted: 'over' | 'taken' | null = null;
  #refusal: ProblemError | null = null;
  #merges = 0;
  #closed = false;

  constructor(ports: WorkspaceFilesPorts) {
    this.#ports = ports;
  }

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#subscribers.add(onChange);
    return () => this.#subscribers.delete(onChange);
  };
  readonly getView = (): WorkspaceView => this.#view;

  /** Told when a text was changed from outside the editor. */
  onReplaced(listener: (path: string, content: string) => void): () => void {
    this.#replaced.add(listener);
    return () => this.#replaced.delete(listener);
  }

  contentOf(path: string): string | null {
    return this.#files.get(path)?.content ?? null;
  }
  versionOf(path: string): number {
    return this.#files.get(path)?.version ?? 0;
  }

  /**
   * Loads what the server and this browser have; again after a failure or a lost connection. In turn with saving: an answer of
   * before a save would take back what was saved.
   */
  open(): Promise<void> {
    return this.#inTurn(() => this.#load());
  }

  async #load(): Promise<void> {
    try {
      this.#kept ??= await this.#ports.openKept().catch(() => null);
      const kept = (await this.#kept?.load().catch(() => [])) ?? [];
      const { files } = await this.#ports.listFiles();
      const unknown = files.filter(({ path, version }) => this.#files.get(path)?.version !== version);
      const read = await Promise.all(unknown.map(({ path }) => this.#ports.readFile(path)));
      if (this.#closed) return;
      for (const file of read) this.#seen(file);
      const listed = new Set(files.map(({ path }) => path));
      for (const file of this.#files.values()) if (!listed.has(file.path) && file.version > 0 && !this.#isDirty(file)) this.#files.delete(file.path);
      // Later this page knows more than what it kept.
      if (this.#view.state !== 'ready') for (const file of kept) if (!this.#isDirty(this.#files.get(file.path))) this.#restore(file);
      this.#patch({ state: 'ready', problem: null, kept: this.#kept !== null });
      this.#failures = 0;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (this.#view.state !== 'ready') this.#patch({ state: 'failed', problem: error });
    }
  }

  /** What stands in the editor now. */
  edit(path: string, content: string): void {
    const file = this.#files.get(path);
    if (!file || file.content === content) return;
    this.#change(file, content);
  }

  /** A new text from the page itself, e.g. a decided conflict; the editor is told. */
  replace(path: string, content: string): void {
    this.edit(path, content);
    for (const tell of this.#replaced) tell(path, content);
  }

  /** False: there is such a file already. */
  create(path: string, content: string): boolean {
    const known = this.#files.get(path);
    if (known && known.content !== null) return false;
    if (known) this.#change(known, content);
    else {
      const nowMs = this.#ports.clock.monotonicMs();
      const file: OneFile = { path, content, version: 0, base: '', sent: [], refused: null, editedAtMs: nowMs, dirtySinceMs: nowMs };
      this.#files.set(path, file);
      this.#keep(file);
    }
    this.#schedule(0);
    this.#patch({});
    return true;
  }

  /** The deleted text, for whoever takes it back with `create`. */
  remove(path: string): string | null {
    const file = this.#files.get(path);
    const content = file?.content ?? null;
    if (!file || content === null) return null;
    // One that is being made may be on the server already.
    if (file.version === 0 && file.sent.length === 0) {
      this.#files.delete(path);
      this.#forget(path);
    } else this.#change(file, null);
    this.#schedule(0);
    this.#patch({});
    return content;
  }

  rename(path: string, to: string): boolean {
    const content = this.contentOf(path);
    if (content === null || !this.create(to, content)) return false;
    this.remove(path);
    return true;
  }

  /** Saves now what is to be saved. True: the server has everything that was typed until this call. */
  flush(): Promise<boolean> {
    this.#cancelTimer();
    this.#failures = 0;
    return this.#pump(true);
  }

  /** The page may be going away: keeps at once what is not saved. */
  leaving(): void {
    this.#kept?.putNow(this.#dirty().map(asKept));
    if (!this.#halted) void this.#pump(true);
  }

  dismissMerged(): void {
    this.#patch({ merged: null });
  }

  close(): void {
    this.leaving();
    this.#closed = true;
    this.#cancelTimer();
  }

  // ---- saving -------------------------------------------------------------------------------------------------------

  #change(file: OneFile, content: string | null): void {
    const nowMs = this.#ports.clock.monotonicMs();
    if (!this.#isDirty(file)) file.dirtySinceMs = nowMs;
    file.content = content;
    file.editedAtMs = nowMs;
    this.#keep(file);
    this.#schedule();
    this.#patch({});
  }

  #isDirty(file: OneFile | undefined): boolean {
    return file !== undefined && (file.version === 0 ? file.content !== null || file.sent.length > 0 : file.content !== file.base);
  }
  #dirty(): OneFile[] {
    return [...this.#files.values()].filter((file) => this.#isDirty(file));
  }
  /** Those that can be saved: not the ones the server has refused as they are. */
  #savable(): OneFile[] {
    return this.#dirty().filter((file) => file.refused === null || file.refused !== file.content);
  }

  #schedule(inMs?: number): void {
    if (this.#closed || this.#halted) return;
    this.#cancelTimer();
    const due = this.#savable();
    if (due.length === 0 && inMs === undefined) return;
    const nowMs = this.#ports.clock.monotonicMs();
    const wait = Math.min(...due.map((file) => Math.min(file.editedAtMs + SAVE_AFTER_MS, file.dirtySinceMs + SAVE_AT_LEAST_EVERY_MS) - nowMs));
    const backOff = this.#failures === 0 ? 0 : Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** (this.#failures - 1));
    this.#cancelTimer = this.#ports.clock.schedule(Math.max(0, backOff, inMs ?? wait), () => {
      // What is under way looks again at its end.
      if (!this.#busy) void this.#pump(false);
    });
  }

  /** @param all also what was typed a moment ago @returns as `flush` */
  #pump(all: boolean): Promise<boolean> {
    return this.#inTurn(() => this.#saveAll(all));
  }

  /** One thing is asked of the server at a time. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#busy;
    const run = async () => {
      await before;
      return work();
    };
    const turn = run().finally(() => {
      if (this.#busy === turn) this.#busy = null;
      this.#patch({});
      this.#schedule();
    });
    this.#busy = turn;
    this.#patch({});
    return turn;
  }

  async #saveAll(all: boolean): Promise<boolean> {
    const dirty = this.#dirty();
    if (this.#view.state !== 'ready') return dirty.length === 0;
    const startMs = this.#ports.clock.monotonicMs();
    const due = (file: OneFile) => all || file.version === 0 || file.content === null || file.editedAtMs + SAVE_AFTER_MS <= startMs || file.dirtySinceMs + SAVE_AT_LEAST_EVERY_MS <= startMs;
    const savable = this.#savable().filter(due);
    let saved = savable.length === dirty.length;
    for (const file of savable) {
      if (this.#halted) return false;
      // Deleted before it was its turn.
      if (this.#files.get(file.path) !== file) continue;
      const { content } = file;
      try {
        await this.#saveOne(file);
        this.#failures = 0;
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        if (!(await this.#failed(file, content, error))) return false;
        saved &&= !this.#isDirty(this.#files.get(file.path));
      }
    }
    return saved;
  }

  async #saveOne(file: OneFile): Promise<void> {
    const { content, version, path } = file;
    if (content === null) {
      // Its making was not answered: it may be there, or somebody else's.
      const made = version === 0 ? await this.#ports.readFile(path) : null;
      if (made && !file.sent.includes(made.content)) return this.#seen(made);
      await this.#ports.deleteFile(path, made?.version ?? version);
      if (file.content === null) {
        this.#files.delete(path);
        this.#forget(path);
      } else Object.assign(file, { version: 0, base: '' });
      return;
    }
    file.sent = [...file.sent.filter((text) => text !== content), content];
    if (file.sent.length > MAX_SENT) file.sent.splice(1, 1);
    const saved = version === 0 ? await this.#ports.createFile(path, content) : await this.#ports.saveFile(path, content, version);
    file.version = saved.version;
    file.base = content;
    file.sent = [];
    file.refused = null;
    if (!this.#isDirty(file)) this.#forget(path);
    else {
      file.dirtySinceMs = this.#ports.clock.monotonicMs();
      this.#keep(file);
    }
  }

  /** @param content what was sent @returns true: the other files may be tried */
  async #failed(file: OneFile, content: string | null, problem: ProblemError): Promise<boolean> {
    switch (problem.code) {
      case 'file.version_mismatch':
      case 'file.exists':
        return this.#mergeWithServer(file);
      case 'file.not_found':
        // Deleted elsewhere. What was typed here since is worth more than the deletion.
        if (file.content === null) {
          this.#files.delete(file.path);
          this.#forget(file.path);
        } else Object.assign(file, { version: 0, base: '' });
        return true;
      case 'session.over':
        this.#halted = 'over';
        return false;
      case 'workspace.read_only':
      case 'session.not_found':
        this.#halted = 'taken';
        return false;
    }
    if (problem.status === 0 || problem.status === 401 || problem.status === 429 || problem.status >= 500) {
      this.#failures += 1;
      return false;
    }
    file.refused = content;
    this.#refusal = problem;
    return true;
  }

  async #mergeWithServer(file: OneFile): Promise<boolean> {
    try {
      this.#seen(await this.#ports.readFile(file.path));
      return true;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (error.code === 'file.not_found') {
        Object.assign(file, { version: 0, base: '' });
        return true;
      }
      this.#failures += 1;
      return false;
    }
  }

  // ---- putting together ---------------------------------------------------------------------------------------------

  /** The server has this; what was typed here over an older version is put together with it. */
  #seen({ path, content, version }: WorkspaceFile): void {
    const file = this.#files.get(path);
    if (!file) {
      this.#files.set(path, { path, content, version, base: content, sent: [], refused: null, editedAtMs: 0, dirtySinceMs: 0 });
      return;
    }
    const { content: mine } = file;
    const base = file.sent.includes(content) ? content : file.base;
    Object.assign(file, { version, base: content, sent: [] });
    // Deleted here, changed there: the change stays, since it can be deleted again.
    if (mine === null && base !== content) file.content = content;
    else if (mine !== null) this.#putTogether(file, mine, base, content);
    if (!this.#isDirty(file)) this.#forget(path);
    else this.#keep(file);
  }

  /** What this browser kept from before. */
  #restore({ path, version, base, content, sent = [] }: KeptFile): void {
    const file = this.#files.get(path);
    const nowMs = this.#ports.clock.monotonicMs();
    if (!file) {
      if (content === null) return this.#forget(path);
      this.#files.set(path, { path, content, version: 0, base: '', sent: [], refused: null, editedAtMs: nowMs, dirtySinceMs: nowMs });
      return;
    }
    if (content === null) {
      if (version === file.version) file.content = null;
      else this.#forget(path);
    } else this.#putTogether(file, content, sent.includes(file.base) ? file.base : base, file.base);
    if (!this.#isDirty(file)) this.#forget(path);
  }

  #putTogether(file: OneFile, mine: string, base: string, other: string): void {
    const { text, conflicts } = mergeText(mine, base, other);
    const before = file.content;
    file.content = text;
    if (mine !== base && mine !== other && other !== base) this.#patch({ merged: { path: file.path, conflicts, number: ++this.#merges } });
    if (text !== before) for (const tell of this.#replaced) tell(file.path, text);
  }

  // ---- this browser -------------------------------------------------------------------------------------------------

  /** Writes of one file follow each other; of those that wait only the newest is written. */
  #keep(file: OneFile): void {
    this.#write(file.path, () => {
      const now = this.#files.get(file.path);
      return now && this.#isDirty(now) ? this.#kept?.put(asKept(now)) : undefined;
    });
  }
  #forget(path: string): void {
    this.#write(path, () => (this.#isDirty(this.#files.get(path)) ? undefined : this.#kept?.remove(path)));
  }
  #write(path: string, work: () => Promise<void> | undefined): void {
    if (!this.#kept) return;
    const waiting = (this.#writing.get(path) ?? Promise.resolve()).then(work).catch(() => this.#patch({ kept: false }));
    this.#writing.set(path, waiting);
  }

  #savingState(): SavingState {
    if (this.#halted) return this.#halted;
    const dirty = this.#dirty();
    if (dirty.length === 0) return 'saved';
    if (this.#failures > 0) return 'offline';
    return this.#savable().length === 0 ? 'refused' : 'saving';
  }

  #patch(change: Partial<WorkspaceView>): void {
    const files = [...this.#files.values()].filter((file) => file.content !== null).map((file) => ({ path: file.path, saved: !this.#isDirty(file) }));
    files.sort((a, b) => (a.path < b.path ? -1 : 1));
    const saving = this.#savingState();
    const before = this.#view;
    const same = before.files.length === files.length && before.files.every((file, at) => file.path === files[at]!.path && file.saved === files[at]!.saved);
    const problem = saving === 'refused' ? this.#refusal : before.state === 'ready' ? null : before.problem;
    const next = { ...before, problem, ...change, files: same ? before.files : files, saving };
    if ((Object.keys(next) as (keyof WorkspaceView)[]).every((key) => Object.is(next[key], before[key]))) return;
    this.#view = next;
    for (const notify of this.#subscribers) notify();
  }
}

function asKept({ path, version, base, content, sent }: OneFile): KeptFile {
  return { path, version, base, content, sent };
}
