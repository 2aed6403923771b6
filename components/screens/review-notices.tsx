import { ButtonLink } from '#components/ui/button-link.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { Session } from '#domain/session/session.ts';
import { isFinished, isOpen } from '#domain/session/session-status.ts';
import { RecordingGoneNotice } from './recording-gone-notice.tsx';
import { SampleNotice } from './sample-notice.tsx';

/** What a reader must know about the session before reading: each state in its own words, with the next step. */
export function ReviewNotices({ session, empty, recordingGone, nowMs }: { session: Session; empty: boolean; recordingGone: boolean; nowMs: number }) {
  const { status, consent } = session;
  const over = isFinished(status);
  if (session.sample) {
    return (
      <div className="mt-6">
        <SampleNotice session={session} nowMs={nowMs} />
      </div>
    );
  }
  return (
    <div className="mt-6 grid gap-3 empty:hidden">
      {isOpen(status) ? (
        <Notice title={status === 'created' ? 'This session has not begun' : 'This session is still open'} actions={<ButtonLink href={`/sessions/${session.id}/live`}>{status === 'created' ? 'Begin' : 'Go on talking'}</ButtonLink>}>
          What was said so far is below.
        </Notice>
      ) : null}
      {status === 'processing' ? <Notice title="Your words are being finished">The transcript and the recording are put in order. This page follows by itself.</Notice> : null}
      {status === 'partial' ? (
        <Notice tone="warn" title="A part is missing">
          Something went wrong on the way, so this session is not complete. Everything that was stored is here.
        </Notice>
      ) : null}
      {status === 'failed' ? (
        <Notice tone="bad" title="This session failed" actions={<ButtonLink href={`/sessions/new?kind=${session.kind}`} variant="quiet">Start a new one</ButtonLink>}>
          What was stored before that is here. Run ./spool doctor on the server to see what is wrong.
        </Notice>
      ) : null}
      {over && !consent.recording ? <Notice title="There is no recording">You did not want one. The audio was erased once the transcript existed.</Notice> : null}
      {recordingGone ? <RecordingGoneNotice /> : null}
      {over && empty ? (
        <Notice title="Nothing was said" actions={<ButtonLink href={`/sessions/new?kind=${session.kind}`} variant="quiet">Start a new one</ButtonLink>}>
          No words reached the transcript. If you did speak, check the microphone before the next session.
        </Notice>
      ) : null}
    </div>
  );
}
