/** Makes a model's stream speakable: takes out the closing marker, its thinking and its markup, however they were cut into deltas. */
import { CLOSING_MARKER } from '#domain/interview/prompts.ts';

const THINK_OPEN = '<think>';
const THINK_CLOSE = '</think>';
/** "C#" is a word, "# Title" is not. */
const MARKUP = /[*`_~|<>[\]{}]|(?<![\p{L}\p{N}])#/gu;

export class SpokenText {
  #held = '';
  #thinking = false;
  #closes = false;
  #started = false;
  #last = '';

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
      const next = firstOf(this.#held, [CLOSING_MARKER, THINK_OPEN]);
      if (!next) {
        const keep = Math.max(tailOf(this.#held, CLOSING_MARKER).length, tailOf(this.#held, THINK_OPEN).length);
        spoken += this.#held.slice(0, this.#held.length - keep);
        this.#held = this.#held.slice(this.#held.length - keep);
        break;
      }
      spoken += this.#held.slice(0, next.at);
      this.#held = this.#held.slice(next.at + next.mark.length);
      if (next.mark === CLOSING_MARKER) this.#closes = true;
      else this.#thinking = true;
    }
    return this.#plain(spoken);
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
    const plain = `${before}${text}`.replaceAll(MARKUP, '').slice(before.replaceAll(MARKUP, '').length);
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
