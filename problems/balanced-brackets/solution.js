const OPENING_OF = new Map([[')', '('], [']', '['], ['}', '{']]);
const OPENING = new Set(OPENING_OF.values());

/**
 * Whether every bracket in the text is closed by one of its kind, in the right order.
 * @param {string} text
 * @returns {boolean}
 */
function isBalanced(text) {
  const stillOpen = [];
  for (const character of text) {
    if (OPENING.has(character)) {
      stillOpen.push(character);
    } else if (OPENING_OF.has(character) && stillOpen.pop() !== OPENING_OF.get(character)) {
      return false;
    }
  }
  return stillOpen.length === 0;
}
