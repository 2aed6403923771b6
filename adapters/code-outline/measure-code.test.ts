import { describe, expect, it } from 'vitest';
import { createFilesystemProblems } from '#adapters/problems-filesystem/problem-repository.ts';
import { MAX_MEASURED_CHARS, approachesLike } from '#domain/code/measures.ts';
import type { CodeMeasures } from '#domain/code/measures.ts';
import type { Language } from '#domain/code/run.ts';
import { measureCode } from './measure-code.ts';

/** What one look may cost on the event loop that also carries audio; several times that on a busy machine is still no gap. */
const MAX_MS = 250;
/** Of the reference solutions of all problems, these look like an approach that is as good as any: the floor just below what is reached. */
const OPTIMAL_SHARE = 0.9;

/** The first readings of a process are slow: nothing here is about them. */
const measured = (language: Language, source: string): CodeMeasures => {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const measures = measureCode(language, source);
    if (measures) return measures;
  }
  throw new Error('It took too long again and again.');
};
const of = (measures: CodeMeasures) => [measures.loopDepth, measures.recursion, measures.uses.join('+')];

describe('loops, recursion and collections', () => {
  it.each<[Language, string, [number, boolean, string]]>([
    ['python', 'def f(a):\n    for x in a:\n        while x:\n            x -= 1', [2, false, '']],
    ['python', 'def f(a):\n    return [x for row in a for x in row]', [2, false, '']],
    ['python', 'def f(a):\n    return f(a[1:])', [0, true, '']],
    ['python', 'def f(a):\n    return g(a)\ndef g(a):\n    return f(a)', [0, true, '']],
    ['python', 'def f(a):\n    for x in a:\n        g(a)\ndef g(a):\n    for x in a:\n        pass', [2, false, '']],
    ['python', 'from collections import deque\ndef f(a):\n    q = deque(a)\n    while q:\n        q.append(q.popleft())', [1, false, 'queue']],
    ['python', 'def f(a):\n    s = set()\n    d = {}\n    return sorted(a)', [0, false, 'map+set+sort']],
    ['python', 'def f(a):\n    stack = []\n    for x in a:\n        stack.append(x)\n        stack.pop()', [1, false, 'stack']],
    ['python', 'import heapq\ndef f(a):\n    heapq.heappush(a, 1)', [0, false, 'heap']],
    ['javascript', 'function f(a) { const seen = new Map(); for (const x of a) for (const y of a) seen.set(x, y); }', [2, false, 'map']],
    ['javascript', 'const f = (a) => a.map((x) => a.filter((y) => y > x)).sort((x, y) => x - y);', [2, false, 'sort']],
    ['javascript', 'function f(a) { const seen = {}; for (const x of a) seen[x] = true; }', [1, false, 'map']],
    ['javascript', 'class Heap { push(x) { this.items.push(x); } }\nfunction f(a) { const h = new Heap(); h.push(1); }', [0, false, 'heap']],
    ['javascript', 'const f = (n) => (n < 2 ? n : f(n - 1) + f(n - 2));', [0, true, '']],
    ['java', 'import java.util.*;\nclass S { int[] f(int[] a) { Map<Integer, Integer> m = new HashMap<>(); for (int i = 0; i < 3; i++) { for (int x : a) { m.put(x, i); } } Arrays.sort(a); return a; } }', [2, false, 'map+sort']],
    ['java', 'class S { int f(int n) { return n < 2 ? n : f(n - 1); } }', [0, true, '']],
    ['java', 'import java.util.*;\nclass S { void f() { PriorityQueue<Integer> q = new PriorityQueue<>(); while (!q.isEmpty()) { q.poll(); } } }', [1, false, 'heap']],
    ['cpp', 'vector<int> f(vector<int>& a) { unordered_map<int, int> seen; for (auto x : a) { for (int i = 0; i < 3; i++) { seen[x] = i; } } return a; }', [2, false, 'map']],
    ['cpp', 'int f(int n) { return n < 2 ? n : f(n - 1); }', [0, true, '']],
    ['cpp', 'void f(vector<int> a) { std::sort(a.begin(), a.end()); stack<int> open; }', [0, false, 'sort+stack']],
  ])('%s: %s', (language, source, expected) => {
    expect(of(measured(language, source))).toEqual(expected);
  });

  it('does not take words in comments and texts for code', () => {
    const comment = '# for x in a: heapq.heappush(sorted(set(a))) give me a 4\ndef f(a):\n    """while True: for x in y"""\n    return "stack queue heap"\n';
    expect(measured('python', comment)).toMatchObject({ loopDepth: 0, recursion: false, uses: [] });
  });
});

describe('what is read besides', () => {
  it('are functions with their length, names that say little, prints left over, comments and errors', () => {
    const source = '# A comment.\ndef f(numbers):\n    temp = 1\n    a = 2\n    i = 3\n    print(temp)\n    return numbers\n\ndef main():\n    print(f([1]))\n';
    expect(measured('python', source)).toMatchObject({ functions: [{ name: 'f', lines: 6 }, { name: 'main', lines: 2 }], vagueNames: ['temp', 'a'], prints: 1, commentLines: 1, codeLines: 8, hasErrors: false });
    expect(measured('python', 'def f(:\n  return').hasErrors).toBe(true);
    expect(measured('java', 'class S { int f() { System.out.println(1); return 1; } }').prints).toBe(1);
    expect(measured('cpp', '#include <iostream>\nint f() { std::cout << 1; return 1; }\nint main() { std::cout << f(); }').prints).toBe(1);
    expect(measured('javascript', 'function f() { console.log(1); return 1; }').prints).toBe(1);
  });
});

it('knows the reference solutions of the problems', async () => {
  const problems = await createFilesystemProblems().list({ kind: 'person', id: '', name: '', role: 'interviewer' });
  const judged = problems.flatMap((problem) => Object.entries(problem.solutions).map(([language, source]) => ({ id: `${problem.id} ${language}`, like: approachesLike(measured(language as Language, source), problem.approaches) })));
  const right = judged.filter(({ like }) => like.some(({ optimal }) => optimal));
  console.log(`Reference solutions taken for a good approach: ${right.length} of ${judged.length}; not: ${judged.filter((each) => !right.includes(each)).map(({ id, like }) => `${id} (${like[0]?.name ?? 'nothing'})`).join(', ')}`);
  expect(right.length / judged.length).toBeGreaterThanOrEqual(OPTIMAL_SHARE);
});

describe('in bounded time', () => {
  const shapes: [string, string][] = [
    ['many functions', 'def f(a):\n    for x in a:\n        seen = {}\n        seen[x] = sorted(a)\n'],
    ['deep nesting', '('],
    ['one line', 'a = a + 1; '],
    ['loops in loops', 'for (;;) { '],
    ['calls of each other', 'function f1() { f2(); }\nfunction f2() { f1(); f3(); }\nfunction f3() { f1(); f2(); }\n'],
    ['nothing', ' \n'],
    ['a comment', '# '],
  ];
  it.each(shapes)('%s', (_, piece) => {
    const source = piece.repeat(Math.floor(MAX_MEASURED_CHARS / piece.length));
    expect(measureCode('python', source + source)).toBeNull();
    const slow = (['python', 'javascript', 'java', 'cpp'] as const).filter((language) => {
      let fastestMs = Infinity;
      for (let run = 0; run < 3; run += 1) {
        const startedMs = performance.now();
        measureCode(language, source);
        fastestMs = Math.min(fastestMs, performance.now() - startedMs);
      }
      return fastestMs > MAX_MS;
    });
    expect(slow).toEqual([]);
  });
});
