/** English word forms, as far as recognising topics needs them. Rules and a list of exceptions, no dictionary. */

const IRREGULAR: Record<string, string[]> = {
  draw: ['drew', 'drawn'], write: ['wrote', 'written'], sing: ['sang', 'sung'], swim: ['swam', 'swum'], run: ['ran'], ride: ['rode', 'ridden'],
  build: ['built'], make: ['made'], read: [], sew: ['sewn'], weave: ['wove', 'woven'], dive: ['dove'], fly: ['flew', 'flown'], grow: ['grew', 'grown'],
  keep: ['kept'], teach: ['taught'], drive: ['drove', 'driven'], throw: ['threw', 'thrown'], spin: ['spun'], blow: ['blew', 'blown'], tell: ['told'],
  cut: [], take: ['took', 'taken'], do: ['did', 'done', 'does'], go: ['went', 'gone', 'goes'], sell: ['sold'], buy: ['bought'], eat: ['ate', 'eaten'],
  sleep: ['slept'], give: ['gave', 'given'], think: ['thought'], lay: ['laid'], fight: ['fought'], ring: ['rang', 'rung'], shoot: ['shot'], lead: ['led'],
  speak: ['spoke', 'spoken'], learn: ['learnt'], bind: ['bound'], grind: ['ground'], catch: ['caught'], hang: ['hung'], win: ['won'], see: ['saw', 'seen'], get: ['got', 'gotten'], lose: ['lost'], fall: ['fell', 'fallen'], find: ['found'], have: ['had'], spend: ['spent'], come: ['came'], begin: ['began', 'begun'], feel: ['felt'],
  leave: ['left'], put: [], bring: ['brought'], mean: ['meant'], understand: ['understood'], become: ['became'], forget: ['forgot', 'forgotten'], choose: ['chose', 'chosen'], swear: ['swore', 'sworn'], dream: ['dreamt', 'dreamed'],
  let: [], set: [], hit: [], quit: ['quitted'], stick: ['stuck'], steal: ['stole'], stand: ['stood'], sweep: ['swept'], withdraw: ['withdrew'], dig: ['dug'], seek: ['sought'], shake: ['shook'], wake: ['woke'], suck: ['sucked'], bear: ['bore'], send: ['sent'],
};
/** These double their last consonant: swim, swimming. */
const DOUBLING = new Set('swim run knit skip spin dig jog hop rap tap drum plan sit shop chop wrap cut knot sled bat program nap blog let begin forget chat drop jam nod rub slip grin get step tug mop ban vlog hit spot gel quit sled pet trim win set stop get put dub hug'.split(' '));

/** All forms of a verb: base, -s, -ing, past. */
export function verbForms(verb: string): string[] {
  if (verb === 'have') return ['have', 'has', 'having', 'had'];
  if (verb === 'be') return ['be', 'is', 'being', 'been', 'am', 'are', 'was', 'were'];
  const stem = DOUBLING.has(verb) ? verb + verb.at(-1)! : verb.endsWith('e') && !/(?:ee|oe|ye)$/.test(verb) ? verb.slice(0, -1) : verb;
  const thirdPerson = /(?:s|x|z|ch|sh)$/.test(verb) ? `${verb}es` : /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`;
  const past = Object.hasOwn(IRREGULAR, verb) ? IRREGULAR[verb]! : [/[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ied` : `${stem}ed`];
  return [verb, thirdPerson, gerundOf(verb), ...past];
}

/** "swim" → "swimming". */
export function gerundOf(verb: string): string {
  if (verb.endsWith('ie')) return `${verb.slice(0, -2)}ying`;
  if (DOUBLING.has(verb)) return `${verb}${verb.at(-1)!}ing`;
  return verb.endsWith('e') && !/(?:ee|oe|ye)$/.test(verb) && verb !== 'be' ? `${verb.slice(0, -1)}ing` : `${verb}ing`;
}

/** "built" → "build", for the verbs given. */
export function pastForms(verbs: Iterable<string>): Map<string, string> {
  const bases = new Map<string, string>();
  for (const verb of verbs) for (const form of verbForms(verb).slice(3)) if (!bases.has(form)) bases.set(form, verb);
  return bases;
}

/** A noun without its plural ending; the same for a word that has none. Only ever compared with its own results. */
export function singular(word: string): string {
  if (word.length <= 3 || word === 'news' || word === 'series' || !word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ches|shes|xes|sses|zzes|oes)$/.test(word)) return word.slice(0, -2);
  if (word.endsWith('ves') && word !== 'gloves') return `${word.slice(0, -3)}f`;
  return word.slice(0, -1).replace(/'$/, '');
}
