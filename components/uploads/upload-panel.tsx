'use client';

import { useEffect, useRef, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import FileAudio from 'lucide-react/icons/file-audio';
import { clockTime } from '#components/screens/words.ts';
import { useAttempt } from '#components/screens/use-load.ts';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { UPLOAD_EXTENSIONS } from '#domain/meetings/uploads/limits.ts';
import type { UploadController, UploadState } from './upload-controller.ts';
import { ACCEPT, sizeWords, timeLeftWords } from './upload-words.ts';
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

/** The button does all the zone does, so a keyboard misses nothing. */
function DropZone({ choose, children }: { choose: (file: File) => void; children?: ReactNode }) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) choose(file);
  };
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={drop}
      className={`grid justify-items-center gap-4 rounded-2xl border-2 border-dashed px-5 py-10 text-center transition-colors duration-150 ${over ? 'border-accent bg-wash' : 'border-edge bg-raised'}`}
    >
      <FileAudio aria-hidden size={32} strokeWidth={1.5} className={over ? 'text-accent' : 'text-faint'} />
      {children}
      <p className="text-lg">{over ? 'Let go to send it' : 'Drop a recording here'}</p>
      <PickButton choose={choose} label="Choose a file" />
      <p className="max-w-prose text-sm text-faint">Sound or video: {UPLOAD_EXTENSIONS.join(', ')}, up to 4 GB. Of a video only the sound is kept.</p>
    </div>
  );
}

function PickButton({ choose, label }: { choose: (file: File) => void; label: string }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant="quiet" onClick={() => input.current?.click()}>{label}</Button>
      <input
        ref={input}
        type="file"
        accept={ACCEPT}
        hidden
        aria-label={label}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // The same file may be chosen twice in a row.
          event.target.value = '';
          if (file) choose(file);
        }}
      />
    </>
  );
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

function sendingWords({ sentBytes, totalBytes, bytesPerS, secondsLeft }: Extract<UploadState, { step: 'sending' }>): string {
  const parts = [`${sizeWords(sentBytes)} of ${sizeWords(totalBytes)}`];
  if (bytesPerS) parts.push(`${sizeWords(bytesPerS)} a second`);
  if (secondsLeft !== null) parts.push(timeLeftWords(secondsLeft));
  return parts.join(' · ');
}

function takingInWords({ decodedMs, durationMs, silent }: Extract<UploadState, { step: 'taking-in' }>): string {
  if (silent) return 'The file is on the server. The server does not answer right now; nothing is lost.';
  const how = decodedMs === 0 ? 'The file is on the server; its sound is about to be read.' : `${clockTime(decodedMs)}${durationMs ? ` of ${clockTime(durationMs)}` : ''} of its sound is in the meeting.`;
  return `${how} You may leave this page.`;
}

/** Read out when the step changes, not with every percent. */
function announcement(state: UploadState): string {
  switch (state.step) {
    case 'choose':
    case 'stopped':
    case 'failed':
      return '';
    case 'sending':
      return state.waiting ? 'The server does not answer; waiting.' : 'The file is being sent.';
    case 'paused':
      return 'Paused.';
    case 'taking-in':
      return 'The file is on the server and is being taken in.';
    case 'done':
      return 'The file is in the meeting.';
  }
}
