import { Notice } from '#components/ui/notice.tsx';
import { SAMPLE_PERSON_NAME } from '#domain/sample/about.ts';
import type { Session } from '#domain/session/session.ts';
import { MakeSampleButton } from './make-sample.tsx';
import { sampleProgress } from './sample-words.ts';

/** What a sample is, how far it has come, and what to do when it came to nothing. */
export function SampleNotice({ session, nowMs }: { session: Session; nowMs: number }) {
  const progress = sampleProgress(session, nowMs);
  if (progress?.state === 'being-made') {
    return (
      <Notice title="The sample is being made">
        <p>
          An interviewer talks with {SAMPLE_PERSON_NAME}, an invented person, right now: two synthesized voices, through the same server as yours. What they say appears below.
        </p>
        <div role="progressbar" aria-label="The sample" aria-valuenow={Math.round(progress.share * 100)} aria-valuetext={progress.left} className="mt-3 h-1.5 max-w-md overflow-hidden rounded-full bg-line">
          <div className="h-full rounded-full bg-accent transition-[width] duration-1000 ease-linear" style={{ width: `${Math.max(2, progress.share * 100)}%` }} />
        </div>
        <p className="mt-1.5 tabular-nums">{progress.left}</p>
      </Notice>
    );
  }
  if (progress?.state === 'overdue' || session.status === 'failed' || session.status === 'partial') {
    return (
      <Notice tone="warn" title="This sample was not finished" actions={<MakeSampleButton label="Make it again" insteadOf={session.id} />}>
        Something went wrong while it was made. What there is of it is here until you remove it or make it again.
      </Notice>
    );
  }
  return (
    <Notice title={`${SAMPLE_PERSON_NAME} is invented`}>
      Two synthesized voices held this interview, through the same server, engines and recording as every session. Nothing in it counts in your profile.
    </Notice>
  );
}
