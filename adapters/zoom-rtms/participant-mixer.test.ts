import { describe, expect, it } from 'vitest';
import { ParticipantMixer } from './participant-mixer.ts';
import type { ParticipantPacket } from './participant-mixer.ts';

const PACKET = 1_600; // 100 ms
const constant = (value: number, length = PACKET) => new Int16Array(length).fill(value);
const packet = (userId: number, atMs: number, value: number): ParticipantPacket => ({ userId, name: `name ${userId}`, timestampMs: 1_700_000_000_000 + atMs, samples: constant(value) });
const mix = (packets: ParticipantPacket[]) => {
  const mixer = new ParticipantMixer();
  const parts = packets.map((each) => mixer.push(each));
  parts.push(mixer.flush());
  return { samples: Int16Array.from(parts.flatMap((part) => [...part])), spoken: mixer.spoken() };
};
const at = (samples: Int16Array, ms: number) => samples[ms * 16];

describe('several participants in one recording', () => {
  it('lie where their timestamps say, added up where they overlap', () => {
    const { samples } = mix([packet(1, 0, 1_000), packet(1, 100, 1_000), packet(2, 100, 500), packet(2, 200, 500), packet(1, 600, 1_000)]);
    expect([0, 99, 100, 199, 200, 299, 300, 599, 600].map((ms) => at(samples, ms))).toEqual([1_000, 1_000, 1_500, 1_500, 500, 500, 0, 0, 1_000]);
    expect(samples.length).toBe(700 * 16);
  });
  it('are the same whether their packets come in order or not, within what is waited for', () => {
    const packets = [packet(1, 0, 700), packet(2, 50, 300), packet(1, 100, 700), packet(2, 150, 300), packet(1, 200, 700)];
    const [a, b, c, d, e] = packets as [ParticipantPacket, ParticipantPacket, ParticipantPacket, ParticipantPacket, ParticipantPacket];
    expect(mix([a, c, b, d, e]).samples).toEqual(mix(packets).samples);
  });
  it('lose nothing to unrest on the way, to lateness, or to a clock that is set', () => {
    const sum = (samples: Int16Array) => samples.reduce((total, sample) => total + sample, 0);
    const jitter = mix([0, 97, 205, 298, 404].map((ms) => packet(1, ms, 100)));
    expect([jitter.samples.length, sum(jitter.samples)]).toEqual([5 * PACKET, 5 * PACKET * 100]);
    const late = mix([packet(1, 0, 100), packet(1, 2_000, 100), packet(2, 0, 100)]);
    expect(sum(late.samples)).toBe(3 * PACKET * 100);
    const leap = mix([packet(1, 0, 100), packet(1, 9 * 3_600_000, 100), packet(1, 9 * 3_600_000 + 100, 100)]);
    expect(sum(leap.samples)).toBe(3 * PACKET * 100);
    expect(leap.samples.length).toBeLessThan(10 * PACKET);
  });
  it('are clipped, not wrapped around, when they shout', () => {
    expect(at(mix([packet(1, 0, 30_000), packet(2, 0, 30_000)]).samples, 50)).toBe(32_767);
  });
  it('are told apart by name, from when to when they spoke; an open microphone is no speech', () => {
    const { spoken } = mix([packet(1, 0, 3_000), packet(1, 100, 3_000), packet(2, 100, 20), packet(2, 200, 2_000), packet(1, 500, 3_000), packet(1, 2_000, 3_000)]);
    expect(spoken).toEqual([
      { participant: '1', name: 'name 1', startSample: 0, endSample: 600 * 16 },
      { participant: '2', name: 'name 2', startSample: 200 * 16, endSample: 300 * 16 },
      { participant: '1', name: 'name 1', startSample: 2_000 * 16, endSample: 2_100 * 16 },
    ]);
  });
});
