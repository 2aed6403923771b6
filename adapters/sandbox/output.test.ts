import type net from 'node:net';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { MARKER_PREFIX, OutputBudget, OutputStream } from './output.ts';

function opened(limitBytes = 1_000) {
  const pipe = new PassThrough();
  let told = '';
  let exceeded = 0;
  const budget = new OutputBudget(limitBytes, () => (exceeded += 1));
  const stream = new OutputStream(pipe as unknown as net.Socket, budget, (text) => (told += text));
  const write = async (bytes: string | Buffer) => {
    pipe.write(bytes);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { pipe, budget, stream, write, told: () => told, exceeded: () => exceeded };
}
const marker = (id: string) => `${MARKER_PREFIX}${id}\n`;

describe('what a program prints', () => {
  it('is cut at the marks into what belongs to which test', async () => {
    const { stream, write, told } = opened();
    await write('one');
    await write(`${marker('a')}two`);
    expect(await stream.until(marker('a'), 50)).toBe(true);
    expect(stream.takePart()).toBe('one');
    await write(marker('b'));
    expect(await stream.until(marker('b'), 50)).toBe(true);
    expect(stream.takePart()).toBe('two');
    expect(told()).toBe('onetwo');
  });
  it('keeps its mark to itself however it is broken into pieces', async () => {
    for (const size of [1, 2, 5, 11]) {
      const { stream, write, told } = opened();
      const bytes = Buffer.from(`é${marker('key')}😀`);
      const found = stream.until(marker('key'), 500);
      for (let at = 0; at < bytes.length; at += size) await write(bytes.subarray(at, at + size));
      expect(await found).toBe(true);
      expect(stream.takePart()).toBe('é');
      expect(stream.takePart()).toBe('😀');
      expect(told()).toBe('é😀');
    }
  });
  it('keeps a mark to itself that comes when nobody waits for it any more, in one piece or torn', async () => {
    for (const size of [1, 3, 64]) {
      const { stream, write, told, budget } = opened();
      await write('one');
      expect(await stream.until(marker('late'), 1)).toBe(false);
      const bytes = Buffer.from(`${marker('late')}two`);
      const [begun, rest] = [bytes.subarray(0, 4), bytes.subarray(4)];
      await write(begun);
      expect(stream.owesMarker).toBe(true);
      expect(stream.takePart()).toBe('one');
      for (let at = 0; at < rest.length; at += size) await write(rest.subarray(at, at + size));
      expect(stream.owesMarker).toBe(false);
      await write(marker('next'));
      expect(await stream.until(marker('next'), 10_000)).toBe(true);
      expect(stream.takePart()).toBe('two');
      expect(told()).toBe('onetwo');
      // Neither counted as output: all that was not printed is left.
      expect(budget.take(10_000)).toBe(1_000 - 'onetwo'.length);
    }
  });
  it('may hold what looks like a mark', async () => {
    const { stream, write, told } = opened();
    await write(`${MARKER_PREFIX}fake\nmore`);
    expect(await stream.until(marker('real'), 20)).toBe(false);
    expect(stream.takePart()).toBe(`${MARKER_PREFIX}fake\nmore`);
    expect(told()).toBe(`${MARKER_PREFIX}fake\nmore`);
  });
  it('ends at the limit with a whole character, and says so once', async () => {
    const { stream, write, exceeded } = opened(5);
    await write('éé');
    await write('éé');
    expect(exceeded()).toBe(1);
    expect(stream.takePart()).toBe('éé');
  });
  it('is quiet from where it must be', async () => {
    const { stream, write, told } = opened();
    await write('seen');
    stream.hush();
    await write('secret');
    expect(stream.takePart()).toBe('seensecret');
    expect(told()).toBe('seen');
  });
  it('does not wait for a mark that cannot come', async () => {
    const { pipe, stream } = opened();
    pipe.end();
    await stream.finished;
    expect(await stream.until(marker('a'), 10_000)).toBe(false);
  });
});
