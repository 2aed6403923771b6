import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { newId } from '#domain/ids.ts';
import { silentLog } from '#domain/log.ts';
import { startFakeZoom } from '#tests/support/fake-zoom.ts';
import type { FakeZoom } from '#tests/support/fake-zoom.ts';
import { RtmsIntake } from './rtms-intake.ts';

const credentials = { clientId: 'an-app', clientSecret: 'its-secret' };
const T0 = 1_738_392_033_699;
let zoom: FakeZoom;
let folder: string;
beforeEach(async () => {
  zoom = await startFakeZoom(credentials);
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-rtms-'));
});
afterEach(async () => {
  await zoom.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});
const intakeWith = (own = credentials) => new RtmsIntake({ folder, credentials: own, clock: systemClock, log: silentLog });
const gone = (intake: RtmsIntake) => vi.waitFor(() => expect(intake.status(intake.streams()[0]!).live).toBe(false));
async function all(intake: RtmsIntake, fromSample = 0): Promise<number[]> {
  const samples: number[] = [];
  for await (const part of intake.read(intake.streams()[0]!, fromSample, new AbortController().signal)) samples.push(...part);
  return samples;
}
const speech = (value: number) => new Int16Array(1_600).fill(value);

describe('streams of Zoom, spoken as documented', () => {
  it('come in as one recording with who spoke when, and are read as often as asked', async () => {
    const intake = intakeWith();
    const changes = vi.fn();
    intake.onChange(changes);
    const sessionId = newId();
    intake.join(sessionId, zoom.started);
    await zoom.ready;
    zoom.askForLife(77);
    await vi.waitFor(() => expect(zoom.alive).toEqual({ signaling: [77], media: [77] }));
    const stream = intake.streams()[0]!;
    expect([stream.sessionId, intake.status(stream).live]).toEqual([sessionId, true]);

    const reading = all(intake);
    for (const [user, ms, value] of [[7, 0, 4_000], [7, 100, 4_000], [8, 150, 2_000], [7, 1_000, 4_000]] as const) zoom.speak(user, `Person ${user}`, T0 + ms, speech(value));
    zoom.terminate();
    const samples = await reading;
    expect(samples.length).toBe(1_100 * 16);
    expect([0, 149, 160, 210, 500, 1_050].map((ms) => samples[ms * 16])).toEqual([4_000, 4_000, 6_000, 2_000, 0, 4_000]);
    expect(await all(intake, 900 * 16)).toEqual(samples.slice(900 * 16));
    expect(intake.spoken(stream).map(({ name, startSample, endSample }) => [name, startSample / 16, endSample / 16])).toEqual([['Person 7', 0, 200], ['Person 8', 150, 250], ['Person 7', 1_000, 1_100]]);
    expect(changes).toHaveBeenCalled();

    // The next process finds it, until it is removed.
    const successor = intakeWith();
    expect(successor.status(successor.streams()[0]!)).toMatchObject({ live: false, brokeDown: true });
    expect(await all(successor)).toEqual(samples);
    successor.remove(successor.streams()[0]!);
    expect([successor.streams(), fs.readdirSync(folder)]).toEqual([[], []]);
  });
  it('are refused to whoever does not know the secret', async () => {
    const intake = intakeWith({ ...credentials, clientSecret: 'another' });
    intake.join(newId(), zoom.started);
    await gone(intake);
    expect(await all(intake)).toEqual([]);
  });
  it('are not begun any more when they are cut while Zoom still answers', async () => {
    zoom.holdAnswer();
    const intake = intakeWith();
    intake.join(newId(), zoom.started);
    await zoom.asked;
    // Both are under way: that it is over, and where the media are.
    zoom.letAnswer();
    intake.cut(intake.streams()[0]!);
    await gone(intake);
    await zoom.signalingClosed;
    expect(await zoom.mediaOpened()).toBe(0);
  });
  it('keep what came before the connection broke', async () => {
    const intake = intakeWith();
    intake.join(newId(), zoom.started);
    await zoom.ready;
    zoom.speak(7, 'Person 7', T0, speech(1_000));
    zoom.askForLife(1);
    await vi.waitFor(() => expect(zoom.alive.media).toEqual([1]));
    zoom.cut();
    await gone(intake);
    expect(await all(intake)).toHaveLength(1_600);
  });
});
