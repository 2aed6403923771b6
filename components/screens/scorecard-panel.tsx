'use client';

import { useEffect, useId, useRef, useState } from 'react';
import CodeXml from 'lucide-react/icons/code-xml';
import Flask from 'lucide-react/icons/list-checks';
import Plus from 'lucide-react/icons/plus';
import Quote from 'lucide-react/icons/play';
import Trash from 'lucide-react/icons/trash-2';
import { api, type ProblemError } from '#components/api/client.ts';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/dialogs.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import type { ListedRun } from '#domain/code/list-runs.ts';
import type { AreaScore, Evidence, Reason, RubricArea, Scorecard } from '#domain/scorecard/scorecard.ts';
import { clockTime } from '#domain/session/times.ts';
import { itemAnchor } from './interest-evidence.ts';
import { asProblem, leaveToSignIn, useLoad } from './use-load.ts';
import { whenWords } from './words.ts';

/** Between the last change and saving. */
const SAVE_AFTER_MS = 800;
/** The draft is made in the moments after the end. */
const ASK_AGAIN_MS = 2_500;
const ASK_AT_MOST = 40;

const AREAS: Record<RubricArea, string> = { 'problem-solving': 'Problem solving', 'code-quality': 'Code quality', correctness: 'Correctness', communication: 'Communication', speed: 'Speed' };
const SCORES = [
  { score: 1, word: 'Weak' },
  { score: 2, word: 'Between' },
  { score: 3, word: 'Solid' },
  { score: 4, word: 'Strong' },
] as const;

export interface EvidenceActions {
  /** Null: there is no recording to listen to. */
  onPlay: ((startMs: number) => void) | null;
  onShowVersion: (path: string, version: number) => void;
}

/** What may be said about the interview, every reason with where to see it for oneself. A person edits and signs it. */
export function ScorecardPanel({ sessionId, beganMs, ...actions }: { sessionId: string; beganMs: number } & EvidenceActions) {
  const [asked, setAsked] = useState(0);
  const { loaded, reload, setValue } = useLoad(`scorecard ${sessionId}`, async (signal) => {
    const [scorecard, { runs }] = await Promise.all([api.getScorecard(sessionId, signal), api.listRuns(sessionId, signal)]);
    return { scorecard, runs, nowMs: Date.now() };
  });
  const notReady = loaded.state === 'failed' && loaded.problem.code === 'outcome.not_ready';
  const waiting = notReady && asked < ASK_AT_MOST;
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => {
      setAsked((times) => times + 1);
      void reload();
    }, ASK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [waiting, asked, reload]);
  return (
    <section aria-labelledby="scorecard" className="mt-10">
      <h2 id="scorecard" className="text-2xl">
        Scorecard
      </h2>
      {loaded.state === 'loading' || waiting ? (
        <div role="status" className="mt-4 grid gap-3">
          <p className="text-soft">{waiting ? 'The draft is being made from what was said, typed and run…' : 'Loading the scorecard…'}</p>
          <div aria-hidden className="h-28 animate-pulse rounded-2xl bg-sunken" />
        </div>
      ) : null}
      {notReady && !waiting ? (
        <div className="mt-4">
          <Notice title="There is no draft" actions={<Button variant="quiet" onClick={() => (setAsked(0), void reload())}>Look again</Button>}>
            Nothing could be drafted yet. The background jobs of the server may be behind.
          </Notice>
        </div>
      ) : null}
      {loaded.state === 'failed' && !notReady ? (
        <div className="mt-4">
          <ProblemNotice problem={loaded.problem} onRetry={() => void reload()} />
        </div>
      ) : null}
      {loaded.state === 'ready' ? <Card key={`${loaded.value.scorecard.status}`} {...loaded.value} sessionId={sessionId} beganMs={beganMs} {...actions} onChange={(scorecard) => setValue((now) => ({ ...now, scorecard }))} /> : null}
    </section>
  );
}

