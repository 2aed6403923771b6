import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { meetingCapture } from './capture.ts';

class FakeTrack extends EventTarget {
  readonly kind = 'audio';
  readyState: MediaStreamTrackState = 'live';
  stop(): void {
    this.readyState = 'ended';
  }
  /** The person stops sharing it. */
  end(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}
let track: FakeTrack;
let module: PromiseWithResolvers<void>;
beforeEach(() => {
  track = new FakeTrack();
  module = Promise.withResolvers();
  const stream = { getTracks: () => [track], getAudioTracks: () => [track] };
  vi.stubGlobal('navigator', { mediaDevices: { getDisplayMedia: async () => stream } });
  vi.stubGlobal('AudioContext', class {
    state = 'running';
    audioWorklet = { addModule: () => module.promise };
    createMediaStreamSource = () => ({ connect: () => {} });
    close = async () => {};
  });
  vi.stubGlobal('AudioWorkletNode', class {
    port = {};
    connect(): void {}
  });
});
afterEach(() => vi.unstubAllGlobals());

test('a tab whose sharing ends while its sound is being set up is not captured as silence', async () => {
  const capture = meetingCapture('tab');
  const opening = capture.openCapture(null, () => {}, () => {});
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  track.end();
  module.resolve();
  await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
  expect(capture.isOpen()).toBe(false);
});

test('a tab whose sharing ends later is told of', async () => {
  const ended = vi.fn();
  module.resolve();
  await meetingCapture('tab').openCapture(null, () => {}, ended);
  track.end();
  expect(ended).toHaveBeenCalledOnce();
});
