import { expect, test } from 'vitest';
import { isBackchannel } from './backchannel.ts';
import { ClauseCutter } from './clauses.ts';
import { hear } from './listening.ts';
import { readsComplete } from './readiness.ts';
import { mentionsOf } from './take-up.ts';
import { MAX_TEXT_CHARS } from '../stream/protocol.ts';

/** All conversations of a server share one event loop, and audio arrives on it every 20 ms. */
const MAX_MS = 20;
/** The fastest of several runs: how busy the machine is says nothing about the rules. */
const RUNS = 6;

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

test.each(Object.entries(READERS))('%s: the longest answer one can type, written to be slow to read, holds nobody up', (_name, read) => {
  const slow: string[] = [];
  for (const repeated of REPEATED) {
    for (const [head, tail] of [['', ''], ['', 'x'], ['"', '.'], ['i like ', ' thing.']] as const) {
      const text = head + repeated.repeat(MAX_TEXT_CHARS).slice(0, MAX_TEXT_CHARS - head.length - tail.length) + tail;
      if (fastestMs(() => read(text)) > MAX_MS) slow.push(`${head}${repeated}…${tail}`);
    }
  }
  expect(slow).toEqual([]);
});

function fastestMs(run: () => unknown): number {
  let fastest = Infinity;
  for (let count = 0; count < RUNS && fastest > MAX_MS; count += 1) {
    const startedMs = performance.now();
    run();
    fastest = Math.min(fastest, performance.now() - startedMs);
  }
  return fastest;
}
