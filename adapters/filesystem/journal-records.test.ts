import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOURNAL_HEADER_BYTES, RECORD_HEADER_BYTES, encodeRecord, newJournalHeader, scanJournal } from './journal-records.ts';
import type { JournalRecord } from './journal-records.ts';

const recordArbitrary = fc.record({
  sessionId: fc.uuid(),
  epoch: fc.integer({ min: 1, max: 2 ** 40 }),
  firstSample: fc.maxSafeNat(),
  pcm: fc.uint8Array({ minLength: 2, maxLength: 60 }),
});

/** A journal and where each record begins. */
function journalOf(records: JournalRecord[], header = newJournalHeader()): { bytes: Buffer; starts: number[] } {
  const bytes = Buffer.alloc(records.reduce((sum, record) => sum + RECORD_HEADER_BYTES + record.pcm.length, JOURNAL_HEADER_BYTES));
  header.copy(bytes);
  let offset = JOURNAL_HEADER_BYTES;
  const starts = records.map((record) => {
    const start = offset;
    const half = record.pcm.length >> 1;
    offset = encodeRecord(bytes, offset, header, record, [record.pcm.subarray(0, half), record.pcm.subarray(half)]).end;
    return start;
  });
  return { bytes, starts };
}
const plain = (records: Iterable<JournalRecord>) => [...records].map((record) => ({ ...record, pcm: [...record.pcm] }));

describe('a journal', () => {
  it('gives back the records it was written with', () => {
    fc.assert(fc.property(fc.array(recordArbitrary, { maxLength: 8 }), (records) => {
      expect(plain(scanJournal(journalOf(records).bytes))).toEqual(plain(records));
    }));
  });

  it('torn anywhere gives back every record that is whole', () => {
    fc.assert(fc.property(fc.array(recordArbitrary, { minLength: 1, maxLength: 6 }), fc.nat(), (records, cut) => {
      const { bytes, starts } = journalOf(records);
      const length = cut % bytes.length;
      const whole = records.filter((record, index) => (starts[index] ?? 0) + RECORD_HEADER_BYTES + record.pcm.length <= length);
      expect(plain(scanJournal(bytes.subarray(0, length)))).toEqual(plain(whole));
    }));
  });

  it('damaged in one record gives back all the others, and never a wrong one', () => {
    fc.assert(fc.property(fc.array(recordArbitrary, { minLength: 1, maxLength: 6 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (records, where, change) => {
      const { bytes, starts } = journalOf(records);
      const at = JOURNAL_HEADER_BYTES + (where % (bytes.length - JOURNAL_HEADER_BYTES));
      bytes[at] = (bytes[at] ?? 0) ^ change;
      const damaged = starts.findLastIndex((start) => start <= at);
      expect(plain(scanJournal(bytes))).toEqual(plain(records.filter((_, index) => index !== damaged)));
    }));
  });

  it('does not take bytes that are no journal for one', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect([...scanJournal(Buffer.from(bytes))]).toEqual([]);
    }));
  });

  it('does not believe a record somebody smuggled into their audio', () => {
    const victim = { sessionId: randomUUID(), epoch: 1, firstSample: 0, pcm: Buffer.from('forged!!') };
    const smuggled = journalOf([victim]).bytes;
    const { bytes } = journalOf([{ sessionId: randomUUID(), epoch: 1, firstSample: 0, pcm: smuggled }]);
    bytes[JOURNAL_HEADER_BYTES + 8] = (bytes[JOURNAL_HEADER_BYTES + 8] ?? 0) ^ 1; // the outer record is damaged, so the scan looks inside
    expect([...scanJournal(bytes)]).toEqual([]);
  });
});
