/** When something is to be done, as it was said. No date is ever calculated. */

const DAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const MONTH = '(?:january|february|march|april|may|june|july|august|september|october|november|december)';
const NUMBER = '(?:\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|a few|a couple of)';
const PART = '(?: (?:morning|afternoon|evening|night|noon|lunch(?:time)?|close of business|end of day|eod))?';
const ORDINAL = `(?:\\d{1,2}(?:st|nd|rd|th)?|(?:twenty|thirty)?-?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)`;
const DATE = `(?:${MONTH} (?:the )?${ORDINAL}|(?:the )?${ORDINAL}(?: of)? ${MONTH}|the ${ORDINAL}|${MONTH})`;
const TIME = '(?:noon|midnight|\\d{1,2}(?::\\d\\d)?(?: ?[ap]\\.?m\\.?| o\'?clock)?|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: o\'?clock| ?[ap]\\.?m\\.?)?)';
const SPAN = '(?:day|week|month|quarter|year|sprint|session)';
const MOMENT = `(?:(?:next |this |the following |the coming )?${DAY}(?:'s \\w+|’s \\w+)?(?: next week)?${PART}|(?:next|this) (?:${SPAN}|weekend|spring|summer|autumn|fall|winter)|tomorrow${PART}|today|tonight|this (?:morning|afternoon|evening)|the day after tomorrow|(?:the )?(?:very )?(?:end|middle|start|beginning) of (?:the |this |next )?(?:${SPAN}|day|business|${MONTH})|mid-?${MONTH}|eod|cob|${DATE}|${TIME})`;
const EVENT = '(?:the |our |we |i |you )?(?:next |weekly |daily )?(?:\\w+ )?(?:meeting|session|stand-?up|release|launch|demo|review|retro|retrospective|call|deadline|freeze|holidays?|conference|audit|sprint|kick-?off|workshop|visit|exam|event|trip|opening|lunch)';
const DUES = [
  new RegExp(`\\b(?:by|before|until|till|no later than|not later than|due|due on|due by|on or before) (?:${EVENT}|${MOMENT})\\b`, 'i'),
  new RegExp(`\\b(?:within|in) (?:the next |about )?(?:${NUMBER}|an?|the) (?:hours?|(?:business |working )?days?|weeks?|months?)\\b`, 'i'),
  new RegExp(`\\b(?:first thing |early |later |late )?(?:on |at |over )?(?:(?:next |this )?${DAY}${PART}|tomorrow${PART}|today|tonight|this (?:afternoon|evening|week|weekend|month)|next (?:${SPAN}|${DAY})|the weekend)\\b`, 'i'),
  /\b(?:right after|after|during|straight after) (?:this(?! \w)|(?:this|the) (?:call|meeting|lunch|stand-?up))\b|\bright away\b|\bas soon as possible\b|\basap\b|\bend of (?:the )?(?:day|week|month)\b/i,
  new RegExp(`\\b(?:on|the) ${DATE}\\b`, 'i'),
  new RegExp(`\\bat ${TIME}(?! ?(?:percent|%|hundred|thousand|million|point|euros?|dollars?|pounds?|days|weeks|months|years|people|degrees|least))\\b`, 'i'),
];

/** The first that is said, as long as it goes. Null: no time was said. */
export function dueIn(sentence: string): string | null {
  const found = DUES.flatMap((pattern) => pattern.exec(sentence)?.[0] ?? []);
  if (found.length === 0) return null;
  return found.map((match) => ({ at: sentence.indexOf(match), text: match.trim() })).toSorted((a, b) => a.at - b.at || b.text.length - a.text.length)[0]!.text;
}
