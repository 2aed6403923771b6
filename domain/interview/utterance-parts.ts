/** Cuts what was said into the places where a request can stand: clauses without their fillers, stutters and courtesies. */

export interface Part {
  /** Lower case, one space between, apostrophes kept, no marks. */
  words: string;
  /** Which clause of the utterance, from 0. */
  clause: number;
  /** Begins inside a clause, after "anyway", "so" or the like. */
  within: boolean;
  /** Put into somebody's mouth: "my teacher always says, slow down". */
  reported: boolean;
}
export interface Utterance {
  parts: Part[];
  /** All that was looked at, lower case, without marks. */
  plain: string;
  wordCount: number;
}

/** Requests stand at the beginning or at the end. */
const HEAD_CHARS = 200;
const TAIL_CHARS = 500;
const MAX_CLAUSE_CHARS = 160;
const MAX_PARTS = 40;

const NOISE = /(?:^| )(?:u+m+|u+h+|e+r+m*|uhm|e+h+m+|h+m+|m+h+m+|mm+)(?= |$)/g;
/** "can we can we", "I think I think". */
const STUTTER = /(?<![\w'])([\w']+(?: [\w']+){0,2})(?: \1(?![\w']))+/g;
const LEADING =
  /^(?:(?:well|so|okay|ok|right|alright|all right|yeah|yes|yep|yup|no(?! (?:comment|more|further|idea|clue|questions?|need|one|problem|rush|hurry|other|answer))|nah|nope|oh|ah|ach|ooh|oh dear|dear|hey|hello|hi|listen|look|see|actually|anyway|anyways|but|and|then|because|cause|also|now|thanks|thank you(?: very much)?|thanks for waiting|i'm (?:so |very |really )?sorry(?: to interrupt(?: you)?)?|i am sorry|(?:so |very )?sorry(?: to interrupt(?: you)?| about that| for that)?|excuse me|apologies|forgive me|wait(?: wait)*|hang on|hold on|goodness|god|gosh|sure|fine|good|great|you know|i mean|i think|i guess|i suppose|honestly|frankly|to be honest|robot|computer|machine|interviewer|sir|miss|madam|mate|man|dude|my friend|my dear|if (?:you|i) (?:don't mind|do not mind|please|may|could|can|would)|if (?:it's|it is|that's|that is) (?:possible|okay|ok|all right|alright|fine)(?: with you)?|if possible|ladies and gentlemen) )+/;
const TRAILING =
  /(?: (?:please|pls|thanks|thank you(?: very much| so much)?|many thanks|cheers|if (?:you|i) (?:don't mind|do not mind|please|may|could|can|would|like)|if (?:it's|it is|that's|that is) (?:possible|okay|ok|all right|alright|fine)(?: with you)?|if possible|for me|now|right now|then|okay|ok|will you|would you|could you|can you|can we|could we|shall we|all right|alright|dear|my dear|mate|my friend|sir|miss|you know|i think|i guess|actually|sorry|too|really|perhaps|maybe|i'm afraid|already|and|but|so|or))+$/;
/** A request may begin after these without a mark, for recognisers leave marks out; after "and" only if it is plainly one. */
const RESTARTS = /(?<= )(?:(?:anyway|anyways|actually|sorry|please|no|nah|so|but|thanks|okay|ok) (?=\S)|(?:and|because|cause|or|now|well|right|then) (?=(?:can|could|would|will|let's|let us|please|i'd|i want|i would|you can|we can) ))/g;
const REPORTING = /(?:^| )(?:says?|said|saying|tells?|told|shouts?|shouted|yells?|yelled|screams?|screamed|calls?|called|whispers?|sings?|sang|goes|writes?|wrote|reads?|means?|like)(?: to)?(?: me| him| her| us| them| you| my [\w']+| the [\w']+| always| then)*$/;

export function partsOf(text: string): Utterance {
  const looked = text.length <= HEAD_CHARS + TAIL_CHARS ? text : `${text.slice(0, HEAD_CHARS)} . ${text.slice(-TAIL_CHARS)}`;
  const lower = looked
    .toLowerCase()
    .replaceAll(/[’‘`]/g, "'")
    .replaceAll(/ [-–—]+ |[–—…"“”()[\];:!?]|\.(?!\d)|,(?!\d)/g, (mark) => (/[.!?…]/.test(mark) ? ' . ' : ' , '))
    .replaceAll(/[^\p{L}\p{N}'.,]+/gu, ' ');
  const plain = squeeze(lower.replaceAll(/[.,]/g, ' '));
  const parts: Part[] = [];
  let clause = 0;
  for (const sentence of lower.split(' . ')) {
    let before = '';
    for (const piece of sentence.split(' , ')) {
      const bare = squeeze(piece).slice(0, MAX_CLAUSE_CHARS);
      const words = squeeze(bare.replaceAll(NOISE, ' ')).replaceAll(STUTTER, '$1');
      if (words !== '') addClause(parts, words, clause++, before);
      before = `${before} ${words}`.slice(-MAX_CLAUSE_CHARS).trim();
      if (parts.length >= MAX_PARTS) break;
    }
  }
  const own = parts.filter(({ words }) => !isCourtesy(words));
  return { parts: own.length > 0 ? own : parts, plain, wordCount: plain === '' ? 0 : plain.split(' ').length };
}

function addClause(parts: Part[], words: string, clause: number, before: string): void {
  const reported = REPORTING.test(before);
  parts.push({ words: stripped(words), clause, within: false, reported });
  let left = 4;
  for (const { index, 0: word } of words.matchAll(RESTARTS)) {
    if (left-- === 0) return;
    parts.push({ words: stripped(words.slice(index + word.length)), clause, within: true, reported: reported || REPORTING.test(words.slice(0, index).trim()) });
  }
}

/** What is left when it is all courtesy stays: "Sorry?", "Hold on." */
function stripped(words: string): string {
  const rest = `${words} `.replace(LEADING, '').trim();
  const core = rest.replace(TRAILING, '').trim();
  if (core !== '' && !/^(?:please|thanks|thank you)$/.test(core)) return core;
  return rest === '' ? words : rest;
}
function isCourtesy(words: string): boolean {
  return `${words} `.replace(LEADING, '').trim() === '' || /^(?:please|thanks|thank you(?: very much)?|cheers|dear|pretty please)$/.test(words);
}
function squeeze(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
