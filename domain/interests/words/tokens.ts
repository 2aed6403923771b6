import { IDIOMS } from './idioms.ts';

/** Spoken text as words with offsets: fillers and stumbles are left out, what stands between sentences is kept. */

export interface Word {
  /** Lower case, straight apostrophes. */
  w: string;
  from: number;
  to: number;
  /** What stands before it: nothing, a pause within a sentence, or a new sentence. */
  gap: '' | ',' | '.';
  /** Its sentence ends with a question mark. */
  asked: boolean;
  /** Written with a capital although no sentence starts here. */
  name: boolean;
}

/** No item is longer in practice; what comes after is not read. */
export const MAX_WORDS = 1500;
const WORD = /[\p{L}\p{N}&]+(?:['’-][\p{L}\p{N}]+)*['’]?/gu;
const FILLERS = new Set('idk tbh gosh um uh er erm hm hmm uhm uhh umm ah eh mm aah ooh probably kinda sorta basically honestly literally frankly obviously definitely certainly totally simply actually really just well'.split(' '));
/** Taken out as a whole wherever they stand. */
const FILLER_PHRASES = [
  'to be honest', 'to be fair', 'you know', 'you see', 'i think', 'i find', "i'd say", 'i would say', 'i must say', 'i have to say', 'i should say', 'let me think', "let's say", "let's see", 'let me see',
  'let me count', 'kind of', 'sort of', 'of course', 'after all', 'at the moment', 'right now', 'these days', 'in the end', 'at least', 'more or less', 'in my free time', 'in my spare time', 'believe it or not', 'if i am honest',
  "if i'm honest", 'as it were', 'so to speak', 'for example', 'for instance', 'in fact', 'as well', 'for some reason', 'how can i put it', 'how do you say', "what's it called", 'what is it called', 'how is it called', 'what they call', "what's the word", 'how do you call it', 'how do i say', 'what do you call it', 'how it is called', 'oh my god', 'my goodness', 'mind you', 'do you know', "don't get me wrong", "i don't know", 'before you ask', 'i mean it', 'as i said', 'i suppose', 'a lot of', 'lots of', 'a bit of', 'a little bit of', 'plenty of', 'loads of', 'tons of', 'all kinds of', 'all sorts of', 'a couple of', 'to tell the truth', 'to tell you the truth', 'needless to say', 'come to think of it', 'now that i think of it', 'i would have to say', "i'd have to say", 'without a doubt', 'no doubt', 'hands down', 'funnily enough', 'oddly enough', 'believe me', 'let me tell you', 'as you can imagine', 'as far as i know', 'i reckon', 'i believe', 'in my opinion', 'if you like', 'if you will', 'if i had to choose', 'if i had to pick', 'if i have to choose', 'if i had to pick one', 'if i had to choose one', 'first of all', 'most of all', 'let me put it this way', 'in any case', 'to my surprise', 'since you ask', 'now you mention it', 'if you must know', 'if you ask me', 'now that you ask', 'if you really want to know', 'for sure', 'and stuff', 'and so on', 'and things like that', 'and all that', 'stuff like that', 'things like that', 'or something', 'or something like that', 'or whatever', 'and everything', 'and whatever', 'i thought you would never ask', "i thought you'd never ask", 'glad you asked', 'funny you should ask', "that's a good question", 'where do i start', 'where to start', 'i have to admit', 'i must admit', "i'll be honest", 'to be frank', 'quite frankly', 'if i may say so', 'not gonna lie', 'ngl', 'no lie', 'lol', 'i guess you could say', 'you could say', 'i tell a lie', 'thank god', 'thank heavens', 'god knows', 'i swear', 'mark my words', 'go figure', 'hand on heart', 'i mean it', 'strange as it sounds', 'weirdly enough', 'i dare say', 'i daresay', 'i gather', 'i imagine', 'as they say', 'by the way', 'apart from that', 'other than that', 'on the whole', 'all in all', 'by and large', 'for my part', 'as for me', 'what can i say', 'to my mind', 'in general', 'in particular', 'above all', 'at heart', 'through and through', 'i confess',
].map((phrase) => phrase.split(' '));
/** By first word, the longest first. */
const SKIPPED = new Map<string, string[][]>();
for (const phrase of [...FILLER_PHRASES, ...IDIOMS].sort((a, b) => b.length - a.length)) SKIPPED.set(phrase[0]!, [...(SKIPPED.get(phrase[0]!) ?? []), phrase]);
/** "history's boring": is, not of. */
const IS_BEFORE = /^(?:boring|cool|fun|great|okay|the|my|a|an|not|just|really|so|amazing|awful|horrible|brilliant|fine|alright|nice|too|interesting|what|quite|always|fascinating|hard|easy|terrible|rubbish|more|where|lovely|been|all|for|wonderful|pretty|still|torture|like|kind|never|no|good|bad|better)$/;
/** A map: words are also spelt like what every object has, \"constructor\" for one. */
const SPELLINGS = new Map(Object.entries({ dont: "don't", im: "i'm", ive: "i've", cant: "can't", didnt: "didn't", doesnt: "doesn't", wont: "won't", isnt: "isn't", thats: "that's", favorite: 'favourite', gonna: 'going to', wanna: 'want to', cos: 'because', cuz: 'because', "'cause": 'because', ok: 'okay', anymore: 'anymore', iam: "i'm", favourites: 'favourite', favorites: 'favourite', mum: 'mum' }));

export function tokenise(text: string): Word[] {
  const raw: Word[] = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    if (raw.length === MAX_WORDS) break;
    const between = text.slice(end, match.index);
    const lower = match[0].toLowerCase().replaceAll('’', "'");
    let gap: Word['gap'] = '';
    if (end > 0) {
      const single = raw.at(-1)!.to - raw.at(-1)!.from === 1 && between === '.';
      if (/[.!?…\n]/.test(between) && !single && !(/\.\.\.|…/.test(between) && /^\p{Ll}/u.test(match[0]))) gap = '.';
      else if (/[,;:—–()"“”…]|\s-\s/.test(between)) gap = ',';
    } else gap = '.';
    if (gap === '.' && /\?/.test(between)) markAsked(raw);
    if (lower === 'not' && gap === '' && raw.at(-1)?.w === 'can') {
      Object.assign(raw.at(-1)!, { w: "can't", to: match.index + match[0].length });
      end = match.index + match[0].length;
      continue;
    }
    const name = gap !== '.' && /^\p{Lu}\p{Ll}/u.test(match[0]);
    const next = /^['’]?\s*(\p{L}+)/u.exec(text.slice(match.index + match[0].length, match.index + match[0].length + 20))?.[1]?.toLowerCase() ?? '';
    if (lower.endsWith("'s") && !/^(?:it|that|he|she|there|here|what|who|let|where|how|one|everyone|everybody|somebody|nobody|when|why)'s$/.test(lower) && IS_BEFORE.test(next)) {
      const end = match.index + match[0].length - 2;
      raw.push({ w: lower.slice(0, -2), from: match.index, to: end, gap, asked: false, name });
      raw.push({ w: 'is', from: end, to: end + 2, gap: '', asked: false, name: false });
    } else raw.push({ w: SPELLINGS.get(lower) ?? lower, from: match.index, to: match.index + match[0].length, gap, asked: false, name });
    end = match.index + match[0].length;
  }
  if (/\?/.test(text.slice(end))) markAsked(raw);
  return collapse(withoutFillers(raw));
}
function markAsked(words: Word[]): void {
  for (let at = words.length - 1; at >= 0; at--) {
    words[at]!.asked = true;
    if (words[at]!.gap === '.') return;
  }
}

function withoutFillers(words: Word[]): Word[] {
  const kept: Word[] = [];
  let gap: Word['gap'] = '';
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const skip = fillerAt(words, at);
    if (skip > 0) {
      for (let inside = at; inside < at + skip; inside++) gap = stronger(gap, words[inside]!.gap);
      at += skip - 1;
      continue;
    }
    kept.push({ ...word, gap: stronger(gap, word.gap) });
    gap = '';
  }
  return kept;
}
function fillerAt(words: Word[], at: number): number {
  const { w } = words[at]!;
  if (FILLERS.has(w)) return 1;
  if (w === 'like') {
    const next = words[at + 1];
    const before = words[at - 1];
    if (before && (next?.gap === ',' || ((/^(?:was|is|it's|so|or|and|just|she's|he's|they're|been)$/.test(before.w) && !/^(?:a|to|the|it)$/.test(next?.w ?? ''))))) return 1;
    if (before && words[at]!.gap === ',' && next && /^(?:in|on|a|the|really|when|so|looking|actually|nine|ten)$/.test(next.w)) return 1;
  }
  for (const phrase of SKIPPED.get(w) ?? []) {
    if (at + phrase.length > words.length) continue;
    let same = true;
    for (let inside = 1; inside < phrase.length && same; inside++) same = words[at + inside]!.w === phrase[inside] && words[at + inside]!.gap !== '.';
    if (!same) continue;
    // "I think about tins", "I find fossils", "kind of music", "I don't know how to" mean something.
    const next = words[at + phrase.length];
    if (phrase.join(' ') === 'i find' && !(next && /^(?:it|that|the|them|this)$/.test(next.w))) continue;
    if (phrase.join(' ') === 'i think' && next && /^(?:about|of)$/.test(next.w)) continue;
    if (phrase.join(' ') === "i don't know" && next && next.gap === '' && /^(?:how|anything|much|what|why|about|the|any|a)$/.test(next.w)) continue;
    if ((w === 'kind' || w === 'sort') && /^(?:a|the|this|any|some|every|what|one)$/.test(words[at - 1]?.w ?? '') && next?.gap === '') continue;
    if (phrase.join(' ') === 'do you know' && next && /^(?:any|about|how|what|the|anything)$/.test(next.w)) continue;
    return phrase.length;
  }
  return 0;
}
function stronger(a: Word['gap'], b: Word['gap']): Word['gap'] {
  if (a === '.' || b === '.') return '.';
  return a === ',' || b === ',' ? ',' : '';
}

/** "I like to I like to cook": of what is said twice on end the second stays. */
function collapse(words: Word[]): Word[] {
  let current = words;
  for (const length of [4, 3, 2, 1]) {
    const kept: Word[] = [];
    for (let at = 0; at < current.length; at++) {
      let same = at + 2 * length <= current.length;
      for (let inside = 0; inside < length && same; inside++) {
        const second = current[at + length + inside]!;
        same = current[at + inside]!.w === second.w && second.gap !== '.';
      }
      if (!same) kept.push(current[at]!);
      else {
        const next = current[at + length]!;
        current[at + length] = { ...next, gap: stronger(current[at]!.gap, '') };
        at += length - 1;
      }
    }
    current = kept;
  }
  return current;
}
