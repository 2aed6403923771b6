import { expect, test, vi } from 'vitest';
import { useLoad } from './use-load.ts';

/** As much of React as the hook asks for: state, references and effects of one component that is drawn again when its state changes. */
const react = vi.hoisted(() => ({ slots: [] as unknown[], at: 0, effects: [] as (() => void)[], redraw: () => {} }));
vi.mock('react', () => {
  const slot = <T>(make: () => T): T => {
    const index = react.at++;
    if (!(index in react.slots)) react.slots[index] = make();
    return react.slots[index] as T;
  };
  const same = (a: unknown[] | undefined, b: unknown[] | undefined) => a !== undefined && b !== undefined && a.every((value, index) => Object.is(value, b[index]));
  return {
    useRef: <T>(current: T) => slot(() => ({ current })),
    useState: <T>(initial: T) => {
      const held = slot(() => ({ value: initial }));
      const set = (next: T | ((now: T) => T)) => {
        held.value = typeof next === 'function' ? (next as (now: T) => T)(held.value) : next;
        react.redraw();
      };
      return [held.value, set];
    },
    useCallback: <T>(run: T, deps: unknown[]) => {
      const held = slot(() => ({ run, deps }));
      if (!same(held.deps, deps)) Object.assign(held, { run, deps });
      return held.run;
    },
    useEffect: (run: () => (() => void) | void, deps?: unknown[]) => {
      const held = slot(() => ({ deps: undefined as unknown[] | undefined, end: undefined as (() => void) | void }));
      if (same(held.deps, deps)) return;
      react.effects.push(() => {
        held.end?.();
        held.deps = deps;
        held.end = run();
      });
    },
  };
});

/** A page that shows what is loaded; every question is answered when the test says so. */
function page() {
  react.slots.length = 0;
  const asked: ((value: string[]) => void)[] = [];
  let shown!: ReturnType<typeof useLoad<string[]>>;
  let [drawing, again] = [false, true];
  const draw = () => {
    again = true;
    if (drawing) return;
    drawing = true;
    while (again) {
      again = false;
      react.at = 0;
      shown = useLoad<string[]>('all', () => new Promise((answer) => asked.push(answer)));
      for (const run of react.effects.splice(0)) run();
    }
    drawing = false;
  };
  react.redraw = draw;
  draw();
  return {
    asked,
    get now() {
      return shown;
    },
    async answer(index: number, value: string[]) {
      asked[index]!(value);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test('what the page itself changed while it loads again is not undone by an answer from before', async () => {
  const it = page();
  await it.answer(0, ['a', 'b']);
  void it.now.reload();
  it.now.setValue((names) => names.filter((name) => name !== 'a'));
  await it.answer(1, ['a', 'b']);
  expect(it.now).toMatchObject({ loaded: { state: 'ready', value: ['b'] }, busy: false });
  void it.now.reload();
  await it.answer(2, ['a', 'c']);
  expect(it.now.loaded).toEqual({ state: 'ready', value: ['a', 'c'] });
});
