/** One connection to Zoom's streams: two handshakes, signs of life, and participants' audio. */
import { WebSocket } from 'ws';
import type { z } from 'zod';
import { SpoolError } from '#domain/errors.ts';
import { bytesToSamples } from '#domain/stream/audio-format.ts';
import { MSG, STATUS_OK, STREAM_TERMINATED, mediaHandshake, mediaMessage, signalingHandshake, signalingMessage } from './messages.ts';
import type { RtmsCredentials, RtmsStarted } from './messages.ts';
import type { ParticipantPacket } from './participant-mixer.ts';

export interface RtmsConnectionOptions {
  started: RtmsStarted;
  credentials: RtmsCredentials;
  onPacket: (packet: ParticipantPacket) => void;
  /** Once. Null: Zoom ended the stream; otherwise what broke. */
  onEnd: (problem: SpoolError | null) => void;
}

export class RtmsConnection {
  readonly #options: RtmsConnectionOptions;
  readonly #signaling: WebSocket;
  #media: WebSocket | null = null;
  #closing = false;

  constructor(options: RtmsConnectionOptions) {
    this.#options = options;
    this.#signaling = this.#open(options.started.server_urls, signalingMessage, signalingHandshake(options.credentials, options.started), (message, socket) => {
      if (message.msg_type === MSG.keepAlive) return answer(socket, message.timestamp);
      if (message.msg_type === MSG.streamState) return message.state === STREAM_TERMINATED ? this.close(null) : undefined;
      const address = message.media_server?.server_urls.audio ?? message.media_server?.server_urls.all;
      if (message.status_code !== STATUS_OK || !address) return this.close(refused('signaling', message.status_code));
      this.#openMedia(address);
    });
  }

  /** Audio that is on its way is still taken; then `onEnd` is called. */
  close(problem: SpoolError | null): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#signaling.close();
    const media = this.#media;
    if (media === null || media.readyState === WebSocket.CLOSED) return this.#options.onEnd(problem);
    media.once('close', () => this.#options.onEnd(problem));
    media.close();
  }

  #openMedia(address: string): void {
    // The answer had been under way when it was closed: nobody takes what would come.
    if (this.#closing) return;
    const { credentials, started, onPacket } = this.#options;
    this.#media = this.#open(address, mediaMessage, mediaHandshake(credentials, started), (message, socket) => {
      if (message.msg_type === MSG.keepAlive) return answer(socket, message.timestamp);
      if (message.msg_type === MSG.mediaHandshakeAnswer) {
        if (message.status_code !== STATUS_OK) return this.close(refused('media', message.status_code));
        // Without it Zoom sends nothing.
        return this.#signaling.send(JSON.stringify({ msg_type: MSG.clientReady, rtms_stream_id: started.rtms_stream_id }));
      }
      const { user_id: userId, user_name: name, timestamp: timestampMs, data } = message.content;
      onPacket({ userId, name, timestampMs, samples: bytesToSamples(Uint8Array.from(Buffer.from(data, 'base64'))) });
    });
  }

  /** What does not fit the schema is one of the many messages that are not asked for. */
  #open<Schema extends z.ZodType>(address: string, schema: Schema, handshake: object, onMessage: (message: z.infer<Schema>, socket: WebSocket) => void): WebSocket {
    const socket = new WebSocket(address, { perMessageDeflate: false });
    socket.on('open', () => socket.send(JSON.stringify(handshake)));
    socket.on('message', (data: Buffer) => {
      const parsed = schema.safeParse(parse(data));
      if (parsed.success) onMessage(parsed.data, socket);
    });
    socket.on('close', () => this.close(new SpoolError('unavailable', 'Zoom’s stream broke off.')));
    // `close` follows.
    socket.on('error', () => {});
    return socket;
  }
}

function parse(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString());
  } catch {
    return null;
  }
}

function answer(socket: WebSocket, timestamp: number): void {
  socket.send(JSON.stringify({ msg_type: MSG.keepAliveAnswer, timestamp }));
}

function refused(which: string, statusCode: number): SpoolError {
  return new SpoolError('engine.rejected', 'Zoom refused the handshake.', { fields: { which, statusCode } });
}
