/**
 * The stream's wire protocol, version 1: every JSON message in both directions, and the close codes.
 * Samples count on the session's 16 kHz uplink clock; every sample that ends a range is exclusive.
 * Binary frames are in `frames.ts`. An observer who connects to `…/v1/stream?hear=both` also gets the participant's audio, as
 * uplink frames (type 1) on the uplink clock; without it observers get the interviewer's voice alone.
 */
import { z } from 'zod';
import { runStatusSchema } from '../code/run.ts';

export const PROTOCOL_VERSION = 1;
/** A connection that has not said hello by then is closed with 4408. */
export const HELLO_TIMEOUT_MS = 5_000;

export const CLOSE = {
  ended: 1000,
  restarting: 1012,
  overloaded: 1013,
  misuse: 4400,
  badTicket: 4401,
  noHello: 4408,
  replaced: 4409,
  sessionOver: 4410,
  frameTooLarge: 4413,
  tooFast: 4429,
} as const;
export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];

/** Typed answers are bounded like a long spoken one. */
export const MAX_TEXT_CHARS = 8_000;
/** Editor changes are flat; what nests deeper could not be written down again. */
const MAX_NESTING = 20;
const idSchema = z.union([z.string().max(100), z.number()]);

const helloSchema = z.strictObject({
  type: z.literal('hello'),
  protocol: z.literal(PROTOCOL_VERSION),
  ticket: z.string().min(1).max(512),
  audio: z.strictObject({ encoding: z.literal('pcm_s16le'), sampleRate: z.literal(16_000), channels: z.literal(1) }),
});
const CONTROL_ACTIONS = ['pause', 'resume', 'skip', 'repeat', 'undo', 'end'] as const;

const clientMessageSchema = z.discriminatedUnion('type', [
  helloSchema,
  z.strictObject({ type: z.literal('playback'), utterance: z.int().min(0).max(0xffff), playedSamples: z.int().min(0) }),
  z.strictObject({ type: z.literal('text'), text: z.string().max(MAX_TEXT_CHARS) }),
  z.strictObject({ type: z.literal('control'), action: z.enum(CONTROL_ACTIONS) }),
  z.strictObject({ type: z.literal('editor'), path: z.string().max(1_000), version: z.int().min(0), changes: z.array(z.unknown()).max(1_000).refine((changes) => nestsAtMost(changes, MAX_NESTING), 'nested too deeply') }),
  z.strictObject({ type: z.literal('flush'), id: idSchema }),
  z.strictObject({ type: z.literal('ping'), id: idSchema }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;
export type Hello = z.infer<typeof helloSchema>;
export type ControlAction = (typeof CONTROL_ACTIONS)[number];
export type StreamRole = 'participant' | 'observer';

const sample = z.int().min(0);
const speakerSchema = z.string(); // "user", "agent", or "S1"… in meetings
const AGENT_STATES = ['listening', 'thinking', 'speaking', 'paused'] as const;
export const SESSION_STATUSES = ['created', 'live', 'paused', 'processing', 'completed', 'partial', 'failed'] as const;
export const END_REASONS = ['ended_by_person', 'ended_by_interviewer', 'ended_by_request', 'idle', 'failed'] as const;

export const serverMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    protocol: z.literal(PROTOCOL_VERSION),
    sessionId: z.string(),
    role: z.enum(['participant', 'observer']),
    status: z.enum(SESSION_STATUSES),
    durableThroughSample: sample,
    downlink: z.object({ encoding: z.literal('pcm_s16le'), sampleRate: z.int() }),
    limits: z.object({ maxFrameBytes: z.int(), maxAheadSamples: z.int(), idleTimeoutMs: z.int() }),
  }),
  z.object({ type: z.literal('ack'), durableThroughSample: sample }),
  z.object({ type: z.literal('pong'), id: idSchema, /** To an observer: the names of everybody who watches, their own among them. The participant is not told. */ watching: z.array(z.string()).optional() }),
  z.object({ type: z.literal('flushed'), id: idSchema, throughSample: sample }),
  z.object({ type: z.literal('speech.started'), sample }),
  z.object({ type: z.literal('speech.stopped'), sample }),
  z.object({ type: z.literal('transcript.partial'), itemId: z.string(), revision: z.int(), speaker: speakerSchema, text: z.string(), startSample: sample }),
  z.object({ type: z.literal('transcript.final'), itemId: z.string(), revision: z.int(), speaker: speakerSchema, text: z.string(), startSample: sample, endSample: sample, /** Of an interrupted agent item. */ unheardText: z.string().optional() }),
  z.object({ type: z.literal('agent.state'), state: z.enum(AGENT_STATES), /** How fast it speaks where that is not the voice's own pace, 1. */ pace: z.number().optional() }),
  z.object({ type: z.literal('agent.text'), utterance: z.int(), text: z.string() }),
  z.object({ type: z.literal('agent.done'), utterance: z.int() }),
  z.object({ type: z.literal('agent.interrupted'), utterance: z.int(), heardText: z.string(), playedSamples: z.int() }),
  z.object({ type: z.literal('interest.detected'), interest: z.unknown() }),
  z.object({ type: z.literal('interest.retracted'), id: z.string() }),
  z.object({ type: z.literal('command.recognized'), command: z.string(), text: z.string() }),
  /** The result of a run as REST gives it, with long outputs cut. */
  z.object({ type: z.literal('run.result'), runId: z.string(), status: runStatusSchema }).loose(),
  z.object({
    type: z.literal('turn.metrics'),
    turn: z.int(),
    /** From the end of speech until the turn was taken to be over. */
    endpointMs: z.number(),
    /** From then until the final text was there. */
    sttMs: z.number(),
    /** From the final text to the interviewer's first words. */
    llmFirstTokenMs: z.number(),
    /** From those to the first synthesized samples. */
    ttsFirstByteMs: z.number(),
    /** From the end of speech to the first audio frame handed to the socket. */
    totalMs: z.number(),
  }),
  z.object({ type: z.literal('session.status'), status: z.enum(SESSION_STATUSES) }),
  z.object({ type: z.literal('session.ended'), reason: z.enum(END_REASONS), summary: z.unknown() }),
  z.object({ type: z.literal('error'), code: z.string(), message: z.string(), retryable: z.boolean() }).loose(),
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;
export type AgentState = (typeof AGENT_STATES)[number];
export type SessionStatus = (typeof SESSION_STATUSES)[number];
export type EndReason = (typeof END_REASONS)[number];

function nestsAtMost(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return true;
  return levels > 0 && Object.values(value).every((inner) => nestsAtMost(inner, levels - 1));
}

/** Parses one text message from a client. Never throws. */
export function parseClientMessage(text: string): { message: ClientMessage } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'The message is not JSON.' };
  }
  const parsed = clientMessageSchema.safeParse(value);
  if (parsed.success) return { message: parsed.data };
  const issue = parsed.error.issues[0];
  return { problem: issue ? `${issue.path.join('.') || 'message'}: ${issue.message}` : 'The message does not fit the protocol.' };
}
