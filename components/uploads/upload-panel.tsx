'use client';

import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useAttempt } from '#components/screens/use-load.ts';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { clockTime } from '#domain/session/times.ts';
import { DropZone, PickButton } from './drop-zone.tsx';
import type { UploadController, UploadState } from './upload-controller.ts';
import { announcement, sendingWords, takingInWords } from './upload-state-words.ts';
import { sizeWords } from './upload-words.ts';
import type { UploadTrouble } from './upload-words.ts';
import { useUpload } from './use-upload.ts';

interface Props {
  /** The meeting the file goes into, when there is one already. */
  sessionId?: string;
  /** Makes the meeting once a file is chosen; null: it was not, and the page says why. */
  openMeeting?: (file: File) => Promise<string | null>;
  /** All of the file is on the server: its meeting's page can take over. */
  onReceived?: (sessionId: string) => void;
}

/** Choosing a recording, sending it, and seeing it go into the meeting. */
export function UploadPanel({ sessionId, openMeeting, onReceived }: Props) {
  const { state, upload } = useUpload(sessionId ?? null);
  const { problem, attempt } = useAttempt();
  const meeting = useRef(sessionId ?? null);
  const received = useRef(false);

  const choose = (file: File) =>
    void attempt(() =>
      upload.choose(file, async () => {
        meeting.current = (await openMeeting?.(file)) ?? null;
        return meeting.current;
      }),
    );
  const arrived = state.step === 'taking-in' || state.step === 'done';
  useEffect(() => {
    if (!arrived || received.current || meeting.current === null) return;
    received.current = true;
    onReceived?.(meeting.current);
  }, [arrived, onReceived]);

  return (
    <section aria-label="Recording" className="grid gap-4">
      <Step state={state} upload={upload} choose={choose} cancel={() => void attempt(() => upload.cancel())} />
      {problem ? <ProblemNotice problem={problem} /> : null}
      <p role="status" className="sr-only">
        {announcement(state)}
      </p>
    </section>
  );
}

function Step({ state, upload, choose, cancel }: { state: UploadState; upload: UploadController; choose: (file: File) => void; cancel: () => void }) {
  switch (state.step) {
    case 'choose':
      return (
        <>
          {state.trouble ? <Trouble trouble={state.trouble} /> : null}
          <DropZone choose={choose}>
            {state.begun ? (
              <p className="text-soft">
                {sizeWords(state.begun.sentBytes)} of {sizeWords(state.begun.totalBytes)} of <Name>{state.begun.fileName}</Name> have arrived. Choose the same file again to go on.
              </p>
            ) : null}
          </DropZone>
        </>
      );
    case 'sending':
      return (
        <Card name={state.fileName} note={state.waiting ? 'The server does not answer. It goes on by itself; what arrived is kept.' : sendingWords(state)}>
          <Bar label={`Sending ${state.fileName}`} part={state.sentBytes} whole={state.totalBytes} />
          <Actions>
            <Button variant="quiet" onClick={() => upload.pause()}>Pause</Button>
            <Cancel onClick={cancel} />
          </Actions>
        </Card>
      );
    case 'paused':
      return (
        <Card name={state.fileName} note={`Paused at ${sizeWords(state.sentBytes)} of ${sizeWords(state.totalBytes)}.`}>
          <Bar label={`Sending ${state.fileName}`} part={state.sentBytes} whole={state.totalBytes} />
          <Actions>
            <Button onClick={() => void upload.resume()}>Go on</Button>
            <Cancel onClick={cancel} />
          </Actions>
        </Card>
      );
    case 'stopped':
      return (
        <>
          <Trouble trouble={state.trouble} />
          <Card name={state.fileName} note={`${sizeWords(state.sentBytes)} of ${sizeWords(state.totalBytes)} arrived.`}>
            <Bar label={`Sending ${state.fileName}`} part={state.sentBytes} whole={state.totalBytes} />
            <Actions>
              {state.again ? <Button onClick={() => void upload.resume()}>Try again</Button> : <PickButton choose={choose} label="Choose a file" />}
              <Cancel onClick={cancel} />
            </Actions>
          </Card>
        </>
      );
    case 'taking-in':
      return (
        <Card name={state.fileName} note={takingInWords(state)}>
          {state.durationMs ? <Bar label={`Taking in ${state.fileName}`} part={state.decodedMs} whole={state.durationMs} /> : <Bar label={`Taking in ${state.fileName}`} part={null} whole={1} />}
        </Card>
      );
    case 'done':
      return (
        <>
          <Notice tone="good" title={`${state.fileName} is in the meeting`}>
            {clockTime(state.durationMs)} of sound. It is being written down.
          </Notice>
          {state.trouble ? <Trouble trouble={state.trouble} tone="warn" /> : null}
        </>
      );
    case 'failed':
      return (
        <>
          <Trouble trouble={state.trouble} />
          <Actions>
            {state.again ? <Button onClick={() => void upload.tryAgain()}>Try again</Button> : <PickButton choose={choose} label="Choose another file" />}
            <Button variant="bare" onClick={cancel}>Remove the file</Button>
          </Actions>
        </>
      );
  }
}

function Card({ name, note, children }: { name: string; note: string; children: ReactNode }) {
  return (
    <div className="grid gap-3 rounded-2xl border border-line bg-raised p-5">
      <div>
        <p className="font-medium"><Name>{name}</Name></p>
        <p className="mt-0.5 text-[0.9375rem] text-soft tabular-nums">{note}</p>
      </div>
      {children}
    </div>
  );
}

/** `part` null: under way, how far is not known. */
function Bar({ label, part, whole }: { label: string; part: number | null; whole: number }) {
  const percent = part === null ? null : Math.min(100, Math.floor((part / whole) * 100));
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent ?? undefined} className="h-2 overflow-hidden rounded-full bg-sunken">
      <div className={`h-full origin-left rounded-full bg-accent ${percent === null ? 'w-1/3 animate-pulse' : 'w-full transition-transform duration-300'}`} style={percent === null ? undefined : { transform: `scaleX(${percent / 100})` }} />
    </div>
  );
}

function Trouble({ trouble, tone = 'bad' }: { trouble: UploadTrouble; tone?: 'bad' | 'warn' }) {
  return (
    <Notice tone={tone} urgent title={trouble.title}>
      {trouble.next}
    </Notice>
  );
}

const Name = ({ children }: { children: string }) => <span className="break-all">{children}</span>;
const Actions = ({ children }: { children: ReactNode }) => <div className="flex flex-wrap gap-2">{children}</div>;
const Cancel = ({ onClick }: { onClick: () => void }) => <Button variant="bare" onClick={onClick}>Cancel</Button>;
