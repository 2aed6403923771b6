/**
 * What Zoom's Realtime Media Streams say over their two WebSockets, as documented (developers.zoom.us/docs/rtms, event
 * reference and data types, read 2026): a signaling connection that tells where the media are, and one for the media.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';

export const MSG = {
  signalingHandshake: 1,
  signalingHandshakeAnswer: 2,
  mediaHandshake: 3,
  mediaHandshakeAnswer: 4,
  clientReady: 7,
  streamState: 8,
  keepAlive: 12,
  keepAliveAnswer: 13,
  audio: 14,
} as const;
const PROTOCOL_VERSION = 1;
export const STATUS_OK = 0;
export const STREAM_TERMINATED = 4;
const MEDIA_TYPE_AUDIO = 1;
/** Raw L16 at 16 kHz, mono, each participant by themselves, every 100 ms. */
export const AUDIO_PARAMS = { content_type: 2, sample_rate: 1, channel: 1, codec: 1, data_opt: 2, send_rate: 100 } as const;

/** Where to connect to: the payload of Zoom's webhook `meeting.rtms_started`. */
export interface RtmsStarted {
  meeting_uuid: string;
  rtms_stream_id: string;
  /** `wss:` */
  server_urls: string;
}

const keepAlive = z.object({ msg_type: z.literal(MSG.keepAlive), timestamp: z.number() });
const status = { status_code: z.int(), reason: z.string().optional() };
export const signalingMessage = z.discriminatedUnion('msg_type', [
  z.object({ msg_type: z.literal(MSG.signalingHandshakeAnswer), ...status, media_server: z.object({ server_urls: z.object({ audio: z.string().optional(), all: z.string().optional() }) }).optional() }),
  z.object({ msg_type: z.literal(MSG.streamState), state: z.int(), reason: z.union([z.int(), z.string()]).optional() }),
  keepAlive,
]);
export const mediaMessage = z.discriminatedUnion('msg_type', [
  z.object({ msg_type: z.literal(MSG.mediaHandshakeAnswer), ...status }),
  z.object({
    msg_type: z.literal(MSG.audio),
    /** `timestamp`: ms since the epoch, of the first sample. `data`: little-endian PCM16 in base64. */
    content: z.object({ user_id: z.number(), user_name: z.string().default(''), data: z.base64(), timestamp: z.number() }),
  }),
  keepAlive,
]);

export interface RtmsCredentials {
  clientId: string;
  clientSecret: string;
}

/** HMAC-SHA256 of `client id,meeting,stream` under the app's secret, as hex: the same for both connections. */
export function rtmsSignature({ clientId, clientSecret }: RtmsCredentials, { meeting_uuid, rtms_stream_id }: Pick<RtmsStarted, 'meeting_uuid' | 'rtms_stream_id'>): string {
  return createHmac('sha256', clientSecret).update(`${clientId},${meeting_uuid},${rtms_stream_id}`).digest('hex');
}

export function signalingHandshake(credentials: RtmsCredentials, started: RtmsStarted) {
  const { meeting_uuid, rtms_stream_id } = started;
  return { msg_type: MSG.signalingHandshake, protocol_version: PROTOCOL_VERSION, sequence: 0, meeting_uuid, rtms_stream_id, signature: rtmsSignature(credentials, started) };
}

export function mediaHandshake(credentials: RtmsCredentials, started: RtmsStarted) {
  return { ...signalingHandshake(credentials, started), msg_type: MSG.mediaHandshake, media_type: MEDIA_TYPE_AUDIO, payload_encryption: false, media_params: { audio: AUDIO_PARAMS } };
}
