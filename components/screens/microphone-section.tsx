'use client';

import type { MicrophoneCheck } from '#components/live-session/use-microphone-check.ts';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { MicrophonePanel } from './microphone-panel.tsx';

/** Before a session: the microphone is checked, or the person chooses to type. `during`: "the session", "the interview". */
export function MicrophoneSection({ check, typing, onTyping, during, className }: { check: MicrophoneCheck; typing: boolean; onTyping: (typing: boolean) => void; during: string; className: string }) {
  return (
    <section aria-labelledby="microphone" className={className}>
      <h2 id="microphone" className="mb-4 text-2xl">
        Your microphone
      </h2>
      {typing ? (
        <Notice title="You will type" actions={<Button variant="quiet" onClick={() => onTyping(false)}>Use a microphone</Button>}>
          No microphone is opened. You can switch it on during {during}.
        </Notice>
      ) : (
        <MicrophonePanel
          check={check}
          onTypeInstead={() => {
            check.close();
            onTyping(true);
          }}
        />
      )}
    </section>
  );
}
