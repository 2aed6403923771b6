'use client';

import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { api, type ProblemError } from '#components/api/client.ts';
import { asProblem, leaveToSignIn } from '#components/screens/use-load.ts';

const SAVE_AFTER_MS = 700;
const RETRY_MS = 4_000;
/** How often the others' notes are asked for. */
const OTHERS_EVERY_MS = 10_000;
const MAX_CHARS = 20_000;
type Saving = 'loading' | 'saved' | 'typing' | 'saving' | 'failed';
const SAVING_WORDS: Record<Saving, string> = { loading: 'Loading…', saved: 'Saved', typing: 'Saving…', saving: 'Saving…', failed: 'Not saved; trying again' };

/** One's own note, saved as it is typed, and the team's. The candidate has no way to them. */
export function NotesPanel({ sessionId }: { sessionId: string }) {
  const id = useId();
  const [text, setText] = useState('');
  const [saving, setSaving] = useState<Saving>('loading');
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [others, setOthers] = useState<{ text: string; updatedAt: string }[]>([]);
  const latest = useRef({ text: '', saved: '', loaded: false });
  const timer = useRef<number | undefined>(undefined);

  const save = useCallback(async function saveNow(): Promise<void> {
    clearTimeout(timer.current);
    const { text: now, saved, loaded } = latest.current;
    if (!loaded || now === saved) return;
    setSaving('saving');
    try {
      await api.savePrivateNote(sessionId, now);
      latest.current.saved = now;
      setProblem(null);
      if (latest.current.text === now) setSaving('saved');
      else timer.current = window.setTimeout(() => void saveNow(), SAVE_AFTER_MS);
    } catch (error) {
      const met = asProblem(error);
      if (leaveToSignIn(met)) return;
      setSaving('failed');
      setProblem(met);
      if (met.retryable) timer.current = window.setTimeout(() => void saveNow(), RETRY_MS);
    }
  }, [sessionId]);

  useEffect(() => {
    const abort = new AbortController();
    const load = async () => {
      try {
        const { notes } = await api.getPrivateNotes(sessionId, abort.signal);
        setOthers(notes.filter(({ mine }) => !mine));
        if (latest.current.loaded) return;
        const mine = notes.find((note) => note.mine)?.text ?? '';
        latest.current = { text: mine, saved: mine, loaded: true };
        setText(mine);
        setSaving('saved');
      } catch (error) {
        if (abort.signal.aborted) return;
        const met = asProblem(error);
        if (!leaveToSignIn(met) && !latest.current.loaded) setProblem(met);
      }
    };
    void load();
    const every = setInterval(() => void load(), OTHERS_EVERY_MS);
    const leave = () => void save();
    addEventListener('pagehide', leave);
    return () => {
      abort.abort();
      clearInterval(every);
      removeEventListener('pagehide', leave);
      void save();
    };
  }, [save, sessionId]);

  function type(next: string): void {
    latest.current.text = next;
    setText(next);
    setSaving('typing');
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void save(), SAVE_AFTER_MS);
  }
  return (
    <section aria-label="Notes" className="flex h-full min-h-0 flex-col">
      <div className="flex items-baseline justify-between gap-3 px-4.5 pt-3 pb-1">
        <label htmlFor={id} className="text-sm font-medium text-faint">
          Private notes
        </label>
        <p role="status" className={`text-[0.8125rem] ${saving === 'failed' ? 'text-danger' : 'text-faint'}`}>
          {problem && saving === 'loading' ? problem.title : SAVING_WORDS[saving]}
        </p>
      </div>
      <textarea
        id={id}
        value={text}
        disabled={saving === 'loading'}
        maxLength={MAX_CHARS}
        onChange={({ target }) => type(target.value)}
        onBlur={() => void save()}
        placeholder="Only your team sees these."
        className="mx-3 min-h-24 flex-1 resize-none rounded-xl border border-line bg-raised px-3 py-2 text-[0.9375rem] leading-relaxed placeholder:text-faint hover:border-edge -outline-offset-1 focus:border-accent"
      />
      {others.length > 0 ? (
        <ul aria-label="Notes of the team" tabIndex={0} className="mx-3 mt-2 grid max-h-28 gap-1.5 overflow-y-auto text-sm -outline-offset-2">
          {others.map(({ text: note, updatedAt }) => (
            <li key={updatedAt} className="rounded-xl bg-sunken px-3 py-1.5 whitespace-pre-wrap">
              <span className="mr-1.5 text-faint">A colleague:</span>
              {note}
            </li>
          ))}
        </ul>
      ) : null}
      <div className="h-3 shrink-0" />
    </section>
  );
}
