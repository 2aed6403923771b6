/** Words for everything that can go wrong in a live session on the browser's side. Codes of the server's come from domain/errors.ts. */
import { ProblemError } from '#components/api/problem-error.ts';
import { ERRORS } from '#domain/errors.ts';
import type { ErrorCode } from '#domain/errors.ts';
import type { Problem } from './live-session-types.ts';

const KEPT = 'Your words are kept in this browser and are sent as soon as it does.';

const WORDS = {
  'server.unreachable': { message: 'Spool does not answer.', next: `Trying again. ${KEPT}`, fatal: false },
  'network.offline': { message: 'This device is offline.', next: 'Your words are kept in this browser and are sent when the network is back.', fatal: false },
  'stream.overloaded': { message: 'Too many people are talking right now.', next: 'Trying again. Your words are kept in this browser.', fatal: false },
  'stream.refused': { message: 'The server refused what this page sent.', next: 'Reload the page. What you said is kept and is sent again.', fatal: true },
  'stream.too_fast': { message: 'The server asked this page to send more slowly.', next: 'Going on more slowly. Nothing is lost.', fatal: false },
  'ticket.refused': { message: 'The server did not let this page in.', next: 'Reload the page. If it stays, sign in again.', fatal: true },
  'session.replaced': { message: 'This session goes on in another tab or on another device.', next: 'Go on there, or take the session back here with “Try again”.', fatal: true },
  'session.superseded': { message: 'Another tab or device went on with this session in the meantime.', next: 'What this page had not delivered by then could not be added. Say it again if it matters.', fatal: false },
  'audio.undelivered': { message: 'The session ended before the last of what you said was delivered.', next: 'The review shows what arrived.', fatal: false },
  'audio.server_lost': { message: 'The server has lost audio it had stored.', next: 'That part of the recording is silent. Tell whoever runs the server.', fatal: false },
  'storage.unavailable': { message: 'This browser cannot keep audio on disk (a private window, perhaps).', next: 'Everything works, but do not reload the page while “not yet stored” is shown.', fatal: false },
  'storage.full': { message: 'This device has no room to keep audio.', next: 'Free some space. Until then, do not reload the page while “not yet stored” is shown.', fatal: false },
  'outbox.full': { message: 'The connection has been away for so long that no more speech can be kept.', next: 'What you say now is not recorded until the connection is back. What you said before is safe.', fatal: false },
  'microphone.denied': { message: 'The browser may not use the microphone.', next: 'Allow it with the icon beside the address, then try again. You can type meanwhile.', fatal: false },
  'microphone.missing': { message: 'No microphone was found.', next: 'Connect one and try again, or type your answers.', fatal: false },
  'microphone.busy': { message: 'The microphone is used by another program.', next: 'Close the other program and try again, or choose another microphone.', fatal: false },
  'microphone.lost': { message: 'The microphone is gone.', next: 'Connect it again or choose another one. You can type meanwhile.', fatal: false },
  'microphone.changed': { message: 'The microphone was disconnected.', next: 'Another one has taken over. Choose a different one if you like.', fatal: false },
  'microphone.silent': { message: 'The microphone delivers only silence.', next: 'Check its switch and the volume in the system settings, or choose another one.', fatal: false },
  'microphone.unsupported': { message: 'This browser cannot capture speech here.', next: 'Open Spool over https or on localhost in a current browser, or type your answers.', fatal: false },
  'sound.blocked': { message: 'The browser waits for a click before it plays sound.', next: 'Click to hear the interviewer.', fatal: false },
  'sound.unsupported': { message: 'This browser cannot play the interviewer’s voice.', next: 'Read the answers on screen, or use a current browser.', fatal: false },
  'voice.none': { message: 'This device has no voices of its own.', next: 'The server’s voice goes on.', fatal: false },
  'connection.needed': { message: 'That needs a connection.', next: 'Try it again when the connection is back.', fatal: false },
} as const satisfies Record<string, Omit<Problem, 'code'>>;
export type ClientProblemCode = keyof typeof WORDS;

/** A problem this page found itself. */
export function clientProblem(code: ClientProblemCode): Problem {
  return { code, ...WORDS[code] };
}

/** An `error` message of the stream, in words. Unknown codes use the server's own. */
export function streamProblem(code: string, message: string): Problem {
  if (Object.hasOwn(WORDS, code)) return clientProblem(code as ClientProblemCode);
  const known = Object.hasOwn(ERRORS, code) ? ERRORS[code as ErrorCode] : undefined;
  return { code, message: known ? `${known.title}.` : message, next: known?.person ?? 'Go on; if it happens again, reload the page. Nothing you said is lost.', fatal: false };
}

/** A failed request, in words. `fatal` tells whether the session can go on without the person. */
export function requestProblem(error: unknown, fatal: boolean): Problem {
  if (error instanceof ProblemError && error.code !== 'server.unreachable') return { code: error.code, message: `${error.title}.`, next: error.next, fatal };
  return clientProblem('server.unreachable');
}
