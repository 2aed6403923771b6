/** What a live session keeps of a code interview for its interviewer: runs as they come, when was typed, which hints were given. */
import type { Clock } from '#domain/clock.ts';
import { readEditorChanges } from '#domain/code/editor-change.ts';
import { type CodeView, lookAt } from '#domain/code/code-view.ts';
import type { CodeMeasures, MeasureCode } from '#domain/code/measures.ts';
import type { RunRecordRequest, Workspace, WorkspaceReader } from '#domain/code/ports.ts';
import { type FinishedRun, glanceAt, isWorthARemark } from '#domain/code/run-glance.ts';
import type { Language, RunResult } from '#domain/code/run.ts';
import { hintHeardIn } from '#domain/interview/code-guide/hints.ts';
import type { SessionEvent } from '#domain/session/session.ts';

/** The interviewer answers without a fresh look rather than late. */
const LOOK_WITHIN_MS = 600;
/** The first look is worth waiting for: without the problem there is nothing to open with. */
const FIRST_LOOK_WITHIN_MS = 4_000;
const MAX_RUNS = 20;
/** Somebody may write what takes long to read, on purpose: it costs the event loop once a minute what a look may cost. */
const MEASURE_AGAIN_MS = 60_000;

export interface CodeInterview {
  workspace: WorkspaceReader;
  measure: MeasureCode;
}

export class CodeCompanion {
  readonly #options: { sessionId: string; clock: Clock; interview: CodeInterview; onFailure: (error: unknown) => void };
  readonly #requests = new Map<string, RunRecordRequest>();
  #runs: FinishedRun[] = [];
  #hintsGiven = 0;
  #workspace: Workspace = { problem: null, file: null, largestPasteChars: 0 };
  #lastLook: { path: string; content: string } | null = null;
  #measured: { language: Language; source: string; measures: CodeMeasures | null } | null = null;
  #looked = false;
  #measureAgainAtMs = 0;
  /** As the editor tells it: the most that was pasted in one go. */
  #pastedChars = 0;
  #typedAtMs: number | null = null;
  #heardAtMs: number;
  /** How far the session's log was followed. */
  followedSeq = 0;

  constructor(options: { sessionId: string; stored: readonly SessionEvent[]; clock: Clock; interview: CodeInterview; onFailure: (error: unknown) => void }) {
    this.#options = options;
    this.#heardAtMs = options.clock.monotonicMs();
    for (const event of options.stored) {
      this.#take(event);
      if (event.type === 'editor') this.#pasted(((event.data as { changes?: unknown[] } | null)?.changes ?? []) as unknown[]);
      if (event.type === 'hint.given') this.#hintsGiven = Math.max(this.#hintsGiven, Number((event.data as { step?: number }).step));
      this.followedSeq = event.seq;
    }
  }

