'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import ArrowRight from 'lucide-react/icons/arrow-right';
import Clock from 'lucide-react/icons/clock';
import Plus from 'lucide-react/icons/plus';
import { api, type ProblemError, type ProblemSummary } from '#components/api/client.ts';
import { AREA_WORDS, DIFFICULTY_WORDS } from '#components/code-workspace/problem-words.ts';
import type { VoiceChoice } from '#components/live-session/live-session-types.ts';
import { useMicrophoneCheck } from '#components/live-session/use-microphone-check.ts';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Button } from '#components/ui/button.tsx';
import { CheckCard, ChoiceCard, INPUT_CLASS, SelectField } from '#components/ui/field.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { MicrophoneSection } from './microphone-section.tsx';
import { keepPreferences, readPreferences } from './preferences.ts';
import { wishStart } from './start-wish.ts';
import { asProblem, leaveToSignIn, useLoad } from './use-load.ts';
import { VOICES } from './voices.ts';

const DIFFICULTIES = ['easy', 'medium', 'hard'] as const;

/** Preparation of a code interview. `interviewer`: may also prepare one for somebody else. */
export function NewCodeSessionScreen({ interviewer }: { interviewer: boolean }) {
  const router = useRouter();
  const [forOther, setForOther] = useState(interviewer);
  const [chosen, setChosen] = useState<ProblemSummary | null>(null);
  const [autocomplete, setAutocomplete] = useState(false);
  const [recording, setRecording] = useState<boolean | null>(null);
  const [typing, setTyping] = useState(false);
  const [voice, setVoice] = useState<VoiceChoice>('server');
  const [missing, setMissing] = useState<'problem' | 'recording' | null>(null);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [busy, setBusy] = useState(false);
  const check = useMicrophoneCheck();
  const firstAnswer = useRef<HTMLInputElement>(null);
  const choice = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const kept = readPreferences();
    setTyping(!kept.microphone);
    setVoice(kept.voice);
  }, []);

  async function start() {
    if (!chosen) {
      setMissing('problem');
      choice.current?.querySelector<HTMLElement>('input[type=radio]')?.focus();
      return;
    }
    // Consent is given, never assumed; a candidate is asked when they come in.
    if (!forOther && recording === null) {
      setMissing('recording');
      firstAnswer.current?.focus();
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const { session } = await api.createSession({ kind: 'code', templateId: chosen.id, title: chosen.title, consent: { recording: forOther ? false : recording === true }, settings: { autocomplete } });
      if (forOther) {
        router.push(`/sessions/${session.id}`);
        return;
      }
      keepPreferences({ microphone: !typing, deviceId: check.deviceId ?? readPreferences().deviceId, voice });
      check.close();
      wishStart(session.id);
      router.push(`/sessions/${session.id}/live`);
    } catch (error) {
      const met = asProblem(error);
      setBusy(false);
      if (!leaveToSignIn(met)) setProblem(met);
    }
  }

  return (
    <>
      <h1 className="text-4xl sm:text-5xl">{forOther ? 'Prepare an interview' : 'Before you code'}</h1>
      <p className="mt-5 text-lg text-soft">
        {forOther
          ? 'You choose the problem and send a link. An interviewer leads the conversation; you and your team can watch and take notes.'
          : 'You get a problem, an editor that runs your code, and an interviewer who listens, sees what you type and asks about it.'}
      </p>

      {interviewer ? (
        <fieldset className="mt-10">
          <legend className="mb-4 font-serif text-2xl tracking-[-0.015em]">Who is it for?</legend>
          <div className="grid gap-2.5 sm:grid-cols-2">
            <ChoiceCard name="for" checked={forOther} onChange={() => setForOther(true)} title="A candidate">
              They open your link without an account. You can watch live.
            </ChoiceCard>
            <ChoiceCard name="for" checked={!forOther} onChange={() => setForOther(false)} title="Myself">
              To practise, or to try a problem before you hand it out.
            </ChoiceCard>
          </div>
        </fieldset>
      ) : null}

      <div ref={choice}>
        <ProblemChoice interviewer={interviewer} chosen={chosen} onChoose={(one) => (setChosen(one), setMissing(null))} />
        <p role="alert" className="mt-2 text-sm text-danger empty:hidden">
          {missing === 'problem' ? 'Choose a problem first.' : ''}
        </p>
      </div>

      <section aria-labelledby="editor" className="mt-12">
        <h2 id="editor" className="mb-3 text-2xl">
          The editor
        </h2>
        <CheckCard checked={autocomplete} onChange={(event) => setAutocomplete(event.target.checked)} title="Autocomplete">
          Suggests words of the language and of the file. Usually off in interviews, so that everybody starts with the same help.
        </CheckCard>
      </section>

      {forOther ? null : (
        <>
          <fieldset className="mt-12">
            <legend className="mb-2 font-serif text-2xl tracking-[-0.015em]">May Spool keep the recording?</legend>
            <p className="mb-4 max-w-prose text-soft">Your code and what is said are kept either way; both stay until you erase them. This is about the sound of your voice.</p>
            <div className="grid gap-2.5 sm:grid-cols-2">
              <ChoiceCard ref={firstAnswer} name="recording" checked={recording === true} onChange={() => (setRecording(true), setMissing(null))} title="Yes, keep it">
                The replay has your voice beside your keystrokes. You can erase it at any time.
              </ChoiceCard>
              <ChoiceCard name="recording" checked={recording === false} onChange={() => (setRecording(false), setMissing(null))} title="No, only the transcript">
                The interview is the same. Your voice is erased once your words are written down.
              </ChoiceCard>
            </div>
            <p role="alert" className="mt-2 text-sm text-danger empty:hidden">
              {missing === 'recording' ? 'Choose one of the two, then start.' : ''}
            </p>
          </fieldset>
          <MicrophoneSection check={check} typing={typing} onTyping={setTyping} during="the interview" className="mt-12" />
          <fieldset className="mt-12">
            <legend className="mb-4 font-serif text-2xl tracking-[-0.015em]">The interviewer’s voice</legend>
            <div className="grid gap-2.5 sm:grid-cols-3">
              {VOICES.map(({ value, title, text }) => (
                <ChoiceCard key={value} name="voice" value={value} checked={voice === value} onChange={() => setVoice(value)} title={title}>
                  {text}
                </ChoiceCard>
              ))}
            </div>
          </fieldset>
        </>
      )}

      <div className="mt-12 grid justify-items-start gap-4">
        {problem ? <ProblemNotice problem={problem} /> : null}
        <Button size="l" disabled={busy} onClick={() => void start()}>
          {busy ? 'One moment…' : forOther ? 'Prepare and get the link' : 'Start the interview'}
          <ArrowRight aria-hidden size={20} />
        </Button>
      </div>
    </>
  );
}

