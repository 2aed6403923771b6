/**
 * The bicycles at each station after all events of the day.
 * @param {Record<string, number>} stock
 * @param {string[][]} events
 * @returns {Record<string, number>}
 */
function endOfDay(stock, events) {
  const bicycles = { ...stock };
  const at = (station) => bicycles[station] ?? 0;
  const add = (station, count) => {
    bicycles[station] = at(station) + count;
  };
  const take = (station, count) => {
    if (at(station) < count) return false;
    bicycles[station] -= count;
    return true;
  };

  for (const [kind, countText, station, destination] of events) {
    const count = Number(countText);
    if (kind === 'arrive') {
      add(station, count);
    } else if (kind === 'rent') {
      take(station, count);
    } else if (kind === 'move') {
      if (take(station, count)) add(destination, count);
    }
  }
  return bicycles;
}
