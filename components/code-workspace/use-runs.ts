'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { ProblemError, api } from '#components/api/client.ts';
import type { RunResult } from '#domain/code/run.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** A run that is not finished yet is asked for this often. */
const ASK_EVERY_MS = 400;

/** `program`: with what stands in the input box. `visible`, `all`: with the problem's tests. */
export type RunKind = 'program' | 'visible' | 'all';
export interface RunState {
  /** Null: nothing is running. */
  current: { kind: RunKind; path: string; phase: 'saving' | 'queued' | 'running'; position: number | null; startedAtMs: number } | null;
  /** The newest outcome of tests and of programs; a problem takes its place. */
  tests: RunOutcome | null;
  program: RunOutcome | null;
}
export interface RunOutcome {
  kind: RunKind;
  path: string;
  result: RunResult | null;
  problem: ProblemError | null;
  number: number;
}

const NOT_SAVED = new ProblemError({ status: 0, code: 'file.unsaved', title: 'Your code is not saved yet', detail: 'It is kept in this browser and runs as soon as the server has it. Check the connection, then run it again.' });

/** Runs files of the session and follows each run to its end. `finishedRunId`: the newest of which the stream told. */
export function useRuns(sessionId: string, files: WorkspaceFiles, finishedRunId: string | null) {
  const [state, setState] = useState<RunState>({ current: null, tests: null, program: null });
  const busy = useRef(false);
  const count = useRef(0);
  const stop = useRef<AbortController | null>(null);
  const wake = useRef<{ runId: string; now: () => void } | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  useEffect(() => {
    if (finishedRunId !== null && wake.current?.runId === finishedRunId) wake.current.now();
  }, [finishedRunId]);

  const run = useCallback(
    async (kind: RunKind, path: string, stdin: string) => {
      if (busy.current) return;
      busy.current = true;
      const abort = new AbortController();
      stop.current = abort;
      const { signal } = abort;
      const current = { kind, path, startedAtMs: Date.now() };
      const show = (phase: 'saving' | 'queued' | 'running', position: number | null = null) => setState((now) => ({ ...now, current: { ...current, phase, position } }));
      const end = (outcome: { result: RunResult } | { problem: ProblemError }) => {
        const done: RunOutcome = { kind, path, result: null, problem: null, ...outcome, number: ++count.current };
        setState((now) => ({ ...now, current: null, ...(kind === 'program' ? { program: done } : { tests: done }) }));
      };
      show('saving');
      try {
        if (!(await files.flush())) return end({ problem: files.getView().problem ?? NOT_SAVED });
        show('running');
        let answer = await api.execute({ sessionId, fileName: path, ...(kind === 'program' ? (stdin ? { stdin } : {}) : { tests: kind }) }, signal);
        let failures = 0;
        while (!answer.finished) {
          const { runId, status, position } = answer;
          show(status, position);
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, ASK_EVERY_MS * (1 + failures));
            wake.current = { runId, now: () => (clearTimeout(timer), resolve()) };
          });
          wake.current = null;
          if (signal.aborted) return;
          try {
            answer = await api.getRun(runId, signal);
            failures = 0;
          } catch (error) {
            // The run goes on without us; a connection that comes back finds it.
            if (!(error instanceof ProblemError) || !error.retryable || error.code === 'run.lost' || ++failures > 20) throw error;
          }
        }
        end({ result: answer.result });
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof ProblemError)) throw error;
        end({ problem: error });
      } finally {
        busy.current = false;
      }
    },
    [files, sessionId],
  );
  return { ...state, run };
}
