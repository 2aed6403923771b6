/** A registry with live sessions in it and people at the door, all in this process: scripted engines, stores in memory, and time that a test moves. */
import { wordsExtractor } from '#domain/interests/words-extractor.ts';
import { pino } from 'pino';
import { ScriptedAudioLog } from '#adapters/audio-log-contract/scripted-audio-log.ts';
import { scriptedInterviewer, type ScriptedReply } from '#adapters/interviewer-contract/scripted-interviewer.ts';
import { createScriptedSynthesizer } from '#adapters/speech-scripted/scripted-synthesizer.ts';
import { createScriptedTranscriber, type TranscriptionStep } from '#adapters/speech-scripted/scripted-transcriber.ts';
import { createScriptedVoiceDetector } from '#adapters/speech-scripted/scripted-voice-detector.ts';
import type { SpoolError } from '#domain/errors.ts';
import { newId } from '#domain/ids.ts';
import type { SessionKind } from '#domain/session/session.ts';
import type { TranscriptionRequest, VoiceDetector } from '#domain/speech/ports.ts';
import { UPLINK_SAMPLE_RATE_HZ, msToSamples } from '#domain/stream/audio-format.ts';
import { decodeDownlinkFrame, type DownlinkFrame } from '#domain/stream/frames.ts';
import type { CloseCode, ServerMessage, StreamRole } from '#domain/stream/protocol.ts';
import type { Engines, LiveSession, Peer } from '#realtime-server/live-session.ts';
import type { CodeInterview } from '#realtime-server/code-companion.ts';
import { createMetrics } from '#realtime-server/metrics.ts';
import { SessionRegistry } from '#realtime-server/session-registry.ts';
import { ManualClock } from './manual-clock.ts';
import { ScriptedSessionStore } from './scripted-session-store.ts';

type MessageOf<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>;

/** Somebody's connection, as the session sees it. */
export class FakePeer implements Peer {
  readonly role: StreamRole = 'participant';
  readonly messages: ServerMessage[] = [];
  readonly frames: DownlinkFrame[] = [];
  readonly errors: SpoolError[] = [];
  closedWith: CloseCode | null = null;
  reading = true;
  /** As a real connection does: tells the registry that it is gone. */
  onClose: () => void = () => {};

  get closed(): boolean {
    return this.closedWith !== null;
  }
  send(message: ServerMessage): void {
    if (!this.closed) this.messages.push(message);
  }
  sendFrame(frame: Uint8Array): void {
    if (!this.closed) this.frames.push(decodeDownlinkFrame(frame));
  }
  fail(error: SpoolError): void {
    this.errors.push(error);
  }
  close(code: CloseCode): void {
    if (this.closed) return;
    this.closedWith = code;
    this.onClose();
  }
  pauseReading(): void {
    this.reading = false;
  }
  resumeReading(): void {
    this.reading = true;
  }
  of<T extends ServerMessage['type']>(type: T): MessageOf<T>[] {
    return this.messages.filter((message): message is MessageOf<T> => message.type === type);
  }
}

export interface RoomOptions {
  transcribe?: (request: TranscriptionRequest) => TranscriptionStep;
  replies?: ScriptedReply[];
  voiceDetector?: VoiceDetector;
  engines?: Partial<Engines>;
  code?: CodeInterview;
}

/** Leave out what a test does not care about: the interviewer greets, and words are as many as there is sound. */
export function openRoom(options: RoomOptions = {}) {
  const clock = new ManualClock();
  const store = new ScriptedSessionStore(clock);
  const audio = new ScriptedAudioLog();
  const interviewer = scriptedInterviewer(options.replies ?? [{ steps: ['What do you like? '] }]);
  const transcriber = createScriptedTranscriber(options.transcribe ?? ((request) => `I said something for ${request.samples.length} samples.`));
  const synthesizer = createScriptedSynthesizer();
  const engines: Engines = { transcriber, synthesizer, interviewer, interestExtractor: wordsExtractor, voiceDetector: options.voiceDetector ?? createScriptedVoiceDetector(), ...options.engines };
  const metrics = createMetrics({ sessions: () => 0, connections: () => 0 });
  const log = pino({ level: 'silent' });
  const newRegistry = (writerId = `host:1/${newId()}`) => new SessionRegistry({ writerId, store, audio, engines, code: options.code, chunkSamples: 30 * UPLINK_SAMPLE_RATE_HZ, clock, log, metrics: () => metrics });
  const registry = newRegistry();
  return {
    clock,
    store,
    audio,
    engines,
    interviewer,
    transcriber,
    synthesizer,
    registry,
    newRegistry,
    metrics,
    createSession(kind: SessionKind = 'onboarding'): string {
      const id = newId();
      store.create(id, kind);
      return id;
    },
    async join(sessionId: string, into: SessionRegistry = registry): Promise<{ peer: FakePeer; session: LiveSession }> {
      const peer = new FakePeer();
      const session = await into.join(sessionId, peer);
      peer.onClose = () => into.leave(session, peer);
      return { peer, session };
    },
    /** Time passes for the clock, the event loop's own queue included. */
    async passes(ms: number): Promise<void> {
      await turnOfTheLoop();
      for (let left = ms; left > 0; left -= 100) {
        await clock.advance(Math.min(100, left));
        await turnOfTheLoop();
      }
    },
  };
}
export type Room = ReturnType<typeof openRoom>;

/** Lets `setImmediate` callbacks and the promises behind them run. */
export async function turnOfTheLoop(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** A voice as the scripted detector knows one. */
export function voice(ms: number): Int16Array {
  return Int16Array.from({ length: msToSamples(ms) }, (_, index) => (index % 2 === 0 ? 8_000 : -8_000));
}
export function quiet(ms: number): Int16Array {
  return new Int16Array(msToSamples(ms));
}

/** Speaks into a session: 100 ms frames, each in its time. @returns the sample after the last */
export async function speak(room: Room, session: LiveSession, fromSample: number, samples: Int16Array): Promise<number> {
  for (let at = 0; at < samples.length; at += 1_600) {
    const part = samples.subarray(at, at + 1_600);
    session.receiveAudio({ seq: 0, firstSample: fromSample + at, samples: part });
    await room.passes(100);
  }
  return fromSample + samples.length;
}
