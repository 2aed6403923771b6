/**
 * What a program prints: bounded, cut at a marker into what belongs to which test, told on as it comes. The limit holds for
 * both streams together; the first bytes are kept.
 */
import type net from 'node:net';
import { StringDecoder } from 'node:string_decoder';

/** Begins every marker. A NUL is what programs print least; one that prints this only delays its own text. */
export const MARKER_PREFIX = '\u0000\u0000spool-';

/** Shared by both streams of one run, over all its processes. */
export class OutputBudget {
  readonly #limitBytes: number;
  #leftBytes: number;
  exceeded = false;
  readonly #onExceeded: () => void;

  constructor(limitBytes: number, onExceeded: () => void) {
    this.#limitBytes = limitBytes;
    this.#leftBytes = limitBytes;
    this.#onExceeded = onExceeded;
  }

  /** How many of these bytes may be kept. */
  take(bytes: number): number {
    const taken = Math.min(bytes, this.#leftBytes);
    this.#leftBytes -= taken;
    if (taken < bytes && !this.exceeded) {
      this.exceeded = true;
      this.#onExceeded();
    }
    return taken;
  }

  /** What counted as output and was a marker of ours. */
  giveBack(bytes: number): void {
    this.#leftBytes = Math.min(this.#limitBytes, this.#leftBytes + bytes);
  }
}

export class OutputStream {
  readonly #budget: OutputBudget;
  #tell: ((text: string) => void) | null;
  #kept: Buffer[] = [];
  /** Once a marker was found: what has come behind it belongs to the next part. */
  #after: Buffer[] | null = null;
  /** Kept but not told on: a marker may begin in it. Once one may have begun it only grows, so nothing is searched twice. */
  #untold: Buffer[] = [];
  #held = false;
  #decoder = new StringDecoder('utf8');
  #marker: { bytes: Buffer; resolve(found: boolean): void } | null = null;
  /** Markers that did not come in their time: on a busy machine they come yet, and are no more the program's text than others. */
  #late: Buffer[] = [];
  #ended = false;
  #cut = false;
  /** Resolves when nobody can write any more. */
  readonly finished: Promise<void>;

  /** `tell` gets text as it comes; null keeps it quiet. */
  constructor(socket: net.Socket, budget: OutputBudget, tell: ((text: string) => void) | null) {
    this.#budget = budget;
    this.#tell = tell;
    socket.on('data', (chunk: Buffer) => this.#add(chunk));
    this.finished = new Promise((resolve) => {
      const end = () => {
        this.#ended = true;
        this.#marker?.resolve(false);
        resolve();
      };
      socket.on('end', end);
      socket.on('close', end);
    });
  }

  /** A marker is still to come: who closed its output once is not waited for again. */
  get owesMarker(): boolean {
    return this.#late.length > 0;
  }

  /**
   * Resolves with true when the marker has come, with false when the stream has ended or `afterMs` have passed without it. One
   * that comes later is left out, and what was printed before it belongs to a later part.
   */
  until(marker: string, afterMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const bytes = Buffer.from(marker);
      const timer = setTimeout(() => {
        this.#late.push(bytes);
        settle(false);
      }, afterMs);
      const settle = (found: boolean) => {
        clearTimeout(timer);
        this.#marker = null;
        resolve(found);
      };
      this.#marker = { bytes, resolve: settle };
      this.#lookForMarker();
      if (this.#marker && (this.#ended || this.#budget.exceeded)) settle(false);
    });
  }

  /** From here on nothing is told on. */
  hush(): void {
    this.#tell = null;
    this.#untold = [];
  }

