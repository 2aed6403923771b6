/** What was compiled, kept in memory for the next run of the same text. Nothing of a candidate's code reaches a disk. */
import type { CompileOutcome } from './languages/language.ts';

const MAX_BYTES = 96 * 1024 * 1024;

export class ArtefactCache {
  /** In the order of last use. */
  readonly #kept = new Map<string, Extract<CompileOutcome, { ok: true }>>();
  #bytes = 0;

  /** Only what compiled is kept: a compiler's failure may have been ours. */
  async get(key: string, compile: () => Promise<CompileOutcome>): Promise<CompileOutcome> {
    const known = this.#kept.get(key);
    if (known) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return { ...known, compile: { ...known.compile, timeMs: 0 } };
    }
    const outcome = await compile();
    if (outcome.ok && !this.#kept.has(key)) {
      this.#kept.set(key, outcome);
      this.#bytes += outcome.artefact.bytes.length;
      for (const [oldest, { artefact }] of this.#kept) {
        if (this.#bytes <= MAX_BYTES) break;
        this.#kept.delete(oldest);
        this.#bytes -= artefact.bytes.length;
      }
    }
    return outcome;
  }
}
