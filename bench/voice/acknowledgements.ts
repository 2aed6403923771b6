/** How long each frame waits for the acknowledgement that covers it. */

export class AcknowledgementDelays {
  /** Frames not acknowledged yet, oldest first, from `#first` on. */
  #sent: { endSample: number; atMs: number }[] = [];
  #first = 0;
  #delays: { atMs: number; delayMs: number }[] = [];

  /** A frame that ends before `endSample` was sent. */
  sent(endSample: number, atMs: number): void {
    this.#sent.push({ endSample, atMs });
  }

  /** Everything before `durableThroughSample` is acknowledged. */
  acknowledged(durableThroughSample: number, atMs: number): void {
    for (let frame = this.#sent[this.#first]; frame && frame.endSample <= durableThroughSample; frame = this.#sent[this.#first]) {
      this.#delays.push({ atMs: frame.atMs, delayMs: atMs - frame.atMs });
      this.#first += 1;
    }
    if (this.#first > 256) {
      this.#sent = this.#sent.slice(this.#first);
      this.#first = 0;
    }
  }

  /**
   * Delays of the frames sent from `fromMs` until before `toMs`. One that is still unacknowledged counts with its age at
   * `nowMs`, so that a server that stopped answering does not look fast.
   */
  between(fromMs: number, toMs: number, nowMs: number): number[] {
    const inside = (atMs: number) => atMs >= fromMs && atMs < toMs;
    const done = this.#delays.filter(({ atMs }) => inside(atMs)).map(({ delayMs }) => delayMs);
    const open = this.#sent.slice(this.#first).filter(({ atMs }) => inside(atMs)).map(({ atMs }) => nowMs - atMs);
    return [...done, ...open];
  }

  /** Forgets frames sent before `atMs`. */
  forgetBefore(atMs: number): void {
    this.#delays = this.#delays.filter((delay) => delay.atMs >= atMs);
  }
}
