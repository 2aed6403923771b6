/**
 * Returns [people, from, until] of the first stretch with the most people, or [] without visits.
 * @param {number[][]} visits pairs of arrives and leaves
 * @returns {number[]}
 */
function busiestStretch(visits) {
  return [];
}
