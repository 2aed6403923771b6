/** The port parts are sent to, over scripted storage: what goes wrong there, and what is recorded then. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { newId } from '#domain/ids.ts';
import type { LogFields } from '#domain/log.ts';
import { silentLog } from '#domain/log.ts';
import type { Upload } from '#domain/meetings/uploads/upload.ts';
import { LOAD_BALANCER_IDLE_S } from '#domain/operations/idle-connections.ts';
import { put, putHalf } from '#tests/support/uploads.ts';
import { PartServer } from './part-server.ts';

const uploadId = newId();
const sessionId = newId();
const bytes = Buffer.alloc(200_000, 'spool');

describe('The port of parts', () => {
  let upload: (Upload & { over: boolean }) | null;
  let write: (body: AsyncIterable<Uint8Array>) => Promise<void>;
  let calls: string[];
  let lines: string[];
  let server: PartServer;
  let trustedProxies = 0;
  let url: (part?: number) => string;
  const keep = (fields: LogFields, sentence: string) => void lines.push(JSON.stringify({ ...fields, sentence }));

  beforeEach(async () => {
    upload = { uploadId, sessionId, fileName: 'a.wav', sizeBytes: 2 * bytes.byteLength, partSizeBytes: bytes.byteLength, receivedParts: [], state: 'receiving', failure: null, durationMs: null, decodedSamples: 0, over: false };
    calls = [];
    lines = [];
    write = async (body) => {
      for await (const piece of body) expect(piece.byteLength).toBeLessThanOrEqual(65_536);
    };
    server = new PartServer({
      host: '127.0.0.1',
      port: 0,
      allowedOrigins: [],
      trustedProxies,
      records: {
        find: async () => upload,
        partReceived: async (_id, part) => {
          calls.push(`received ${part}`);
          return upload;
        },
      },
      storage: {
        writePart: async (_upload, offset, body) => {
          await write(body);
          calls.push(`written at ${offset}`);
        },
        remove: async () => void calls.push('removed'),
      },
      links: { allows: (_id, _part, query) => query.get('token') === 'good' },
      clock: systemClock,
      log: { ...silentLog, info: keep, warn: keep, error: keep },
    });
    const port = await server.start();
    url = (part = 2) => `http://127.0.0.1:${port}/v1/uploads/${uploadId}/parts/${part}?token=good`;
  });
  afterEach(() => server.stop());

  it('writes a part at its place and records it when it is written', async () => {
    expect(await put(url(), bytes)).toMatchObject({ status: 200 });
    expect(calls).toEqual([`written at ${bytes.byteLength}`, 'received 2']);
  });

  it('answers a load balancer that asks whether it is there, and serves nothing else', async () => {
    expect((await fetch(new URL('/health', url()))).status).toBe(200);
    expect((await fetch(new URL('/', url()))).status).toBe(404);
    expect((await fetch(new URL('/health', url()), { method: 'PUT', body: 'x' })).status).toBe(404);
  });

  describe('behind a load balancer', () => {
    beforeAll(() => void (trustedProxies = 1));
    afterAll(() => void (trustedProxies = 0));
    it('keeps silent connections for longer than that does, who else would send a part into one that is closing', async () => {
      const { headers } = await fetch(new URL('/health', url()));
      expect(Number(/^timeout=(\d+)$/.exec(headers.get('keep-alive')!)![1])).toBeGreaterThan(LOAD_BALANCER_IDLE_S);
    });
  });
  it('keeps those of anybody for half a minute', async () => {
    expect((await fetch(new URL('/health', url()))).headers.get('keep-alive')).toBe('timeout=30');
  });

  it('says in words that the disk is full, and records nothing', async () => {
    write = async (body) => {
      for await (const _piece of body) throw new SpoolError('upload.disk_full');
    };
    expect(await put(url(), bytes)).toMatchObject({ status: 507, code: 'upload.disk_full' });
    expect(calls).toEqual([]);
  });

  it('records nothing of a part whose sender hung up in the middle', async () => {
    const ended = Promise.withResolvers<string>();
    write = async (body) => {
      try {
        for await (const _piece of body);
      } catch (error) {
        ended.resolve((error as SpoolError).code);
        throw error;
      }
    };
    await putHalf(url(), bytes);
    expect(await ended.promise).toBe('upload.interrupted');
    expect(await put(url(1), bytes)).toMatchObject({ status: 200 });
    expect(calls).toEqual(['written at 0', 'received 1']);
  });

  it('asks to wait when too much of one upload comes at once, and takes more afterwards', async () => {
    const gate = Promise.withResolvers<void>();
    let begun = 0;
    const six = Promise.withResolvers<void>();
    write = async (body) => {
      begun += 1;
      if (begun === 6) six.resolve();
      await gate.promise;
      for await (const _piece of body);
    };
    const sending = Array.from({ length: 6 }, () => put(url(), bytes));
    await six.promise;
    expect(await put(url(), bytes)).toMatchObject({ status: 503, code: 'upload.busy', headers: { 'retry-after': '2' } });
    gate.resolve();
    expect((await Promise.all(sending)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(await put(url(), bytes)).toMatchObject({ status: 200 });
  });

  it('removes what it wrote of an upload that was given up meanwhile', async () => {
    write = async (body) => {
      for await (const _piece of body);
      upload = null;
    };
    expect(await put(url(), bytes)).toMatchObject({ status: 404, code: 'upload.not_found' });
    expect(calls).toEqual([`written at ${bytes.byteLength}`, 'received 2', 'removed']);
  });

  it('takes nothing for a meeting that is over, and tells what went wrong inside to nobody', async () => {
    upload = { ...upload!, over: true };
    expect(await put(url(), bytes)).toMatchObject({ status: 409, code: 'session.over' });
    upload = { ...upload, over: false };
    write = () => Promise.reject(new Error('secret place'));
    expect(await put(url(), bytes)).toMatchObject({ status: 500, code: 'internal' });
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toMatch(/good|secret place/);
  });
});
