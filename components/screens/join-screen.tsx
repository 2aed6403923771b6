'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import ArrowRight from 'lucide-react/icons/arrow-right';
import { api, type ProblemError } from '#components/api/client.ts';
import { useMicrophoneCheck } from '#components/live-session/use-microphone-check.ts';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { ChoiceCard, TextField } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import type { SeenInvitation } from '#domain/code/look-at-invitation.ts';
import { MicrophoneSection } from './microphone-section.tsx';
import { signInPath } from './next-path.ts';
import { keepPreferences, readPreferences } from './preferences.ts';
import { wishStart } from './start-wish.ts';
import { asProblem, useLoad } from './use-load.ts';

/** Who is looking at the page. */
export interface Visitor {
  name: string;
  role: 'candidate' | 'learner' | 'interviewer' | 'admin';
}

/** Where an invitation's link leads: what will happen, who sees and hears what, and the way in. */
export function JoinScreen({ secret, visitor }: { secret: string; visitor: Visitor | null }) {
  const { loaded, reload } = useLoad(`join ${visitor?.role}`, (signal) => api.lookAtInvitation(secret, signal));
  if (loaded.state === 'loading') {
    return (
      <div role="status" className="grid gap-4">
        <h1 className="sr-only">Opening your invitation</h1>
        {[80, 95, 60].map((width) => (
          <div key={width} aria-hidden className="h-7 animate-pulse rounded bg-sunken" style={{ width: `${width}%` }} />
        ))}
      </div>
    );
  }
  if (loaded.state === 'failed') {
    return (
      <div className="grid gap-6">
        <h1 className="text-4xl">The invitation cannot be opened</h1>
        <ProblemNotice problem={loaded.problem} onRetry={() => void reload()} />
      </div>
    );
  }
  const seen = loaded.value;
  if (!('title' in seen)) return <ClosedLink seen={seen} />;
  return seen.kind === 'observer' ? <WatchInvitation secret={secret} seen={seen} visitor={visitor} onRefused={() => void reload()} /> : <CandidateInvitation secret={secret} seen={seen} visitor={visitor} onRefused={() => void reload()} />;
}

type OpenInvitation = Extract<SeenInvitation, { title: string }>;

const CLOSED: Record<Exclude<SeenInvitation['state'], 'open' | 'yours'>, { title: string; text: (from: string) => string }> = {
  taken: { title: 'This link is in use', text: (from) => `Somebody opened it in another browser, and it lets one person in. If that was you, go on there. If you have changed machines, ask ${from} for a new link: your code moves with you.` },
  expired: { title: 'This link has expired', text: (from) => `It was good for a limited time. Ask ${from} for a new one; nothing else is lost.` },
  revoked: { title: 'This link was withdrawn', text: (from) => `A newer one may have taken its place: look for it in your messages, or ask ${from}.` },
  over: { title: 'The interview is over', text: (from) => `Nobody can come in any more. If you expected to, ask ${from}.` },
  unknown: { title: 'This link leads nowhere', text: () => 'Part of it may have been cut off when it was copied. Open it again from the message it came in, or ask whoever sent it.' },
};
function ClosedLink({ seen }: { seen: Exclude<SeenInvitation, OpenInvitation> }) {
  const { title, text } = CLOSED[seen.state];
  return (
    <div className="grid justify-items-start gap-5">
      <h1 className="text-4xl sm:text-5xl">{title}</h1>
      <p className="max-w-prose text-lg text-soft">{text('invitedBy' in seen ? seen.invitedBy : 'whoever sent it')}</p>
      <ButtonLink href="/" variant="quiet">
        What is Spool?
      </ButtonLink>
    </div>
  );
}

/** Accepting fails when the link was taken or withdrawn in the meantime: then the page looks again and says so. */
async function accept(input: Parameters<typeof api.acceptInvitation>[0], onProblem: (problem: ProblemError) => void, onRefused: () => void) {
  try {
    return await api.acceptInvitation(input);
  } catch (error) {
    const met = asProblem(error);
    if (met.code === 'invitation.taken' || met.code === 'invitation.not_valid') onRefused();
    else onProblem(met);
    return null;
  }
}

