/**
 * Returns [people, from, until] of the first stretch with the most people, or [] without visits.
 * @param {number[][]} visits pairs of arrives and leaves
 * @returns {number[]}
 */
function busiestStretch(visits) {
  // All that happens in one minute is added up, so a change of guests does not count as a change.
  const changes = new Map();
  const change = (minute, by) => changes.set(minute, (changes.get(minute) ?? 0) + by);
  for (const [arrives, leaves] of visits) {
    change(arrives, 1);
    change(leaves, -1);
  }

  let people = 0;
  let most = 0;
  let busiest = [];
  let isBusiest = false;
  for (const minute of [...changes.keys()].sort((a, b) => a - b)) {
    people += changes.get(minute);
    if (people > most) {
      most = people;
      busiest = [people, minute, minute];
      isBusiest = true;
    } else if (isBusiest && people < most) {
      busiest[2] = minute;
      isBusiest = false;
    }
  }
  return busiest;
}
