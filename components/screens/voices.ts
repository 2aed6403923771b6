import type { VoiceChoice } from '#components/live-session/live-session-types.ts';

/** Who can speak the interviewer's words, in words. */
export const VOICES: { value: VoiceChoice; title: string; text: string }[] = [
  { value: 'server', title: 'The server’s voice', text: 'Works everywhere.' },
  { value: 'device', title: 'A voice of this device', text: 'Often more natural. It comes from your browser or system.' },
  { value: 'off', title: 'No voice', text: 'You read what the interviewer says.' },
];