  /** Ends a part: its text, up to the marker where one was found. Broken characters become U+FFFD. */
  takePart(): string {
    const all = Buffer.concat(this.#kept);
    const torn = this.#tornMarker(all);
    const bytes = all.subarray(0, all.length - torn);
    this.#tellRest(torn);
    this.#kept = this.#after ?? (torn > 0 ? [all.subarray(bytes.length)] : []);
    this.#untold = this.#tell ? [...this.#kept] : [];
    this.#after = null;
    return this.#cut ? withoutTornEnd(bytes) : bytes.toString('utf8');
  }

  #add(chunk: Buffer): void {
    const taken = this.#budget.take(chunk.length);
    if (taken < chunk.length) this.#cut = true;
    if (taken === 0) return;
    const bytes = taken === chunk.length ? chunk : chunk.subarray(0, taken);
    if (this.#after) {
      this.#after.push(bytes);
      return;
    }
    this.#kept.push(bytes);
    if (this.#tell) this.#untold.push(bytes);
    if (this.#late.length > 0) this.#leaveOutLate(bytes.length);
    if (this.#marker) this.#lookForMarker();
    if (this.#tell && !this.#held) this.#tellOn(this.#tell);
  }

  #lookForMarker(): void {
    const marker = this.#marker;
    if (!marker) return;
    const all = Buffer.concat(this.#kept);
    this.#kept = [all];
    const at = all.indexOf(marker.bytes);
    if (at < 0) return;
    this.#budget.giveBack(marker.bytes.length);
    this.#late = [];
    const behind = all.subarray(at + marker.bytes.length);
    this.#after = behind.length > 0 ? [behind] : [];
    this.#kept = [all.subarray(0, at)];
    if (this.#tell) {
      const untold = Buffer.concat(this.#untold);
      this.#untold = [untold.subarray(0, Math.max(0, untold.length - behind.length - marker.bytes.length))];
    }
    marker.resolve(true);
  }

  /** @param newBytes how many have just come: only with them can a marker be complete */
  #leaveOutLate(newBytes: number): void {
    for (const marker of [...this.#late]) {
      if (!endOf(this.#kept, newBytes + marker.length - 1).includes(marker)) continue;
      this.#late = this.#late.filter((each) => each !== marker);
      this.#budget.giveBack(marker.length);
      this.#kept = [without(Buffer.concat(this.#kept), marker)];
      if (this.#tell) this.#untold = [without(Buffer.concat(this.#untold), marker)];
      this.#held = false;
    }
  }

  /** How many bytes at the end begin a marker that is still to come. */
  #tornMarker(bytes: Buffer): number {
    for (const marker of this.#late) {
      for (let length = Math.min(marker.length - 1, bytes.length); length > 0; length -= 1) {
        if (bytes.subarray(bytes.length - length).equals(marker.subarray(0, length))) return length;
      }
    }
    return 0;
  }

  #tellOn(tell: (text: string) => void): void {
    const bytes = this.#untold.length === 1 ? this.#untold[0]! : Buffer.concat(this.#untold);
    const length = safeLength(bytes);
    this.#held = length < bytes.length && bytes.indexOf(PREFIX_BYTES) === length;
    this.#untold = length === bytes.length ? [] : [bytes.subarray(length)];
    const text = this.#decoder.write(bytes.subarray(0, length));
    if (text !== '') tell(text);
  }

  #tellRest(torn: number): void {
    if (this.#tell) {
      const bytes = Buffer.concat(this.#untold);
      const text = this.#decoder.write(bytes.subarray(0, bytes.length - torn)) + this.#decoder.end();
      if (text !== '') this.#tell(text);
    }
    this.#held = false;
  }
}

const PREFIX_BYTES = Buffer.from(MARKER_PREFIX);

/** The last bytes of all, at least so many where there are so many. */
function endOf(buffers: readonly Buffer[], length: number): Buffer {
  let from = buffers.length;
  for (let found = 0; from > 0 && found < length; from -= 1) found += buffers[from - 1]!.length;
  return Buffer.concat(buffers.slice(from));
}

function without(bytes: Buffer, marker: Buffer): Buffer {
  const at = bytes.indexOf(marker);
  return at < 0 ? bytes : Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + marker.length)]);
}

/** Up to where no marker can begin. */
function safeLength(bytes: Buffer): number {
  const at = bytes.indexOf(PREFIX_BYTES);
  if (at >= 0) return at;
  for (let length = Math.min(PREFIX_BYTES.length - 1, bytes.length); length > 0; length -= 1) {
    if (bytes.subarray(bytes.length - length).equals(PREFIX_BYTES.subarray(0, length))) return bytes.length - length;
  }
  return bytes.length;
}

/** A character that the limit cut in two is left out. */
function withoutTornEnd(bytes: Buffer): string {
  return new StringDecoder('utf8').write(bytes);
}
