/** Whether words a machine wrote are carried by the words that were said. */
import { normalise } from '../../interview/wording.ts';

/** At least this share of a text's content words has to occur in what it cites; the rest is the paraphrase's own. */
const MIN_CARRIED_SHARE = 0.6;
const STEM_CHARS = 5;

/**
 * Numbers, addresses and names must all have been said, and most content words. What is not carried may still be true; but
 * nobody could check it.
 */
export function carriedBy(text: string, said: string): boolean {
  const words = new Set(normalise(said).split(' '));
  const stems = new Set([...words].map(stemOf));
  const numbers = text.match(/\d+/gu) ?? [];
  const spokenNumbers = new Set(said.match(/\d+/gu) ?? []);
  if (numbers.some((number) => !spokenNumbers.has(number))) return false;
  if (/https?:|www\.|\S@\S/iu.test(text)) return false;
  const names = text.split(/\s+/u).slice(1).filter((word) => /^["'“(]*\p{Lu}/u.test(word)).map(normalise).filter(Boolean);
  if (names.some((name) => name.split(' ').some((each) => !stems.has(stemOf(each))))) return false;
  const content = normalise(text).split(' ').filter((word) => word.length > 3 && !PARAPHRASE.has(word));
  if (content.length === 0) return names.length > 0 || normalise(text).split(' ').every((word) => words.has(word));
  return content.filter((word) => stems.has(stemOf(word))).length >= MIN_CARRIED_SHARE * content.length;
}

/** Words somebody uses to speak to a language model, not to people. */
export function ordersMachine(text: string): boolean {
  return MACHINE_ORDERS.test(normalise(text));
}
const MACHINE_ORDERS =
  /\b(?:(?:ignore|disregard|forget|override) (?:all |any |every |your |the |these |those |previous |prior |above |earlier |preceding |other |of )*(?:instructions?|prompts?|rules|guidelines)|system prompt|(?:as|you are|youre|act as|pretend to be) (?:now )?(?:an? |the )?(?:ai|language model|llm|chatbot|assistant|note ?taker|summari[sz]er)\b|new instructions|(?:your|the) (?:output|reply|response|summary) (?:must|should|has to)|jailbreak)/;

const stemOf = (word: string) => word.slice(0, STEM_CHARS);
const PARAPHRASE = new Set('that this with from will have been they them their team group meeting agreed decided decision discussed discussion talked about whether should would could need needs person people participants speaker said says'.split(' '));
