'use client';

import { useRef, useState } from 'react';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import Trash from 'lucide-react/icons/trash-2';
import { api, type ProblemError, type ProblemSummary } from '#components/api/client.ts';
import { DIFFICULTY_WORDS } from '#components/code-workspace/problem-words.ts';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/dialogs.tsx';
import { SelectField } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { draftText, readDraft } from './problem-draft.ts';
import { asProblem, leaveToSignIn, useAttempt, useLoad } from './use-load.ts';

/** A problem of the interviewer's own as JSON: begun from one that exists, or one of theirs changed. */
export function OwnProblemsScreen() {
  const { loaded, reload } = useLoad('problems', (signal) => api.listProblems(signal));
  const { problem: failed, attempt } = useAttempt();
  const [editing, setEditing] = useState<{ id: string; title: string } | null>(null);
  const [from, setFrom] = useState('');
  const [text, setText] = useState('');
  const [edited, setEdited] = useState(false);
  /** What to do once the person agreed to lose what they wrote. */
  const [waiting, setWaiting] = useState<(() => void) | null>(null);
  const [flaws, setFlaws] = useState<{ path: string; message: string }[]>([]);
  const [refused, setRefused] = useState<ProblemError | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const all = loaded.state === 'ready' ? loaded.value.templates : [];
  const own = all.filter((one) => one.own);

  function show(next: { text: string; editing: { id: string; title: string } | null; from: string }) {
    setText(next.text);
    setEditing(next.editing);
    setFrom(next.from);
    setEdited(false);
    setFlaws([]);
    setRefused(null);
    setSaved(null);
  }
  function unlessEdited(act: () => void) {
    if (edited) setWaiting(() => act);
    else act();
  }
  async function startFrom(id: string) {
    const start = all.find((one) => one.id === id);
    if (!start) return show({ text: '', editing: null, from: '' });
    const problem = await attempt(() => (start.own ? api.getOwnProblem(id) : api.getProblem(id)));
    if (problem) show({ text: draftText(problem), editing: null, from: id });
  }
  async function edit({ id, title }: ProblemSummary) {
    const problem = await attempt(() => api.getOwnProblem(id));
    if (!problem) return;
    show({ text: draftText(problem), editing: { id, title }, from: '' });
    area.current?.focus();
  }
  async function remove({ id }: ProblemSummary) {
    if ((await attempt(() => api.deleteProblem(id).then(() => true))) === null) return;
    // What was written stays, to be saved as a new one.
    if (editing?.id === id) setEditing(null);
    await reload();
  }
  async function save() {
    const { draft, message } = readDraft(text);
    setRefused(null);
    setSaved(null);
    setFlaws(message === null ? [] : [{ path: '$', message }]);
    if (message !== null) return area.current?.focus();
    setBusy(true);
    try {
      const problem = editing ? await api.updateProblem(editing.id, draft) : await api.createProblem(draft);
      setEditing({ id: problem.id, title: problem.title });
      setFrom('');
      setEdited(false);
      setSaved(problem.title);
      await reload();
    } catch (error) {
      const met = asProblem(error);
      if (leaveToSignIn(met)) return;
      if (met.errors.length > 0) setFlaws(met.errors);
      else setRefused(met);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <ButtonLink href="/sessions/new?kind=code" variant="bare" className="-ml-4">
        <ArrowLeft aria-hidden size={18} />
        Prepare an interview
      </ButtonLink>
      <h1 className="mt-4 text-4xl sm:text-5xl">{editing ? `Change “${editing.title}”` : 'Your own problem'}</h1>
      <p className="mt-5 text-lg text-soft">
        A problem is one JSON document, in the shape of the built-in ones. Only you can choose it; candidates see its statement, visible tests and starters. Try its solutions in a session of your own: saving does not run them.
      </p>

      {loaded.state === 'failed' ? <div className="mt-8"><ProblemNotice problem={loaded.problem} onRetry={() => void reload()} /></div> : null}
      {failed ? <div className="mt-8"><ProblemNotice problem={failed} /></div> : null}

      <SelectField label={editing ? 'Or start a new one from' : 'Start from'} className="mt-10" value={from} disabled={loaded.state !== 'ready'} onChange={(event) => { const id = event.target.value; unlessEdited(() => void startFrom(id)); }}>
        <option value="">{editing ? 'Choose a problem' : 'Nothing: your own JSON'}</option>
        {all.map((one) => (
          <option key={one.id} value={one.id}>
            {one.title}
            {one.own ? ' (yours)' : ''}
          </option>
        ))}
      </SelectField>
      <p className="mt-1.5 text-sm text-faint">A built-in one gives its statement, visible tests and starters; hidden tests, solutions and the rest are yours to write.</p>

      <label htmlFor="definition" className="mt-6 mb-1.5 block font-medium">
        The problem as JSON
      </label>
      <textarea
        ref={area}
        id="definition"
        value={text}
        onChange={(event) => (setText(event.target.value), setEdited(true), setSaved(null))}
        spellCheck={false}
        autoCapitalize="off"
        aria-invalid={flaws.length > 0 ? true : undefined}
        className="h-112 w-full resize-y rounded-2xl border border-edge bg-raised p-4 font-mono text-sm leading-relaxed focus:border-accent aria-invalid:border-danger"
      />
      <div className="mt-4 grid gap-4">
        {flaws.length > 0 ? (
          <Notice tone="bad" urgent title={flaws.length === 1 ? 'One thing is to be put right' : `${flaws.length} things are to be put right`}>
            <ul className="mt-1 grid grid-cols-1 gap-1">
              {flaws.map(({ path, message }, index) => (
                <li key={index} className="wrap-anywhere">
                  <code className="font-mono text-sm text-ink">{path}</code> {message}
                </li>
              ))}
            </ul>
          </Notice>
        ) : null}
        {refused ? <ProblemNotice problem={refused} onRetry={() => void save()} /> : null}
        <div role="status">{saved ? <Notice tone="good" title={`“${saved}” is saved`}>You find it among the problems when you prepare an interview.</Notice> : null}</div>
        <div>
          <Button disabled={busy || text.trim() === ''} onClick={() => void save()}>
            {busy ? 'One moment…' : editing ? 'Save the changes' : 'Save the problem'}
          </Button>
        </div>
      </div>

      {own.length > 0 ? (
        <section aria-labelledby="yours" className="mt-14">
          <h2 id="yours" className="mb-3 text-2xl">
            Yours
          </h2>
          <ul className="grid grid-cols-1 gap-1.5 rounded-2xl border border-line p-1.5">
            {own.map((one) => (
              <OwnProblem key={one.id} problem={one} onEdit={() => unlessEdited(() => void edit(one))} onDelete={() => void remove(one)} />
            ))}
          </ul>
        </section>
      ) : null}

      <ConfirmDialog open={waiting !== null} onOpenChange={(open) => (open ? undefined : setWaiting(null))} title="Drop what you wrote?" cancel="Keep it" confirm="Drop it" danger onConfirm={() => waiting?.()}>
        <p>Your changes to this text are not saved.</p>
      </ConfirmDialog>
    </>
  );
}

function OwnProblem({ problem: { title, difficulty, minutes }, onEdit, onDelete }: { problem: ProblemSummary; onEdit: () => void; onDelete: () => void }) {
  const [asking, setAsking] = useState(false);
  return (
    <li className="flex items-center gap-2 rounded-xl py-1 pr-1 pl-3.5 hover:bg-sunken">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{title}</span>
        <span className="block text-sm text-faint">
          {DIFFICULTY_WORDS[difficulty]} · {minutes} min
        </span>
      </span>
      <Button variant="bare" aria-label={`Edit “${title}”`} onClick={onEdit}>
        Edit
      </Button>
      <IconButton label={`Delete “${title}”`} aria-haspopup="dialog" onClick={() => setAsking(true)} className="hover:bg-danger-wash hover:text-danger">
        <Trash aria-hidden size={18} strokeWidth={1.75} />
      </IconButton>
      <ConfirmDialog open={asking} onOpenChange={setAsking} title="Delete this problem?" cancel="Keep it" confirm="Delete it" danger onConfirm={onDelete}>
        <p>“{title}” disappears with its tests and solutions. Interviews that are over keep their code and transcript, without the problem.</p>
      </ConfirmDialog>
    </li>
  );
}
