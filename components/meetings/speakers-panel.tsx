'use client';

import { useState } from 'react';
import Pencil from 'lucide-react/icons/pencil';
import { api, type ProblemError } from '#components/api/client.ts';
import type { Speaker, SpeakerList } from '#components/api/meeting-calls.ts';
import { asProblem, leaveToSignIn } from '#components/screens/use-load.ts';
import { Button } from '#components/ui/button.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import type { SpeakerNames } from '#domain/session/speaker-names.ts';
import { shortLength } from '#domain/session/times.ts';
import { voiceName } from './meeting-words.ts';
import { VoiceDot } from './voices.tsx';

interface Props {
  sessionId: string;
  list: SpeakerList;
  names: SpeakerNames;
  /** In how many chunks the voices were told apart. */
  voicedChunks: number;
  onChange: (list: SpeakerList) => void;
}

/** Who speaks in a meeting: to be named, and joined when two are one. What people say here is kept when voices are told apart again. */
export function SpeakersPanel({ sessionId, list: { speakers, unknownMs }, names, voicedChunks, onChange }: Props) {
  const [editing, setEditing] = useState<string | null>(null);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [said, setSaid] = useState('');
  const own = speakers.filter(({ mergedInto }) => mergedInto === null);
  const joinedTo = (target: string) => speakers.filter(({ mergedInto }) => mergedInto === target);
  const mostMs = Math.max(1, ...own.map(({ speechMs }) => speechMs));

  async function change(speaker: string, what: { name?: string | null; mergeInto?: string | null }, done: string) {
    setProblem(null);
    try {
      onChange(await api.changeSpeaker(sessionId, speaker, what));
      setSaid(done);
      return true;
    } catch (error) {
      const met = asProblem(error);
      if (!leaveToSignIn(met)) setProblem(met);
      return false;
    }
  }

  return (
    <section aria-labelledby="speakers-title">
      <h2 id="speakers-title" className="text-2xl">
        Speakers
      </h2>
      <p role="status" className="sr-only">
        {said}
      </p>
      {problem ? (
        <div className="mt-3">
          <ProblemNotice problem={problem} />
        </div>
      ) : null}
      {own.length === 0 ? (
        <p className="mt-2 text-[0.9375rem] text-soft">
          {voicedChunks === 0 ? 'The voices were not told apart: this server has no models for that, or nobody spoke for long enough. ./spool models on the server fetches them.' : 'No voice could be told apart with certainty.'}
        </p>
      ) : (
        <ul className="mt-3 grid gap-3">
          {own.toSorted((one, other) => other.speechMs - one.speechMs).map((one) => {
            const name = voiceName(one.speaker, names) ?? one.speaker;
            return (
              <li key={one.speaker}>
                {editing === one.speaker ? (
                  <SpeakerForm
                    one={one}
                    label={name}
                    others={own.filter(({ speaker }) => speaker !== one.speaker).map(({ speaker }) => ({ speaker, name: voiceName(speaker, names) ?? speaker }))}
                    onSave={async (what) => {
                      if (await change(one.speaker, what, what.mergeInto ? `${name} is joined to ${voiceName(what.mergeInto, names)}.` : 'Saved.')) setEditing(null);
                    }}
                    onClose={() => setEditing(null)}
                  />
                ) : (
                  <div className="grid grid-cols-[auto_1fr_auto] items-center gap-x-2.5">
                    <VoiceDot speaker={one.speaker} />
                    <span className="min-w-0 truncate">{name}</span>
                    <span className="flex items-center gap-1 text-sm text-faint tabular-nums">
                      {shortLength(one.speechMs)}
                      <IconButton label={`Change ${name}`} onClick={() => setEditing(one.speaker)} className="size-9!">
                        <Pencil aria-hidden size={15} strokeWidth={1.75} />
                      </IconButton>
                    </span>
                    <span aria-hidden className="col-span-2 col-start-2 h-1 rounded-full bg-line">
                      <span className="block h-full rounded-full bg-edge" style={{ width: `${(100 * one.speechMs) / mostMs}%` }} />
                    </span>
                  </div>
                )}
                {joinedTo(one.speaker).map(({ speaker }) => (
                  <p key={speaker} className="mt-1 flex items-center justify-between gap-2 pl-5 text-sm text-faint">
                    <span>with {voiceName(speaker, {})}</span>
                    <Button variant="bare" className="h-9!" onClick={() => void change(speaker, { mergeInto: null }, 'Taken apart again.')} aria-label={`Take ${voiceName(speaker, {})} out of ${name} again`}>
                      Take apart again
                    </Button>
                  </p>
                ))}
              </li>
            );
          })}
        </ul>
      )}
      {own.length > 0 && unknownMs > 0 ? <p className="mt-3 text-sm text-faint">Of {shortLength(unknownMs)} it could not be told who speaks: no name rather than a wrong one.</p> : null}
    </section>
  );
}

interface FormProps {
  one: Speaker;
  label: string;
  others: { speaker: string; name: string }[];
  onSave: (what: { name?: string | null; mergeInto?: string | null }) => Promise<void>;
  onClose: () => void;
}
function SpeakerForm({ one, label, others, onSave, onClose }: FormProps) {
  const [name, setName] = useState(one.name ?? '');
  const [into, setInto] = useState('');
  const [busy, setBusy] = useState(false);
  return (
    <form
      aria-label={`Change ${label}`}
      onSubmit={(event) => {
        event.preventDefault();
        setBusy(true);
        void onSave(into ? { mergeInto: into } : { name: name.trim() || null }).finally(() => setBusy(false));
      }}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
      className="grid gap-3 rounded-2xl border border-line bg-raised p-4"
    >
      <TextField label={`Who is ${label}?`} autoFocus value={name} maxLength={100} disabled={into !== ''} onChange={(event) => setName(event.target.value)} onFocus={(event) => event.target.select()} autoComplete="off" />
      {others.length > 0 ? (
        <SelectField label="Or the same person as" value={into} onChange={(event) => setInto(event.target.value)}>
          <option value="">Nobody else</option>
          {others.map((other) => (
            <option key={other.speaker} value={other.speaker}>
              {other.name}
            </option>
          ))}
        </SelectField>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" disabled={busy}>
          {busy ? 'Saving…' : into ? 'Join them' : 'Save'}
        </Button>
        <Button variant="bare" onClick={onClose}>
          Leave it
        </Button>
      </div>
    </form>
  );
}
