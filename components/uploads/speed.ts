/** How fast bytes go, from what was sent lately: a connection that got slower shows within seconds, one that hiccups does not. */

/** Three parts that end at once make a step; over ten seconds it does not show. */
const WINDOW_MS = 10_000;
/** Before that, a guess would jump about. */
const MIN_MS = 2_000;

export class Speed {
  #points: { atMs: number; bytes: number }[] = [];

  add(atMs: number, bytes: number): void {
    this.#points.push({ atMs, bytes });
    const from = atMs - WINDOW_MS;
    // The last one before the window stays: the first step within it counts too.
    while (this.#points.length > 2 && this.#points[1]!.atMs <= from) this.#points.shift();
  }

  /** Null while nothing can be said. */
  get bytesPerS(): number | null {
    const first = this.#points[0];
    const last = this.#points.at(-1);
    if (!first || !last || last.atMs - first.atMs < MIN_MS) return null;
    return Math.max(0, ((last.bytes - first.bytes) * 1000) / (last.atMs - first.atMs));
  }
}
