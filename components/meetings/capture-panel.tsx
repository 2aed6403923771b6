'use client';

import { useEffect, useImperativeHandle, useMemo, useState, type Ref } from 'react';
import MonitorUp from 'lucide-react/icons/monitor-up';
import { useMicrophoneCheck, type MicrophoneCheck } from '#components/live-session/use-microphone-check.ts';
import { MicrophonePanel } from '#components/screens/microphone-panel.tsx';
import { Button } from '#components/ui/button.tsx';
import { ChoiceCard } from '#components/ui/field.tsx';
import { LevelMeter } from '#components/ui/level-meter.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { canShareTabs, meetingCapture, type CaptureSource, type MeetingCapture } from './capture.ts';
import { captureTrouble } from './capture-words.ts';

const SOURCES: { source: CaptureSource; title: string; text: string }[] = [
  { source: 'tab-and-microphone', title: 'A tab and my microphone', text: 'For a call in the browser: the others are heard from its tab, you from your microphone.' },
  { source: 'tab', title: 'Only a tab or screen', text: 'For a webinar or a recording that plays in a tab.' },
  { source: 'microphone', title: 'Only my microphone', text: 'For a meeting in the room.' },
];

/** What `Start` needs of the preparation: opens what is not open yet, and hands it to the live page. */
export interface CaptureHandle {
  source: CaptureSource;
  /** From a press. False: nothing is captured, and the panel says why. */
  open(): Promise<boolean>;
  /** Call right before the live page is opened. */
  handOver(): void;
}

/** Which sound is captured, and whether it is to be heard. Nothing is recorded here. */
export function CapturePanel({ ref }: { ref: Ref<CaptureHandle> }) {
  const [source, setSource] = useState<CaptureSource>('tab-and-microphone');
  const [able, setAble] = useState(true);
  useEffect(() => {
    if (canShareTabs()) return;
    setAble(false);
    setSource('microphone');
  }, []);
  return (
    <div className="grid gap-5">
      <fieldset>
        <legend className="mb-3 font-medium">What is to be heard?</legend>
        <div className="grid gap-2.5 sm:grid-cols-3">
          {SOURCES.map((one) => (
            <ChoiceCard key={one.source} name="capture" checked={source === one.source} disabled={!able && one.source !== 'microphone'} onChange={() => setSource(one.source)} title={one.title}>
              {one.text}
            </ChoiceCard>
          ))}
        </div>
        {able ? null : <p className="mt-2 text-sm text-faint">This browser cannot share the sound of a tab. Use Chrome or Edge on a computer for that.</p>}
      </fieldset>
      {source === 'microphone' ? <MicrophoneCapture key="microphone" ref={ref} /> : <TabCapture key={source} source={source} ref={ref} />}
    </div>
  );
}

function MicrophoneCapture({ ref }: { ref: Ref<CaptureHandle> }) {
  const capture = useMemo(() => meetingCapture('microphone'), []);
  const check = useMicrophoneCheck(capture);
  useCaptureHandle(ref, 'microphone', check, capture);
  return <MicrophonePanel check={check} />;
}

function TabCapture({ source, ref }: { source: CaptureSource; ref: Ref<CaptureHandle> }) {
  const capture = useMemo(() => meetingCapture(source), [source]);
  const check = useMicrophoneCheck(capture);
  useCaptureHandle(ref, source, check, capture);
  const [heard, setHeard] = useState(false);
  const trouble = captureTrouble(check.state, source);
  const open = check.state === 'on';
  return (
    <div className="grid gap-4 rounded-2xl border border-line bg-raised p-5">
      {trouble ? (
        <Notice tone="warn" urgent title={trouble.title} actions={<Button variant="quiet" onClick={() => void check.open()}>Share again</Button>}>
          {trouble.next}
        </Notice>
      ) : open ? (
        <>
          <LevelMeter level={check.level} onLevel={(level) => level > 0.02 && setHeard(true)} />
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p role="status" className={heard ? 'font-medium text-accent' : 'text-soft'}>
              {heard ? 'Sound is coming through.' : 'Shared. Play something in the tab, or say a word, to see that it is heard.'}
            </p>
            <Button variant="bare" onClick={() => void check.open()}>
              Share something else
            </Button>
          </div>
        </>
      ) : (
        <>
          <p className="text-soft">
            Your browser asks which tab or screen to share. Choose the one with the meeting and tick <strong className="font-medium text-ink">“Also share tab audio”</strong>: without it Spool hears nothing. The picture is not recorded.
          </p>
          <div>
            <Button variant="quiet" disabled={check.state === 'asking'} onClick={() => void check.open()}>
              <MonitorUp aria-hidden size={18} />
              {check.state === 'asking' ? 'Your browser is asking…' : 'Choose what to share'}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

function useCaptureHandle(ref: Ref<CaptureHandle>, source: CaptureSource, check: MicrophoneCheck, capture: MeetingCapture): void {
  const { open, close } = check;
  useImperativeHandle(
    ref,
    () => ({
      source,
      async open() {
        if (!capture.isOpen()) await open();
        return capture.isOpen();
      },
      handOver() {
        capture.handOver();
        close();
      },
    }),
    [source, capture, open, close],
  );
}
