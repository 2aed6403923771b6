/** Zoom's side of Realtime Media Streams as it is documented, on loopback: checks signatures, asks for life, sends audio. */
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { AUDIO_PARAMS, MSG, STATUS_OK, STREAM_TERMINATED, rtmsSignature } from '#adapters/zoom-rtms/messages.ts';
import type { RtmsCredentials, RtmsStarted } from '#adapters/zoom-rtms/messages.ts';
import { samplesToBytes } from '#domain/stream/audio-format.ts';

const BAD_SIGNATURE = 12;

export interface FakeZoom {
  started: RtmsStarted;
  /** Resolves when the app has said that it is ready. */
  ready: Promise<void>;
  /** Answers to signs of life, by connection. */
  alive: { signaling: number[]; media: number[] };
  askForLife(timestamp: number): void;
  speak(userId: number, name: string, timestampMs: number, samples: Int16Array): void;
  /** The first answer of the signaling connection waits for `letAnswer`. */
  holdAnswer(): void;
  letAnswer(): void;
  /** Resolves when the app has asked where the media are. */
  asked: Promise<void>;
  signalingClosed: Promise<void>;
  /** Connections for media so far: seen by one that comes after them. */
  mediaOpened(): Promise<number>;
  /** The host has stopped the stream. */
  terminate(): void;
  /** The network has. */
  cut(): void;
  stop(): Promise<void>;
}

export async function startFakeZoom(credentials: RtmsCredentials): Promise<FakeZoom> {
  const [signaling, media] = await Promise.all([listen(), listen()]);
  const ready = Promise.withResolvers<void>();
  const alive: FakeZoom['alive'] = { signaling: [], media: [] };
  const started: RtmsStarted = { meeting_uuid: 'A1b2==', rtms_stream_id: 'a-stream', server_urls: addressOf(signaling) };
  let signalingSocket: WebSocket | null = null;
  let mediaSocket: WebSocket | null = null;
  let mediaCount = 0;
  let mayAnswer = Promise.resolve();
  let letAnswer = () => {};
  const asked = Promise.withResolvers<void>();
  const signalingClosed = Promise.withResolvers<void>();
  const say = (socket: WebSocket | null, message: object) => socket?.send(JSON.stringify(message));
  const signed = (message: { signature?: string; meeting_uuid?: string; rtms_stream_id?: string }) => message.meeting_uuid === started.meeting_uuid && message.signature === rtmsSignature(credentials, started);
  signaling.on('connection', (socket) => {
    signalingSocket = socket;
    socket.on('close', () => signalingClosed.resolve());
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString());
      if (message.msg_type === MSG.keepAliveAnswer) alive.signaling.push(message.timestamp);
      if (message.msg_type === MSG.clientReady && message.rtms_stream_id === started.rtms_stream_id) ready.resolve();
      if (message.msg_type !== MSG.signalingHandshake) return;
      const ok = signed(message);
      asked.resolve();
      void mayAnswer.then(() => say(socket, { msg_type: MSG.signalingHandshakeAnswer, protocol_version: 1, sequence: 0, status_code: ok ? STATUS_OK : BAD_SIGNATURE, reason: '', ...(ok ? { media_server: { server_urls: { audio: addressOf(media), all: addressOf(media) } } } : {}) }));
    });
  });
  media.on('connection', (socket) => {
    mediaSocket = socket;
    mediaCount += 1;
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString());
      if (message.msg_type === MSG.keepAliveAnswer) alive.media.push(message.timestamp);
      if (message.msg_type !== MSG.mediaHandshake) return;
      const ok = signed(message) && message.media_params.audio.data_opt === AUDIO_PARAMS.data_opt;
      say(socket, { msg_type: MSG.mediaHandshakeAnswer, protocol_version: 1, sequence: 0, status_code: ok ? STATUS_OK : BAD_SIGNATURE, reason: '', payload_encrypted: false, media_params: message.media_params });
    });
  });
  return {
    started,
    ready: ready.promise,
    alive,
    holdAnswer: () => void (mayAnswer = new Promise((resolve) => (letAnswer = resolve))),
    letAnswer: () => letAnswer(),
    asked: asked.promise,
    signalingClosed: signalingClosed.promise,
    async mediaOpened() {
      const probe = new WebSocket(addressOf(media));
      await new Promise((resolve) => probe.once('open', resolve));
      probe.close();
      return mediaCount - 1;
    },
    askForLife(timestamp) {
      for (const socket of [signalingSocket, mediaSocket]) say(socket, { msg_type: MSG.keepAlive, timestamp });
    },
    speak: (userId, name, timestampMs, samples) => say(mediaSocket, { msg_type: MSG.audio, content: { user_id: userId, user_name: name, timestamp: timestampMs, length: samples.byteLength, data: Buffer.from(samplesToBytes(samples)).toString('base64') } }),
    terminate: () => say(signalingSocket, { msg_type: MSG.streamState, state: STREAM_TERMINATED, reason: 0, timestamp: 0 }),
    cut: () => mediaSocket?.terminate(),
    async stop() {
      for (const server of [signaling, media]) {
        for (const client of server.clients) client.terminate();
        await new Promise<void>((resolve) => server.close(() => resolve()));
      }
    },
  };
}

async function listen(): Promise<WebSocketServer> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  return server;
}

function addressOf(server: WebSocketServer): string {
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
