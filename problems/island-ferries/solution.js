/**
 * The fewest minutes from start to goal, or -1 if there is no way.
 * @param {number} islands
 * @param {number[][]} ferries triples of two islands and the minutes between them
 * @param {number} start
 * @param {number} goal
 * @param {number} passes
 * @returns {number}
 */
function fastestTrip(islands, ferries, start, goal, passes) {
  const crossings = Array.from({ length: islands }, () => []);
  for (const [one, other, minutes] of ferries) {
    crossings[one].push({ neighbour: other, minutes });
    crossings[other].push({ neighbour: one, minutes });
  }

  // Where somebody stands is an island together with the passes left.
  const settled = Array.from({ length: islands }, () => new Set());
  const reached = new TripHeap();
  reached.push({ total: 0, island: start, passesLeft: passes });
  while (reached.size > 0) {
    const { total, island, passesLeft } = reached.pop();
    if (island === goal) return total;
    if (settled[island].has(passesLeft)) continue;
    settled[island].add(passesLeft);
    for (const { neighbour, minutes } of crossings[island]) {
      reached.push({ total: total + minutes, island: neighbour, passesLeft });
      if (passesLeft > 0) {
        reached.push({ total: total + Math.ceil(minutes / 2), island: neighbour, passesLeft: passesLeft - 1 });
      }
    }
  }
  return -1;
}

/** Trips; the one with the smallest total comes out first. */
class TripHeap {
  #trips = [];

  get size() {
    return this.#trips.length;
  }

  push(trip) {
    const trips = this.#trips;
    let index = trips.push(trip) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (trips[parent].total <= trips[index].total) return;
      [trips[parent], trips[index]] = [trips[index], trips[parent]];
      index = parent;
    }
  }

  pop() {
    const trips = this.#trips;
    const fastest = trips[0];
    const last = trips.pop();
    if (trips.length > 0) {
      trips[0] = last;
      this.#sink();
    }
    return fastest;
  }

  #sink() {
    const trips = this.#trips;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= trips.length) return;
      if (child + 1 < trips.length && trips[child + 1].total < trips[child].total) child++;
      if (trips[index].total <= trips[child].total) return;
      [trips[index], trips[child]] = [trips[child], trips[index]];
      index = child;
    }
  }
}
