/**
 * The bytes of a journal: a 16-byte header (`SPOOLJ01` and a marker of 8 random bytes), then records
 *   marker 8 · crc32 u32 · pcmBytes u32 · sessionId 16 · epoch u64 · firstSample u64 · PCM16
 * in little endian; the checksum covers everything after itself. The marker lets a reader find the next record behind
 * a damaged one, and since it is random per journal, nobody's audio can pose as a record.
 */
import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const MAGIC = Buffer.from('SPOOLJ01', 'latin1');
const MARKER_BYTES = 8;
export const JOURNAL_HEADER_BYTES = MAGIC.length + MARKER_BYTES;
export const RECORD_HEADER_BYTES = 48;
const CHECKED_FROM = MARKER_BYTES + 4;

/** Samples of one session, contiguous from `firstSample` on the session's clock. */
export interface JournalRecord {
  sessionId: string;
  epoch: number;
  firstSample: number;
  pcm: Uint8Array;
}

/** A new journal's header, with a marker of its own. */
export function newJournalHeader(): Buffer {
  return Buffer.concat([MAGIC, randomBytes(MARKER_BYTES)]);
}

/** The 16 bytes a UUID stands for. */
export function sessionIdBytes(sessionId: string): Buffer {
  return Buffer.from(sessionId.replaceAll('-', ''), 'hex');
}

/** Writes a record into `target` at `offset`; `chunks` are its PCM in order. Answers where the PCM begins and ends. */
export function encodeRecord(target: Buffer, offset: number, header: Buffer, record: Omit<JournalRecord, 'pcm'>, chunks: readonly Uint8Array[]): { pcmFrom: number; end: number } {
  const pcmFrom = offset + RECORD_HEADER_BYTES;
  let end = pcmFrom;
  for (const chunk of chunks) {
    target.set(chunk, end);
    end += chunk.byteLength;
  }
  header.copy(target, offset, MAGIC.length);
  target.writeUInt32LE(end - pcmFrom, offset + 12);
  sessionIdBytes(record.sessionId).copy(target, offset + 16);
  target.writeBigUInt64LE(BigInt(record.epoch), offset + 32);
  target.writeBigUInt64LE(BigInt(record.firstSample), offset + 40);
  target.writeUInt32LE(crc32(target.subarray(offset + CHECKED_FROM, end)), offset + 8);
  return { pcmFrom, end };
}

/**
 * Every whole record of a journal, in order; torn and damaged ones are stepped over. The PCM is a view of `bytes`.
 * A file that is not a journal, or whose header is torn, has none: nothing in it was ever acknowledged.
 */
export function* scanJournal(bytes: Buffer): Generator<JournalRecord> {
  if (bytes.length < JOURNAL_HEADER_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return;
  const marker = bytes.subarray(MAGIC.length, JOURNAL_HEADER_BYTES);
  let at = bytes.indexOf(marker, JOURNAL_HEADER_BYTES);
  while (at !== -1) {
    const record = decodeRecord(bytes, at);
    if (record) yield record;
    at = bytes.indexOf(marker, record ? at + RECORD_HEADER_BYTES + record.pcm.length : at + 1);
  }
}

function decodeRecord(bytes: Buffer, offset: number): JournalRecord | undefined {
  const pcmFrom = offset + RECORD_HEADER_BYTES;
  if (pcmFrom > bytes.length) return undefined;
  const end = pcmFrom + bytes.readUInt32LE(offset + 12);
  if (end > bytes.length || crc32(bytes.subarray(offset + CHECKED_FROM, end)) !== bytes.readUInt32LE(offset + 8)) return undefined;
  const id = bytes.toString('hex', offset + 16, offset + 32);
  return {
    sessionId: [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-'),
    epoch: Number(bytes.readBigUInt64LE(offset + 32)),
    firstSample: Number(bytes.readBigUInt64LE(offset + 40)),
    pcm: bytes.subarray(pcmFrom, end),
  };
}
