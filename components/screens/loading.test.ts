import { expect, test } from 'vitest';
import { ProblemError } from '#components/api/problem-error.ts';
import { Loading } from './loading.ts';

/** Every question is answered when the test says so. */
function open(leaves = false) {
  const loading = new Loading<string[]>(() => leaves);
  const asked: PromiseWithResolvers<string[]>[] = [];
  const signals: AbortSignal[] = [];
  const load = () =>
    loading.load((signal) => {
      signals.push(signal);
      const answer = Promise.withResolvers<string[]>();
      asked.push(answer);
      return answer.promise;
    });
  return { loading, asked, signals, load };
}
const ready = (...value: string[]) => ({ loaded: { state: 'ready', value }, busy: false });

test('what the page itself changed while it loads again is not undone by an answer from before', async () => {
  const { loading, asked, load } = open();
  const first = load();
  asked[0]!.resolve(['a', 'b']);
  await first;
  const second = load();
  loading.change((names) => names.filter((name) => name !== 'a'));
  expect(loading.view()).toEqual({ ...ready('b'), busy: true });
  asked[1]!.resolve(['a', 'b']);
  await second;
  expect(loading.view()).toEqual(ready('b'));
  const third = load();
  asked[2]!.resolve(['a', 'c']);
  await third;
  expect(loading.view(), 'a later answer knows better').toEqual(ready('a', 'c'));
});

test('of two loads the newer counts, whichever is answered first', async () => {
  const { loading, asked, signals, load } = open();
  const both = [load(), load()];
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  asked[1]!.resolve(['new']);
  asked[0]!.resolve(['old']);
  await Promise.all(both);
  expect(loading.view()).toEqual(ready('new'));
});

test('a failure is shown, unless the page is left because of it', async () => {
  const problem = new ProblemError({ status: 401, code: 'auth.required', title: 'Sign in', detail: 'Sign in again.' });
  for (const leaves of [false, true]) {
    const { loading, asked, load } = open(leaves);
    const told: string[] = [];
    loading.subscribe(() => told.push(loading.view().loaded.state));
    const loaded = load();
    asked[0]!.reject(problem);
    await loaded;
    expect(loading.view()).toEqual({ loaded: leaves ? { state: 'loading' } : { state: 'failed', problem }, busy: false });
    expect(told.at(-1)).toBe(loading.view().loaded.state);
  }
});
