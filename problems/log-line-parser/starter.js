/**
 * The value of every key in the line; a key without a value gets "true".
 * @param {string} line
 * @returns {Object<string, string>}
 */
function parseLogLine(line) {
  return {};
}
