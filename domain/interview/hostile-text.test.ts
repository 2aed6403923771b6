import { expect, test } from 'vitest';
import { isBackchannel } from './backchannel.ts';
import { ClauseCutter } from './clauses.ts';
import { hear } from './listening.ts';
import { readsComplete } from './readiness.ts';
import { mentionsOf } from './take-up.ts';
import { MAX_TEXT_CHARS } from '../stream/protocol.ts';


const REPEATED = ['.', '…', '"', '”)', ']', ' ', ', ', '*a*', '(', "'", "n't ", 'not ', 'i like ', 'learning ', 'learning to ', 'into really ', 'with my ', 'i play ', 'play ', 'you are so ', 'um, ', 'well, ', 'what ', 'want to die ', 'a. ', 'A.', '我。', 'a'];
const READERS: Record<string, (text: string) => unknown> = {
  readsComplete,
  isBackchannel,
  hear,
  mentionsOf,
  clauses(text) {
    const cutter = new ClauseCutter();
    cutter.push(text);
    return cutter.end();
  },
};

// Whatever takes longer the longer it looks back would hang here, and the test with it.
test.each(Object.entries(READERS))('%s: the longest answer one can type, written to be slow to read, is read through', (_name, read) => {
  for (const repeated of REPEATED) {
    for (const [head, tail] of [['', ''], ['', 'x'], ['"', '.'], ['i like ', ' thing.']] as const) {
      const text = head + repeated.repeat(MAX_TEXT_CHARS).slice(0, MAX_TEXT_CHARS - head.length - tail.length) + tail;
      expect(() => read(text)).not.toThrow();
    }
  }
});
