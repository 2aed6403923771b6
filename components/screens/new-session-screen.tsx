'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import ArrowRight from 'lucide-react/icons/arrow-right';
import { api, type ProblemError } from '#components/api/client.ts';
import type { VoiceChoice } from '#components/live-session/live-session-types.ts';
import { useMicrophoneCheck } from '#components/live-session/use-microphone-check.ts';
import { Button } from '#components/ui/button.tsx';
import { ChoiceCard } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { MicrophonePanel } from './microphone-panel.tsx';
import { keepPreferences, readPreferences } from './preferences.ts';
import { wishStart } from './start-wish.ts';
import { VOICES } from './voices.ts';
import { asProblem, leaveToSignIn } from './use-load.ts';
import type { StartableKind } from './words.ts';

const WORDS: Record<StartableKind, { title: string; lead: string; points: string[]; start: string }> = {
  onboarding: {
    title: 'Before we talk',
    lead: 'An interviewer will greet you and ask what you do, what you like and what you want to learn. It takes a few minutes; end it whenever you like.',
    points: ['Interrupt at any time: the interviewer stops and listens.', 'Mute, pause, repeat and skip are one press away.', 'You can type an answer instead of saying it.'],
    start: 'Start the interview',
  },
  dictation: {
    title: 'Before you dictate',
    lead: 'Talk, and your words fill the page. Nobody answers and nobody interrupts.',
    points: ['Take your time: pauses are fine.', 'Copy or download the text at any moment.', 'You can type in between.'],
    start: 'Start dictating',
  },
};

/** Preparation: what will happen, consent, microphone, voice. Start creates the session and goes to it. */
export function NewSessionScreen({ kind }: { kind: StartableKind }) {
  const router = useRouter();
  const check = useMicrophoneCheck();
  const [recording, setRecording] = useState<boolean | null>(null);
  const [unanswered, setUnanswered] = useState(false);
  const firstAnswer = useRef<HTMLInputElement>(null);
  const [typing, setTyping] = useState(false);
  const [voice, setVoice] = useState<VoiceChoice>('server');
  const [problem, setProblem] = useState<ProblemError | null>(null);
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
    setProblem(null);
    const deviceId = check.deviceId ?? readPreferences().deviceId;
    try {
      const { session } = await api.createSession({ kind, consent: { recording } });
      keepPreferences({ microphone: !typing, deviceId, voice });
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
      <h1 className="text-4xl sm:text-5xl">{words.title}</h1>
      <p className="mt-5 text-lg text-soft">{words.lead}</p>
      <ul className="mt-5 grid list-disc gap-1.5 pl-5 text-soft marker:text-accent">
        {words.points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>

      <section aria-labelledby="microphone" className="mt-12">
        <h2 id="microphone" className="mb-4 text-2xl">
          Your microphone
        </h2>
        {typing ? (
          <Notice title="You will type" actions={<Button variant="quiet" onClick={() => setTyping(false)}>Use a microphone</Button>}>
            No microphone is opened. You can switch it on during the session.
          </Notice>
        ) : (
          <MicrophonePanel
            check={check}
            onTypeInstead={() => {
              check.close();
              setTyping(true);
            }}
          />
        )}
      </section>

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

      <fieldset className="mt-12">
        <legend className="mb-4 font-serif text-2xl tracking-[-0.015em]">May Spool keep the recording?</legend>
        <div className="grid gap-2.5">
          <ChoiceCard ref={firstAnswer} name="recording" checked={recording === true} onChange={() => answer(true)} title="Yes, keep it">
            The recording and the transcript stay on this server until you erase them. You can listen back.
          </ChoiceCard>
          <ChoiceCard name="recording" checked={recording === false} onChange={() => answer(false)} title="No, only the transcript">
            Audio is kept only until the transcript exists, then erased. There is nothing to listen back to.
          </ChoiceCard>
        </div>
        <p role="alert" className="mt-2 text-sm text-danger empty:hidden">
          {unanswered ? 'Choose one of the two, then start.' : ''}
        </p>
      </fieldset>

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
