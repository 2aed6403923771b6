import type net from 'node:net';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ChannelBroken, MessageReader } from './channel.ts';

function message(kind: string, payload: string): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt32LE(Buffer.byteLength(payload));
  header.write(kind, 4);
  return Buffer.concat([header, Buffer.from(payload)]);
}
function opened(maxBytes = 100) {
  const pipe = new PassThrough();
  return { pipe, reader: new MessageReader(pipe as unknown as net.Socket, maxBytes) };
}

describe('what a harness says', () => {
  it('comes message by message, in pieces of any size', async () => {
    const bytes = Buffer.concat([message('J', '{"a":"é"}'), message('B', 'raw'), message('J', '')]);
    for (const size of [1, 4, 6, 100]) {
      const { pipe, reader } = opened();
      for (let at = 0; at < bytes.length; at += size) pipe.write(bytes.subarray(at, at + size));
      pipe.end();
      expect(await reader.next()).toEqual({ kind: 'json', text: '{"a":"é"}' });
      expect(await reader.next()).toEqual({ kind: 'bytes', bytes: Buffer.from('raw') });
      expect(await reader.next()).toEqual({ kind: 'json', text: '' });
      expect(await reader.next()).toBeNull();
    }
  });
  it('is broken by anything else', async () => {
    for (const bytes of [Buffer.from('garbage garbage'), message('J', 'x'.repeat(101)), message('X', 'x'), message('J', 'torn').subarray(0, 7)]) {
      const { pipe, reader } = opened();
      pipe.end(bytes);
      await expect(reader.next()).rejects.toThrow(ChannelBroken);
    }
  });
  it('is held back by the pipe when nobody asks', async () => {
    const { pipe, reader } = opened();
    for (let index = 0; index < 1_000; index += 1) pipe.write(message('J', 'x'.repeat(90)));
    await new Promise((resolve) => setImmediate(resolve));
    expect(pipe.isPaused()).toBe(true);
    for (let index = 0; index < 1_000; index += 1) expect((await reader.next())?.kind).toBe('json');
  });
});
