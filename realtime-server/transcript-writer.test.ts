import { describe, expect, test } from 'vitest';
import { SpoolError } from '#domain/errors.ts';
import type { InterestRecord } from '#domain/interests/ports.ts';
import type { ItemRecord } from '#domain/session/ports.ts';
import { newId } from '#domain/ids.ts';
import { ManualClock, settle } from '#tests/support/manual-clock.ts';
import { ScriptedSessionStore } from '#tests/support/scripted-session-store.ts';
import { TranscriptWriter } from './transcript-writer.ts';

const item = (itemId: string, endSample: number, revision = 1): ItemRecord => ({ itemId, revision, speaker: 'user', text: `${itemId} at revision ${revision}`, startSample: 0, endSample });

async function desk() {
  const clock = new ManualClock();
  const store = new ScriptedSessionStore(clock);
  const sessionId = newId();
  store.create(sessionId, 'dictation');
  await store.acquireLease(sessionId, 'w', 60_000);
  const lost: SpoolError[] = [];
  const disk = { through: Infinity, failed: false, waiting: [] as (() => void)[] };
  const audioDurable = async (sample: number): Promise<number> => {
    while (disk.through < sample && !disk.failed) await new Promise<void>((resolve) => disk.waiting.push(resolve));
    return disk.through;
  };
  const writer = new TranscriptWriter({ sessionId, epoch: 1, store, clock, audioDurable, onLost: (error) => lost.push(error) });
  return { clock, store, sessionId, lost, disk, writer, ids: () => store.userItems(sessionId).map((one) => one.itemId) };
}

describe('the transcript', () => {
  test('is written in order, piled-up changes in one transaction, the newest revision of an item', async () => {
    const { writer, store, sessionId, ids } = await desk();
    writer.write({ items: [item('a', 1)], events: [{ type: 'one', data: {} }] });
    writer.write({ items: [item('b', 2), item('a', 1, 2)], events: [{ type: 'two', data: {} }] });
    writer.write({ status: 'paused' });
    await writer.settled();
    expect(ids()).toEqual(['a', 'b']);
    expect(store.userItems(sessionId)[0]).toMatchObject({ revision: 2 });
    expect(store.eventTypes(sessionId)).toEqual(['one', 'two']);
    expect(store.commits).toBe(1);
  });

  test('takes interests along, each as it was last', async () => {
    const { writer, store, sessionId } = await desk();
    const chess: InterestRecord = { id: newId(), topic: 'chess', category: 'games', sentiment: 'positive', confidence: 0.5, status: 'detected', extractor: 'words/1', mentions: [] };
    writer.write({ interests: [chess] });
    writer.write({ interests: [{ ...chess, confidence: 0.75 }] });
    await writer.settled();
    expect(store.row(sessionId).stored.interests).toEqual([{ ...chess, confidence: 0.75 }]);
    expect(store.commits).toBe(1);
  });

  test('waits for a database that is away, and loses nothing', async () => {
    const { clock, writer, store, ids, lost } = await desk();
    store.failure = new SpoolError('unavailable');
    writer.write({ items: [item('a', 1)] });
    await clock.advance(10_000);
    writer.write({ items: [item('b', 2)] });
    await clock.advance(10_000);
    expect(ids()).toEqual([]);
    store.failure = null;
    await clock.advance(1_000);
    expect(ids()).toEqual(['a', 'b']);
    expect(lost).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  test('holds words back until their audio is on disk, and everything behind them in order', async () => {
    const { clock, writer, ids, disk } = await desk();
    disk.through = 100;
    writer.write({ items: [item('early', 100)] }, 100);
    await clock.advance(0);
    writer.write({ items: [item('late', 200)] }, 200);
    writer.write({ items: [item('typed', 0)] });
    await clock.advance(1_000);
    expect(ids()).toEqual(['early']);
    disk.through = 200;
    for (const run of disk.waiting.splice(0)) run();
    await writer.settled();
    expect(ids()).toEqual(['early', 'late', 'typed']);
  });

  test('keeps what was said before a disk failed, and nothing whose audio is not there', async () => {
    const { clock, writer, ids, disk } = await desk();
    disk.through = 100;
    writer.write({ items: [item('early', 100)] }, 100);
    writer.write({ items: [item('typed', 0)] });
    writer.write({ items: [item('late', 200)] }, 200);
    writer.write({ items: [item('answer', 0)] });
    await clock.advance(1_000);
    expect(ids()).toEqual([]);
    disk.failed = true;
    for (const run of disk.waiting.splice(0)) run();
    await writer.settled();
    expect(ids()).toEqual(['early', 'typed']);
    expect(writer.lost).toBe(true);
  });

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])('takes what comes in the very moment the last commit ends (%i turns later)', async (turns) => {
    const { writer, store, ids } = await desk();
    const commit = store.commit.bind(store);
    store.commit = async (...args) => {
      const done = await commit(...args);
      if (store.commits > 1) return done;
      let late = Promise.resolve();
      for (let turn = 0; turn < turns; turn += 1) late = late.then(() => {});
      void late.then(() => writer.write({ items: [item('late', 2)] }));
      return done;
    };
    writer.write({ items: [item('a', 1)] });
    await writer.settled();
    await settle();
    await writer.settled();
    expect(ids()).toEqual(['a', 'late']);
  });

  test('of a session that another writer took over is not written any more, and says so once', async () => {
    const { writer, store, sessionId, lost, ids } = await desk();
    await store.releaseLease(sessionId, 'w', 1);
    await store.acquireLease(sessionId, 'other', 60_000);
    writer.write({ items: [item('a', 1)] });
    await writer.settled();
    writer.write({ items: [item('b', 2)] });
    await writer.settled();
    expect(lost).toMatchObject([{ code: 'lease.lost' }]);
    expect([writer.lost, ids()]).toEqual([true, []]);
  });

  test('given up while the database is away leaves nothing waiting', async () => {
    const { clock, writer, store } = await desk();
    store.failure = new SpoolError('unavailable');
    writer.write({ items: [item('a', 1)] });
    await clock.advance(100);
    writer.abandon();
    await clock.advance(1_000);
    await writer.settled();
    expect(clock.pending).toBe(0);
  });

  test('that piles up without end is given up rather than the whole server', async () => {
    const { clock, writer, store, lost } = await desk();
    store.failure = new SpoolError('unavailable');
    for (let count = 0; count < 6_000; count += 1) {
      writer.write({ items: [item(`i${count}`, 1)] });
      if (count === 0) await clock.advance(0);
    }
    expect(lost).toMatchObject([{ code: 'unavailable' }]);
    await clock.advance(1_000);
    expect(clock.pending).toBe(0);
  });
});
