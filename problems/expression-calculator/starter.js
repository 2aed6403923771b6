/**
 * The value of the expression; a division leaves out the fraction.
 * @param {string} expression
 * @returns {number}
 */
function calculate(expression) {
  return 0;
}
