/**
 * Reads the stream's messages in the browser with light checks: the zod schemas of domain/stream/protocol.ts would cost
 * more bytes than the rest of the live page. Tests hold the values and fields here against those schemas.
 */
import { BYTES_PER_SAMPLE } from '#domain/stream/audio-format.ts';
import { FRAME_HEADER_BYTES, FRAME_TYPE_DOWNLINK, decodeDownlinkFrame } from '#domain/stream/frames.ts';
import type { DownlinkFrame } from '#domain/stream/frames.ts';
import type { CLOSE, PROTOCOL_VERSION, ServerMessage } from '#domain/stream/protocol.ts';

export const PROTOCOL: typeof PROTOCOL_VERSION = 1;
export const CLOSE_CODE: typeof CLOSE = {
  ended: 1000, restarting: 1012, overloaded: 1013, misuse: 4400, badTicket: 4401, noHello: 4408, replaced: 4409, sessionOver: 4410, frameTooLarge: 4413, tooFast: 4429,
};

/** What each message must at least carry, e.g. `n:sample` a count of samples, `s:text` a string, `o:limits` an object. */
export const REQUIRED_FIELDS: Record<ServerMessage['type'], readonly string[]> = {
  ready: ['n:protocol', 's:sessionId', 's:role', 's:status', 'n:durableThroughSample', 'o:downlink', 'o:limits'],
  ack: ['n:durableThroughSample'],
  pong: [],
  flushed: ['n:throughSample'],
  'speech.started': ['n:sample'],
  'speech.stopped': ['n:sample'],
  'transcript.partial': ['s:itemId', 'n:revision', 's:speaker', 's:text', 'n:startSample'],
  'transcript.final': ['s:itemId', 'n:revision', 's:speaker', 's:text', 'n:startSample', 'n:endSample'],
  'agent.state': ['s:state'],
  'agent.text': ['n:utterance', 's:text'],
  'agent.done': ['n:utterance'],
  'agent.interrupted': ['n:utterance', 's:heardText', 'n:playedSamples'],
  'interest.detected': ['o:interest'],
  'interest.retracted': ['s:id'],
  'command.recognized': ['s:command', 's:text'],
  'run.result': [],
  'turn.metrics': ['n:turn'],
  'session.status': ['s:status'],
  'session.ended': ['s:reason'],
  error: ['s:code', 's:message'],
};

/** The message, or null for anything this page does not know or cannot trust. */
export function parseServerMessage(text: string): ServerMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const message = value as Record<string, unknown>;
  if (typeof message.type !== 'string' || !Object.hasOwn(REQUIRED_FIELDS, message.type)) return null;
  for (const field of REQUIRED_FIELDS[message.type as ServerMessage['type']]) {
    const content = message[field.slice(2)];
    if (field[0] === 'n' ? !(Number.isSafeInteger(content) && (content as number) >= 0) : field[0] === 's' ? typeof content !== 'string' : typeof content !== 'object' || content === null) {
      return null;
    }
  }
  return message as unknown as ServerMessage;
}

/** The frame of the interviewer's speech, or null for anything else. */
export function parseDownlink(data: ArrayBuffer): DownlinkFrame | null {
  const body = data.byteLength - FRAME_HEADER_BYTES;
  if (body < 0 || body % BYTES_PER_SAMPLE !== 0) return null;
  const bytes = new Uint8Array(data);
  return bytes[0] === FRAME_TYPE_DOWNLINK ? decodeDownlinkFrame(bytes) : null;
}
