'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import ArrowRight from 'lucide-react/icons/arrow-right';
import { api } from '#components/api/client.ts';
import type { VoiceChoice } from '#components/live-session/live-session-types.ts';
import { useMicrophoneCheck } from '#components/live-session/use-microphone-check.ts';
import { Button } from '#components/ui/button.tsx';
import { ChoiceCard } from '#components/ui/field.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { MicrophoneSection } from './microphone-section.tsx';
import { keepPreferences, readPreferences } from './preferences.ts';
import { wishStart } from './start-wish.ts';
import { VOICES } from './voices.ts';
import { useAttempt } from './use-load.ts';
import type { StartableKind } from './words.ts';

/** Code interviews and meetings are prepared on pages of their own. */
type PlainKind = Exclude<StartableKind, 'code' | 'meeting'>;

interface KindWords {
  title: string;
  lead: string;
  /** What will happen, in order. */
  steps: { title: string; text: string }[];
  start: string;
  kept: string;
  /** What follows from refusing. */
  notKept: string;
}
const WORDS: Record<PlainKind, KindWords> = {
  onboarding: {
    title: 'Before we talk',
    lead: 'An interviewer would like to know what you enjoy, what you are good at, what you want to learn and how. It takes about six minutes.',
    steps: [
      { title: 'You talk', text: 'The interviewer asks aloud; you answer aloud or by typing. Interrupt whenever you like: it stops and listens.' },
      { title: 'You see what was understood', text: 'Your words appear as you speak. What you like is noted beside them, with the very words it comes from.' },
      { title: 'You decide what stays', text: 'Skip any question and end at any time. Afterwards you can correct, download or erase all of it.' },
    ],
    start: 'Start the interview',
    kept: 'You can listen back, and every interest leads to the moment you said it.',
    notKept: 'The interview is the same. Your voice is erased once your words are written down: the transcript and your interests stay, but nobody can listen back, not even you.',
  },
  dictation: {
    title: 'Before you dictate',
    lead: 'Talk, and your words fill the page. Nobody answers and nobody interrupts.',
    steps: [
      { title: 'You talk', text: 'Take your time: pauses are fine. You can type in between.' },
      { title: 'Your words fill the page', text: 'They appear as you speak. Copy or download the text at any moment.' },
      { title: 'You decide what stays', text: 'Pause or end at any time. Afterwards you can read, download or erase all of it.' },
    ],
    start: 'Start dictating',
    kept: 'You can listen back to any line of the text.',
    notKept: 'Dictating is the same. Your voice is erased once your words are written down: the text stays, but nobody can listen back, not even you.',
  },
};

/** Preparation: what will happen, consent and what follows from refusing it, microphone, voice. Start creates the session and goes to it. */
export function NewSessionScreen({ kind }: { kind: PlainKind }) {
  const router = useRouter();
  const check = useMicrophoneCheck();
  const [recording, setRecording] = useState<boolean | null>(null);
  const [unanswered, setUnanswered] = useState(false);
  const firstAnswer = useRef<HTMLInputElement>(null);
  const [typing, setTyping] = useState(false);
  const [voice, setVoice] = useState<VoiceChoice>('server');
  const { problem, attempt } = useAttempt();
  const [busy, setBusy] = useState(false);
  const words = WORDS[kind];

  useEffect(() => {
    const kept = readPreferences();
    setTyping(!kept.microphone);
    setVoice(kept.voice);
  }, []);

  function answer(keep: boolean) {
    setRecording(keep);
    setUnanswered(false);
  }
  async function start() {
    // Consent is given, never assumed: nothing is chosen beforehand.
    if (recording === null) {
      setUnanswered(true);
      firstAnswer.current?.focus();
      return;
    }
    setBusy(true);
    const deviceId = check.deviceId ?? readPreferences().deviceId;
    const created = await attempt(() => api.createSession({ kind, consent: { recording } }));
    if (!created) return setBusy(false);
    keepPreferences({ microphone: !typing, deviceId, voice });
    check.close();
    wishStart(created.session.id);
    router.push(`/sessions/${created.session.id}/live`);
  }

  return (
    <>
      <h1 className="text-4xl sm:text-5xl">{words.title}</h1>
      <p className="mt-5 text-lg text-soft">{words.lead}</p>
      <ol aria-label="What will happen" className="mt-8 grid gap-x-6 gap-y-4 sm:grid-cols-3">
        {words.steps.map(({ title, text }, index) => (
          <li key={title} className="grid grid-cols-[auto_1fr] content-start gap-x-3 sm:block sm:border-t sm:border-line sm:pt-4">
            <span aria-hidden className="font-serif text-2xl leading-none text-accent">
              {index + 1}
            </span>
            <div>
              <h2 className="text-lg sm:mt-2">{title}</h2>
              <p className="mt-1 text-[0.9375rem] text-soft">{text}</p>
            </div>
          </li>
        ))}
      </ol>

      <fieldset className="mt-12">
        <legend className="mb-2 font-serif text-2xl tracking-[-0.015em]">May Spool keep the recording?</legend>
        <p className="mb-4 max-w-prose text-soft">What is said is written down either way; the text stays until you erase it. This is about the sound of your voice.</p>
        <div className="grid gap-2.5 sm:grid-cols-2">
          <ChoiceCard ref={firstAnswer} name="recording" checked={recording === true} onChange={() => answer(true)} title="Yes, keep it">
            {words.kept} You can erase it at any time.
          </ChoiceCard>
          <ChoiceCard name="recording" checked={recording === false} onChange={() => answer(false)} title="No, only the transcript">
            {words.notKept}
          </ChoiceCard>
        </div>
        <p role="alert" className="mt-2 text-sm text-danger empty:hidden">
          {unanswered ? 'Choose one of the two, then start.' : ''}
        </p>
      </fieldset>

      <MicrophoneSection check={check} typing={typing} onTyping={setTyping} during="the session" className="mt-12" />

      {kind === 'onboarding' ? (
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
      ) : null}

      <div className="mt-12 grid justify-items-start gap-4">
        {problem ? <ProblemNotice problem={problem} /> : null}
        <Button size="l" disabled={busy} onClick={() => void start()}>
          {busy ? 'Starting…' : words.start}
          <ArrowRight aria-hidden size={20} />
        </Button>
      </div>
    </>
  );
}
