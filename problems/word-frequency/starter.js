/**
 * The most frequent words in small letters, at most `limit`; the alphabet decides between equally frequent ones.
 * @param {string} text
 * @param {number} limit
 * @returns {string[]}
 */
function topWords(text, limit) {
  return [];
}