// ---- the candidate ------------------------------------------------------------------------------------------------

const WHO: { who: string; what: string }[] = [
  { who: 'The interviewer is a program', what: 'It hears what you say, sees what you type and the results of your runs, and asks about them. It does not see you: there is no camera.' },
  { who: 'The team that invited you', what: 'They may watch live and afterwards: your code as it grows, each run, the conversation in writing, and your voice. They take notes that you do not see.' },
  { who: 'Nobody decides by machine', what: 'The interviewer drafts remarks, each with the place it comes from. People of the team read, change and sign them.' },
  { who: 'You yourself', what: 'Afterwards you can read the transcript and your code in this browser. You see neither notes nor scores.' },
];

function CandidateInvitation({ secret, seen, visitor, onRefused }: { secret: string; seen: OpenInvitation; visitor: Visitor | null; onRefused: () => void }) {
  const router = useRouter();
  const check = useMicrophoneCheck();
  const [nameError, setNameError] = useState<string>();
  const [recording, setRecording] = useState<boolean | null>(null);
  const [unanswered, setUnanswered] = useState(false);
  const [typing, setTyping] = useState(false);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [busy, setBusy] = useState(false);
  const nameInput = useRef<HTMLInputElement>(null);
  const firstAnswer = useRef<HTMLInputElement>(null);
  const back = seen.state === 'yours';
  useEffect(() => setTyping(!readPreferences().microphone), []);

  async function comeIn() {
    const name = nameInput.current?.value.trim() ?? '';
    if (!back) {
      if (!name) {
        setNameError('Give the name you want to be called by.');
        nameInput.current?.focus();
        return;
      }
      if (recording === null) {
        setUnanswered(true);
        firstAnswer.current?.focus();
        return;
      }
    }
    setBusy(true);
    setProblem(null);
    const entered = await accept(
      { secret, ...(back ? {} : { name, consent: { recording: recording === true } }) },
      (met) => {
        const aboutName = met.errors.find(({ path }) => path === '$.name');
        if (aboutName) setNameError(aboutName.message);
        else setProblem(met);
      },
      onRefused,
    );
    setBusy(false);
    if (!entered) return;
    keepPreferences({ ...readPreferences(), microphone: !typing, deviceId: check.deviceId ?? readPreferences().deviceId });
    check.close();
    wishStart(entered.sessionId);
    // The secret leaves the address and the history.
    router.replace(`/sessions/${entered.sessionId}/live`);
    router.refresh();
  }

  return (
    <>
      <h1 className="text-4xl sm:text-5xl">{back ? `Welcome back${visitor ? `, ${visitor.name}` : ''}` : `${seen.invitedBy} invites you to a code interview`}</h1>
      <p className="mt-5 text-lg text-soft">
        {back
          ? 'Your code and everything said are where you left them.'
          : `You get a problem, an editor that runs your code in Python, JavaScript, Java or C++, and an interviewer you talk with.${seen.minutes ? ` People usually take about ${seen.minutes} minutes.` : ''} You need no account.`}
      </p>
      {visitor && visitor.role !== 'candidate' ? (
        <div className="mt-6">
          <Notice title={`You are signed in as ${visitor.name}`}>Coming in here as the candidate takes the place of that sign-in in this browser. To look at the link as somebody else, use a private window.</Notice>
        </div>
      ) : null}

      {back ? null : (
        <>
          <section aria-labelledby="who" className="mt-10">
            <h2 id="who" className="mb-4 text-2xl">
              Who sees and hears what
            </h2>
            <dl className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
              {WHO.map(({ who, what }) => (
                <div key={who} className="border-t border-line pt-3">
                  <dt className="font-medium">{who}</dt>
                  <dd className="mt-1 text-[0.9375rem] text-soft">{what}</dd>
                </div>
              ))}
            </dl>
          </section>
          <div className="mt-10 max-w-md">
            <TextField ref={nameInput} name="name" label="Your name" autoComplete="name" maxLength={100} error={nameError} hint="The interviewer calls you by it, and the team sees it." onChange={() => setNameError(undefined)} />
          </div>
          <fieldset className="mt-10">
            <legend className="mb-2 font-serif text-2xl tracking-[-0.015em]">May the recording of your voice be kept?</legend>
            <p className="mb-4 max-w-prose text-soft">Your code and the words of the conversation are kept for the team either way. You may say no without giving a reason.</p>
            <div className="grid gap-2.5 sm:grid-cols-2">
              <ChoiceCard ref={firstAnswer} name="recording" checked={recording === true} onChange={() => (setRecording(true), setUnanswered(false))} title="Yes, keep it">
                The team can listen to a moment again instead of relying on the transcript, which has mistakes.
              </ChoiceCard>
              <ChoiceCard name="recording" checked={recording === false} onChange={() => (setRecording(false), setUnanswered(false))} title="No, only the transcript">
                The interview is the same. Your voice is erased once your words are written down; the team reads, and cannot listen back.
              </ChoiceCard>
            </div>
            <p role="alert" className="mt-2 text-sm text-danger empty:hidden">
              {unanswered ? 'Choose one of the two, then come in.' : ''}
            </p>
          </fieldset>
        </>
      )}

      <MicrophoneSection check={check} typing={typing} onTyping={setTyping} during="the interview" className="mt-10" />

      <div className="mt-10 grid justify-items-start gap-4">
        {problem ? <ProblemNotice problem={problem} onRetry={() => void comeIn()} /> : null}
        <Button size="l" disabled={busy} onClick={() => void comeIn()}>
          {busy ? 'One moment…' : back ? 'Go back in' : 'Come in and begin'}
          <ArrowRight aria-hidden size={20} />
        </Button>
        {back ? null : <p className="text-[0.9375rem] text-faint">The clock starts when you come in. You can pause at any time.</p>}
      </div>
    </>
  );
}

