/** Clauses that say nothing about the speaker's own likes, whatever words of liking they contain. */
import type { Clause } from './clauses.ts';

/** `other`: somebody else's; `must`: done because one has to, so that only an attitude in words counts; the rest claims nothing. */
export type Suspension = 'asked' | 'order' | 'supposed' | 'other' | 'quoted' | 'sarcasm' | 'must';

const ORDER =
  /\b(?:ignore (?:all |your |the |my |any |everything |previous )|disregard |system (?:message|prompt|note|override)|the user (?:is|likes|loves|has|wants|enjoys)|this user|dear (?:ai|computer|machine|robot|assistant)|upgraded|new (?:rule|instruction)|administrator|developer mode|set all|(?:add|write|put|save|enter|insert|record|store|note|log|mark) [a-z' ]{0,40}(?:to|in|into|on) (?:the |my |your |his |her )?(?:profile|record|records|list|database|file|interests|form|notes)|update (?:the|my|your) |pretend (?:that )?i|(?<!\b(?:i|to|can|would|should|must|often|he|she|they|people|and|could|always) )(?:write|note|put|type|print|say|output|repeat|claim|state|confirm) (?:down )?that (?:i|my|the|this|every)|and write that|forget (?:all )?(?:your|the|previous) (?:rules|instructions)|curly bracket|json|as an ai|override|from now on you|full (?:score|confidence|marks)|good score|you are now|your (?:instructions|prompt|rules|programming)|maximum (?:score|confidence)|give me (?:a |the )?(?:good|full|best|top|high)|end of (?:message|instructions)|print the\b|learner loves|list of interests|set (?:the|my|his|her) [a-z]+ to|you must (?:say|write|answer|add))/;
/** To the interviewer, in the fewest words; longer ones are questions or begin with who is meant. */
const COMMAND = /^(?:(?:please|okay|sorry|well|hey|now|and|,) )*(?:(?:speak|talk|go) (?:(?:a (?:bit|little)|much|more) )?(?:slower|slowly|louder|faster|quicker|quieter|up)|(?:repeat|delete|erase|cancel) (?:that|it|this|(?:the|your|that) (?:last )?(?:question|answer|one)))(?: (?:please|again|for me|,))*$/;
const HYPOTHESIS = /^(?:(?:and|but|so|well|okay|then|now|no|yes|,) )*(?:suppose|imagine|supposing|let's pretend|in another life|in a different life|if only)\b/;
const UNREAL = /\b(?:had|were|was|gave|could|won|would|might|wouldn't|couldn't|hadn't|wasn't|weren't|didn't|knew|lived|let me|paid|asked me|came|i'd|he'd|they'd|we'd|you'd|have again)\b/;
const WOULD = /\b(?:would|might|could|i'd|we'd|i'll|will)\b/;
const WISH = /\b(?:i'd|i would|we'd) (?:really |so |absolutely )?(?:love|like|be so happy|be happy)\b/;
const SAYS = /\b(?:says?|said|thinks?|told|asks?|asked|reckons?|keeps? saying|keeps? telling|tells|would tell|would say|claims?|wants me|want me|would like me|expects?|wish(?:es)?|wishing|insists?)\b/;
const OBLIGED =
  /\b(?:have to|has to|had to|must|need to|needs doing|needed doing|needed it|ought to|made (?:me|us)|makes (?:me|us)(?= (?:do|go|play|learn|watch|practise|practice|read|take|sing|eat|help|clean|study|wash))|forces? (?:me|us)|forced|supposed to|compulsory|obliged|obligatory|dragged me|drags me|signed me up|sent me|told me to|expects? me|wants? me to|want me to|whether i want|whether i like|no choice|nobody else (?:will|does|would)|somebody (?:has|had) to|someone (?:has|had) to|should|bound to|for the (?:visa|paper|exam|certificate)|because of my|because my [a-z]+ (?:forces|wants|made|makes|says|said|said so)|it's what one does|that was what one did|made to|by law|makes me$|make me$|because (?:mum|dad|my [a-z]+|they) (?:makes?|made) me|against my will|my duty|because i must|is must|more of a must|doctor's orders|part of (?:my|the) job|take over the|taking over the|roped into|talked into|dragged into|roped me|that is how it is|you have to write something)\b/;
/** After "oh yeah, I just love …". */
const OVERDONE = /^(?:the )?(?:best|greatest|nicest) (?:thing|day|time|part) ever\b/;
const SARCASM = /^(?:(?:and|but|so|well|,) )*(?:oh (?:yes ,? ?because|yeah ,? ?because|sure ,? ?because|brilliant|great|joy|wonderful|fantastic|yes sure|perfect|thrilling|how (?:exciting|thrilling|lovely))|yeah right|yeah sure|sure , put|sure put|as if|such a treat|because who doesn't)\b|\b(?:exactly what i (?:wanted|needed)|absolute favourite|simply live for|live for receipts|best thing ever|what could be (?:better|nicer|more fun)|can hardly wait|can barely wait|my idea of heaven|thrill of a lifetime|put me down for|who doesn't (?:love|like|dream)|nothing i love more than|said (?:nobody|no one) ever|the highlight of my (?:life|week|year), (?:not|really))\b/;
const JOKE = /^(?:not|joke|joking|just joking|just kidding|kidding|just a joke|only joking|only kidding|i'm joking|i'm kidding|that was a joke|that's a joke|as if|yeah right|not really|it was a joke|(?:ha|haha|hah)(?: no)?|no seriously|seriously|seriously though|not seriously|i wish)$/;
const ASKING = /^(?:(?:and|but|so|well|okay|or|no|yes|yeah|sorry|wait|hello|hey|,) )*(?:(?:is|are|do|does|did|can|could|would|will|have|has|am|shall|may|isn't|aren't|don't|doesn't|wouldn't|wasn't) (?:i|you|it|he|she|they|we|this|that|there|the|a|your|my|people|anybody|anyone|somebody|not)\b|(?:what|who|why|where|when|which|how) (?:do|does|did|is|are|about|was|were|can|could|would|will|many|much|long|else|should)\b|what's\b|who's\b|you tell me)/;

export type Suspensions = Map<number, Set<Suspension>>;

export function isSuspended(suspensions: Suspensions, at: number, ...reasons: Suspension[]): boolean {
  const found = suspensions.get(at);
  return found !== undefined && reasons.some((reason) => found.has(reason));
}

export function suspensions(clauses: readonly Clause[]): Suspensions {
  const result: Suspensions = new Map();
  const add = (at: number, reason: Suspension): void => {
    if (at < 0 || at >= clauses.length) return;
    const found = result.get(at);
    if (found) found.add(reason);
    else result.set(at, new Set([reason]));
  };
  markOrders(clauses, add);
  markQuestions(clauses, add);
  for (let at = 0; at < clauses.length; at++) {
    const clause = clauses[at]!;
    if (clause.subject === 'other') markOther(clauses, at, add);
    if (/^(?:on|in) the form\b|\bthe form says\b/.test(clause.text)) add(at, 'quoted');
    if (/\bnot because\b/.test(clause.text) || (clause.link === 'because' && /\bnot$/.test(clauses[at - 1]?.text ?? ''))) add(at, 'supposed');
    if (/^(?:and |but )?(?:that's|which is) what (?:my|people|they|everyone|everybody|she|he|mum|dad|the|others) /.test(clause.text)) markBack(at, add);
    if (OBLIGED.test(clause.text) && !isTheirs(clause)) markObliged(clauses, at, add);
    if (clause.link === 'if' || HYPOTHESIS.test(clause.text)) markHypothesis(clauses, at, add);
    if (SARCASM.test(clause.text)) markSentences(clauses, at, 1, 'sarcasm', add);
    if (OVERDONE.test(clause.text) && clauses.some(({ sentence, text }) => sentence === clause.sentence - 1 && /^oh (?:yes|yeah|sure)\b/.test(text))) markBefore(clauses, at, add);
    if (JOKE.test(clause.text.replaceAll(' ,', ''))) markBefore(clauses, at, add);
  }
  return result;
}

/** "my squares have to match": something else has to, not the speaker. */
function isTheirs({ text, subject }: Clause): boolean {
  if (/\b(?:my [a-z]+|he|she|they|nobody) (?:is|are|was|were|isn't|aren't) (?:not )?supposed to\b/.test(text)) return true;
  const found = /\b(?:have to|has to|had to|must|need to|should|needs to)\b/.exec(text);
  return found !== null && OBLIGED.exec(text)!.index === found.index && (subject === 'none' || subject === 'it') && /^(?:[a-z']+ ){2,}$/.test(text.slice(0, found.index)) && !/\b(?:i|we|you|me|us|i'd|one) (?:[a-z]+ ){0,2}$/.test(text.slice(0, found.index)) && !/^(?:and |but |because |which )?(?:it|that|this) $/.test(text.slice(0, found.index));
}
function markBack(at: number, add: Add): void {
  add(at - 1, 'quoted');
}
type Add = (at: number, reason: Suspension) => void;

/** An order covers its sentence and what follows, until the speaker speaks of themselves again. */
function markOrders(clauses: readonly Clause[], add: Add): void {
  let active = -1;
  for (let at = 0; at < clauses.length; at++) {
    const clause = clauses[at]!;
    const ordered = ORDER.test(sentenceText(clauses, at));
    if (ordered) active = clause.sentence;
    else if (active >= 0 && clause.sentence > active && /^(?:(?:anyway|okay|no|but|so|look|right|honestly|,) )*(?:i|i'm|i've|i'd|my|what i|the thing i|one thing i)\b/.test(clause.text)) active = -1;
    if (active >= 0 || COMMAND.test(clause.text)) add(at, 'order');
  }
}
function markQuestions(clauses: readonly Clause[], add: Add): void {
  for (let at = 0; at < clauses.length; at++) {
    const clause = clauses[at]!;
    const starts = at === 0 || clauses[at - 1]!.sentence !== clause.sentence;
    const aboutThem = /\b(?:you|your|you're)\b/.test(clause.text);
    if (clause.subject === 'you' && clause.asked) add(at, 'asked');
    if (ASKING.test(clause.text) && (clause.asked || starts || aboutThem) && !/^do (?:not|n't)/.test(clause.text)) {
      // Without a question mark the rest of an unpunctuated run may go on about the speaker.
      for (let inside = at; inside < clauses.length && clauses[inside]!.sentence === clause.sentence && (clause.asked || inside === at || clauses[inside]!.subject !== 'self'); inside++) add(inside, 'asked');
    }
  }
}
function markOther(clauses: readonly Clause[], at: number, add: Add): void {
  const clause = clauses[at]!;
  if (/\b(?:got|gets|get|introduced|made|makes|turned|have|has|had) me (?:on ?to|into|to love|to like|love|like|curious|hooked|interested|obsessed|started|[a-z]+ing)\b|^(?:and |but )?they(?:'ve|'re|'d)? [a-z]+ me\b/.test(clause.text)) return;
  add(at, 'other');
  const saying = SAYS.test(clause.text);
  for (let inside = at + 1; inside < clauses.length && clauses[inside]!.sentence === clause.sentence; inside++) {
    const next = clauses[inside]!;
    if (next.subject === 'self') {
      const reported = saying && inside === at + 1 && !/^(?:but|so|and|because|although|though|while|which) /.test(next.text) && clause.text.length < 80;
      if (!reported) return;
      add(inside, 'quoted');
    } else if (/\b(?:me|i|i'm)\b/.test(next.text) && next.subject !== 'you' && !saying) return;
    else if (next.subject === 'it' && !saying && !/\b(?:his|her|hers|him|their|them|theirs|he|she)\b/.test(next.text)) return;
    else if (next.subject === 'you' || next.subject === 'it' || next.subject === 'none') add(inside, next.link === 'but' && next.subject === 'none' ? 'quoted' : 'other');
    else return;
  }
}
function markObliged(clauses: readonly Clause[], at: number, add: Add): void {
  const clause = clauses[at]!;
  add(at, 'must');
  const before = clauses[at - 1];
  if (before && before.sentence === clause.sentence && /^(?:because|so|but (?:this|that) is|since|whether|which|it's|that's|this is)/.test(clause.text)) add(at - 1, 'must');
  if (before?.link === 'because' && before.sentence === clause.sentence && clauses[at - 2]?.sentence === clause.sentence) add(at - 2, 'must');
  if (clause.text.split(' ').length <= 6 && /^(?:it|that|this) (?:needed|needs|had|has|was|is)/.test(clause.text)) add(at - 1, 'must');
  const after = clauses[at + 1];
  if (after && after.sentence === clause.sentence && (after.subject === 'none' || after.link === 'so')) add(at + 1, 'must');
}
function markHypothesis(clauses: readonly Clause[], at: number, add: Add): void {
  const clause = clauses[at]!;
  const same = (index: number): boolean => clauses[index]?.sentence === clause.sentence;
  const before = same(at - 1) ? clauses[at - 1]!.text : '';
  const after = same(at + 1) ? clauses[at + 1]!.text : '';
  if (!HYPOTHESIS.test(clause.text) && !UNREAL.test(clause.text) && !WOULD.test(after) && !/\bmight\b/.test(before)) return;
  if (/\bif you (?:ask|know|like|call|see|want|mean)\b|\bif (?:that|it)'s\b|\bif that counts\b|\bif i (?:get|got|could|can|had) to (?:choose|pick|decide)\b|\bif i (?:could|can) (?:choose|pick)\b|\bif it were up to me\b|\bif it was up to me\b|\bif i'm honest\b|\bif you'd\b/.test(clause.text)) return;
  add(at, 'supposed');
  if (WISH.test(clause.text)) return;
  for (let inside = at + 1; same(inside) && inside <= at + 3; inside++) {
    const { text, subject } = clauses[inside]!;
    if (WISH.test(text) && /\b(?:time|money|chance|space|room|courage|easier|closer|more)\b/.test(clause.text)) break;
    if (!WOULD.test(text) && inside > at + 1 && subject !== 'none') break;
    add(inside, 'supposed');
  }
  if (/\b(?:would|might|could|i'd)\b/.test(before) && !WISH.test(before)) add(at - 1, 'supposed');
}
function markSentences(clauses: readonly Clause[], at: number, count: number, reason: Suspension, add: Add): void {
  const first = clauses[at]!.sentence;
  for (let inside = 0; inside < clauses.length; inside++) {
    const { sentence, text } = clauses[inside]!;
    if (sentence < first || sentence > first + count) continue;
    if (sentence > first && !/^i (?:just |so |absolutely |simply )?(?:love|adore|live)|^such\b|^best\b/.test(text)) continue;
    add(inside, reason);
  }
}
function markBefore(clauses: readonly Clause[], at: number, add: Add): void {
  const { sentence } = clauses[at]!;
  for (let inside = at - 1; inside >= 0 && clauses[inside]!.sentence >= sentence - 1; inside--) add(inside, 'sarcasm');
}
function sentenceText(clauses: readonly Clause[], at: number): string {
  const { sentence } = clauses[at]!;
  // Only the neighbourhood: an unpunctuated answer is one sentence, and this is asked for each of its clauses.
  let text = '';
  for (let inside = Math.max(0, at - 4); inside < Math.min(clauses.length, at + 4); inside++) if (clauses[inside]!.sentence === sentence) text += `${clauses[inside]!.text} `;
  return text;
}
