'use client';

import { useState } from 'react';
import Sliders from 'lucide-react/icons/sliders-horizontal';
import type { LiveSession, LiveSessionView } from '#components/live-session/live-session-types.ts';
import { InfoDialog } from '#components/ui/dialogs.tsx';
import { ChoiceCard, SelectField } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { keepPreferences, readPreferences } from './preferences.ts';
import { VOICES } from './voices.ts';

/** The microphones there are. Without one in use the first line says so, so that any choice is a change. */
export function MicrophoneSelect({ view, onChoose, className }: { view: LiveSessionView; onChoose: (deviceId: string) => void; className?: string }) {
  const used = view.devices.some(({ deviceId }) => deviceId === view.deviceId) && (view.microphone === 'on' || view.microphone === 'muted');
  return (
    <SelectField label="Microphone" className={className} value={used ? (view.deviceId ?? '') : ''} onChange={(event) => onChoose(event.target.value)}>
      {used ? null : (
        <option value="" disabled>
          Choose a microphone
        </option>
      )}
      {view.devices.map(({ deviceId, label }, index) => (
        <option key={deviceId} value={deviceId}>
          {label || `Microphone ${index + 1}`}
        </option>
      ))}
    </SelectField>
  );
}

/** Microphone and voice during a session. */
export function SoundDialog({ session: { view, actions }, conversation }: { session: LiveSession; conversation: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton label="Microphone and voice" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Sliders aria-hidden size={18} strokeWidth={1.75} />
      </IconButton>
      <InfoDialog title="Sound" open={open} onOpenChange={setOpen}>
        <div className="grid gap-6">
          {view.devices.length > 0 ? (
            <MicrophoneSelect
              view={view}
              onChoose={(deviceId) => {
                keepPreferences({ ...readPreferences(), microphone: true, deviceId });
                void actions.chooseMicrophone(deviceId);
              }}
            />
          ) : (
            <p className="text-soft">Microphones are listed here once one is in use. Press Speak below the conversation to open one.</p>
          )}
          {conversation ? (
            <fieldset className="grid gap-2.5">
              <legend className="mb-2 font-medium">The interviewer’s voice</legend>
              {VOICES.map(({ value, title, text }) => (
                <ChoiceCard
                  key={value}
                  name="live-voice"
                  value={value}
                  checked={view.voice === value}
                  onChange={() => {
                    keepPreferences({ ...readPreferences(), voice: value });
                    actions.setVoice(value);
                  }}
                  title={title}
                >
                  {text}
                </ChoiceCard>
              ))}
            </fieldset>
          ) : null}
        </div>
      </InfoDialog>
    </>
  );
}
