/** Says back what was understood, in the person's terms, and takes their corrections. */
import type { Heard } from './listening.ts';
import { choose } from './moment.ts';
import type { Moment } from './moment.ts';
import { quotable } from './take-up.ts';
import type { Understood } from './understanding.ts';
import { fill, listOf } from './wording.ts';

/** Named of each kind: more cannot be listened to. */
const MAX_LIKED = 4;
const MAX_OTHERS = 2;

/** One or more sentences: likes, skills, wishes, doubts, dislikes. */
export function summary(moment: Moment): string {
  const { bank, understood } = moment;
  const sentence = (templates: string[], fits: (each: Understood) => boolean, most: number) => {
    const topics = understood.filter(fits).slice(0, most).map(({ topic }) => topic);
    return topics.length === 0 || templates.length === 0 ? [] : [capitalised(fill(choose(moment, templates), { topics: listOf(topics) }))];
  };
  const positive = (kind: Understood['kind']) => (each: Understood) => each.sentiment === 'positive' && each.kind === kind;
  const { sumUp } = bank;
  const sentences = [
    ...sentence(sumUp.likes, positive('likes'), MAX_LIKED),
    ...sentence(sumUp.goodAt, positive('good-at'), MAX_OTHERS),
    ...sentence(sumUp.wants, positive('wants'), MAX_OTHERS),
    ...sentence(sumUp.mixed, ({ sentiment }) => sentiment === 'mixed', MAX_OTHERS),
    ...sentence(sumUp.dislikes, ({ sentiment }) => sentiment === 'negative', MAX_OTHERS),
  ];
  return sentences.length === 0 ? choose(moment, sumUp.withoutTopics) : [choose(moment, sumUp.leads), ...sentences].join(' ');
}

/** What is said to a correction. Nothing that may not be quoted is repeated. */
export function acknowledge(moment: Moment, heard: Heard): string {
  const { corrections } = moment.bank;
  const wrong = heard.correction?.wrong === undefined ? undefined : quotable(heard.correction.wrong);
  const right = heard.correction?.right;
  if (right !== undefined && wrong !== undefined) return capitalised(fill(choose(moment, corrections.swapped), { right, wrong }));
  if (wrong !== undefined) return fill(choose(moment, corrections.dropped), { wrong });
  if (right !== undefined) return fill(choose(moment, corrections.added), { right });
  return choose(moment, corrections.noted);
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
