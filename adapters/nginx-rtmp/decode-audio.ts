/** Turns what a sender streams into the session's format, with ffmpeg. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import { SpoolError } from '#domain/errors.ts';
import { BYTES_PER_SAMPLE, bytesToSamples } from '#domain/stream/audio-format.ts';
import { BARE_ENVIRONMENT, unprivileged } from './unprivileged.ts';

/**
 * `async=1` fills holes in the sender's timestamps with silence (a stream without it would grow short) and stretches nothing;
 * `first_pts=0` starts at the sender's first moment. The first AAC tag says all there is to know of the format, so little is
 * probed: the first samples come out at once.
 */
const ARGUMENTS = [
  '-nostdin', '-hide_banner', '-loglevel', 'quiet', '-threads', '1',
  '-probesize', '4096', '-analyzeduration', '100000', '-f', 'flv', '-i', 'pipe:0',
  '-map', '0:a:0', '-vn', '-sn', '-dn', '-af', 'aresample=async=1:first_pts=0', '-ac', '1', '-ar', '16000',
  '-f', 's16le', '-flush_packets', '1', 'pipe:1',
];
/** Live speech is not held up by somebody's stream. */
const NICENESS = 5;

/**
 * 16 kHz mono from sample `fromSample` on. Decoding starts at the first tag every time: only so are the samples the same.
 * @throws SpoolError `engine.failed` when ffmpeg gives up; what it gave before stands.
 */
export async function* decodeAudio({ ffmpeg, tags, fromSample, signal }: { ffmpeg: string; tags: AsyncIterable<Buffer>; fromSample: number; signal: AbortSignal }): AsyncGenerator<Int16Array> {
  const child = spawn(ffmpeg, ARGUMENTS, { cwd: '/', env: BARE_ENVIRONMENT, stdio: ['pipe', 'pipe', 'ignore'], ...unprivileged() });
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
    child.once('error', () => resolve(null));
  });
  if (child.pid !== undefined) lower(child.pid);
  // It may end before it has read everything; its exit tells.
  child.stdin.on('error', () => {});
  let fed = 0;
  const feeding = (async () => {
    for await (const bytes of tags) {
      fed += bytes.length;
      if (child.exitCode !== null || child.signalCode !== null || child.stdin.destroyed) return;
      if (!child.stdin.write(bytes)) await Promise.race([once(child.stdin, 'drain').catch(() => {}), exited]);
    }
    child.stdin.end();
  })();
  feeding.catch(() => child.kill('SIGKILL'));
  try {
    let skip = fromSample * BYTES_PER_SAMPLE;
    let odd: Buffer = Buffer.alloc(0);
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      signal.throwIfAborted();
      const skipped = Math.min(skip, chunk.length);
      skip -= skipped;
      const bytes = Buffer.concat([odd, chunk.subarray(skipped)]);
      const whole = bytes.length - (bytes.length % BYTES_PER_SAMPLE);
      odd = bytes.subarray(whole);
      if (whole > 0) yield bytesToSamples(Uint8Array.prototype.slice.call(bytes, 0, whole));
    }
    signal.throwIfAborted();
    await feeding;
    const code = await exited;
    // A sender that came and went without a sound leaves nothing to decode.
    if (code !== 0 && fed > AUDIBLE_BYTES) throw new SpoolError('engine.failed', 'ffmpeg could not decode a stream.', { fields: { exitCode: code } });
  } finally {
    child.kill('SIGKILL');
  }
}

/** The header of a file and that of its codec, with nothing after them. */
const AUDIBLE_BYTES = 64;

function lower(pid: number): void {
  try {
    os.setPriority(pid, NICENESS);
  } catch {
    // Gone already.
  }
}
