'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import ArrowRight from 'lucide-react/icons/arrow-right';
import { api } from '#components/api/client.ts';
import type { StartedMeeting } from '#components/api/meeting-calls.ts';
import { wishStart } from '#components/screens/start-wish.ts';
import { useAttempt } from '#components/screens/use-load.ts';
import { UploadPanel } from '#components/uploads/upload-panel.tsx';
import { Button } from '#components/ui/button.tsx';
import { ChoiceCard, TextField } from '#components/ui/field.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { keepSource } from './capture.ts';
import { CapturePanel, type CaptureHandle } from './capture-panel.tsx';
import { StreamPanel } from './stream-panel.tsx';

type Way = 'capture' | 'stream' | 'upload';
const WAYS: { way: Way; title: string; text: string }[] = [
  { way: 'capture', title: 'Share a tab or use the microphone', text: 'This browser listens. Nothing to install.' },
  { way: 'stream', title: 'Stream it', text: 'Zoom, OBS or any RTMP sender. Nobody has to keep a page open.' },
  { way: 'upload', title: 'Upload a recording', text: 'An audio or video file you already have.' },
];
const MAX_TITLE_CHARS = 200;

/** How a meeting comes in: captured here, streamed, or as a file; and whether its recording may be kept. */
export function NewMeetingScreen() {
  const router = useRouter();
  const [title, setTitle] = useState('');
  const [way, setWay] = useState<Way>('capture');
  const [recording, setRecording] = useState<boolean | null>(null);
  const [unanswered, setUnanswered] = useState(false);
  const [started, setStarted] = useState<StartedMeeting | null>(null);
  const [busy, setBusy] = useState(false);
  const { problem, attempt } = useAttempt();
  const firstAnswer = useRef<HTMLInputElement>(null);
  const capture = useRef<CaptureHandle>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // The button that was pressed is gone; what took its place is read from its head.
    if (started) heading.current?.focus();
  }, [started]);

  /** Consent is given, never assumed. */
  function consent(): { recording: boolean } | null {
    if (recording !== null) return { recording };
    setUnanswered(true);
    firstAnswer.current?.focus();
    return null;
  }
  function answer(keep: boolean) {
    setRecording(keep);
    setUnanswered(false);
  }
  async function startCapture() {
    const given = consent();
    const handle = capture.current;
    if (!given || !handle) return;
    setBusy(true);
    // First of all, since browsers open a picker only right after a press.
    const created = (await handle.open()) ? await attempt(() => api.createSession({ kind: 'meeting', ...(title.trim() ? { title: title.trim() } : {}), consent: given })) : null;
    if (!created) return setBusy(false);
    const { id } = created.session;
    keepSource(id, handle.source);
    handle.handOver();
    wishStart(id);
    router.push(`/sessions/${id}/live`);
  }

  async function openMeeting(file: File) {
    const given = consent();
    if (!given) return null;
    const created = await attempt(() => api.createSession({ kind: 'meeting', title: title.trim() || file.name.replace(/\.[^.]+$/, '').slice(0, MAX_TITLE_CHARS), consent: given }));
    return created?.session.id ?? null;
  }
  const onReceived = useCallback((sessionId: string) => router.push(`/sessions/${sessionId}`), [router]);

  if (started) {
    return (
      <>
        <h1 ref={heading} tabIndex={-1} className="text-4xl outline-none sm:text-5xl">
          {title.trim() || 'Your meeting'}
        </h1>
        <p className="mt-5 mb-8 text-lg text-soft">Stream to this address with this key.</p>
        <StreamPanel topic={title.trim()} consent={consent} started={started} onStarted={setStarted} />
      </>
    );
  }
  return (
    <>
      <h1 className="text-4xl sm:text-5xl">A meeting</h1>
      <p className="mt-5 text-lg text-soft">Spool writes down what is said, tells the voices apart where it can, and makes notes in which every decision and task quotes the words it stands on.</p>

      <div className="mt-10">
        <TextField label="What is it about?" hint="Optional. You can change it later." value={title} maxLength={MAX_TITLE_CHARS} onChange={(event) => setTitle(event.target.value)} autoComplete="off" />
      </div>

      <fieldset className="mt-12">
        <legend className="mb-2 font-serif text-2xl tracking-[-0.015em]">May Spool keep the recording?</legend>
        <p className="mb-4 max-w-prose text-soft">Tell everybody in the meeting that it is written down. This question is about the sound of their voices: do all of them agree that it is kept?</p>
        <div className="grid gap-2.5 sm:grid-cols-2">
          <ChoiceCard ref={firstAnswer} name="recording" checked={recording === true} onChange={() => answer(true)} title="Yes, keep it">
            Every line and every quote of the notes can be played. You can erase it at any time.
          </ChoiceCard>
          <ChoiceCard name="recording" checked={recording === false} onChange={() => answer(false)} title="No, only the transcript">
            Transcript and notes are the same. The sound is erased once they exist: nobody can listen back, and nothing can be transcribed again.
          </ChoiceCard>
        </div>
        <p role="alert" className="mt-2 text-sm text-danger empty:hidden">
          {unanswered ? 'Choose one of the two first.' : ''}
        </p>
      </fieldset>

      <fieldset className="mt-12">
        <legend className="mb-4 font-serif text-2xl tracking-[-0.015em]">How does it come in?</legend>
        <div className="grid gap-2.5 sm:grid-cols-3">
          {WAYS.map((one) => (
            <ChoiceCard key={one.way} name="way" checked={way === one.way} onChange={() => setWay(one.way)} title={one.title}>
              {one.text}
            </ChoiceCard>
          ))}
        </div>
      </fieldset>

      <div className="mt-8">
        {way === 'capture' ? (
          <div className="grid gap-8">
            <CapturePanel ref={capture} />
            {problem ? <ProblemNotice problem={problem} /> : null}
            <div>
              <Button size="l" disabled={busy} onClick={() => void startCapture()}>
                {busy ? 'Starting…' : 'Start the meeting'}
                <ArrowRight aria-hidden size={20} />
              </Button>
            </div>
          </div>
        ) : null}
        {way === 'upload' ? (
          <div className="grid gap-4">
            {problem ? <ProblemNotice problem={problem} /> : null}
            <UploadPanel openMeeting={openMeeting} onReceived={onReceived} />
          </div>
        ) : null}
        {way === 'stream' ? <StreamPanel topic={title.trim()} consent={consent} started={null} onStarted={setStarted} /> : null}
      </div>
    </>
  );
}
