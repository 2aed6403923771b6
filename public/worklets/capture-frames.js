/** Turns what the microphone delivers into frames of 40 ms of PCM16 at 16 kHz. */
import { StreamResampler } from './resampler.js';

export const CAPTURE_RATE_HZ = 16_000;
export const FRAME_SAMPLES = 640;

export class CaptureFrames {
  /** @param {number} inputRateHz @param {(frame: Int16Array) => void} onFrame who takes the frame over */
  constructor(inputRateHz, onFrame) {
    this.resampler = new StreamResampler(inputRateHz, CAPTURE_RATE_HZ);
    this.onFrame = onFrame;
    this.mixed = new Float32Array(0);
    this.frame = new Float32Array(FRAME_SAMPLES);
    this.filled = 0;
  }

  /** @param {Float32Array[]} channels of equal length; several are mixed into one */
  push(channels) {
    if (channels.length === 0) return;
    this.resampler.push(channels.length === 1 ? channels[0] : this.mix(channels));
    for (;;) {
      const written = this.resampler.read(this.frame, this.filled, FRAME_SAMPLES);
      this.filled += written;
      if (this.filled < FRAME_SAMPLES) return;
      this.filled = 0;
      this.onFrame(toPcm16(this.frame));
    }
  }

  mix(channels) {
    const length = channels[0].length;
    if (this.mixed.length !== length) this.mixed = new Float32Array(length);
    for (let i = 0; i < length; i += 1) {
      let sum = 0;
      for (const channel of channels) sum += channel[i];
      this.mixed[i] = sum / channels.length;
    }
    return this.mixed;
  }
}

function toPcm16(samples) {
  const pcm = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i += 1) pcm[i] = Math.max(-32_768, Math.min(32_767, Math.round(samples[i] * 32_768)));
  return pcm;
}
