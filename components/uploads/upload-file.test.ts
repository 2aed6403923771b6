import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { OK, ScriptedServer, problem } from '#tests/support/scripted-upload-server.ts';
import { MAX_FAILURES, PARALLEL_PARTS, uploadFile } from './upload-file.ts';
import type { UploadProgress } from './upload-file.ts';

const TEXT = Array.from({ length: 9 }, (_, index) => `part ${index + 1} of`).join('').padEnd(85, '.');
const file = () => new File([TEXT], 'talk.mp3');
const refusal = (status: number, code: string | null = null, retryAfterS: number | null = null) => ({ status, code, retryAfterS });

describe('Sending a file', () => {
  let clock: ManualClock;
  let server: ScriptedServer;
  let progress: UploadProgress[];
  beforeEach(() => {
    clock = new ManualClock();
    server = new ScriptedServer(clock);
    progress = [];
  });
  const send = (signal = new AbortController().signal, which = file()) => uploadFile(which, 's1', (one) => progress.push(one), signal, server.ports);
  /** Time passes until it is over. */
  async function finished<T>(sending: Promise<T>): Promise<T> {
    let over = false;
    sending.then(() => (over = true), () => (over = true));
    while (!over) {
      await new Promise(setImmediate);
      await clock.advance(500);
    }
    return sending;
  }
  const arrived = () => [...server.bytes].toSorted(([a], [b]) => a - b).map(([, text]) => text).join('');

  it('cuts it into the parts the server wants, three at a time, and says how far it is', async () => {
    expect(await finished(send())).toBe('u1');
    expect(arrived()).toBe(TEXT);
    expect(server.most).toBe(PARALLEL_PARTS);
    expect(server.asked.at(-1)).toBe('COMPLETE');
    expect(progress[0]).toEqual({ uploadId: 'u1', sentBytes: 0, totalBytes: 85, waiting: false });
    expect(progress.at(-1)).toMatchObject({ sentBytes: 85 });
    expect(Math.max(...progress.map(({ sentBytes }) => sentBytes))).toBe(85);
  });

  it('sends only what is missing', async () => {
    await finished(send());
    server.upload = { ...server.upload!, state: 'receiving', receivedParts: [1, 2, 3, 5, 6, 7, 8] };
    server.asked.length = 0;
    progress = [];
    await finished(send());
    expect(server.parts).toEqual(['PUT 4', 'PUT 9']);
    expect(progress[0]!.sentBytes).toBe(70);
  });

  it('tries a part again after a broken connection or a busy server, with longer and longer pauses', async () => {
    server.answers.push(null, refusal(503, 'upload.busy', 2), refusal(502), null);
    await finished(send());
    expect(arrived()).toBe(TEXT);
    expect(server.parts).toHaveLength(13);
    expect(progress.some(({ waiting }) => waiting)).toBe(true);
  });

  it('asks for fresh links when they have expired, once for all parts', async () => {
    server.answers.push(refusal(403, 'upload.link_expired'), refusal(403, 'upload.link_expired'), refusal(403, 'upload.link_expired'));
    await finished(send());
    expect(arrived()).toBe(TEXT);
    expect(server.asked.filter((one) => one === 'GET')).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('takes a part for sent that is there when its link has expired, though its answer never came', async () => {
    const { sendPart } = server.ports;
    let first: string | null = null;
    server.ports.sendPart = async (url, ...rest) => {
      first ??= url;
      if (url === first && server.parts.length > 0) return refusal(403, 'upload.link_expired');
      const answer = await sendPart(url, ...rest);
      // As for a page that slept in between.
      if (url === first) throw new TypeError('Failed to fetch');
      return answer;
    };
    expect(await finished(send())).toBe('u1');
    expect(arrived()).toBe(TEXT);
    expect(server.parts.filter((one) => one === 'PUT 1')).toHaveLength(1);
  });

  it('gives up after minutes without a byte, and not before', async () => {
    server.answers.push(...Array.from({ length: MAX_FAILURES - 1 }, () => null));
    await finished(send());
    expect(arrived()).toBe(TEXT);
    server.upload = null;
    const sinceMs = clock.nowMs();
    server.answers.push(...Array.from({ length: MAX_FAILURES }, () => null));
    await expect(finished(send())).rejects.toMatchObject({ code: 'server.unreachable' });
    expect(clock.nowMs() - sinceMs).toBeGreaterThan(120_000);
    expect(clock.nowMs() - sinceMs).toBeLessThan(300_000);
  });

  it('ends at once at what trying again does not mend, and leaves no part on its way', async () => {
    for (const [status, code] of [[507, 'upload.disk_full'], [404, 'upload.not_found'], [409, 'session.over'], [410, 'upload.expired']] as const) {
      server.upload = null;
      server.answers.splice(0, Infinity, OK, refusal(status, code));
      await expect(finished(send())).rejects.toMatchObject({ code, status });
      expect(server.underWay).toBe(0);
      expect(clock.pending).toBe(0);
    }
  });

  it('says that a file was moved, which a browser calls a network error', async () => {
    const moved = file();
    server.answers.push(null);
    const slice = moved.slice.bind(moved);
    Object.defineProperty(moved, 'slice', { value: (from: number, to: number) => (to === 1 ? ({ arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')) } as unknown as Blob) : slice(from, to)) });
    await expect(finished(send(undefined, moved))).rejects.toMatchObject({ code: 'file.unreadable' });
  });

  it('stops when it is called off, in the middle of a part or of a pause', async () => {
    const stop = new AbortController();
    server.held = [];
    const sending = send(stop.signal);
    while (server.underWay < PARALLEL_PARTS) await new Promise(setImmediate);
    stop.abort();
    await expect(sending).rejects.toBe(stop.signal.reason);
    expect(server.underWay).toBe(0);

    server.held = null;
    server.answers.push(null, null, null);
    const again = new AbortController();
    const waiting = send(again.signal);
    while (clock.pending < PARALLEL_PARTS) await new Promise(setImmediate);
    again.abort();
    await expect(waiting).rejects.toBe(again.signal.reason);
    expect(clock.pending).toBe(0);
  });

  it('is done when all parts are, though nobody answers any more', async () => {
    server.errors.push(null, problem('unavailable', 503));
    expect(await finished(send())).toBe('u1');
  });
});
