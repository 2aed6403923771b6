/**
 * The last word on what a language model may say in a code interview: sentences with code in them, and sentences that tell what a
 * later hint would, are not spoken. A model that was talked into it, or cannot help it, gives nothing away by this door.
 */
import type { CodeView } from '../../code/code-view.ts';
import { stemsOf } from '../wording.ts';

/** Said when nothing of a reply may be. */
export const NOTHING_LEFT = 'I would rather see how you go about it. What would you try next?';
/** A sentence that shares so much of a hint tells it. */
const TOLD_SHARE = 0.6;
const MIN_STEMS = 4;
/** A sentence longer than this is cut where it stands, so that nobody waits for its end. */
const MAX_HELD_CHARS = 400;

/** Markup is gone by then: what is left of code are operators, calls and keywords in a row. */
const CODE =
  /=|->|&&|\|\||\+\+|\b\w+\((?!s\))[^()]{0,60}\)|\b\w{2,}\.\w{2,}\(|\b(?:def|function|class|public|static|const|var|import|include)\s+\w+\s*[(:=;{]|\bfor \w+ in \w+(?:\s*:|\s+range)|\breturn\s+(?:\w+,\s*\w+|\w+\s*[+*/-]\s*\w+)\b|\w;\s*$/;

export class CodeGuard {
  readonly #laterHints: Set<string>[];
  #held = '';
  #said = false;

  constructor(view: CodeView | undefined) {
    this.#laterHints = (view?.problem?.hints ?? []).slice((view?.hintsGiven ?? 0) + 1).map((hint) => new Set(stemsOf(hint)));
  }

  push(delta: string): string {
    this.#held += delta;
    let spoken = '';
    for (let end = sentenceEnd(this.#held); end > 0; end = sentenceEnd(this.#held)) {
      spoken += this.#passed(this.#held.slice(0, end));
      this.#held = this.#held.slice(end);
    }
    return spoken;
  }

  end(): string {
    const rest = this.#passed(this.#held);
    this.#held = '';
    if (this.#said || rest.trim() !== '') return rest;
    this.#said = true;
    return NOTHING_LEFT;
  }

  #passed(sentence: string): string {
    if (CODE.test(sentence) || this.#tellsLaterHint(sentence)) return '';
    if (sentence.trim() !== '') this.#said = true;
    return sentence;
  }
  #tellsLaterHint(sentence: string): boolean {
    const stems = new Set(stemsOf(sentence));
    return this.#laterHints.some((hint) => hint.size >= MIN_STEMS && [...hint].filter((stem) => stems.has(stem)).length / hint.size >= TOLD_SHARE);
  }
}

/** Index after the first sentence and the space behind it; 0 when it is not over. */
function sentenceEnd(text: string): number {
  const match = /[.!?…]["'”’)]*\s+/.exec(text) ?? /\n+/.exec(text);
  if (match) return match.index + match[0].length;
  return text.length > MAX_HELD_CHARS ? text.length : 0;
}
