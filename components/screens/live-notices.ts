/** What a person in a live session must be told now, from its view. Pure, so that every state has its words in one place. */
import type { LiveSessionView } from '#components/live-session/live-session-types.ts';
import { isMicrophoneTrouble, microphoneWords } from './microphone-words.ts';
import { spokenLength, type Tone } from './words.ts';

export interface LiveNotice {
  id: string;
  tone: Tone;
  title: string;
  text: string;
  /** What the button does; none: there is nothing to press. */
  action?: 'retry' | 'dismiss' | 'sound';
  /** True: another microphone can be chosen right here. */
  chooseMicrophone?: boolean;
  /** True: the person cannot go on without reading it. */
  urgent: boolean;
}

/** "Reconnected" stays long enough to be read. */
export const RESTORED_SHOWN_MS = 8_000;
/** Audio waiting for the server is worth a word once it is more than the second that is normal, with room for a slow link. */
const UNACKNOWLEDGED_WORTH_SAYING_MS = 4_000;

/** Notices about the connection itself: they take the place of the general one, and trying again is what helps. */
const CONNECTION_CODES = new Set(['server.unreachable', 'network.offline', 'stream.overloaded', 'unavailable']);

/** The notices of a view, the most pressing first. `nowMs` is on the clock of `view.restored.at`. */
export function liveNotices(view: LiveSessionView, nowMs: number, userAgent: string): LiveNotice[] {
  if (view.ended) return [];
  const notices: LiveNotice[] = [];
  if (view.notice) {
    const { code, message, next, fatal } = view.notice;
    const action = fatal || CONNECTION_CODES.has(code) ? 'retry' : 'dismiss';
    notices.push({ id: code, tone: fatal ? 'bad' : 'warn', title: message, text: next, action, urgent: fatal });
  }
  const connection = connectionNotice(view);
  const told = view.notice !== null && (view.notice.fatal || CONNECTION_CODES.has(view.notice.code));
  if (connection && !told) notices.push(connection);
  if (isMicrophoneTrouble(view.microphone)) {
    const words = microphoneWords(view.microphone, userAgent);
    notices.push({ id: `microphone-${view.microphone}`, tone: 'warn', title: words.title, text: words.next, action: 'retry', chooseMicrophone: view.microphone !== 'denied' && view.devices.length > 0, urgent: true });
  }
  if (view.soundBlocked && view.connection === 'live') {
    notices.push({ id: 'sound', tone: 'warn', title: 'The browser holds the sound back', text: 'Press the button to hear the interviewer.', action: 'sound', urgent: false });
  }
  if (view.connection === 'live') {
    if (view.restored && nowMs - view.restored.at < RESTORED_SHOWN_MS) {
      const { resentMs } = view.restored;
      const text = resentMs >= 1000 ? `${spokenLength(resentMs)} of audio that waited in this browser ${resentMs < 1500 ? 'was' : 'were'} sent.` : '';
      notices.push({ id: 'restored', tone: 'good', title: 'Reconnected. Nothing was lost.', text, urgent: false });
    } else if (notYetStored(view) && notices.length === 0) {
      notices.push({ id: 'waiting', tone: 'calm', title: notYetStored(view) ?? '', text: 'It is kept in this browser and will be sent. Keep this page open.', urgent: false });
    }
  }
  return notices;
}

function connectionNotice(view: LiveSessionView): LiveNotice | null {
  switch (view.connection) {
    case 'reconnecting':
      return { id: 'reconnecting', tone: 'warn', title: 'Connecting again…', text: `Go on talking: ${waiting(view).toLowerCase()}`, action: 'retry', urgent: false };
    case 'offline':
      return { id: 'offline', tone: 'warn', title: 'No network', text: `${waiting(view)} The session goes on by itself when the network is back.`, action: 'retry', urgent: false };
    case 'closed':
      return view.notice ? null : { id: 'closed', tone: 'bad', title: 'The connection is closed', text: 'What you said is kept. Connect again to go on.', action: 'retry', urgent: true };
    case 'warming':
      return { id: 'warming', tone: 'calm', title: 'Warming up…', text: warmingWords(view.warmingMs, 'what you say meanwhile is kept in this browser.'), urgent: false };
    case 'idle':
    case 'connecting':
    case 'live':
      return null;
  }
}

