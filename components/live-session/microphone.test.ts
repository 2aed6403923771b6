import { expect, test } from 'vitest';
import { ManualClock, settle } from '#tests/support/manual-clock.ts';
import type { MicrophoneDevice, Problem } from './live-session-types.ts';
import { FRAMES_STOPPED_MS, Microphone, SILENT_AFTER_MS } from './microphone.ts';
import type { MicrophonePorts } from './microphone.ts';
import { createCheck } from './use-microphone-check.ts';

function desk(failWith: (deviceId: string | null) => string | null = () => null) {
  const clock = new ManualClock();
  const opened: { deviceId: string | null; say(samples: Int16Array): void; unplug(): void; closed: boolean; silent: boolean }[] = [];
  let devices: MicrophoneDevice[] = [{ deviceId: 'built-in', label: 'Built-in' }, { deviceId: 'headset', label: 'Headset' }];
  let changed = () => {};
  const ports: MicrophonePorts = {
    clock,
    async openCapture(deviceId, onFrame, onEnded) {
      const failure = failWith(deviceId);
      if (failure) throw new DOMException('No.', failure);
      const capture = { deviceId: deviceId ?? 'built-in', say: onFrame, unplug: onEnded, closed: false, silent: false, setSilent: (silent: boolean) => void (capture.silent = silent), close: () => void (capture.closed = true) };
      opened.push(capture);
      return capture;
    },
    listDevices: async () => devices,
    watchDevices(onChange) {
      changed = onChange;
      return () => {};
    },
  };
  const frames: Int16Array[] = [];
  const problems: (Problem | null)[] = [];
  const microphone = new Microphone(ports, { onFrame: (frame) => frames.push(frame), onChange: () => {}, onProblem: (problem) => problems.push(problem) });
  const plug = async (list: MicrophoneDevice[]) => {
    devices = list;
    changed();
    await settle();
  };
  return { clock, ports, opened, frames, problems, microphone, plug, now: () => opened.at(-1)! };
}
const loud = () => Int16Array.from({ length: 640 }, (_, n) => 8_000 * Math.sin(n / 4));

test.each([
  ['NotAllowedError', 'denied'],
  ['NotFoundError', 'missing'],
  ['NotReadableError', 'busy'],
])('%s is shown as %s', async (name, state) => {
  const { microphone } = desk(() => name);
  await microphone.open();
  expect(microphone.state).toBe(state);
});

test('a chosen microphone that is gone gives way to the default one', async () => {
  const { microphone, now } = desk((deviceId) => (deviceId === 'old' ? 'OverconstrainedError' : null));
  await microphone.open('old');
  expect(microphone.state).toBe('on');
  expect(now().deviceId).toBe('built-in');
});

test('muted means zeros, paused means nothing, and the level says so', async () => {
  const { microphone, frames, now } = desk();
  await microphone.open();
  now().say(loud());
  expect(microphone.level()).toBeGreaterThan(0.5);
  microphone.setMuted(true);
  expect([microphone.state, now().silent]).toEqual(['muted', true]);
  now().say(loud());
  expect(frames[1]!.every((sample) => sample === 0)).toBe(true);
  expect(microphone.level()).toBe(0);
  microphone.setPaused(true);
  now().say(loud());
  expect(frames).toHaveLength(2);
  microphone.setPaused(false);
  microphone.setMuted(false);
  expect([microphone.state, now().silent]).toEqual(['on', false]);
});

test('unplugged in mid-session: the default microphone takes over and the person is told', async () => {
  const { microphone, opened, problems } = desk();
  await microphone.open('headset');
  opened[0]!.unplug();
  expect(microphone.state).toBe('lost');
  await settle();
  expect(microphone.state).toBe('on');
  expect(opened.map((capture) => [capture.deviceId, capture.closed])).toEqual([['headset', true], ['built-in', false]]);
  expect(problems.map((problem) => problem?.code)).toEqual(['microphone.changed']);
});

test('unplugged with no other: lost until one is plugged in', async () => {
  let there = true;
  const { microphone, opened, plug } = desk(() => (there ? null : 'NotFoundError'));
  await microphone.open();
  there = false;
  opened[0]!.unplug();
  await settle();
  expect(microphone.state).toBe('lost');
  there = true;
  await plug([{ deviceId: 'new', label: 'New' }]);
  expect(microphone.state).toBe('on');
});

test('a microphone that stops delivering without a word is opened anew', async () => {
  const { clock, microphone, opened } = desk();
  await microphone.open();
  await clock.advance(FRAMES_STOPPED_MS + 10);
  expect(opened).toHaveLength(2);
  expect(microphone.state).toBe('on');
});

test('a microphone whose switch is off is told, and taken back with the first sound', async () => {
  const { clock, microphone, problems, now } = desk();
  await microphone.open();
  for (let ms = 0; ms < SILENT_AFTER_MS; ms += 40) {
    now().say(new Int16Array(640));
    await clock.advance(40);
  }
  expect(problems.map((problem) => problem?.code)).toEqual(['microphone.silent']);
  now().say(loud());
  expect(problems.at(-1)).toBeNull();
});

test('closed while the browser still asks: the answer that comes later is put away', async () => {
  const { microphone, opened } = desk();
  const opening = microphone.open();
  microphone.close();
  await opening;
  expect(microphone.state).toBe('off');
  expect(opened[0]!.closed).toBe(true);
});

test('the check before a session keeps the last ten seconds and forgets them when it closes', async () => {
  const { ports, now } = desk();
  const check = createCheck(ports);
  await check.open();
  for (let n = 0; n < 300; n += 1) now().say(new Int16Array(640).fill(n));
  expect(check.recent()).toHaveLength(160_000);
  expect(check.recent().at(-1)).toBe(299);
  expect(check.getView()).toMatchObject({ state: 'on', deviceId: 'built-in' });
  check.close();
  expect(check.recent()).toHaveLength(0);
});
