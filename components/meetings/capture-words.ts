/** What is wrong with the sound of a meeting that is captured in the browser, in words for the person. Pure. */
import { liveNotices, type LiveNotice } from '#components/screens/live-notices.ts';
import type { LiveSessionView, MicrophoneState } from '#components/live-session/live-session-types.ts';
import type { CaptureSource } from './capture.ts';

interface Words {
  title: string;
  next: string;
}

/** Null: nothing is wrong. Of the microphone alone the usual words are right. */
export function captureTrouble(state: MicrophoneState, source: CaptureSource): Words | null {
  if (source === 'microphone') return null;
  const tab = source === 'tab' ? 'a tab or screen' : 'a tab or screen, and let Spool use the microphone';
  switch (state) {
    case 'denied':
      return { title: 'Nothing was shared', next: `Press “Share again”, choose ${tab}. If no window opens, the browser may have been told never to ask: allow it with the icon beside the address.` };
    case 'missing':
      return { title: 'There is no sound in what was shared', next: 'Share again and tick “Also share tab audio” (or “Share system audio”) in the browser’s window. Windows of other programs share no sound: choose the tab or the whole screen.' };
    case 'lost':
      return { title: 'Sharing has stopped', next: 'The tab was closed, or sharing was ended in the browser’s bar. What was captured is kept. Share again to go on with this meeting.' };
    case 'busy':
      return { title: 'The browser could not open the sound', next: 'Close other programs that use it, then share again.' };
    case 'off':
    case 'asking':
    case 'on':
    case 'muted':
      return null;
  }
}

/** The live page's notices, with words for what is captured instead of a microphone. */
export function captureNotices(view: LiveSessionView, source: CaptureSource, nowMs: number, userAgent: string): LiveNotice[] {
  return liveNotices(view, nowMs, userAgent)
    .filter(({ id }) => id !== 'sound')
    .map((notice) => {
      if (notice.id === 'microphone.silent' && source !== 'microphone') return { ...notice, title: 'Nothing is to be heard', text: 'If somebody is talking, the sound is not shared: share again and tick “Also share tab audio”. If nobody is talking, all is well.' };
      if (notice.id === 'microphone.changed' && source !== 'microphone') return { ...notice, title: 'Sharing had stopped and goes on', text: 'What was captured before is kept.' };
      const trouble = notice.id.startsWith('microphone-') ? captureTrouble(view.microphone, source) : null;
      return trouble ? { ...notice, title: trouble.title, text: trouble.next, chooseMicrophone: false } : notice;
    });
}

/** What is being done, for the line beside the thread. */
export function captureState(view: LiveSessionView): string {
  if (view.connection === 'connecting') return 'Connecting…';
  if (view.connection === 'warming') return 'Warming up…';
  if (view.connection !== 'live') return 'Not connected';
  if (view.status === 'paused') return 'Paused';
  if (view.status === 'processing') return 'Being finished';
  if (view.microphone === 'muted') return 'Muted';
  if (view.microphone !== 'on') return 'Nothing is captured';
  return view.personSpeaking ? 'Somebody is speaking' : 'Listening';
}
