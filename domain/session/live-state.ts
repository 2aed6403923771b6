/** What a live session is, what can happen to it, and what it can want done: the vocabulary of the state machine. */
import { NORMAL_PACE } from '../speech/pace.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '../stream/audio-format.ts';
import type { AgentState, ControlAction, EndReason, ServerMessage } from '../stream/protocol.ts';
import type { EventRecord, ItemRecord } from './ports.ts';
import type { SpeechEvent } from './segmenter.ts';
import type { SessionKind } from './session.ts';
import { FALSE_INTERRUPTION_MS, STALL_MS, TURN_POLICIES, type TurnPolicy } from './turn-taking.ts';
import { type Utterance, playbackDeadlineMs } from './utterance.ts';

/** Begins the id of an item that was typed. */
export const TYPED_ITEM = 't-';

/** What the person is doing. A turn may span several items (segments with a transcript each). */
export type UserFloor =
  | { is: 'quiet' }
  | { is: 'talking'; item: OpenItem }
  /** Silence since `endSample`; `text` once transcribed; the turn ends when silence reaches `deadlineSample`. */
  | { is: 'pausing'; item: OpenItem; endSample: number; text: string | null; deadlineSample: number | null; sinceMs: number; waitsForTyping?: true }
  /** The item is closed, the turn is not. `waitsForTyping`: its silence was long enough, and it is no command. */
  | { is: 'waiting'; endSample: number; deadlineSample: number; sinceMs: number; waitsForTyping?: true };

export interface OpenItem {
  itemId: string;
  startSample: number;
  revision: number;
  /** It began while the interviewer could be heard. */
  overAgent: boolean;
}
/** An item whose audio is complete and whose final text is awaited. */
export interface ClosingItem extends OpenItem {
  endSample: number;
}
/** What is asked of the interviewer beside answering: by a command, or because of a run or a long silence. */
export type Request = 'skip' | 'hint' | 'read-problem' | 'time-left' | 'remark' | 'help';
/** What the interviewer still has to say as soon as the floor is free. */
export type Owed = { kind: 'opening' | 'answer' | Request } | { kind: 'repeat'; text: string; /** It is the goodbye. */ closes?: boolean };

export interface LiveState {
  phase: 'live' | 'paused' | 'closing' | 'ended';
  kind: SessionKind;
  policy: TurnPolicy;
  connected: boolean;
  draining: boolean;
  downlinkRateHz: number;
  user: UserFloor;
  agent: Utterance | null;
  closing: ClosingItem[];
  owed: Owed | null;
  /** What speech made it withdraw or break off: owed again if that speech turns out to hold no words. */
  withdrawn: Owed | null;
  /** Words were written down since the last turn ended: silence will end a turn, whatever sounds come first. */
  turnHasWords: boolean;
  /** Those words, for recognising a command. */
  turnText: string;
  turn: number;
  nextUtterance: number;
  /** The number of samples heard so far, silence included. */
  heardThroughSample: number;
  lastAudioAtMs: number;
  /** Where the interviewer was last heard, and what it said: nothing of its may overlap, and echoes are measured on it. */
  lastAgent: { endSample: number; text: string };
  /** No item lies beyond (-1: there is none): typed answers and unspoken words, which have no length, are placed after it. */
  placedThroughSample: number;
  /** Its own voice came back through the microphone: speech over it no longer stops it before words are known. */
  echoHeard: boolean;
  flushes: { id: string | number; throughSample: number }[];
  /** The question that a command passed over or broke off: undo brings it back. */
  skipped: string | null;
  /** How fast the interviewer speaks (domain/speech/pace.ts), and how fast before it was last asked to slow down, for undo. */
  pace: number;
  paceBefore: number | null;
  endReason: EndReason | null;
  /** When the person last typed into the editor; null: not yet. */
  typedAtMs: number | null;
  /** When anything last happened that somebody who is stuck would not do, and when help was last offered. */
  activeAtMs: number;
  helpedAtMs: number | null;
}

export type SessionInput =
  | { type: 'joined'; downlinkRateHz: number }
  | { type: 'left' }
  | SpeechEvent
  /** All windows before `throughSample` were judged. */
  | { type: 'listened'; throughSample: number }
  | { type: 'transcribed'; itemId: string; endSample: number; final: boolean; text: string }
  | { type: 'transcription.failed'; itemId: string; endSample: number; final: boolean }
  | { type: 'typed'; text: string; uplinkSample: number }
  /** Something was typed into the editor. */
  | { type: 'edited' }
  /** Code was run to its end; `remark`: something should be said about it. */
  | { type: 'ran'; runId: string; remark: boolean }
  | { type: 'control'; action: ControlAction; throughSample: number }
  | { type: 'flush'; id: string | number; throughSample: number }
  | { type: 'reply.text'; utterance: number; text: string }
  | { type: 'reply.audio'; utterance: number; samples: number; uplinkSample: number }
  | { type: 'reply.complete'; utterance: number; closes: boolean }
  | { type: 'reply.failed'; utterance: number }
  | { type: 'playback'; utterance: number; playedSamples: number; uplinkSample: number }
  | { type: 'end'; reason: EndReason; throughSample: number }
  | { type: 'drain' }
  | { type: 'tick' };
