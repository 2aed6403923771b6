/**
 * The bicycles at each station after all events of the day.
 * @param {Record<string, number>} stock
 * @param {string[][]} events
 * @returns {Record<string, number>}
 */
function endOfDay(stock, events) {
  const bicycles = { ...stock };
  for (const [kind, countText, station, destination] of events) {
    const count = Number(countText);
    if (kind === 'arrive') {
      bicycles[station] += count;
    } else if (kind === 'rent') {
      if (bicycles[station] > count) {
        bicycles[station] -= count;
      }
    } else if (kind === 'move') {
      if (bicycles[station] > count) {
        bicycles[station] -= count;
      }
      bicycles[destination] += count;
    }
  }
  return bicycles;
}
