/** A microphone made of spoken fixtures, and what a page does with sound: what it captured, what it sent, what it played. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { BrowserContext, Page, WebSocket } from 'playwright';
import { resample } from '#domain/speech/resample.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { type UplinkFrame, decodeDownlinkFrame, decodeUplinkFrame } from '#domain/stream/frames.ts';
import type { ClientMessage, ServerMessage } from '#domain/stream/protocol.ts';
import { encodeWav } from '#domain/stream/wav.ts';
import { concatSamples, mixSamples, noise } from './speech.ts';

/** The rate at which Chromium's file microphone runs without converting. */
const MICROPHONE_RATE_HZ = 48_000;
/** A quiet room under everything: real microphones never deliver digital silence. */
const ROOM_DBFS = -62;

/** Writes WAV files for `--use-file-for-fake-audio-capture`; the file starts over each time a page opens the microphone. */
export async function microphoneFolder(): Promise<{ write(name: string, ...parts: Int16Array[]): Promise<string>; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'spool-microphone-'));
  return {
    async write(name, ...parts) {
      const file = path.join(folder, `${name}.wav`);
      const samples = mixSamples(concatSamples(...parts), noise(5_000, ROOM_DBFS));
      await writeFile(file, encodeWav({ samples: resample(samples, UPLINK_SAMPLE_RATE_HZ, MICROPHONE_RATE_HZ), sampleRateHz: MICROPHONE_RATE_HZ }));
      return file;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

declare global {
  interface Window {
    spoolAudio: {
      /** Every frame the capture worklets delivered since the page was loaded, one list per opening of the microphone. */
      captured: Int16Array[][];
      /** The analysers behind the interviewer's voice. */
      loudspeakers: AnalyserNode[];
      /** The microphones' open tracks. */
      tracks: MediaStreamTrack[];
    };
  }
}

/** Listens in on the audio of every page of the context: wraps the browser's own nodes, changes nothing about them. */
export async function listenIn(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.spoolAudio = { captured: [], loudspeakers: [], tracks: [] };
    const audio = window.spoolAudio;
    const Original = window.AudioWorkletNode;
    window.AudioWorkletNode = class extends Original {
      constructor(owner: BaseAudioContext, name: string, options?: AudioWorkletNodeOptions) {
        super(owner, name, options);
        if (name === 'spool-capture') {
          const frames: Int16Array[] = [];
          audio.captured.push(frames);
          this.port.addEventListener('message', ({ data }) => frames.push((data as Int16Array).slice()));
        }
        if (name === 'spool-playback') {
          const analyser = new AnalyserNode(owner, { fftSize: 2048 });
          this.connect(analyser);
          audio.loudspeakers.push(analyser);
        }
      }
    };
    // A page that is left tells how much its last microphone had delivered by then.
    addEventListener('pagehide', () => sessionStorage.setItem('test.captured', String(audio.captured.at(-1)?.reduce((sum, { length }) => sum + length, 0) ?? 0)));
    const media = navigator.mediaDevices;
    const getUserMedia = media?.getUserMedia.bind(media);
    if (getUserMedia) {
      media.getUserMedia = async (constraints) => {
        const stream = await getUserMedia(constraints);
        audio.tracks.push(...stream.getAudioTracks());
        return stream;
      };
    }
  });
}

/** The peak of what the loudspeaker plays in this very moment, 0…1. */
export function loudspeakerPeak(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(
      0,
      ...window.spoolAudio.loudspeakers.map((analyser) => {
        const samples = new Float32Array(analyser.fftSize);
        analyser.getFloatTimeDomainData(samples);
        return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
      }),
    ),
  );
}

/** How much the microphone of the page before this one had delivered when that page was left, in samples. */
export async function capturedByLastPage(page: Page): Promise<number> {
  return Number(await page.evaluate(() => sessionStorage.getItem('test.captured')));
}

