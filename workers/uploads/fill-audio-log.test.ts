/** From a decoder into the log: what is kept, in which order, and how much is held on the way. */
import { describe, expect, it } from 'vitest';
import { SpoolError } from '#domain/errors.ts';
import type { AudioLogWriter } from '#domain/session/ports.ts';
import { BUFFER_SAMPLES, fillAudioLog } from './fill-audio-log.ts';

/** Takes what it is given when told to. */
class SlowLog implements AudioLogWriter {
  durableThroughSample: number;
  readonly kept: number[] = [];
  appends = 0;
  underWay = 0;
  fail: SpoolError | null = null;
  /** An hour of samples is a large list. */
  keeps = true;
  constructor(durable = 0) {
    this.durableThroughSample = durable;
  }
  async append(samples: Int16Array): Promise<number> {
    this.appends += 1;
    this.underWay += 1;
    expect(this.underWay).toBe(1);
    const given = samples.slice();
    await new Promise(setImmediate);
    if (this.fail) throw this.fail;
    // They were not changed while they were written.
    expect(Buffer.compare(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength), Buffer.from(given.buffer))).toBe(0);
    if (this.keeps) for (const sample of samples) this.kept.push(sample);
    this.durableThroughSample += samples.length;
    this.underWay -= 1;
    return this.durableThroughSample;
  }
  async close(): Promise<void> {}
}
async function* counting(pieces: number, length: number, then?: () => void): AsyncGenerator<Int16Array> {
  for (let piece = 0; piece < pieces; piece += 1) yield Int16Array.from({ length }, (_, index) => (piece * length + index) & 0x7fff);
  then?.();
}
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => (from + index) & 0x7fff);

describe('Filling the log', () => {
  it('keeps every sample once and in order, and tells how many are in it', async () => {
    const log = new SlowLog();
    const told: number[] = [];
    expect(await fillAudioLog({ samples: counting(50, 997), writer: log, onDurable: async (through) => void told.push(through) })).toBe(50 * 997);
    expect(log.kept).toEqual(numbers(0, 50 * 997));
    expect(told.at(-1)).toBe(50 * 997);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  it('passes over what is in it already, and goes on behind', async () => {
    for (const durable of [1, 996, 997, 10_000]) {
      const log = new SlowLog(durable);
      await fillAudioLog({ samples: counting(20, 997), writer: log, onDurable: async () => {} });
      expect(log.kept).toEqual(numbers(durable, 20 * 997));
    }
    const whole = new SlowLog(20 * 997);
    expect(await fillAudioLog({ samples: counting(20, 997), writer: whole, onDurable: async () => {} })).toBe(20 * 997);
    expect(whole.appends).toBe(0);
  });

  it('lets the decoder wait rather than hold more than two minutes', async () => {
    const log = new SlowLog();
    log.keeps = false;
    let given = 0;
    let most = 0;
    async function* watched() {
      for await (const piece of counting(40, BUFFER_SAMPLES / 8)) {
        given += piece.length;
        most = Math.max(most, given - log.durableThroughSample);
        yield piece;
      }
    }
    await fillAudioLog({ samples: watched(), writer: log, onDurable: async () => {} });
    expect(log.durableThroughSample).toBe(5 * BUFFER_SAMPLES);
    expect(most).toBeLessThanOrEqual(2 * BUFFER_SAMPLES + BUFFER_SAMPLES / 8);
  });

  it('keeps all that came before the decoder failed, and then says so', async () => {
    const log = new SlowLog();
    const broken = counting(10, 997, () => {
      throw new SpoolError('upload.damaged');
    });
    await expect(fillAudioLog({ samples: broken, writer: log, onDurable: async () => {} })).rejects.toMatchObject({ code: 'upload.damaged' });
    expect(log.kept).toEqual(numbers(0, 9_970));
  });

  it('ends when the log does, whether it was writing or told', async () => {
    const full = new SlowLog();
    full.fail = new SpoolError('audio.disk_full');
    await expect(fillAudioLog({ samples: counting(100, 16_000), writer: full, onDurable: async () => {} })).rejects.toMatchObject({ code: 'audio.disk_full' });
    expect(full.appends).toBe(1);
    const lost = new SlowLog();
    const onDurable = () => Promise.reject(new SpoolError('lease.lost'));
    await expect(fillAudioLog({ samples: counting(100, 16_000), writer: lost, onDurable })).rejects.toMatchObject({ code: 'lease.lost' });
  });
});
