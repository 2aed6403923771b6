'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import ArrowRight from 'lucide-react/icons/arrow-right';
import { api } from '#components/api/client.ts';
import type { StartedMeeting } from '#components/api/meeting-calls.ts';
import { useAttempt } from '#components/screens/use-load.ts';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/dialogs.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { CopyField } from './copy-field.tsx';
import { useMeeting } from './use-meeting.ts';

const SENDERS: { name: string; steps: string[] }[] = [
  {
    name: 'Zoom',
    steps: [
      'Once, in the Zoom web portal: Settings, In Meeting (Advanced), allow livestreaming, and tick “Custom Live Streaming Service”.',
      'In the meeting, as its host: More, then “Live on Custom Live Streaming Service”.',
      'Paste the address as “Streaming URL” and the key as “Streaming key”. Any page address will do as “Live streaming page URL”.',
      'Press “Go Live!”. Everybody in the meeting sees that it is streamed.',
    ],
  },
  {
    name: 'OBS',
    steps: ['Settings, Stream: choose “Custom…” as the service.', 'Paste the address as “Server” and the key as “Stream Key”.', 'Add a source that carries the sound of the meeting, e.g. “Application Audio Capture”.', 'Press “Start Streaming”.'],
  },
];

interface Props {
  topic: string;
  /** Asked before an address is handed out; null: not answered yet, and the person was told. */
  consent: () => { recording: boolean } | null;
  started: StartedMeeting | null;
  onStarted: (started: StartedMeeting) => void;
}

/** A meeting that is streamed: first its address and key, then the wait for the stream, which becomes the live page. */
export function StreamPanel({ topic, consent, started, onStarted }: Props) {
  const { problem, attempt } = useAttempt();
  const [busy, setBusy] = useState(false);
  async function start() {
    const given = consent();
    if (!given) return;
    setBusy(true);
    const answer = await attempt(() => api.startStreamedMeeting({ ...(topic ? { topic } : {}), consent: given }));
    setBusy(false);
    if (answer) onStarted(answer);
  }
  if (started) return <AwaitedStream started={started} />;
  return (
    <div className="grid justify-items-start gap-4">
      <p className="max-w-prose text-soft">You get an address and a secret key for Zoom, OBS or any program that streams by RTMP. The meeting begins when the stream comes.</p>
      {problem ? (
        problem.code === 'meeting.no_ingest' ? (
          <Notice tone="warn" urgent title={problem.title}>
            {problem.detail} Meanwhile you can share a tab or upload a recording.
          </Notice>
        ) : (
          <ProblemNotice problem={problem} onRetry={() => void start()} />
        )
      ) : null}
      <Button size="l" disabled={busy} onClick={() => void start()}>
        {busy ? 'Making the key…' : 'Get the address'}
        <ArrowRight aria-hidden size={20} />
      </Button>
    </div>
  );
}

function AwaitedStream({ started }: { started: StartedMeeting }) {
  const router = useRouter();
  const { now } = useMeeting(started.session_id);
  const [leaving, setLeaving] = useState(false);
  const { problem, attempt } = useAttempt();
  const come = now.meeting?.stream?.state === 'here' || now.meeting?.stream?.state === 'away';
  useEffect(() => {
    if (come) router.push(`/sessions/${started.session_id}/live`);
  }, [come, router, started.session_id]);
  const until = new Date(started.expires_at);
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="grid gap-4 rounded-3xl border border-line bg-raised p-5 sm:p-6">
        <CopyField label="Address (server)" value={started.rtmp_url} />
        <CopyField label="Key" value={started.stream_key} />
        <p className="text-[0.9375rem] text-soft">
          The key is shown this once: whoever has it can stream into your meeting. The stream must have come by {until.toLocaleString(undefined, { weekday: 'long', hour: 'numeric', minute: '2-digit' })}.
        </p>
      </div>
      <div role="status" className="flex items-center gap-3 rounded-2xl bg-wash px-4 py-3.5">
        <span aria-hidden className="size-2.5 shrink-0 rounded-full bg-accent motion-safe:animate-pulse" />
        <p>
          <span className="font-medium">Waiting for the stream.</span> <span className="text-soft">Keep this page open or come back later: it goes on by itself.</span>
        </p>
      </div>
      {now.upToDate ? null : <Notice tone="warn" title="Spool does not answer">Trying again. The stream is taken in all the same once it is there.</Notice>}
      <div className="grid gap-x-8 gap-y-6 sm:grid-cols-2">
        {SENDERS.map(({ name, steps }) => (
          <section key={name} aria-label={`How to stream with ${name}`}>
            <h2 className="text-xl">With {name}</h2>
            <ol className="mt-2 grid list-decimal gap-1.5 pl-5 text-[0.9375rem] text-soft marker:text-accent">
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </section>
        ))}
      </div>
      {problem ? <ProblemNotice problem={problem} /> : null}
      <div>
        <Button variant="bare" className="-ml-4" onClick={() => setLeaving(true)}>
          Give this meeting up
        </Button>
      </div>
      <ConfirmDialog
        open={leaving}
        onOpenChange={setLeaving}
        title="Give this meeting up?"
        cancel="Keep waiting"
        confirm="Give it up"
        danger
        onConfirm={() =>
          void attempt(async () => {
            await api.eraseSession(started.session_id);
            router.replace('/sessions');
          })
        }
      >
        The key stops working, and nothing is kept.
      </ConfirmDialog>
    </div>
  );
}