export type SessionEventInput = SessionInput & { nowMs: number };

export type Effect =
  | { do: 'send'; message: ServerMessage }
  | { do: 'record'; items?: ItemRecord[]; events?: EventRecord[]; status?: 'live' | 'paused' }
  /** Transcribe `[startSample, endSample)` and come back with `transcribed`. `final`: the last word on this item. */
  | { do: 'transcribe'; itemId: string; startSample: number; endSample: number; final: boolean }
  /** The segmenter forgets its open segment; the next may not reach back before `floorSample`. */
  | { do: 'closeSegment'; floorSample: number }
  /** Ask the interviewer (`request`), or say `text` as it is. */
  | { do: 'reply'; utterance: number; request: Request | null; text: string | null; closes: boolean }
  | { do: 'holdReply' | 'releaseReply' | 'stopReply' | 'finishSentence'; utterance: number }
  | { do: 'turnEnded'; turn: number; utterance: number; endSample: number; deadlineSample: number }
  /** Everything is said and written down. */
  | { do: 'finish'; reason: EndReason }
  /** The sentence is finished: the process may let go of the session. */
  | { do: 'drained' };

export interface Step {
  state: LiveState;
  effects: Effect[];
}

export function initialState(kind: SessionKind, nowMs: number, overrides: Partial<LiveState> = {}): LiveState {
  const policy = TURN_POLICIES[kind];
  return {
    phase: 'live',
    kind,
    policy,
    connected: false,
    draining: false,
    downlinkRateHz: UPLINK_SAMPLE_RATE_HZ,
    user: { is: 'quiet' },
    agent: null,
    closing: [],
    owed: policy.interviewer ? { kind: 'opening' } : null,
    withdrawn: null,
    turnHasWords: false,
    turnText: '',
    turn: 0,
    nextUtterance: 1,
    heardThroughSample: 0,
    lastAudioAtMs: nowMs,
    lastAgent: { endSample: 0, text: '' },
    placedThroughSample: -1,
    echoHeard: false,
    flushes: [],
    skipped: null,
    pace: NORMAL_PACE,
    paceBefore: null,
    endReason: null,
    typedAtMs: null,
    activeAtMs: nowMs,
    helpedAtMs: null,
    ...overrides,
  };
}

/** What the person sees of the interviewer. */
export function agentStateOf(state: LiveState): AgentState {
  if (state.phase === 'paused') return 'paused';
  if (state.agent === null) return 'listening';
  if (state.agent.firstFrameAtMs === null) return 'thinking';
  return state.agent.held ? 'paused' : 'speaking';
}

/** When `tick` must come next, after `nowMs`; null: nothing is waited for. */
export function deadlineMs(state: LiveState, nowMs: number): number | null {
  const times: number[] = [];
  const { agent, user } = state;
  if (agent) {
    const playback = playbackDeadlineMs(agent, state.downlinkRateHz);
    if (playback !== null) times.push(playback);
    const releaseAtMs = falseInterruptionMs(state);
    if (releaseAtMs !== null) times.push(releaseAtMs);
  }
  if (state.connected && state.phase === 'live' && user.is !== 'quiet') times.push(state.lastAudioAtMs + STALL_MS);
  const typingOverAtMs = typingOverMs(state);
  if (typingOverAtMs !== null && (state.owed !== null || user.is === 'pausing' || user.is === 'waiting')) times.push(typingOverAtMs);
  const helpAtMs = helpDueMs(state);
  if (helpAtMs !== null) times.push(helpAtMs);
  const ahead = times.filter((time) => time > nowMs);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

/** When held playback goes on at the latest: counted from the end of the sound that stopped it; null while it lasts. */
export function falseInterruptionMs(state: LiveState): number | null {
  const { agent, user, phase } = state;
  if (!agent?.held || phase !== 'live' || user.is === 'talking') return null;
  const heldUntilMs = Math.max(agent.played.atMs, user.is === 'quiet' ? 0 : user.sinceMs) + FALSE_INTERRUPTION_MS;
  // What has not begun does not begin while the person types.
  return agent.firstFrameAtMs === null ? Math.max(heldUntilMs, typingOverMs(state) ?? 0) : heldUntilMs;
}

/** When the typing of now will be over, if nothing more is typed; null: nobody has typed. */
export function typingOverMs({ typedAtMs, policy }: LiveState): number | null {
  return typedAtMs === null || policy.typingPauseMs === null ? null : typedAtMs + policy.typingPauseMs;
}
export function isTyping(state: LiveState, nowMs: number): boolean {
  const overAtMs = typingOverMs(state);
  return overAtMs !== null && nowMs < overAtMs;
}

/** When help is due, if the silence lasts; null: nobody would be disturbed by waiting. */
export function helpDueMs({ policy, connected, phase, user, agent, owed, draining, activeAtMs, helpedAtMs }: LiveState): number | null {
  if (policy.helpAfterMs === null || !connected || phase !== 'live' || draining || user.is !== 'quiet' || agent !== null || owed !== null) return null;
  return Math.max(activeAtMs + policy.helpAfterMs, helpedAtMs === null ? 0 : helpedAtMs + policy.helpAgainMs);
}
