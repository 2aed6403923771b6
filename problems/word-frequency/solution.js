/**
 * The most frequent words in small letters, at most `limit`; the alphabet decides between equally frequent ones.
 * @param {string} text
 * @param {number} limit
 * @returns {string[]}
 */
function topWords(text, limit) {
  const counts = new Map();
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .sort(([oneWord, oneCount], [otherWord, otherCount]) => otherCount - oneCount || (oneWord < otherWord ? -1 : 1))
    .slice(0, limit)
    .map(([word]) => word);
}
