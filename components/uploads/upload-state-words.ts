/** How far an upload is, in words. */
import { clockTime } from '#domain/session/times.ts';
import type { UploadState } from './upload-controller.ts';
import { sizeWords, timeLeftWords } from './upload-words.ts';

/** `310 MB of 1.4 GB · 9.8 MB a second · about 2 minutes left` */
export function sendingWords({ sentBytes, totalBytes, bytesPerS, secondsLeft }: Extract<UploadState, { step: 'sending' }>): string {
  const parts = [`${sizeWords(sentBytes)} of ${sizeWords(totalBytes)}`];
  if (bytesPerS) parts.push(`${sizeWords(bytesPerS)} a second`);
  if (secondsLeft !== null) parts.push(timeLeftWords(secondsLeft));
  return parts.join(' · ');
}

/** Of a file that is on the server. */
export function takingInWords({ decodedMs, durationMs, silent }: Extract<UploadState, { step: 'taking-in' }>): string {
  if (silent) return 'The file is on the server. The server does not answer right now; nothing is lost.';
  const how = decodedMs === 0 ? 'The file is on the server; its sound is about to be read.' : `${clockTime(decodedMs)}${durationMs ? ` of ${clockTime(durationMs)}` : ''} of its sound is in the meeting.`;
  return `${how} You may leave this page.`;
}

/** Read out when the step changes, not with every percent. */
export function announcement(state: UploadState): string {
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
