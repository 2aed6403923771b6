'use client';

import { useRef, useState } from 'react';
import Mic from 'lucide-react/icons/mic';
import Volume from 'lucide-react/icons/volume-2';
import type { MicrophoneCheck } from '#components/live-session/use-microphone-check.ts';
import { Button } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/field.tsx';
import { LevelMeter } from '#components/ui/level-meter.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { isMicrophoneTrouble, microphoneWords } from './microphone-words.ts';
import { createVoiceCheck } from './voice-check.ts';

/** Choosing and trying a microphone before a session. What it hears stays in the page. Without `onTypeInstead` typing is no way out. */
export function MicrophonePanel({ check, onTypeInstead }: { check: MicrophoneCheck; onTypeInstead?: () => void }) {
  if (isMicrophoneTrouble(check.state)) {
    const words = microphoneWords(check.state, navigator.userAgent);
    return (
      <Notice
        tone="warn"
        urgent
        title={words.title}
        actions={
          <>
            <Button variant="quiet" onClick={() => void check.open()}>
              Try again
            </Button>
            {onTypeInstead ? (
              <Button variant="bare" onClick={onTypeInstead}>
                Type instead
              </Button>
            ) : null}
          </>
        }
      >
        {words.next}
      </Notice>
    );
  }
  if (check.state === 'off' || check.state === 'asking') {
    return (
      <div className="rounded-2xl border border-line bg-raised p-5">
        <p className="text-soft">
          {check.state === 'asking' ? 'Your browser is asking whether Spool may listen. Press Allow.' : 'Your browser will ask whether Spool may listen. Nothing is recorded during this check.'}
        </p>
        <div className="mt-4 flex flex-wrap gap-2">
          <Button variant="quiet" disabled={check.state === 'asking'} onClick={() => void check.open()}>
            <Mic aria-hidden size={18} />
            Check the microphone
          </Button>
          {onTypeInstead ? (
            <Button variant="bare" onClick={onTypeInstead}>
              No microphone? Type instead
            </Button>
          ) : null}
        </div>
      </div>
    );
  }
  return <OpenMicrophone key={check.deviceId} check={check} />;
}

function OpenMicrophone({ check }: { check: MicrophoneCheck }) {
  const voice = useRef(createVoiceCheck());
  const [heard, setHeard] = useState(false);
  return (
    <div className="grid gap-5 rounded-2xl border border-line bg-raised p-5">
      {check.devices.length > 0 ? (
        <SelectField label="Microphone" value={check.deviceId ?? ''} onChange={(event) => void check.choose(event.target.value)}>
          {check.devices.map(({ deviceId, label }, index) => (
            <option key={deviceId} value={deviceId}>
              {label || `Microphone ${index + 1}`}
            </option>
          ))}
        </SelectField>
      ) : null}
      <div>
        <LevelMeter
          level={check.level}
          onLevel={(level, atMs) => {
            if (voice.current.hear(level, atMs)) setHeard(true);
          }}
        />
        <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
          <p role="status" className={heard ? 'font-medium text-accent' : 'text-soft'}>
            {heard ? 'We hear you.' : 'Say: “Hello Spool”'}
          </p>
          {heard ? <HearYourself check={check} /> : null}
        </div>
      </div>
    </div>
  );
}

function HearYourself({ check }: { check: MicrophoneCheck }) {
  const [playing, setPlaying] = useState(false);
  async function play() {
    const samples = check.recent();
    if (samples.length === 0) return;
    const context = new AudioContext();
    const buffer = context.createBuffer(1, samples.length, UPLINK_SAMPLE_RATE_HZ);
    buffer.copyToChannel(Float32Array.from(samples, (value) => value / 32_768), 0);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(context.destination);
    source.onended = () => {
      setPlaying(false);
      void context.close();
    };
    setPlaying(true);
    source.start();
  }
  return (
    <Button variant="bare" disabled={playing} onClick={() => void play()}>
      <Volume aria-hidden size={18} />
      {playing ? 'Playing…' : 'Hear yourself'}
    </Button>
  );
}
