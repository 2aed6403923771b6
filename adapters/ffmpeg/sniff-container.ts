/** What a file really is, by its first bytes: the name is only what somebody calls it, and ffmpeg's own guess would open playlists. */
import fs from 'node:fs/promises';

/** Demuxers of ffmpeg that read nothing but the file they are given. */
export type Container = 'wav' | 'mp3' | 'mov' | 'flac' | 'ogg' | 'matroska' | 'aac';

const ID3_HEADER_BYTES = 10;
const HEAD_BYTES = 16;
/** The first box of an MP4 or QuickTime file. */
const MOV_BOXES = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot'];

/** Null: none that we take. */
export async function sniffContainer(file: string): Promise<Container | null> {
  const handle = await fs.open(file, 'r');
  try {
    const read = async (position: number) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, position);
      return buffer.subarray(0, bytesRead);
    };
    const head = await read(0);
    if (head.toString('latin1', 0, 3) !== 'ID3') return containerOf(head);
    // Tags in front of anything are skipped; what has only tags is taken for an MP3, and ffmpeg says what it thinks of it.
    const behind = await read(ID3_HEADER_BYTES + [6, 7, 8, 9].reduce((size, at) => size * 128 + (head[at]! & 0x7f), 0));
    return containerOf(behind) ?? 'mp3';
  } finally {
    await handle.close();
  }
}

/** Signatures: RFC 9639 (fLaC), RFC 3533 (OggS), EBML (RFC 8794), ISO 14496-12 (boxes), ISO 11172-3 and 13818-7 (frame headers). */
export function containerOf(head: Uint8Array): Container | null {
  const text = (from: number, to: number) => Buffer.from(head.subarray(from, to)).toString('latin1');
  if (['RIFF', 'RF64', 'BW64'].includes(text(0, 4))) return text(8, 12) === 'WAVE' ? 'wav' : null;
  if (text(0, 4) === 'fLaC') return 'flac';
  if (text(0, 4) === 'OggS') return 'ogg';
  if (text(0, 4) === '\x1a\x45\xdf\xa3') return 'matroska';
  if (MOV_BOXES.includes(text(4, 8))) return 'mov';
  const [first = 0, second = 0] = head;
  // Eleven bits of sync, and a layer: II and III are MPEG audio, none means ADTS; I would be the mark of UTF-16 text.
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return null;
  const layer = (second & 0x06) >> 1;
  if (layer === 0) return (second & 0xf0) === 0xf0 ? 'aac' : null;
  return layer === 3 ? null : 'mp3';
}
