/**
 * A microphone that speaks when the test says so: a real media stream in the page, fed with synthesized sentences over the
 * noise of a quiet room. A recorded file cannot wait for the interviewer to finish; this can.
 */
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright';
import { instantiateFlite } from '#adapters/speech-local/flite-wasi.ts';
import { findFlite } from '#adapters/speech-local/model-files.ts';
import { shapeSpeech } from '#adapters/speech-local/shape-speech.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import { parseWav } from '#domain/stream/wav.ts';
import { mixSamples, noise } from './speech.ts';

/** Real microphones never deliver digital silence. */
const ROOM_AMPLITUDE = 0.0008;

declare global {
  interface Window {
    /** Plays PCM16 into the microphone; resolves when it was said. */
    spoolSay: (pcm16Base64: string) => Promise<void>;
  }
}

/** Before the first page of the context is opened. */
export async function plugInTalkingMicrophone(context: BrowserContext): Promise<void> {
  await context.addInitScript(
    ({ rateHz, roomAmplitude }) => {
      let audio: AudioContext | null = null;
      let microphone: MediaStreamAudioDestinationNode | null = null;
      const open = (): MediaStreamAudioDestinationNode => {
        if (microphone?.stream.getAudioTracks().some(({ readyState }) => readyState === 'live')) return microphone;
        audio ??= new AudioContext({ sampleRate: rateHz });
        microphone = audio.createMediaStreamDestination();
        const room = audio.createBuffer(1, rateHz * 4, rateHz);
        const samples = room.getChannelData(0);
        for (let at = 0; at < samples.length; at++) samples[at] = (Math.random() * 2 - 1) * roomAmplitude;
        const hiss = new AudioBufferSourceNode(audio, { buffer: room, loop: true });
        hiss.connect(microphone);
        hiss.start();
        void audio.resume();
        return microphone;
      };
      // What the page stops is this opening of the microphone, not the next.
      navigator.mediaDevices.getUserMedia = () => Promise.resolve(open().stream);
      window.spoolSay = async (pcm16Base64) => {
        const bytes = Uint8Array.from(atob(pcm16Base64), (char) => char.charCodeAt(0));
        const pcm = new Int16Array(bytes.buffer);
        const node = open();
        const buffer = audio!.createBuffer(1, pcm.length, rateHz);
        buffer.getChannelData(0).set(Float32Array.from(pcm, (sample) => sample / 32_768));
        const voice = new AudioBufferSourceNode(audio!, { buffer });
        voice.connect(node);
        const said = new Promise<void>((resolve) => voice.addEventListener('ended', () => resolve()));
        voice.start();
        await said;
      };
    },
    { rateHz: UPLINK_SAMPLE_RATE_HZ, roomAmplitude: ROOM_AMPLITUDE },
  );
}

let flite: Promise<WebAssembly.Module> | undefined;
/** Speaks a sentence into the page's microphone, in Flite's male voice: the interviewer has the female one. */
export async function say(page: Page, text: string): Promise<void> {
  flite ??= WebAssembly.compile(readFileSync(findFlite()!));
  const { samples, sampleRateHz } = parseWav(instantiateFlite(await flite).speak('rms', text));
  const speech = mixSamples(shapeSpeech(samples, sampleRateHz, false), noise(1_000, -62));
  await page.evaluate((pcm) => window.spoolSay(pcm), Buffer.from(speech.buffer, speech.byteOffset, speech.byteLength).toString('base64'));
}