// ---- the team -----------------------------------------------------------------------------------------------------

function WatchInvitation({ secret, seen, visitor, onRefused }: { secret: string; seen: OpenInvitation; visitor: Visitor | null; onRefused: () => void }) {
  const router = useRouter();
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [busy, setBusy] = useState(false);
  const may = visitor?.role === 'interviewer' || visitor?.role === 'admin';
  async function watch() {
    setBusy(true);
    setProblem(null);
    const entered = await accept({ secret }, setProblem, onRefused);
    setBusy(false);
    if (entered) router.replace(`/sessions/${entered.sessionId}/watch`);
  }
  return (
    <div className="grid justify-items-start gap-6">
      <div>
        <h1 className="text-4xl sm:text-5xl">{seen.invitedBy} invites you to watch</h1>
        <p className="mt-5 max-w-prose text-lg text-soft">
          “{seen.title}” is a code interview. You see the code as it grows and each run, read and hear the conversation, and take notes that only the team sees. The candidate knows that a team may be watching; they do not see or hear you.
        </p>
      </div>
      {problem ? <ProblemNotice problem={problem} onRetry={() => void watch()} /> : null}
      {may ? (
        <Button size="l" disabled={busy} onClick={() => void watch()}>
          {busy ? 'One moment…' : 'Watch'}
          <ArrowRight aria-hidden size={20} />
        </Button>
      ) : (
        <>
          <Notice title={visitor ? `You are signed in as ${visitor.name}, who may not watch` : 'Sign in as an interviewer first'}>
            Watching needs an account with the role of an interviewer{visitor ? '; sign in with it' : ''}. Afterwards you are back on this page.
          </Notice>
          <a href={signInPath(`/join/${encodeURIComponent(secret)}`)} className="inline-flex h-14 items-center gap-2 rounded-full bg-accent px-7 text-lg font-medium text-on-accent hover:bg-accent-deep">
            Sign in
            <ArrowRight aria-hidden size={20} />
          </a>
        </>
      )}
    </div>
  );
}
