/** What a line of the report tells about the things it stands for. */
class Tally {
  #brought = 0;
  #fixed = 0;
  #minutes = 0;

  add(minutes, wasFixed) {
    this.#brought += 1;
    this.#fixed += wasFixed ? 1 : 0;
    this.#minutes += minutes;
  }

  line(name) {
    const unit = this.#minutes === 1 ? 'minute' : 'minutes';
    return `${name}: ${this.#fixed} of ${this.#brought} fixed, ${this.#minutes} ${unit}`;
  }
}

/**
 * One line for each kind of thing in alphabetical order, and a line with the total.
 * @param {string[]} entries
 * @returns {string[]}
 */
function repairReport(entries) {
  const tallyOf = new Map();
  const total = new Tally();
  for (const entry of entries) {
    const [kind, minutes, fixed] = entry.split(';');
    if (!tallyOf.has(kind)) tallyOf.set(kind, new Tally());
    for (const tally of [tallyOf.get(kind), total]) tally.add(Number(minutes), fixed === 'yes');
  }
  const kinds = [...tallyOf.keys()].sort();
  return [...kinds.map((kind) => tallyOf.get(kind).line(kind)), total.line('total')];
}
