/**
 * Whether every bracket in the text is closed by one of its kind, in the right order.
 * @param {string} text
 * @returns {boolean}
 */
function isBalanced(text) {
  return false;
}
