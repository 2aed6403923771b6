/** What can be answered from a problem's own words: questions about the task, an example, and what a cost is called. */
import type { InterviewProblem } from '../../code/code-view.ts';
import { speakValue } from '../../code/speak-value.ts';
import { normalise, stemsOf } from '../wording.ts';

const MAX_EXAMPLE_CHARS = 110;
const MAX_SENTENCE_CHARS = 220;
/** Words that a question shares with any statement. */
const IN_EVERY_TASK = new Set('problem task return give value input output list number numbers text function answer result example what which when must should there have always sure know question'.split(' ').flatMap(stemsOf));

export interface Example {
  /** "the numbers 12, 5, 30 and 41 and the target 35". */
  input: string;
  expected: string;
  /** Of the visible test. */
  value: unknown;
}

/** The visible test that is easiest to follow by ear. Null: all are too long. */
export function exampleOf({ visibleTests, signature }: InterviewProblem): Example | null {
  // A tree is not followed by ear.
  if (signature.parameters.some(({ type }) => type.startsWith('TreeNode'))) return null;
  const spoken = visibleTests.map((test) => ({
    input: test.input.map((value, index) => `${spaced(signature.parameters[index]?.name ?? '')} ${speakValue(value)}`.trim()).join(' and '),
    expected: speakValue(test.expected),
    value: test.expected,
  }));
  const short = spoken.filter(({ input, expected }) => input.length + expected.length <= MAX_EXAMPLE_CHARS && !/a list of|a map with|a text of|\b(?:open|close) (?:parenthesis|bracket|brace)|[?.!]/.test(`${input} ${expected}`));
  // An empty or single answer tests little understanding.
  return short.find(({ value }) => JSON.stringify(value).length > 4) ?? short[0] ?? null;
}

/** Whether an answer names the value: `unsure` when it names no value at all. */
export function namesValue(answer: string, expected: unknown): 'right' | 'wrong' | 'unsure' {
  const said = ` ${inDigits(normalise(answer))} `;
  if (/\b(?:not sure|dont know|no idea|cant say|cannot say|no clue)\b/.test(said)) return 'unsure';
  if (typeof expected === 'boolean') {
    const yes = /\b(?:true|yes|yeah|it is|it does|valid|balanced)\b/.test(said) && !/\bnot\b/.test(said);
    const no = /\b(?:false|no|not|isnt|doesnt|invalid)\b/.test(said);
    return yes === no ? 'unsure' : yes === expected ? 'right' : 'wrong';
  }
  const flat = (Array.isArray(expected) ? expected : [expected]).flat(5);
  if (flat.length === 0) return /\b(?:empty|nothing|none|no)\b/.test(said) ? 'right' : 'unsure';
  if (!flat.every((each) => typeof each === 'number')) {
    const words = flat.map((each) => normalise(String(each)));
    return words.every((each) => each !== '' && said.includes(` ${each} `)) ? 'right' : 'unsure';
  }
  const numbers = (said.match(/\d+/g) ?? []).map(Number);
  if (numbers.length < flat.length) return 'unsure';
  const wanted = flat.map(Math.abs);
  for (let at = 0; at + wanted.length <= numbers.length; at += 1) if (wanted.every((each, index) => numbers[at + index] === each)) return 'right';
  // In a longer answer numbers may be about something else.
  return said.trim().split(' ').length <= MAX_PLAIN_ANSWER_WORDS ? 'wrong' : 'unsure';
}
const MAX_PLAIN_ANSWER_WORDS = 9;

/** The sentence of the task that speaks of what a question asks. Null: none does. */
export function sentenceAbout(question: string, { statement, spoken }: InterviewProblem): string | null {
  const wanted = new Set(stemsOf(question).filter((stem) => !IN_EVERY_TASK.has(stem)));
  if (wanted.size === 0) return null;
  const prose = statement
    .replaceAll(/```[^]*?```/g, ' ')
    .split('\n')
    .filter((line) => !/^\s*(?:#|\||>)/.test(line) && !/^\s*(?:[-*] )?`/.test(line))
    .join('\n');
  const sentences = `${spoken}\n${prose}`
    .split(/(?<=[.!?])\s+|\n\s*(?:[-*]|\d+\.)?\s*|\n{2,}/)
    .map((sentence) => sentence.replaceAll(/[*_`#>[\]]/g, '').replaceAll(/\s+/g, ' ').trim())
    .filter((sentence) => sentence.length > 15 && sentence.length <= MAX_SENTENCE_CHARS && /[\p{L}]{3}/u.test(sentence) && !/[={};]|\bdef\b|->/.test(sentence));
  let best: { sentence: string; shared: number } | null = null;
  for (const sentence of sentences) {
    const shared = stemsOf(sentence).filter((stem) => wanted.has(stem)).length;
    if (shared > (best?.shared ?? 0)) best = { sentence, shared };
  }
  if (!best || best.shared < Math.min(2, wanted.size)) return null;
  return /[.!]$/.test(best.sentence) ? best.sentence : `${best.sentence}.`;
}

export type Cost = 'constant' | 'logarithmic' | 'linear' | 'log-linear' | 'quadratic' | 'cubic' | 'exponential';
const COSTS: [Cost, RegExp][] = [
  ['exponential', /\bexponential|\b(?:two|2) to the (?:power of )?n\b|2\^n|2\*\*n/i],
  ['cubic', /\bcubic|\bn cubed|n\^3|n\*\*3/i],
  ['quadratic', /\bquadratic|\bn squared|\bn square\b|n\^2|n\*\*2|\bn times n\b/i],
  ['log-linear', /\bn ?(?:\*|times)? ?log ?\(?n|\blog[- ]?linear|\blinearithmic/i],
  ['logarithmic', /\blogarithmic|\b(?:o of |o ?\()?log ?\(?n/i],
  ['linear', /\blinear|\bo of n\b|\bo ?\( ?n ?\)/i],
  ['constant', /\bconstant time|\bo of (?:one|1)\b|\bo ?\( ?1 ?\)/i],
];
/** The first cost that is named, which is mostly that of time. */
export function costIn(answer: string): Cost | null {
  const found = COSTS.flatMap(([cost, pattern]) => {
    const at = answer.search(pattern);
    return at < 0 ? [] : [{ cost, at }];
  });
  return found.toSorted((a, b) => a.at - b.at)[0]?.cost ?? null;
}
export const COST_WORDS: Record<Cost, string> = {
  constant: 'constant time', logarithmic: 'logarithmic time', linear: 'linear time', 'log-linear': 'n log n', quadratic: 'quadratic time', cubic: 'cubic time', exponential: 'exponential time',
};

const DIGITS: Record<string, number> = { zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19 };
const TENS: Record<string, number> = { twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 };
function inDigits(words: string): string {
  return words
    .replaceAll(/\b(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?: (one|two|three|four|five|six|seven|eight|nine))?\b/g, (_, tens: string, one?: string) => String(TENS[tens]! + (one ? DIGITS[one]! : 0)))
    .replaceAll(/\b(zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)\b/g, (word) => String(DIGITS[word]));
}
function spaced(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
