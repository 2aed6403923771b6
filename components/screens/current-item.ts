/** Which transcript item belongs to a moment of the recording. */
interface Timed {
  startMs: number;
  endMs: number;
}

/** Index of the last item that has begun at `atMs`; -1 before the first. Items are ordered by start. */
export function currentItemIndex(items: readonly Timed[], atMs: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle]!.startMs <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
