import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { silentLog } from '#domain/log.ts';
import { recoverJournals } from './journal-recovery.ts';
import { JOURNAL_HEADER_BYTES, RECORD_HEADER_BYTES, encodeRecord, newJournalHeader } from './journal-records.ts';

const root = await fs.mkdtemp(path.join(os.tmpdir(), 'spool-audio-'));
afterAll(() => fs.rm(root, { recursive: true }));

interface Spoken {
  /** Index of the session. */
  session: number;
  pcm: Uint8Array;
}

/** A data directory after a power cut: files cut to `kept` bytes, and the journal that a dead process left. */
async function leave(records: Spoken[], kept: number[], damage: (journal: Buffer) => Buffer = (journal) => journal) {
  const audioDirectory = await fs.mkdtemp(path.join(root, 'audio-'));
  const journalDirectory = path.join(audioDirectory, 'journal');
  await fs.mkdir(journalDirectory);
  const ids = kept.map(() => randomUUID());
  const said = kept.map(() => Buffer.alloc(0));
  const header = newJournalHeader();
  const journal = Buffer.alloc(records.reduce((sum, { pcm }) => sum + RECORD_HEADER_BYTES + pcm.length, JOURNAL_HEADER_BYTES));
  header.copy(journal);
  const starts: number[] = [];
  let offset = JOURNAL_HEADER_BYTES;
  for (const { session, pcm } of records) {
    starts.push(offset);
    const firstSample = (said[session] as Buffer).length / 2;
    offset = encodeRecord(journal, offset, header, { sessionId: ids[session] as string, epoch: 3, firstSample }, [pcm]).end;
    said[session] = Buffer.concat([said[session] as Buffer, pcm]);
  }
  for (const [session, id] of ids.entries()) {
    await fs.mkdir(path.join(audioDirectory, id));
    await fs.writeFile(path.join(audioDirectory, id, '3-0.pcm'), (said[session] as Buffer).subarray(0, kept[session]));
  }
  await fs.writeFile(path.join(journalDirectory, 'abc-1.log'), damage(journal));
  return { audioDirectory, journalDirectory, ids, said, starts, file: (session: number) => fs.readFile(path.join(audioDirectory, ids[session] as string, '3-0.pcm')) };
}

const pcm = fc.uint8Array({ minLength: 1, maxLength: 20 }).map((half) => new Uint8Array([...half, ...half]));
const records = fc.array(fc.record({ session: fc.nat(2), pcm }), { minLength: 1, maxLength: 10 });
const kept = fc.tuple(fc.nat(60), fc.nat(60), fc.nat(60));

describe('the journals of a dead process', () => {
  it('put back every sample the session files lost, and are gone afterwards', async () => {
    await fc.assert(fc.asyncProperty(records, kept, async (spoken, keptBytes) => {
      const left = await leave(spoken, keptBytes);
      await recoverJournals(left.audioDirectory, left.journalDirectory, silentLog);
      for (const session of keptBytes.keys()) expect(await left.file(session)).toEqual(left.said[session]);
      expect(await fs.readdir(left.journalDirectory)).toEqual([]);
    }), { numRuns: 40 });
  });

  it('put back what comes before the damage when they are torn or damaged, and never anything wrong', async () => {
    const damage = fc.record({ at: fc.nat(), change: fc.integer({ min: 1, max: 255 }), tear: fc.boolean() });
    await fc.assert(fc.asyncProperty(records, damage, async (spoken, { at, change, tear }) => {
      let where = 0;
      const left = await leave(spoken, [0, 0, 0], (journal) => {
        where = JOURNAL_HEADER_BYTES + (at % (journal.length - JOURNAL_HEADER_BYTES));
        if (tear) return journal.subarray(0, where);
        journal[where] = (journal[where] ?? 0) ^ change;
        return journal;
      });
      await recoverJournals(left.audioDirectory, left.journalDirectory, silentLog);
      const damaged = left.starts.findLastIndex((start) => start <= where);
      for (const session of [0, 1, 2]) {
        const stored = await left.file(session);
        const before = spoken.slice(0, damaged).filter((record) => record.session === session);
        expect(stored.length).toBeGreaterThanOrEqual(before.reduce((sum, record) => sum + record.pcm.length, 0));
        expect(stored).toEqual(left.said[session]?.subarray(0, stored.length));
      }
    }), { numRuns: 60 });
  });

  it('do not bring an erased session back, nor write behind a hole', async () => {
    const error = vi.fn();
    const left = await leave([{ session: 0, pcm: Buffer.from('gone') }, { session: 1, pcm: Buffer.from('lost') }, { session: 1, pcm: Buffer.from('late') }], [0, 0], (journal) => {
      const lost = journal.indexOf('lost');
      journal[lost] = 0;
      return journal;
    });
    await fs.rm(path.join(left.audioDirectory, left.ids[0] as string), { recursive: true });
    await recoverJournals(left.audioDirectory, left.journalDirectory, { ...silentLog, error });
    expect((await fs.readdir(left.audioDirectory)).sort()).toEqual([left.ids[1], 'journal'].sort());
    expect((await left.file(1)).length).toBe(0);
    expect(error).toHaveBeenCalledWith({ records: 1 }, expect.stringContaining('do not connect'));
  });

  it('may be replayed by two processes at once', async () => {
    const left = await leave([{ session: 0, pcm: Buffer.from('word') }], [0]);
    await Promise.all([1, 2, 3].map(() => recoverJournals(left.audioDirectory, left.journalDirectory, silentLog)));
    expect((await left.file(0)).toString()).toBe('word');
  });
});
