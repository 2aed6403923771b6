/**
 * The scores of all fair routes, from the leftmost to the rightmost.
 * @param {TreeNode | null} root
 * @returns {number[]}
 */
function fairScores(root) {
  const scores = [];

  function walk(place, mirror, scoreAbove, mirrorScoreAbove) {
    if (place === null || mirror === null) return;
    const score = scoreAbove + place.val;
    const mirrorScore = mirrorScoreAbove + mirror.val;
    if (isEnd(place) && isEnd(mirror) && score === mirrorScore) scores.push(score);
    walk(place.left, mirror.right, score, mirrorScore);
    walk(place.right, mirror.left, score, mirrorScore);
  }

  walk(root, root, 0, 0);
  return scores;
}

function isEnd(place) {
  return place.left === null && place.right === null;
}
