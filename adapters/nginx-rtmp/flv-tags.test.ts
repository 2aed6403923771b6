import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AUDIO_ONLY_HEADER, FlvTags } from './flv-tags.ts';

/** As nginx-rtmp writes it: sound and pictures announced. */
const HEADER = Buffer.from([0x46, 0x4c, 0x56, 1, 5, 0, 0, 0, 9, 0, 0, 0, 0]);
const tag = (type: number, ms: number, body: number[]): Buffer => {
  const bytes = Buffer.alloc(11 + body.length + 4);
  bytes[0] = type;
  bytes.writeUIntBE(body.length, 1, 3);
  bytes.writeUIntBE(ms & 0xffffff, 4, 3);
  bytes[7] = ms >>> 24;
  bytes.set(body, 11);
  bytes.writeUInt32BE(11 + body.length, 11 + body.length);
  return bytes;
};
const timesOf = (tags: Buffer[]) => tags.filter((each) => each[0] === 8).map((each) => ((each[7]! << 24) | each.readUIntBE(4, 3)) >>> 0);

describe('FLV, read while it is written', () => {
  it('is the same however it was cut up on the way', () => {
    const tags = [tag(8, 0, [1, 2]), tag(9, 5, [9]), tag(8, 23, [3]), tag(18, 30, [7, 7]), tag(8, 46, [])];
    const file = Buffer.concat([HEADER, ...tags]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: file.length })), (cuts) => {
        const reader = new FlvTags();
        const borders = [0, ...cuts.toSorted((a, b) => a - b), file.length];
        const out = borders.slice(1).flatMap((end, index) => reader.push(file.subarray(borders[index], end)));
        expect(Buffer.concat(out)).toEqual(Buffer.concat([AUDIO_ONLY_HEADER, tags[0]!, tags[2]!, tags[4]!]));
      }),
    );
  });
  it('leaves out a tag that was never finished', () => {
    const whole = tag(8, 0, [1, 2, 3]);
    for (let cut = 1; cut < whole.length; cut += 1) expect(new FlvTags().push(Buffer.concat([HEADER, whole.subarray(0, cut)]))).toEqual([AUDIO_ONLY_HEADER]);
  });
  it('keeps a pause of the sender, and not a leap of its clock', () => {
    const out = new FlvTags().push(Buffer.concat([HEADER, ...[0, 23, 10_023, 9_900, 36_000_000, 36_000_023, 40, 63].map((ms) => tag(8, ms, [1]))]));
    expect(timesOf(out)).toEqual([0, 23, 10_023, 9_900, 9_900, 9_923, 9_923, 9_946]);
  });
  it('keeps timestamps above 24 bits', () => {
    const hours = Array.from({ length: 1_000 }, (_, index) => index * 20_000);
    expect(timesOf(new FlvTags().push(Buffer.concat([HEADER, ...hours.map((ms) => tag(8, ms, [1]))])))).toEqual(hours);
  });
});
