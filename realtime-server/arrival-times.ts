/** When samples arrived, for latency figures. Remembers the last minute or so. */
const MAX_MARKS = 1_024;

export class ArrivalTimes {
  #marks: { throughSample: number; atMs: number }[] = [];

  /** All samples before `throughSample` had arrived at `atMs`. */
  note(throughSample: number, atMs: number): void {
    this.#marks.push({ throughSample, atMs });
    if (this.#marks.length > MAX_MARKS) this.#marks = this.#marks.slice(MAX_MARKS / 2);
  }

  /** When sample `sample - 1` was there; null when it has not arrived. */
  of(sample: number): number | null {
    let low = 0;
    let high = this.#marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#marks[middle]!.throughSample >= sample) high = middle;
      else low = middle + 1;
    }
    return this.#marks[low]?.atMs ?? null;
  }
}
