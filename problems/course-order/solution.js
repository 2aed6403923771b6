/**
 * The order in which all courses are taken, or an empty array if that is impossible.
 * @param {string[]} courses
 * @param {string[][]} requirements pairs: the first has to come before the second
 * @returns {string[]}
 */
function planCourses(courses, requirements) {
  const placeOf = new Map(courses.map((course, place) => [course, place]));
  const followers = courses.map(() => []);
  const openRequirements = courses.map(() => 0);
  for (const [before, after] of requirements) {
    followers[placeOf.get(before)].push(placeOf.get(after));
    openRequirements[placeOf.get(after)]++;
  }

  // Places in the catalogue, so the smallest is the course that stands first.
  const possible = new MinHeap();
  openRequirements.forEach((count, place) => {
    if (count === 0) possible.push(place);
  });
  const order = [];
  while (possible.size > 0) {
    const place = possible.pop();
    order.push(courses[place]);
    for (const follower of followers[place]) {
      openRequirements[follower]--;
      if (openRequirements[follower] === 0) possible.push(follower);
    }
  }
  return order.length === courses.length ? order : [];
}

/** Numbers; the smallest comes out first. */
class MinHeap {
  #items = [];

  get size() {
    return this.#items.length;
  }

  push(item) {
    const items = this.#items;
    let index = items.push(item) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (items[parent] <= items[index]) return;
      [items[parent], items[index]] = [items[index], items[parent]];
      index = parent;
    }
  }

  pop() {
    const items = this.#items;
    const smallest = items[0];
    const last = items.pop();
    if (items.length > 0) {
      items[0] = last;
      this.#sink();
    }
    return smallest;
  }

  #sink() {
    const items = this.#items;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= items.length) return;
      if (child + 1 < items.length && items[child + 1] < items[child]) child++;
      if (items[index] <= items[child]) return;
      [items[index], items[child]] = [items[child], items[index]];
      index = child;
    }
  }
}