interface CardProps extends EvidenceActions {
  sessionId: string;
  beganMs: number;
  scorecard: Scorecard;
  runs: ListedRun[];
  nowMs: number;
  onChange: (scorecard: Scorecard) => void;
}
function Card({ sessionId, beganMs, scorecard, runs, nowMs, onChange, ...actions }: CardProps) {
  const signed = scorecard.status === 'signed';
  const [areas, setAreas] = useState(scorecard.areas);
  const [note, setNote] = useState(scorecard.note);
  const [state, setState] = useState<'as-loaded' | 'saving' | 'saved'>('as-loaded');
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [signing, setSigning] = useState(false);
  const waiting = useRef<{ areas: AreaScore[]; note: string } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const writing = useRef(Promise.resolve(true));

  /** One after the other: what was written first must not arrive last, nor a signature before what it is put under. */
  function save(): Promise<boolean> {
    clearTimeout(timer.current);
    writing.current = writing.current.then(write);
    return writing.current;
  }
  async function write(): Promise<boolean> {
    const now = waiting.current;
    if (!now) return true;
    waiting.current = null;
    try {
      // A reason that is being written has no words yet: it is saved once it has.
      const written = now.areas.map((area) => ({ ...area, reasons: area.reasons.filter(({ text }) => text.trim() !== '') }));
      await api.editScorecard(sessionId, { areas: written, note: now.note });
      setProblem(null);
      if (waiting.current === null) setState('saved');
      return true;
    } catch (error) {
      const met = asProblem(error);
      waiting.current ??= now;
      if (!leaveToSignIn(met)) setProblem(met);
      return false;
    }
  }
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useEffect(() => () => void latest.current(), []);
  function change(next: { areas?: AreaScore[]; note?: string }) {
    const now = { areas: next.areas ?? areas, note: next.note ?? note };
    setAreas(now.areas);
    setNote(now.note);
    setState('saving');
    waiting.current = now;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void latest.current(), SAVE_AFTER_MS);
  }
  async function sign() {
    if (!(await save())) return;
    try {
      onChange(await api.signScorecard(sessionId));
    } catch (error) {
      const met = asProblem(error);
      if (!leaveToSignIn(met)) setProblem(met);
    }
  }
  const changeArea = (next: AreaScore) => change({ areas: areas.map((area) => (area.area === next.area ? next : area)) });

  return (
    <div className="mt-4 grid grid-cols-1 gap-4">
      <Notice tone={signed ? 'good' : 'calm'} title={signed ? `Signed by ${scorecard.signedBy ?? 'somebody who has left'}${scorecard.signedAt ? `, ${lower(whenWords(scorecard.signedAt, nowMs))}` : ''}` : 'A draft, for you to check'}>
        {signed ? 'It is fixed now. Spool itself decides about nobody: whoever signed has checked the reasons and answers for them.' : scorecard.statement}
      </Notice>
      {areas.map((area) => (
        <Area key={area.area} area={area} rubric={scorecard.rubric?.[area.area] ?? null} fixed={signed} runs={runs} beganMs={beganMs} onChange={changeArea} {...actions} />
      ))}
      <div>
        <label htmlFor="scorecard-note" className="mb-1.5 block font-medium">
          Summary
        </label>
        {signed ? (
          <p className="text-soft whitespace-pre-wrap">{note || 'None was written.'}</p>
        ) : (
          <textarea id="scorecard-note" value={note} maxLength={10_000} placeholder="What a reader should take away, in your own words" onChange={(event) => change({ note: event.target.value })} onBlur={() => void save()} className="field-sizing-content min-h-24 w-full resize-y rounded-2xl border border-edge bg-raised p-4 focus:border-accent" />
        )}
      </div>
      {problem ? <ProblemNotice problem={problem} onRetry={() => void save()} /> : null}
      {signed ? null : (
        <div className="flex flex-wrap items-center gap-4">
          <Button onClick={() => setSigning(true)}>Sign the scorecard</Button>
          <p role="status" className="text-sm text-faint">
            {problem ? 'Not saved' : state === 'saving' ? 'Saving…' : state === 'saved' ? 'Saved' : ''}
          </p>
        </div>
      )}
      <ConfirmDialog open={signing} onOpenChange={setSigning} title="Sign this scorecard?" cancel="Not yet" confirm="Sign it" onConfirm={() => void sign()}>
        Your name is put under it, and nothing of it can be changed afterwards. By signing you say that you have checked its reasons; you answer for them, not the product.
      </ConfirmDialog>
    </div>
  );
}