  /** `changes`: of an `editor` message. */
  typed(changes: readonly unknown[]): void {
    this.#typedAtMs = this.#options.clock.monotonicMs();
    this.#pasted(changes);
  }
  #pasted(changes: readonly unknown[]): void {
    for (const change of readEditorChanges(changes)) if ('insert' in change && (change.event === 'paste' || change.event === 'drop')) this.#pastedChars = Math.max(this.#pastedChars, change.insert.length);
  }
  heard(): void {
    this.#heardAtMs = this.#options.clock.monotonicMs();
  }

  /** Follows the log. Answers the runs that ended, each with whether something should be said about it. */
  follow(events: readonly SessionEvent[], throughSeq: number): { runId: string; result: RunResult; remark: boolean }[] {
    const ended: { runId: string; result: RunResult; remark: boolean }[] = [];
    for (const event of events) {
      if (event.seq <= this.followedSeq) continue;
      const before = this.#runs.map((run) => glanceAt(run, this.#workspace.problem));
      const run = this.#take(event);
      if (run) ended.push({ runId: run.runId, result: run.result, remark: isWorthARemark(before, glanceAt(run, this.#workspace.problem)) });
    }
    this.followedSeq = Math.max(this.followedSeq, throughSeq);
    return ended;
  }

  /** Never rejects: what cannot be read now is as it was. */
  async look(): Promise<CodeView> {
    const { clock, interview, sessionId, onFailure } = this.#options;
    let cancel = () => {};
    const late = new Promise<null>((resolve) => {
      cancel = clock.schedule(this.#looked ? LOOK_WITHIN_MS : FIRST_LOOK_WITHIN_MS, () => resolve(null));
    });
    const read = await Promise.race([interview.workspace.read(sessionId).catch((error: unknown) => (onFailure(error), null)), late]);
    cancel();
    if (read) this.#workspace = read;
    this.#looked ||= read !== null;
    const nowMs = clock.monotonicMs();
    const lastAtMs = Math.max(this.#heardAtMs, this.#typedAtMs ?? 0);
    const view = lookAt({
      workspace: { ...this.#workspace, largestPasteChars: Math.max(this.#workspace.largestPasteChars, this.#pastedChars) },
      lastLook: this.#lastLook,
      runs: this.#runs,
      measure: (language, source) => this.#measure(language, source),
      silenceMs: Math.max(0, nowMs - lastAtMs),
      sinceTypingMs: this.#typedAtMs === null ? null : Math.max(0, nowMs - this.#typedAtMs),
      hintsGiven: this.#hintsGiven,
    });
    const { file } = this.#workspace;
    if (file) this.#lastLook = { path: file.path, content: file.content };
    return view;
  }

  /** The same code is not measured twice, and what took too long is left alone for a while. */
  #measure(language: Language, source: string): CodeMeasures | null {
    const nowMs = this.#options.clock.monotonicMs();
    if (nowMs < this.#measureAgainAtMs) return null;
    if (this.#measured?.language !== language || this.#measured.source !== source) this.#measured = { language, source, measures: this.#options.interview.measure(language, source) };
    if (!this.#measured.measures) this.#measureAgainAtMs = nowMs + MEASURE_AGAIN_MS;
    return this.#measured.measures;
  }

  /** What the interviewer said, as far as it was heard. Answers the step of a hint in it that had not been given before. */
  said(text: string, wasHint: boolean): number | null {
    const hints = this.#workspace.problem?.hints ?? [];
    if (this.#hintsGiven >= hints.length) return null;
    if (!wasHint && !hintHeardIn(text, hints[this.#hintsGiven]!)) return null;
    this.#hintsGiven += 1;
    return this.#hintsGiven;
  }

  get problemId(): string | null {
    return this.#workspace.problem?.id ?? null;
  }

  #take({ type, data, atMs }: SessionEvent): FinishedRun | null {
    const fields = (data ?? {}) as Record<string, unknown>;
    const runId = String(fields.runId ?? '');
    if (type === 'run.started') this.#requests.set(runId, fields as unknown as RunRecordRequest);
    if (type !== 'run.result') return null;
    const run: FinishedRun = { runId, request: this.#requests.get(runId) ?? null, result: fields as unknown as RunResult, atMs };
    this.#requests.delete(runId);
    this.#runs = [...this.#runs, run].slice(-MAX_RUNS);
    return run;
  }
}

/** As it goes over the stream: long outputs are cut, the whole is at `GET /api/runs/{runId}`. */
const MAX_OUTPUT_CHARS = 16_384;
const MAX_MESSAGE_CHARS = 262_144;
export function shortResult(result: RunResult): RunResult {
  const cut = (text: string) => (text.length <= MAX_OUTPUT_CHARS ? text : `${text.slice(0, MAX_OUTPUT_CHARS)}…`);
  const short: RunResult = {
    ...result,
    stdout: cut(result.stdout),
    stderr: cut(result.stderr),
    truncated: result.truncated || result.stdout.length > MAX_OUTPUT_CHARS || result.stderr.length > MAX_OUTPUT_CHARS,
    ...(result.compile ? { compile: { ...result.compile, stderr: cut(result.compile.stderr) } } : {}),
  };
  if (!short.results || JSON.stringify(short.results).length <= MAX_MESSAGE_CHARS) return short;
  return { ...short, truncated: true, results: short.results.map((each) => ('hidden' in each ? each : { ...each, actual: null, expected: null, stdout: '' })) };
}
