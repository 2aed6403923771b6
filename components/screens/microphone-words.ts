/** What to do about a microphone that is not there, in the words of the browser at hand. */
import type { MicrophoneState } from '#components/live-session/live-session-types.ts';

type Trouble = Extract<MicrophoneState, 'denied' | 'missing' | 'lost' | 'busy'>;

export function isMicrophoneTrouble(state: MicrophoneState): state is Trouble {
  return state === 'denied' || state === 'missing' || state === 'lost' || state === 'busy';
}

/** How to allow the microphone in the browser that `userAgent` names. */
export function allowSteps(userAgent: string): string {
  if (/iPhone|iPad/.test(userAgent)) return 'Open Settings, Apps, your browser, and switch Microphone on. Then reload this page.';
  if (/Android/.test(userAgent)) return 'Press the icon at the left of the address, then Permissions, Microphone, Allow. Then try again.';
  if (/Firefox\//.test(userAgent)) return 'Press the crossed-out microphone at the left of the address, remove the block, and try again.';
  if (/Edg\/|Chrome\/|Chromium\//.test(userAgent)) return 'Press the icon at the left of the address, set Microphone to Allow, and try again.';
  if (/Safari\//.test(userAgent)) return 'In the menu Safari, Settings for This Website, set Microphone to Allow. Then try again.';
  return 'Allow the microphone for this site in your browser’s settings, then try again.';
}

/** Title and next step of each trouble. Typing is always open. */
export function microphoneWords(trouble: Trouble, userAgent: string): { title: string; next: string } {
  switch (trouble) {
    case 'denied':
      return { title: 'The browser may not use the microphone', next: allowSteps(userAgent) };
    case 'missing':
      return { title: 'No microphone was found', next: 'Plug one in or connect a headset, then try again. You can also type.' };
    case 'lost':
      return { title: 'The microphone is gone', next: 'Everything up to here is safe. Plug it in again or choose another one, then try again. You can also type.' };
    case 'busy':
      return { title: 'Another program holds the microphone', next: 'Close calls or recorders that use it, then try again. You can also type.' };
  }
}
