/**
 * The drawers: words with the same letters together, everything in alphabetical order.
 * @param {string[]} words
 * @returns {string[][]}
 */
function sortIntoDrawers(words) {
  const drawers = new Map();
  // Words are taken in order, so each drawer is in order, and drawers come up in the order of their first word.
  for (const word of [...words].sort()) {
    const letters = [...word].sort().join('');
    const drawer = drawers.get(letters);
    if (drawer === undefined) drawers.set(letters, [word]);
    else drawer.push(word);
  }
  return [...drawers.values()];
}
