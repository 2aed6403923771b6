'use client';

import { useState } from 'react';
import { api, type ProblemError } from '#components/api/client.ts';
import { NotesPanel } from '#components/code-watch/notes-panel.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { CheckCard } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import type { Role } from '#domain/actor.ts';
import type { Session } from '#domain/session/session.ts';
import { isFinished, isOpen } from '#domain/session/session-status.ts';
import { CodeOutcome, beganMs, type WantedVersion } from './code-outcome.tsx';
import { InvitationsPanel } from './invitations-panel.tsx';
import { ScorecardPanel } from './scorecard-panel.tsx';
import { asProblem, leaveToSignIn } from './use-load.ts';

interface Props {
  session: Session;
  code: NonNullable<Session['code']>;
  role: Role;
  /** Nothing was said. */
  empty: boolean;
  /** Null: there is no recording to listen to. */
  onPlay: ((fromMs: number) => void) | null;
  onChange: (session: Session) => void;
}

/** What the page of a code interview has beyond words and sound: who comes in, what was written and run, and the team's notes. */
export function CodeReview({ session, code, role, empty, onPlay, onChange }: Props) {
  const over = !isOpen(session.status);
  const [version, setVersion] = useState<WantedVersion | null>(null);
  if (code.part === 'candidate') return <CandidateView session={session} />;
  const leads = role === 'interviewer' || role === 'admin';
  const reload = () => void api.getSession(session.id).then(onChange, () => {}); // the next visit tells
  return (
    <>
      <div className="mt-6 grid gap-3 empty:hidden">
        <CodeNotices session={session} code={code} leads={leads} empty={empty} />
      </div>
      {code.part === 'owner' && leads && !over ? <InvitationsPanel sessionId={session.id} over={over} onChange={reload} /> : null}
      {code.part === 'owner' && !over ? <EditorSetting session={session} code={code} onChange={onChange} /> : null}
      {leads && over ? <ScorecardPanel sessionId={session.id} beganMs={beganMs(session)} onPlay={onPlay} onShowVersion={(path, wanted) => setVersion((now) => ({ path, version: wanted, number: (now?.number ?? 0) + 1 }))} /> : null}
      <CodeOutcome session={session} over={over} wanted={version} />
      {leads ? (
        <div className="mt-10 rounded-2xl border border-line">
          <NotesPanel sessionId={session.id} />
        </div>
      ) : null}
      {code.part === 'owner' && leads && over ? <InvitationsPanel sessionId={session.id} over={over} /> : null}
    </>
  );
}

function CodeNotices({ session, code, leads, empty }: { session: Session; code: Props['code']; leads: boolean; empty: boolean }) {
  const { id, status, consent } = session;
  if (isOpen(status)) {
    if (code.candidate) return <Notice title={status === 'created' ? 'The candidate has come in' : 'The interview is under way'}>You can watch it live; this page has what was written so far.</Notice>;
    if (code.part !== 'owner') return <Notice title="Nobody has come in yet">The page shows the interview once it begins.</Notice>;
    const open = <ButtonLink href={`/sessions/${id}/live`} variant={leads ? 'quiet' : 'primary'}>{status !== 'created' ? 'Go on' : leads ? 'Take the seat yourself' : 'Begin'}</ButtonLink>;
    return (
      <Notice title={status !== 'created' ? 'This session is still open' : leads ? 'Ready for your candidate' : 'This session has not begun'} actions={open}>
        {leads && status === 'created' ? 'Make a link below and send it. Until somebody comes in, the seat is yours as well.' : 'What was written and said so far is below.'}
      </Notice>
    );
  }
  if (status === 'processing') return <Notice title="The words are being finished">The transcript and the recording are put in order. This page follows by itself.</Notice>;
  return (
    <>
      {status === 'partial' ? (
        <Notice tone="warn" title="A part is missing">
          Something went wrong on the way, so this session is not complete. Everything that was stored is here.
        </Notice>
      ) : null}
      {status === 'failed' ? (
        <Notice tone="bad" title="This session failed">
          What was stored before that is here. Run ./spool doctor on the server to see what is wrong.
        </Notice>
      ) : null}
      {!consent.recording && !empty ? <Notice title="There is no recording">{code.candidate ? 'The candidate did not want one.' : 'You did not want one.'} The audio was erased once the transcript existed.</Notice> : null}
      {empty ? <Notice title="Nothing was said">{session.startedAt === null ? 'Nobody came in before the session was ended.' : 'No words reached the transcript.'}</Notice> : null}
    </>
  );
}

/** After the end the candidate has what is theirs: no notes, no scores. */
function CandidateView({ session }: { session: Session }) {
  const { id, status, consent } = session;
  if (isOpen(status)) {
    return (
      <div className="mt-6">
        <Notice title="The interview is still open" actions={<ButtonLink href={`/sessions/${id}/live`}>Go back in</ButtonLink>}>Your code is as you left it.</Notice>
      </div>
    );
  }
  return (
    <>
      <div className="mt-6 rounded-3xl bg-wash p-6 sm:p-8">
        <h2 className="text-2xl">Thank you for coming</h2>
        <p className="mt-2 max-w-prose text-soft">
          That was the interview. The people who invited you read what was said and written, and they will be in touch; Spool decides nothing about you. {isFinished(status) ? '' : 'The last of your words are being written down. '}
          {consent.recording ? 'The recording of your voice is kept for them until they erase it.' : 'As you asked, the recording of your voice is not kept.'}
        </p>
        <p className="mt-2 max-w-prose text-soft">Below are your own code and the transcript, for as long as this browser remembers your invitation. Save a copy if you would like one.</p>
      </div>
      <CodeOutcome session={session} over />
    </>
  );
}

function EditorSetting({ session, code, onChange }: { session: Session; code: Props['code']; onChange: (session: Session) => void }) {
  const [problem, setProblem] = useState<ProblemError | null>(null);
  async function set(autocomplete: boolean) {
    setProblem(null);
    try {
      onChange(await api.updateSession(session.id, { settings: { autocomplete } }));
    } catch (error) {
      const met = asProblem(error);
      if (!leaveToSignIn(met)) setProblem(met);
    }
  }
  return (
    <section aria-labelledby="editor-setting" className="mt-10">
      <h2 id="editor-setting" className="mb-4 text-2xl">
        The editor
      </h2>
      {problem ? <ProblemNotice problem={problem} /> : null}
      <CheckCard checked={code.autocomplete} onChange={(event) => void set(event.target.checked)} title="Autocomplete">
        Suggests words of the language and of the file. A change counts from the next time the page is opened.
      </CheckCard>
    </section>
  );
}
