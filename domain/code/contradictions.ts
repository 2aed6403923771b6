/** What the shape of a problem does not show: tests that do not fit its signature, or cannot be told apart. */
import type { Problem } from './problem.ts';
import { misfit } from './value-fits.ts';

export interface Contradiction {
  /** Of the test, e.g. `visibleTests[0]`. */
  place: string;
  /** Names the test. */
  message: string;
}

export function contradictionsOf({ signature, visibleTests, hiddenTests }: Pick<Problem, 'signature' | 'visibleTests' | 'hiddenTests'>): Contradiction[] {
  const found: Contradiction[] = [];
  const names = new Set<string>();
  for (const [kind, tests] of Object.entries({ visibleTests, hiddenTests })) {
    for (const [index, test] of tests.entries()) {
      const complain = (message: string) => found.push({ place: `${kind}[${index}]`, message: `"${test.name}": ${message}` });
      if (names.has(test.name)) complain('another test has this name.');
      names.add(test.name);
      const { parameters, returns } = signature;
      if (test.input.length !== parameters.length) complain(`there are ${test.input.length} inputs for ${parameters.length} parameters.`);
      for (const [position, parameter] of parameters.entries()) {
        const wrong = position < test.input.length ? misfit(parameter.type, test.input[position], parameter.name) : null;
        if (wrong) complain(wrong);
      }
      const wrong = misfit(returns, test.expected, 'expected');
      if (wrong) complain(wrong);
    }
  }
  return found;
}
