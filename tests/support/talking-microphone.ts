/**
 * A microphone that speaks when the test says so: synthesized sentences over the noise of a quiet room. A recorded file
 * cannot wait for the interviewer to finish; this can.
 *
 * It plays inside the audio context the page captures with. Between two contexts a stream loses or gains 10 ms whenever the
 * machine is late (measured at a load of 13: in two of three rounds of 10 s), and such a word is another word. Microphones
 * whose sound really passes through the browser are those of page-audio.ts.
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
      const opened = new WeakSet<MediaStream>();
      /** Makes streams to be handed out, and is never heard. */
      let elsewhere: AudioContext | null = null;
      let microphone: AudioNode | null = null;
      // What the page stops is this opening of the microphone, not the next.
      navigator.mediaDevices.getUserMedia = () => {
        elsewhere ??= new AudioContext({ sampleRate: rateHz });
        void elsewhere.suspend();
        const { stream } = elsewhere.createMediaStreamDestination();
        opened.add(stream);
        return Promise.resolve(stream);
      };
      const original = AudioContext.prototype.createMediaStreamSource;
      AudioContext.prototype.createMediaStreamSource = function (stream) {
        if (!opened.has(stream) || this.sampleRate !== rateHz) return original.call(this, stream);
        const room = this.createBuffer(1, rateHz * 4, rateHz);
        const samples = room.getChannelData(0);
        for (let at = 0; at < samples.length; at++) samples[at] = (Math.random() * 2 - 1) * roomAmplitude;
        const hiss = new AudioBufferSourceNode(this, { buffer: room, loop: true });
        microphone = new GainNode(this);
        hiss.connect(microphone);
        hiss.start();
        return microphone as MediaStreamAudioSourceNode;
      };
      window.spoolSay = async (pcm16Base64) => {
        if (!microphone) throw new Error('The page has not opened its microphone.');
        const bytes = Uint8Array.from(atob(pcm16Base64), (char) => char.charCodeAt(0));
        const pcm = new Int16Array(bytes.buffer);
        const buffer = microphone.context.createBuffer(1, pcm.length, rateHz);
        buffer.getChannelData(0).set(Float32Array.from(pcm, (sample) => sample / 32_768));
        const voice = new AudioBufferSourceNode(microphone.context, { buffer });
        voice.connect(microphone);
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
