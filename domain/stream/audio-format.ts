/** The one audio format of the uplink and the arithmetic between samples, milliseconds and bytes. */
export const UPLINK_SAMPLE_RATE_HZ = 16_000;
export const BYTES_PER_SAMPLE = 2;
/** Longest uplink frame: 200 ms = 3,200 samples. */
export const MAX_FRAME_SAMPLES = UPLINK_SAMPLE_RATE_HZ / 5;

export function samplesToMs(samples: number, sampleRateHz = UPLINK_SAMPLE_RATE_HZ): number {
  return Math.round((samples * 1000) / sampleRateHz);
}
export function msToSamples(ms: number, sampleRateHz = UPLINK_SAMPLE_RATE_HZ): number {
  return Math.round((ms * sampleRateHz) / 1000);
}

/** Views little-endian PCM16 bytes as samples, copying only when the buffer is not 2-byte aligned. */
export function bytesToSamples(bytes: Uint8Array): Int16Array {
  if (bytes.byteOffset % 2 === 0) return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1);
  // Not `bytes.slice()`: that of a Node Buffer is no copy but a view into whatever else arrived with it.
  const copy = new Uint8Array(bytes.byteLength & ~1);
  copy.set(bytes.subarray(0, copy.byteLength));
  return new Int16Array(copy.buffer);
}
export function samplesToBytes(samples: Int16Array): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}
