/** Words that sound like a decision or a promise and are none. */

/** Lower case, straight apostrophes, without what opens a sentence. */
export function plain(sentence: string): string {
  return sentence.toLowerCase().replaceAll(/[’‘]/g, "'").replaceAll(/\s+/g, ' ').replaceAll(/(^|[,.;:] |\b(?:then|so|okay|well) )let us\b(?! know)/g, "$1let's").trim();
}

/** Not decided, not yet, or only in some other case. */
export function isUndecided(sentence: string): boolean {
  return saysUndecided(sentence) || isHedged(sentence);
}
export function saysUndecided(sentence: string): boolean {
  return UNDECIDED.test(plain(sentence));
}
const UNDECIDED = new RegExp(
  [
    String.raw`\b(?:not|never|n't|nothing)(?: yet| really| actually| fully| formally| been| is| was| has)* (?:decid|agree|settle|approve|sign)`,
    String.raw`\bno (?:decision|agreement|consensus)`,
    String.raw`\bundecided\b`,
    String.raw`\bleav(?:e|ing) (?:it|that|this) (?:open|for|until)\b`,
    String.raw`\b(?:not|n't)(?: yet)? made up (?:my|our|your|their) minds?`,
    String.raw`\b(?:before|until|once|when|unless|whether|after) (?:we|you|they|it|this|that)(?:'ve| have|'s| is)? (?:decide|agree|settle|approve)`,
    String.raw`\b(?:need|have|has|want|trying|try|got|yet|still|able|going|time|ready|supposed|up) to (?:decide|agree|settle|choose|conclude)`,
    String.raw`\b(?:should|must|can|could|will|'ll|can't|cannot|might|may) (?:probably |still |just )?(?:decide|agree on|settle|choose)`,
    String.raw`\b(?:still|keep) (?:deciding|discussing|debating|arguing)`,
  ].join('|'),
);

/** In some other case, perhaps, or not at all. */
export function isHedged(sentence: string): boolean {
  return HEDGED.test(plain(sentence).replaceAll(/\b(?:check|see|ask|find out|know|tell|wonder|confirm|test|verify|look)(?: \w+){0,2} if\b/g, 'check'));
}
const HEDGED =
  /(?:^|[\s,;])(?:if|unless|suppose|supposing|imagine|maybe|perhaps|hypothetically|theoretically|in theory)\b|\b(?:would|could|should|might) have\b|\bwhat if\b|\b(?:i|we|you|he|she|they|it)(?:'d| would)\b(?! like| love)|\bmight\b|\bassuming\b|\b(?:thought|thinking) (?:about|of)\b/;
