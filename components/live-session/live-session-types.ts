/** What the screens see of a live session and what they can do with it. Types only: nothing here reaches the bundle. */
import type { Interest } from '#domain/interests/interest.ts';
import type { AgentState, EndReason, SessionStatus } from '#domain/stream/protocol.ts';

/**
 * `connecting`: the first connection. `warming`: the server slept and is being started. `reconnecting`: trying again, nothing is lost. `offline`: the browser has no network;
 * the next try comes by itself. `closed`: this page will not connect again by itself.
 */
export type ConnectionState = 'idle' | 'connecting' | 'warming' | 'live' | 'reconnecting' | 'offline' | 'closed';
export type MicrophoneState = 'off' | 'asking' | 'on' | 'muted' | 'denied' | 'missing' | 'lost' | 'busy';
/** Who speaks the interviewer's words: the server's audio, a voice of this device, or nobody (text only). */
export type VoiceChoice = 'server' | 'device' | 'off';

export interface Caption {
  itemId: string;
  speaker: string;
  /** Of the agent: what was heard. */
  text: string;
  /** Of an interrupted agent item: what was not heard. */
  unheardText?: string;
  final: boolean;
  startSample: number;
  endSample?: number;
}

/** A problem in words for the person: what was wrong and what to do next. */
export interface Problem {
  code: string;
  message: string;
  next: string;
  /** True: the session cannot go on in this page without the person (see `actions.retry`). */
  fatal: boolean;
}

/** A command the server understood from the person's own words. */
export interface UnderstoodCommand {
  /** Rises with every command, so that the same one twice is shown twice. */
  number: number;
  /** As in the protocol, e.g. `skip`, `pause`, `end`; the set is open. */
  command: string;
  /** What the person said. */
  text: string;
}

export interface MicrophoneDevice {
  deviceId: string;
  label: string;
}

export interface LiveSessionView {
  connection: ConnectionState;
  status: SessionStatus;
  agentState: AgentState;
  microphone: MicrophoneState;
  deviceId: string | null;
  devices: MicrophoneDevice[];
  captions: Caption[];
  /** What the interviewer is saying now. */
  agentText: string;
  /** Text for a polite live region: the newest finished line only, so that it does not chatter. */
  announcement: string;
  /** In the order they were first noticed. */
  interests: Interest[];
  /** The same for interests: how many and the newest one. */
  interestAnnouncement: string;
  /** The newest command understood; null when there is none or it was undone or put aside. */
  command: UnderstoodCommand | null;
  /** The newest run the stream told of; null: none yet. */
  finishedRunId: string | null;
  personSpeaking: boolean;
  /** Audio kept in this browser that the server has not yet made durable. */
  unacknowledgedMs: number;
  elapsedMs: number;
  /** How long the server has been warming up; 0 when it is not. */
  warmingMs: number;
  /** After a reconnect: when, and how much audio was sent again. Nothing was lost. */
  restored: { at: number; resentMs: number } | null;
  notice: Problem | null;
  ended: { reason: EndReason | 'replaced' | 'over' | 'erased'; summary: unknown } | null;
  voice: VoiceChoice;
  /** The browser wants a click before it plays sound; any call of `actions.retry` or `start` from a click is enough. */
  soundBlocked: boolean;
}

export interface LiveSessionActions {
  /** Connects and, if asked, opens the microphone. Call it from a click so that the browser allows sound. */
  start(options: { microphone: boolean }): Promise<void>;
  mute(): void;
  unmute(): void;
  pause(): void;
  resume(): void;
  skip(): void;
  repeat(): void;
  /** Takes the newest command back, e.g. brings a skipped question back. */
  undo(): void;
  /** Puts the shown command aside; it stays carried out. */
  dismissCommand(): void;
  /** What happens in the editor of a code interview, as domain/code/editor-change.ts has it. False: not connected now. */
  sendEditor(message: { path: string; version: number; changes: unknown[] }): boolean;
  /** A typed answer. Kept and sent after a reconnect when there is no connection now. */
  sendText(text: string): void;
  /** Delivers what was said so far, then ends the session. */
  end(): void;
  chooseMicrophone(deviceId: string): Promise<void>;
  setVoice(voice: VoiceChoice): void;
  dismissNotice(): void;
  /** Tries again now: the connection, the microphone, blocked sound. */
  retry(): void;
}

export interface LiveSession {
  view: LiveSessionView;
  actions: LiveSessionActions;
  /** Loudness of the microphone now, 0…1, to be read per animation frame. */
  level: () => number;
}
