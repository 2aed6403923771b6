/** What became of a conversation's claims, measured against what must be known of the person in the end. */
import { matchesLabel } from '#tests/support/interest-scoring.ts';
import { type ExpectedClaims, type Played, shown } from './scenario.ts';

export interface ClaimsVerdict {
  found: string[];
  missed: string[];
  /** Claimed as a liking although it must not be. */
  forbidden: string[];
  /** By the names of the expectations. */
  forbiddenLabels: string[];
  /** Likings that the expectations do not name. */
  beside: string[];
  /** Said in several answers and kept as one interest with a mention in each of them. */
  merged: string[];
  notMerged: string[];
  /** One interest under several names. */
  doubled: string[];
}

/** Only what was said can be missed: an interviewer that closes early leaves answers unsaid. */
export function judge({ ledger, turns }: Pick<Played, 'ledger' | 'turns'>, { claimed, notClaimed, merged }: ExpectedClaims): ClaimsVerdict {
  const answers = turns.filter(({ speaker }) => speaker === 'user').map(({ text }) => text.toLowerCase());
  const wasSaid = ({ topic, aliases = [] }: { topic: string; aliases?: string[] }) => [topic, ...aliases].some((name) => answers.some((text) => text.includes(name.toLowerCase())));
  const kept = shown(ledger);
  const likings = kept.filter(({ sentiment }) => sentiment === 'positive');
  const labelOf = (topic: string) => claimed.find((label) => matchesLabel(topic, label));
  // `mixed` may be there, weakly, and need not.
  const wanted = claimed.filter((label) => label.sentiment !== 'mixed' && wasSaid(label));
  const isFound = (label: (typeof claimed)[number]) => kept.some((record) => record.sentiment === label.sentiment && matchesLabel(record.topic, label));
  const isMerged = ({ topic, answers: positions }: ExpectedClaims['merged'][number]) => {
    const label = claimed.find((each) => each.topic === topic)!;
    return kept.some((record) => matchesLabel(record.topic, label) && positions.every((answer) => record.mentions.some(({ itemId }) => itemId === `u-${answer}`)));
  };
  return {
    found: wanted.filter(isFound).map(({ topic }) => topic),
    missed: wanted.filter((label) => !isFound(label)).map(({ topic }) => topic),
    forbidden: likings.filter(({ topic }) => !labelOf(topic) && notClaimed.some((label) => matchesLabel(topic, label))).map(({ topic }) => topic),
    forbiddenLabels: notClaimed.filter((label) => likings.some(({ topic }) => !labelOf(topic) && matchesLabel(topic, label))).map(({ topic }) => topic),
    beside: likings.filter(({ topic }) => !labelOf(topic) && !notClaimed.some((label) => matchesLabel(topic, label))).map(({ topic }) => topic),
    merged: merged.filter(isMerged).map(({ topic }) => topic),
    notMerged: merged.filter((each) => each.answers.every((answer) => answer < answers.length) && !isMerged(each)).map(({ topic }) => topic),
    // "Digital drawing" is no second "drawing" where both are expected.
    doubled: claimed.filter((label) => kept.filter(({ topic }) => claimed.filter((each) => matchesLabel(topic, each)).length === 1 && labelOf(topic) === label).length > 1).map(({ topic }) => topic),
  };
}
