const ENTRY = /(?<key>[^\s=]+)(?:=(?:"(?<quoted>(?:\\.|[^"\\])*)"|(?<plain>\S*)))?/g;

/**
 * The value of every key in the line; a key without a value gets "true".
 * @param {string} line
 * @returns {Object<string, string>}
 */
function parseLogLine(line) {
  const values = {};
  for (const { groups } of line.matchAll(ENTRY)) {
    const { key, quoted, plain } = groups;
    values[key] = quoted?.replace(/\\(.)/g, '$1') ?? plain ?? 'true';
  }
  return values;
}
