/** A connection to the participant's seat of a session, for those of our processes that speak in one. */
import { WebSocket } from 'ws';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { PROTOCOL_VERSION, serverMessageSchema } from '#domain/stream/protocol.ts';
import type { ClientMessage, ServerMessage } from '#domain/stream/protocol.ts';

export interface SeatListener {
  /** Messages this version does not know are passed over. */
  message(message: ServerMessage): void;
  /** What the interviewer says, as it came. */
  frame?(data: Buffer): void;
  /** What came is no message, or a listener failed. */
  failed(error: unknown): void;
  /** The connection has ended, or never was. */
  closed(code: number): void;
}

/** Says hello with the ticket as soon as the connection is there. */
export function openSeat({ url, ticket }: { url: string; ticket: string }, listener: SeatListener): WebSocket {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const hello: ClientMessage = { type: 'hello', protocol: PROTOCOL_VERSION, ticket, audio: { encoding: 'pcm_s16le', sampleRate: UPLINK_SAMPLE_RATE_HZ, channels: 1 } };
  socket.on('open', () => socket.send(JSON.stringify(hello)));
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    try {
      if (isBinary) return listener.frame?.(data);
      const parsed = serverMessageSchema.safeParse(JSON.parse(data.toString()));
      if (parsed.success) listener.message(parsed.data);
    } catch (error) {
      listener.failed(error);
    }
  });
  socket.on('close', (code) => listener.closed(code));
  // `close` follows and decides.
  socket.on('error', () => {});
  return socket;
}
