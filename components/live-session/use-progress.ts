'use client';

import { useEffect, useRef, useState } from 'react';
import type { Progress } from '#domain/interview/progress.ts';
import type { SessionKind } from '#domain/session/session.ts';
import type { LiveSessionView } from './live-session-types.ts';
import type { ProgressQuestion } from './progress-worker.ts';
import { turnsOf } from './turns.ts';

/** Asks the worker one question at a time; of those that come meanwhile the newest is asked next. */
class ProgressAsker {
  readonly #worker: Worker;
  #busy = false;
  #next: ProgressQuestion | null = null;

  constructor(onProgress: (progress: Progress) => void) {
    this.#worker = new Worker(new URL('./progress-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Progress>) => {
      this.#busy = false;
      onProgress(data);
      if (this.#next) this.ask(this.#next);
    });
  }

  ask(question: ProgressQuestion): void {
    this.#next = this.#busy ? question : null;
    if (this.#busy) return;
    this.#busy = true;
    this.#worker.postMessage(question);
  }

  close(): void {
    this.#worker.terminate();
  }
}

/** How far the interview has come by the turns this page knows; null until it is calculated, or where that cannot be done. */
export function useProgress(kind: SessionKind, view: LiveSessionView): Progress | null {
  const [progress, setProgress] = useState<Progress | null>(null);
  const asker = useRef<ProgressAsker | null>(null);
  const turns = turnsOf(view);
  const latest = useRef(turns);
  useEffect(() => {
    latest.current = turns;
  });
  const [begun, setBegun] = useState(false);
  if (!begun && view.connection === 'live') setBegun(true);
  const said = turns.map(({ text, unheardText }) => `${text}\n${unheardText ?? ''}`).join('\n');

  useEffect(() => {
    if (!begun) return;
    asker.current = new ProgressAsker(setProgress);
    return () => {
      asker.current?.close();
      asker.current = null;
    };
  }, [begun]);
  useEffect(() => {
    if (begun) asker.current?.ask({ kind, turns: latest.current });
  }, [begun, kind, said]);
  return progress;
}