interface AreaProps extends EvidenceActions {
  area: AreaScore;
  rubric: { weak: string; solid: string; strong: string } | null;
  fixed: boolean;
  runs: ListedRun[];
  beganMs: number;
  onChange: (area: AreaScore) => void;
}
function Area({ area, rubric, fixed, runs, beganMs, onChange, ...actions }: AreaProps) {
  const id = useId();
  const word = SCORES.find(({ score }) => score === area.score)?.word ?? 'Nothing to go by';
  const meaning = rubric && (area.score === 1 ? rubric.weak : area.score === 3 ? rubric.solid : area.score === 4 ? rubric.strong : null);
  const set = (index: number, reason: Reason | null) => onChange({ ...area, reasons: reason ? area.reasons.with(index, reason) : area.reasons.toSpliced(index, 1) });
  return (
    <section aria-labelledby={id} className="rounded-2xl border border-line bg-raised p-5">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h3 id={id} className="text-xl">
          {AREAS[area.area]}
        </h3>
        {fixed ? (
          <span className="rounded-full bg-sunken px-3 py-1 text-[0.9375rem]">{area.score === null ? word : `${word}, ${area.score} of 4`}</span>
        ) : (
          <div role="radiogroup" aria-label={`Score for ${AREAS[area.area].toLowerCase()}`} className="flex flex-wrap gap-1">
            {[...SCORES, { score: null, word: 'Nothing to go by' } as const].map((one) => (
              <label key={one.word} className="cursor-pointer rounded-full border border-line px-3 py-1 text-[0.9375rem] text-soft hover:border-edge has-checked:border-accent has-checked:bg-accent has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
                <input type="radio" name={`${id}-score`} checked={area.score === one.score} onChange={() => onChange({ ...area, score: one.score })} className="sr-only" />
                {one.word}
              </label>
            ))}
          </div>
        )}
      </div>
      {meaning ? (
        <p className="mt-2 text-[0.9375rem] text-soft">
          <span className="text-faint">{word} here means:</span> {meaning}
        </p>
      ) : null}
      <ul className="mt-4 grid grid-cols-1 gap-3">
        {area.reasons.map((reason, index) => (
          // Reasons have no names; what is typed stays with its place.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className="border-l-2 border-line pl-4">
            <div className="flex items-start gap-1">
              {fixed ? (
                <p className="min-w-0 flex-1">{reason.text}</p>
              ) : (
                <>
                  <textarea aria-label={`Reason ${index + 1} for ${AREAS[area.area].toLowerCase()}`} value={reason.text} rows={1} maxLength={500} placeholder="What you saw or heard" autoFocus={reason.text === '' && reason.evidence.length === 0} onChange={(event) => set(index, { ...reason, text: event.target.value })} className="field-sizing-content min-h-9 min-w-0 flex-1 resize-none rounded-lg border border-transparent bg-transparent px-2 py-1.5 hover:border-line focus:border-accent focus:bg-paper" />
                  <IconButton label={`Remove reason ${index + 1} for ${AREAS[area.area].toLowerCase()}`} onClick={() => set(index, null)} className="size-9 hover:text-danger">
                    <Trash aria-hidden size={16} />
                  </IconButton>
                </>
              )}
            </div>
            <div className={`flex flex-wrap gap-1.5 ${fixed ? 'mt-1.5' : 'mt-1 pl-2'}`}>
              {reason.evidence.map((evidence) => (
                <EvidenceLink key={JSON.stringify(evidence)} evidence={evidence} runs={runs} beganMs={beganMs} {...actions} />
              ))}
              {reason.evidence.length === 0 && reason.text ? <span className="text-sm text-faint">In the words of whoever edits it; it points to nothing.</span> : null}
            </div>
          </li>
        ))}
      </ul>
      {area.reasons.length === 0 ? <p className="text-[0.9375rem] text-faint">{fixed ? 'No reason was given.' : 'Nothing in the session speaks for or against it.'}</p> : null}
      {fixed || area.reasons.length >= 12 ? null : (
        <Button variant="bare" className="mt-3 -ml-4 h-10!" onClick={() => onChange({ ...area, reasons: [...area.reasons, { text: '', evidence: [] }] })}>
          <Plus aria-hidden size={16} />
          Add a reason
        </Button>
      )}
    </section>
  );
}

const CHIP = 'inline-flex max-w-full items-center gap-1.5 rounded-full bg-sunken px-2.5 py-1 text-sm text-soft hover:bg-wash hover:text-ink';
function EvidenceLink({ evidence, runs, beganMs, onPlay, onShowVersion }: { evidence: Evidence; runs: ListedRun[]; beganMs: number } & EvidenceActions) {
  switch (evidence.kind) {
    case 'speech': {
      const words = (
        <>
          <Quote aria-hidden size={13} className="shrink-0" />
          <span className="truncate">“{evidence.quote}”</span>
          <span className="shrink-0 text-faint tabular-nums">{clockTime(evidence.startMs)}</span>
        </>
      );
      // Without a recording the words are still in the transcript.
      return onPlay ? (
        <button type="button" className={CHIP} onClick={() => onPlay(evidence.startMs)}>
          <span className="sr-only">Listen: </span>
          {words}
        </button>
      ) : (
        <a href={`#${itemAnchor(evidence.itemId)}`} className={CHIP}>
          {words}
        </a>
      );
    }
    case 'code':
      return (
        <button type="button" className={CHIP} onClick={() => onShowVersion(evidence.path, evidence.version)}>
          <CodeXml aria-hidden size={13} className="shrink-0" />
          <span className="truncate">
            {evidence.path}, version {evidence.version}
          </span>
        </button>
      );
    case 'run': {
      const run = runs.find(({ runId }) => runId === evidence.runId);
      const all = run ? run.visible.all + run.hidden.all : 0;
      return (
        <a href={`#run-${evidence.runId}`} className={CHIP}>
          <Flask aria-hidden size={13} className="shrink-0" />
          {run ? `Run at ${clockTime(run.atMs - beganMs)}${all > 0 ? `: ${run.visible.passed + run.hidden.passed} of ${all} tests` : ''}` : 'A run'}
        </a>
      );
    }
  }
}
function lower(text: string): string {
  return text.replace(/^(Today|Yesterday)/, (day) => day.toLowerCase());
}