/** What the page's microphone delivered since it was opened last, in one piece. */
export async function capturedSamples(page: Page): Promise<Int16Array> {
  const text = await page.evaluate(() => {
    let binary = '';
    for (const frame of window.spoolAudio.captured.at(-1) ?? []) binary += String.fromCharCode(...new Uint8Array(frame.buffer));
    return btoa(binary);
  });
  const bytes = new Uint8Array(Buffer.from(text, 'base64'));
  return new Int16Array(bytes.buffer);
}

type Sent<T extends ClientMessage['type']> = Extract<ClientMessage, { type: T }>;
type Received<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>;

/** Everything that crosses a page's stream connections, in order, over reloads and reconnects. */
export class StreamRecord {
  /** One list per connection. */
  readonly connections: UplinkFrame[][] = [];
  readonly sent: ClientMessage[] = [];
  readonly received: ServerMessage[] = [];
  /** Samples of the interviewer's voice that arrived, per connection and utterance. */
  readonly voice: { connection: number; utterance: number; samples: Int16Array }[] = [];
  /** Where the uplink clock stood when the page told how much of an utterance was played. */
  readonly played: { utterance: number; playedSamples: number; uplinkSample: number }[] = [];

  constructor(page: Page) {
    page.on('websocket', (socket) => this.#follow(socket));
  }

  sentOf<T extends ClientMessage['type']>(type: T): Sent<T>[] {
    return this.sent.filter((message): message is Sent<T> => message.type === type);
  }
  receivedOf<T extends ServerMessage['type']>(type: T): Received<T>[] {
    return this.received.filter((message): message is Received<T> => message.type === type);
  }

  /**
   * All that was sent, each sample once by its index. `contradictions` counts samples that were sent again with another
   * value, `missing` those below the end that never were.
   */
  uplink(): { samples: Int16Array; missing: number; contradictions: number } {
    const frames = this.connections.flat();
    const end = frames.reduce((most, { firstSample, samples }) => Math.max(most, firstSample + samples.length), 0);
    const samples = new Int16Array(end);
    const known = new Uint8Array(end);
    let contradictions = 0;
    for (const frame of frames) {
      for (const [index, sample] of frame.samples.entries()) {
        const at = frame.firstSample + index;
        if (known[at] === 0) samples[at] = sample;
        else if (samples[at] !== sample) contradictions += 1;
        known[at] = 1;
      }
    }
    return { samples, missing: known.reduce((sum, one) => sum + 1 - one, 0), contradictions };
  }

  /** The interviewer's voice as it arrived, utterance after utterance. */
  utterances(): Int16Array[] {
    const pieces = Map.groupBy(this.voice, ({ connection, utterance }) => `${connection} ${utterance}`);
    return [...pieces.values()].map((frames) => concatSamples(...frames.map(({ samples }) => samples)));
  }

  #endOf(frames: UplinkFrame[]): number {
    const last = frames.at(-1);
    return last ? last.firstSample + last.samples.length : 0;
  }

  #follow(socket: WebSocket): void {
    if (!new URL(socket.url()).pathname.endsWith('/v1/stream')) return;
    const frames: UplinkFrame[] = [];
    const connection = this.connections.push(frames);
    socket.on('framesent', ({ payload }) => {
      if (typeof payload === 'string') {
        const message = JSON.parse(payload) as ClientMessage;
        this.sent.push(message);
        if (message.type === 'playback') this.played.push({ ...message, uplinkSample: this.#endOf(frames) });
        return;
      }
      const frame = decodeUplinkFrame(new Uint8Array(payload));
      if ('problem' in frame) throw new Error(`The page sent a frame that is ${frame.problem}.`);
      frames.push(frame);
    });
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload === 'string') this.received.push(JSON.parse(payload) as ServerMessage);
      else {
        const { utterance, samples } = decodeDownlinkFrame(new Uint8Array(payload));
        this.voice.push({ connection, utterance, samples });
      }
    });
  }
}