/** A task that has not come up by then does not come up: its image or its settings are wrong, or there is no machine for it. */
export const WARMING_TOO_LONG_MS = 5 * 60_000;

/** Where nobody talked for a while the server sleeps, which costs nothing. `kept`: what becomes of the meantime. */
export function warmingWords(sinceMs: number, kept: string): string {
  if (sinceMs >= WARMING_TOO_LONG_MS) return `The server should have started by now (${spokenLength(sinceMs)} so far). Tell whoever runs Spool. This page goes on trying; ${kept}`;
  return `The server slept and is being started, which takes a minute or two${sinceMs >= 1000 ? ` (${spokenLength(sinceMs)} so far)` : ''}. It goes on by itself; ${kept}`;
}

function waiting(view: LiveSessionView): string {
  return view.unacknowledgedMs >= 1000 ? `The last ${spokenLength(view.unacknowledgedMs)} are safe in this browser and will be sent.` : 'What you say is kept in this browser and will be sent.';
}

/** How much of what was said is on its way, once that is more than normal: `9 s not yet stored`. */
export function notYetStored(view: LiveSessionView): string | null {
  return view.unacknowledgedMs >= UNACKNOWLEDGED_WORTH_SAYING_MS ? `${Math.floor(view.unacknowledgedMs / 1000)} s not yet stored` : null;
}

/** How a session ended, for the panel that takes the place of the controls. `gone`: there is nothing to read. */
export function endingWords(reason: NonNullable<LiveSessionView['ended']>['reason']): { title: string; text: string; takeBack: boolean; gone?: true } {
  switch (reason) {
    case 'ended_by_person':
      return { title: 'The session is over', text: 'Everything you said is stored.', takeBack: false };
    case 'ended_by_interviewer':
      return { title: 'That was the interview', text: 'Thank you. Everything you said is stored.', takeBack: false };
    case 'ended_by_request':
      return { title: 'The session was ended', text: 'It was ended from another page or by a program you allowed. Everything up to then is stored.', takeBack: false };
    case 'idle':
      return { title: 'The session ended by itself', text: 'Nothing was said for a long time. Everything before that is stored.', takeBack: false };
    case 'failed':
      return { title: 'The session could not go on', text: 'Something failed on the server. What was stored until then is in the review.', takeBack: false };
    case 'over':
      return { title: 'This session is already over', text: 'It cannot be continued. The review shows all of it.', takeBack: false };
    case 'erased':
      return { title: 'The session was erased', text: 'It was erased from another page or by a program you allowed. Its recording and its words are gone for good.', takeBack: false, gone: true };
    case 'replaced':
      return { title: 'The session goes on in another window', text: 'It was opened somewhere else, and only one window can take part. Close the other one, or take the session back here.', takeBack: true };
  }
}

/** Who has the word, for the line beside the thread. */
export function stateWords(view: LiveSessionView): string {
  if (view.connection === 'connecting') return 'Connecting…';
  if (view.connection === 'warming') return 'Warming up…';
  if (view.connection !== 'live') return 'Not connected';
  if (view.status === 'paused' || view.agentState === 'paused') return 'Paused';
  if (view.status === 'processing') return 'Being finished';
  if (view.agentState === 'speaking' && !view.personSpeaking) return 'The interviewer is speaking';
  if (view.personSpeaking) return 'You are speaking';
  if (view.agentState === 'thinking') return 'The interviewer is thinking';
  if (view.microphone === 'muted') return 'Muted';
  return view.microphone === 'on' ? 'Listening to you' : 'Type your answer';
}
