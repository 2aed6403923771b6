/** From the stream's messages to the lines on screen. Pure. */
import type { TranscriptItem } from '#domain/session/session.ts';
import type { ServerMessage } from '#domain/stream/protocol.ts';
import type { Caption } from './live-session-types.ts';

export interface CaptionState {
  /** Ordered by start. */
  captions: Caption[];
  /** Newest revision seen per item. */
  revisions: Record<string, number>;
  /** What the interviewer is saying now. */
  agentText: string;
  agentUtterance: number;
  /** What an interrupted utterance had left, until its item arrives. */
  unheard: { heardText: string; unheardText: string } | null;
  /** For a screen reader: the newest finished line. */
  announcement: string;
}
export const NO_CAPTIONS: CaptionState = { captions: [], revisions: {}, agentText: '', agentUtterance: -1, unheard: null, announcement: '' };

/** The state after a message; the same object when nothing changed. */
export function withMessage(state: CaptionState, message: ServerMessage): CaptionState {
  switch (message.type) {
    case 'transcript.partial':
      return withCaption(state, { itemId: message.itemId, speaker: message.speaker, text: message.text, final: false, startSample: message.startSample }, message.revision);
    case 'transcript.final': {
      const { itemId, speaker, text, startSample, endSample, revision } = message;
      const unheard = speaker === 'agent' && state.unheard?.heardText.trim() === text.trim() ? state.unheard : null;
      const given = 'unheardText' in message && typeof message.unheardText === 'string' ? message.unheardText : undefined;
      const before = state.captions.find((caption) => caption.itemId === itemId);
      const unheardText = given ?? unheard?.unheardText ?? before?.unheardText;
      const next = withCaption(state, { itemId, speaker, text, final: true, startSample, endSample, ...(unheardText ? { unheardText } : {}) }, revision);
      if (next === state) return state;
      const corrects = before?.final === true;
      return { ...next, unheard: unheard ? null : state.unheard, announcement: corrects || !text.trim() ? state.announcement : spoken(speaker, text) };
    }
    case 'agent.text': {
      const goesOn = message.utterance === state.agentUtterance;
      return { ...state, agentUtterance: message.utterance, agentText: (goesOn ? state.agentText : '') + message.text };
    }
    case 'agent.done':
      return message.utterance === state.agentUtterance ? { ...state, agentText: '' } : state;
    case 'agent.interrupted': {
      if (message.utterance !== state.agentUtterance) return state;
      const unheardText = afterHeard(state.agentText, message.heardText);
      const at = state.captions.findLastIndex((caption) => caption.speaker === 'agent' && caption.final && caption.text.trim() === message.heardText.trim());
      // The item may have come before the interruption was told, or comes after it.
      if (at >= 0 && at >= state.captions.length - 2 && unheardText) {
        const captions = state.captions.with(at, { ...state.captions[at]!, unheardText });
        return { ...state, captions, agentText: '', unheard: null };
      }
      return { ...state, agentText: '', unheard: unheardText ? { heardText: message.heardText, unheardText } : null };
    }
    default:
      return state;
  }
}

/** Adds what the server had before this page connected, e.g. after a reload. Announces nothing. */
export function withHistory(state: CaptionState, items: TranscriptItem[]): CaptionState {
  let next = state;
  for (const { itemId, revision, speaker, text, unheardText, startSample, endSample } of items) {
    next = withCaption(next, { itemId, speaker, text, final: true, startSample, endSample, ...(unheardText ? { unheardText } : {}) }, revision);
  }
  return next;
}

/** After a reconnect: unfinished lines will come again, what the interviewer was saying too. */
export function withoutUnfinished(state: CaptionState): CaptionState {
  return { ...state, captions: state.captions.filter((caption) => caption.final), agentText: '', agentUtterance: -1, unheard: null };
}

function withCaption(state: CaptionState, caption: Caption, revision: number): CaptionState {
  const known = state.revisions[caption.itemId];
  const index = state.captions.findIndex((other) => other.itemId === caption.itemId);
  const before = state.captions[index];
  if (known !== undefined && (revision < known || (revision === known && before?.final && !caption.final))) return state;
  if (before?.final && !caption.final) return state;
  const others = index >= 0 ? state.captions.toSpliced(index, 1) : state.captions;
  const revisions = { ...state.revisions, [caption.itemId]: revision };
  // Recognized as nothing after all, e.g. a cough: no line.
  if (caption.text.trim() === '' && !caption.unheardText) return { ...state, captions: others, revisions };
  let at = others.length;
  while (at > 0 && others[at - 1]!.startSample > caption.startSample) at -= 1;
  return { ...state, captions: others.toSpliced(at, 0, caption), revisions };
}

/** The rest of `text` behind what was heard; white space may differ. */
function afterHeard(text: string, heardText: string): string {
  const heard = heardText.replaceAll(/\s/g, '').length;
  let seen = 0;
  let at = 0;
  while (at < text.length && seen < heard) {
    if (!/\s/.test(text[at]!)) seen += 1;
    at += 1;
  }
  return text.slice(at).trim();
}

function spoken(speaker: string, text: string): string {
  return `${speaker === 'user' ? 'You' : speaker === 'agent' ? 'Interviewer' : speaker}: ${text}`;
}
