/** Writes what happens in a run into its session's log, a few times a second, in order. */
import type { Clock } from '../clock.ts';
import type { RunProgress, RunRepository } from './ports.ts';
import type { RunResult } from './run.ts';

/** Often enough for somebody who watches, seldom enough for the database. */
const LOOK_EVERY_MS = 150;
/** Shorter runs are over before anybody could watch: their log is written at once, with the result. */
const FIRST_LOOK_MS = 400;
/** A run that nobody moved for a minute counts as lost, so it is told of also when nothing happens. */
const BEAT_EVERY_MS = 10_000;

export class RunLog {
  readonly #runId: string;
  readonly #runs: RunRepository;
  readonly #clock: Clock;
  #events: { type: string; data: unknown }[] = [];
  #writing: Promise<void> = Promise.resolve();
  #cancel: () => void;
  #done = false;
  #toldAtMs: number;
  #told: Standing | null = null;
  /** Where the run stands, for whoever stops waiting. */
  standing: Standing = { status: 'queued', position: null };

  constructor({ runId, runs, clock }: { runId: string; runs: RunRepository; clock: Clock }) {
    this.#runId = runId;
    this.#runs = runs;
    this.#clock = clock;
    this.#toldAtMs = clock.monotonicMs();
    this.#cancel = clock.schedule(FIRST_LOOK_MS, () => void this.#look());
  }

  note(progress: RunProgress): void {
    switch (progress.type) {
      case 'queued':
        this.standing = { status: 'queued', position: progress.position };
        return;
      case 'compiling':
      case 'running':
        this.standing = { status: 'running', position: null };
        return;
      case 'output': {
        const last = this.#events.at(-1);
        const data = last?.data as { stream?: string; text?: string } | undefined;
        if (last?.type === 'run.output' && data?.stream === progress.stream) data.text += progress.text;
        else this.#events.push({ type: 'run.output', data: { runId: this.#runId, stream: progress.stream, text: progress.text } });
        return;
      }
      case 'test':
        this.#events.push({ type: 'run.test', data: { runId: this.#runId, result: progress.result } });
    }
  }

  async finish(result: RunResult): Promise<void> {
    this.#done = true;
    this.#cancel();
    await this.#writing;
    const rest = this.#events.splice(0);
    await this.#runs.finish(this.#runId, result, [...rest, { type: 'run.result', data: { runId: this.#runId, ...result } }]);
  }

  /** Writes what is new, one write at a time, and looks again. */
  async #look(): Promise<void> {
    const isNew = this.#events.length > 0 || this.standing !== this.#told || this.#clock.monotonicMs() - this.#toldAtMs >= BEAT_EVERY_MS;
    if (isNew) {
      this.#writing = this.#tell();
      await this.#writing;
    }
    if (!this.#done) this.#cancel = this.#clock.schedule(LOOK_EVERY_MS, () => void this.#look());
  }

  async #tell(): Promise<void> {
    this.#told = this.standing;
    this.#toldAtMs = this.#clock.monotonicMs();
    const { status, position } = this.standing;
    // What cannot be written now is in the result as well.
    await this.#runs.progress(this.#runId, { status, ...(position === null ? {} : { position }), events: this.#events.splice(0) }).catch(() => {});
  }
}

interface Standing {
  status: 'queued' | 'running';
  position: number | null;
}