/** The problems there are, by difficulty, area and time. */
function ProblemChoice({ interviewer, chosen, onChoose }: { interviewer: boolean; chosen: ProblemSummary | null; onChoose: (problem: ProblemSummary) => void }) {
  const { loaded, reload } = useLoad('problems', (signal) => api.listProblems(signal));
  const [difficulty, setDifficulty] = useState('');
  const [area, setArea] = useState('');
  const [minutes, setMinutes] = useState(0);
  const all = loaded.state === 'ready' ? loaded.value.templates : [];
  const areas = [...new Set(all.flatMap((one) => one.areas))].toSorted((a, b) => AREA_WORDS[a].localeCompare(AREA_WORDS[b], 'en'));
  const fitting = all.filter((one) => (difficulty === '' || one.difficulty === difficulty) && (area === '' || one.areas.some((of) => of === area)) && (minutes === 0 || one.minutes <= minutes));
  return (
    <fieldset className="mt-12 min-w-0">
      <legend className="mb-4 font-serif text-2xl tracking-[-0.015em]">Which problem?</legend>
      {loaded.state === 'loading' ? <div role="status" className="h-64 animate-pulse rounded-2xl bg-sunken"><span className="sr-only">Loading the problems</span></div> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} onRetry={() => void reload()} /> : null}
      {loaded.state === 'ready' ? (
        <>
          <div className="grid gap-3 sm:grid-cols-3">
            <SelectField label="Difficulty" value={difficulty} onChange={(event) => setDifficulty(event.target.value)}>
              <option value="">Any</option>
              {DIFFICULTIES.map((one) => (
                <option key={one} value={one}>
                  {DIFFICULTY_WORDS[one]}
                </option>
              ))}
            </SelectField>
            <SelectField label="Area" value={area} onChange={(event) => setArea(event.target.value)}>
              <option value="">Any</option>
              {areas.map((one) => (
                <option key={one} value={one}>
                  {AREA_WORDS[one].charAt(0).toUpperCase() + AREA_WORDS[one].slice(1)}
                </option>
              ))}
            </SelectField>
            <SelectField label="Time" value={minutes} onChange={(event) => setMinutes(Number(event.target.value))}>
              <option value={0}>Any</option>
              {[20, 30, 45].map((one) => (
                <option key={one} value={one}>
                  At most {one} minutes
                </option>
              ))}
            </SelectField>
          </div>
          <p role="status" className="mt-4 mb-2 text-sm text-faint">
            {fitting.length === 1 ? 'One problem' : `${fitting.length} problems`}
          </p>
          {fitting.length === 0 ? (
            <div className={`${INPUT_CLASS} grid h-auto place-items-center border-dashed py-8 text-soft`}>Nothing fits all three. Allow more time or any difficulty.</div>
          ) : (
            <div className="grid max-h-96 grid-cols-1 gap-1.5 overflow-y-auto overscroll-contain rounded-2xl border border-line p-1.5">
              {fitting.map((one) => (
                <label key={one.id} className="flex items-center gap-3 rounded-xl px-3.5 py-2.5 hover:bg-sunken has-checked:bg-wash has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent">
                  <input type="radio" name="problem" value={one.id} checked={chosen?.id === one.id} onChange={() => onChoose(one)} className="size-4.5 shrink-0 accent-accent outline-none" />
                  <span className="min-w-0 flex-1">
                    <span className="block font-medium">{one.title}</span>
                    <span className="block truncate text-sm text-faint">{one.own ? 'Yours · ' : ''}{one.areas.map((of) => AREA_WORDS[of]).join(', ')}</span>
                  </span>
                  <span className="shrink-0 text-right text-sm text-soft">
                    {DIFFICULTY_WORDS[one.difficulty]}
                    <span className="flex items-center justify-end gap-1 text-faint">
                      <Clock aria-hidden size={13} />
                      {one.minutes} min
                    </span>
                  </span>
                </label>
              ))}
            </div>
          )}
          {interviewer ? (
            <ButtonLink href="/problems/new" variant="bare" className="mt-2">
              <Plus aria-hidden size={18} />
              Add your own problem
            </ButtonLink>
          ) : null}
          {chosen && !fitting.includes(chosen) ? <p className="mt-2 text-sm text-soft">Chosen: {chosen.title}</p> : null}
        </>
      ) : null}
    </fieldset>
  );
}
