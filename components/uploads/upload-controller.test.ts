import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { ScriptedServer, problem } from '#tests/support/scripted-upload-server.ts';
import { FOLLOW_MS, UploadController } from './upload-controller.ts';
import type { UploadState } from './upload-controller.ts';

const file = (name = 'talk.mp3') => new File(['x'.repeat(45)], name);

describe('An upload as the person sees it', () => {
  let clock: ManualClock;
  let server: ScriptedServer;
  let upload: UploadController;
  let opened: number;
  beforeEach(() => {
    clock = new ManualClock();
    server = new ScriptedServer(clock);
    upload = new UploadController(server.ports);
    opened = 0;
  });
  afterEach(() => upload.stop());
  const open = async () => `s${(opened += 1)}`;
  const turns = async () => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  };
  /** Time passes until it is at a step. */
  async function at<Step extends UploadState['step']>(step: Step): Promise<Extract<UploadState, { step: Step }>> {
    for (;;) {
      const state = upload.getState();
      if (state.step === step) return state as Extract<UploadState, { step: Step }>;
      await turns();
      await clock.advance(FOLLOW_MS);
    }
  }
  const becomes = (change: Partial<NonNullable<ScriptedServer['upload']>>) => (server.upload = { ...server.upload!, ...change });

  it('goes from the file to the meeting: sent, taken in, done', async () => {
    void upload.choose(file(), open);
    expect(await at('taking-in')).toMatchObject({ fileName: 'talk.mp3', decodedMs: 0, durationMs: null });
    becomes({ state: 'decoding', durationMs: 90_000, decodedMs: 30_000 });
    await clock.advance(FOLLOW_MS);
    await turns();
    expect(upload.getState()).toMatchObject({ step: 'taking-in', decodedMs: 30_000, durationMs: 90_000 });
    becomes({ state: 'done', decodedMs: 90_000 });
    expect(await at('done')).toMatchObject({ durationMs: 90_000, trouble: null });
    expect(opened).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('makes no meeting for a file that is not taken, and none when the page does not want one yet', async () => {
    await upload.choose(file('minutes.docx'), open);
    expect(upload.getState()).toMatchObject({ step: 'choose', trouble: { code: 'upload.wrong_kind' } });
    await upload.choose(file(), async () => null);
    expect([opened, server.asked]).toEqual([0, []]);
  });

  it('pauses and goes on without sending anything twice, and is cancelled without a trace', async () => {
    server.held = [];
    void upload.choose(file(), open);
    await turns();
    server.held.shift()!();
    await turns();
    upload.pause();
    expect(upload.getState()).toMatchObject({ step: 'paused', totalBytes: 45 });
    await turns();
    expect(server.underWay).toBe(0);
    const kept = server.upload!.receivedParts;
    server.held = null;
    server.asked.length = 0;
    void upload.resume();
    await at('taking-in');
    expect(server.parts).toHaveLength(5 - kept.length);

    becomes({ state: 'failed', failure: 'upload.no_audio' });
    expect(await at('failed')).toMatchObject({ trouble: { code: 'upload.no_audio' }, again: false });
    await upload.cancel();
    expect([server.upload, server.kept.size, upload.getState().step]).toEqual([null, 0, 'choose']);
  });

  it('cancelled before the server has answered, leaves nothing there that keeps another file out', async () => {
    const { createUpload } = server.ports.api;
    const late = Promise.withResolvers<void>();
    server.ports.api.createUpload = async (input, signal) => {
      const created = await createUpload(input);
      await late.promise;
      // As a request that is called off: the server has done it all the same.
      signal?.throwIfAborted();
      return created;
    };
    void upload.choose(file(), open);
    await turns();
    await upload.cancel();
    late.resolve();
    await turns();
    expect([server.upload, server.kept.size, upload.getState().step]).toEqual([null, 0, 'choose']);
    expect(server.parts).toEqual([]);
  });

  it('makes one meeting for a file that is chosen again while the first one is being made', async () => {
    const late = Promise.withResolvers<void>();
    const openLate = async () => {
      const id = await open();
      await late.promise;
      return id;
    };
    void upload.choose(file(), openLate);
    void upload.choose(file('other.mp3'), openLate);
    late.resolve();
    expect(await at('taking-in')).toMatchObject({ fileName: 'other.mp3' });
    expect(opened).toBe(1);
    expect(server.asked.filter((one) => one === 'POST')).toHaveLength(1);
  });

  it('is not begun when it was cancelled while its meeting was being made', async () => {
    const late = Promise.withResolvers<void>();
    const choosing = upload.choose(file(), async () => {
      await late.promise;
      return open();
    });
    await upload.cancel();
    late.resolve();
    await choosing;
    expect([server.asked, upload.getState().step]).toEqual([[], 'choose']);
  });

  it('tells what stopped it, and goes on when asked', async () => {
    server.answers.push({ status: 507, code: 'upload.disk_full', retryAfterS: null });
    void upload.choose(file(), open);
    expect(await at('stopped')).toMatchObject({ trouble: { code: 'upload.disk_full' }, again: true });
    void upload.tryAgain();
    await at('taking-in');
    expect(opened).toBe(1);
  });

  it('has a file taken in once more when its server can read it by now', async () => {
    void upload.choose(file(), open);
    await at('taking-in');
    becomes({ state: 'failed', failure: 'ffmpeg.missing' });
    expect(await at('failed')).toMatchObject({ again: true });
    void upload.tryAgain();
    await at('taking-in');
    becomes({ state: 'done', decodedMs: 5_000, failure: 'upload.damaged' });
    expect(await at('done')).toMatchObject({ trouble: { code: 'upload.damaged' } });
  });

  it('does not mind a server that is away while it is taken in', async () => {
    void upload.choose(file(), open);
    await at('taking-in');
    server.errors.push(problem('server.unreachable', 0));
    await clock.advance(FOLLOW_MS);
    await turns();
    expect(upload.getState()).toMatchObject({ step: 'taking-in', silent: true });
    becomes({ state: 'done', decodedMs: 5_000 });
    await at('done');
  });

  it('shows after a reload how far it is, or which file to choose again', async () => {
    server.held = [];
    void upload.choose(file(), open);
    await turns();
    server.held.shift()!();
    await turns();
    upload.stop();
    upload = new UploadController(server.ports, 's1');
    await upload.start();
    expect(upload.getState()).toMatchObject({ step: 'choose', begun: { fileName: 'talk.mp3', sentBytes: 10, totalBytes: 45 } });
    server.held = null;
    void upload.choose(file(), open);
    await at('taking-in');
    upload.stop();
    upload = new UploadController(server.ports, 's1');
    void upload.start();
    expect(await at('taking-in')).toMatchObject({ fileName: 'talk.mp3' });
    expect(opened).toBe(1);
  });

  it('makes another meeting when the first one was ended meanwhile', async () => {
    server.errors.push(problem('session.over', 409));
    void upload.choose(file(), open);
    expect(await at('stopped')).toMatchObject({ trouble: { code: 'session.over' }, again: false });
    void upload.choose(file(), open);
    await at('taking-in');
    expect(opened).toBe(2);
  });
});
