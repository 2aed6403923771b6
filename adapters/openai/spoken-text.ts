/**
 * Makes a model's stream speakable: takes out the closing marker, its thinking, its markup, the marks around what people say,
 * and swearing, which models repeat after people; however all this was cut into deltas.
 */
import { CODE_CLOSE, CODE_OPEN, HINT_MARKER } from '#domain/interview/code-guide/code-prompts.ts';
import { CLOSING_MARKER, FENCE_CLOSE, FENCE_OPEN } from '#domain/interview/prompts.ts';

const THINK_OPEN = '<think>';
const THINK_CLOSE = '</think>';
/** Nobody hears these from the interviewer, whoever said them first. */
const SWEARING = /\b(?:(?:mother)?fuck(?:ing|ed|ers?|s)?|(?:bull)?shit(?:ty|s)?|assholes?|bitch(?:es)?|cunts?|bastards?|dickheads?)\b */giu;
/** A word that may go on in the next delta; longer ones are none. */
const OPEN_WORD = /(?<![\p{L}\p{N}])\p{L}{1,30}$/u;
/** "C#" is a word, "# Title" is not. */
const MARKUP = /[*`_~|<>[\]{}]|(?<![\p{L}\p{N}])#/gu;

const MARKS = [CLOSING_MARKER, HINT_MARKER, THINK_OPEN, FENCE_OPEN, FENCE_CLOSE, CODE_OPEN, CODE_CLOSE];

export class SpokenText {
  #held = '';
  #thinking = false;
  #closes = false;
  #started = false;
  #last = '';

  /** The model says that it gave a hint. */
  gaveHint = false;

  /** The model has written the marker; nothing after it is spoken. */
  get closes(): boolean {
    return this.#closes;
  }

  push(delta: string): string {
    this.#held += delta;
    let spoken = '';
    while (!this.#closes) {
      if (this.#thinking) {
        const end = this.#held.indexOf(THINK_CLOSE);
        this.#held = end < 0 ? tailOf(this.#held, THINK_CLOSE) : this.#held.slice(end + THINK_CLOSE.length);
        if (end < 0) break;
        this.#thinking = false;
      }
      const next = firstOf(this.#held, MARKS);
      if (!next) {
        const keep = Math.max(...MARKS.map((mark) => tailOf(this.#held, mark).length));
        spoken += this.#held.slice(0, this.#held.length - keep);
        const word = OPEN_WORD.exec(spoken)?.[0] ?? '';
        this.#held = word + this.#held.slice(this.#held.length - keep);
        spoken = spoken.slice(0, spoken.length - word.length);
        break;
      }
      spoken += this.#held.slice(0, next.at);
      this.#held = this.#held.slice(next.at + next.mark.length);
      if (next.mark === CLOSING_MARKER) this.#closes = true;
      else if (next.mark === THINK_OPEN) this.#thinking = true;
      else if (next.mark === HINT_MARKER) this.gaveHint = true;
    }
    return this.#plain(spoken);
  }

  /** The model has not said a word that could be spoken. */
  get isEmpty(): boolean {
    return !this.#started;
  }

  /** What was held back because it could have become a marker. */
  end(): string {
    const rest = this.#thinking || this.#closes ? '' : this.#held;
    this.#held = '';
    return this.#plain(rest);
  }

  #plain(text: string): string {
    const before = this.#last;
    this.#last = text.at(-1) ?? before;
    const plain = `${before}${text.replaceAll(SWEARING, '')}`.replaceAll(MARKUP, '').slice(before.replaceAll(MARKUP, '').length);
    const spoken = this.#started ? plain : plain.trimStart();
    this.#started ||= spoken !== '';
    return spoken;
  }
}

function firstOf(text: string, marks: string[]): { at: number; mark: string } | undefined {
  return marks
    .map((mark) => ({ at: text.indexOf(mark), mark }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)[0];
}

/** The longest end of `text` that `mark` begins with. */
function tailOf(text: string, mark: string): string {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length--) {
    if (mark.startsWith(text.slice(-length))) return text.slice(-length);
  }
  return '';
}
