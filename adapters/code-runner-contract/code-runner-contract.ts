/** What every `CodeRunner` must do, whichever sandbox is behind it: run in an integration test against each. */
import { describe, expect, it } from 'vitest';
import type { CodeRunner, RunProgress } from '#domain/code/ports.ts';
import { LANGUAGES } from '#domain/code/run.ts';
import type { Language, RunResult, TestResult } from '#domain/code/run.ts';
import { runResultSchema } from '#domain/code/run.ts';
import { readCorpus } from './corpus.ts';
import type { CorpusProgram } from './corpus.ts';
import { requestFor } from './programs.ts';
import type { Asked } from './programs.ts';

export interface RunnerUnderTest {
  runner(): CodeRunner;
  /** Languages that this machine can run; the others' tests are skipped. */
  languages: readonly Language[];
  /** Whether the kernel counts memory of the whole run. */
  memoryHeldByKernel: boolean;
  /** Every program of the corpus, or those of the gate. */
  everything: boolean;
  /** False: what was compiled is kept only as long as the machine is, which is nobody's promise. */
  keepsArtefacts?: boolean;
  /** False: progress is told only once the run has ended. */
  live?: boolean;
  /** Takes part of the corpus only. */
  corpus?: (program: CorpusProgram) => boolean;
}

/** A time limit is enforced within 0.2 s; a busy test machine gets more. */
const LATE_MS = 1_500;
/** While a hostile program runs, an ordinary one beside it must not notice. */
const NEIGHBOUR = 'total = 0\nfor number in range(50_000):\n    total += number\nprint(total)\n';

type Visible = Exclude<TestResult, { hidden: true }>;
const visible = (result: RunResult): Visible[] => (result.results ?? []).filter((each): each is Visible => !('hidden' in each));

export function codeRunnerContract(name: string, under: RunnerUnderTest): void {
  const run = (language: Language, source: string, asked?: Asked, onProgress: (progress: RunProgress) => void = () => {}) => under.runner().run(requestFor(language, source, asked), onProgress);
  const withLanguage = (language: Language) => it.runIf(under.languages.includes(language));

  describe.concurrent(`${name}: programs`, () => {
    const PROGRAMS: Record<Language, { echo: string; fails: string; reads: string; other: Record<string, string> }> = {
      python: { echo: 'import sys\nfrom lib.other import SAYS\nprint(SAYS, sys.argv[1:], input())\nprint("oh", file=sys.stderr)', fails: 'raise ValueError("no")', reads: 'print(open("/dev/stdin").read(), end="")', other: { 'lib/other.py': 'SAYS = "hello"' } },
      javascript: { echo: "const { SAYS } = require('./lib/other.js');\nconst [line] = require('node:fs').readFileSync(0, 'utf8').split('\\n');\nconsole.log(SAYS, JSON.stringify(process.argv.slice(2)).replaceAll('\"', \"'\").replaceAll(\"','\", \"', '\"), line);\nconsole.error('oh');", fails: 'throw new Error("no");', reads: "process.stdout.write(require('node:fs').readFileSync('/dev/stdin'));", other: { 'lib/other.js': "exports.SAYS = 'hello';" } },
      java: { echo: 'import java.util.*;\npublic class Main {\n  public static void main(String[] args) {\n    StringJoiner all = new StringJoiner(", ", "[", "]");\n    for (String arg : args) all.add("\'" + arg + "\'");\n    System.out.println(Other.SAYS + " " + all + " " + new Scanner(System.in).nextLine());\n    System.err.println("oh");\n  }\n}', fails: 'public class Main { public static void main(String[] args) { throw new IllegalStateException("no"); } }', reads: 'import java.nio.file.*;\npublic class Main { public static void main(String[] args) throws Exception { System.out.print(Files.readString(Path.of("/dev/stdin"))); } }', other: { 'Other.java': 'class Other { static final String SAYS = "hello"; }' } },
      cpp: { echo: '#include <iostream>\n#include "lib/other.hpp"\nint main(int count, char** args) {\n  std::string line;\n  std::getline(std::cin, line);\n  std::cout << SAYS << " [";\n  for (int i = 1; i < count; i++) std::cout << (i > 1 ? ", \'" : "\'") << args[i] << "\'";\n  std::cout << "] " << line << "\\n";\n  std::cerr << "oh\\n";\n}', fails: '#include <stdexcept>\nint main() { throw std::runtime_error("no"); }', reads: '#include <fstream>\n#include <iostream>\nint main() { std::cout << std::ifstream("/dev/stdin").rdbuf(); }', other: { 'lib/other.hpp': '#define SAYS "hello"' } },
    };
    for (const language of LANGUAGES) {
      const { echo, fails, reads, other } = PROGRAMS[language];
      withLanguage(language)(`${language} gets its input, its arguments and the files beside it`, async () => {
        const result = await run(language, echo, { stdin: 'wörld 😀\n', args: ['a b', '$HOME'], files: other });
        expect(result).toMatchObject({ status: 'ok', success: true, language, stdout: "hello ['a b', '$HOME'] wörld 😀\n", stderr: 'oh\n', exitCode: 0, signal: null, truncated: false });
        expect(result.results).toBeUndefined();
        expect(runResultSchema.safeParse(result).error).toBeUndefined();
      });
      withLanguage(language)(`${language} that fails tells why`, async () => {
        const result = await run(language, fails);
        expect(result).toMatchObject({ status: 'runtime_error', success: false });
        expect(result.stderr).toContain('no');
      });
      withLanguage(language)(`${language} may open its standard input by name`, async () => {
        expect(await run(language, reads, { stdin: 'x'.repeat(200_000) })).toMatchObject({ status: 'ok', stdout: 'x'.repeat(200_000) });
      });
    }
    it.runIf(under.languages.includes('python') && under.live !== false)('output comes while the program runs', async () => {
      const seen: { text: string; atMs: number }[] = [];
      await run('python', 'import time\nprint("first")\ntime.sleep(0.6)\nprint("second")', {}, (progress) => progress.type === 'output' && seen.push({ text: progress.text, atMs: performance.now() }));
      expect(seen.map(({ text }) => text).join('')).toBe('first\nsecond\n');
      expect(seen.at(-1)!.atMs - seen[0]!.atMs).toBeGreaterThan(300);
    });
    withLanguage('python')('exit codes are told', async () => {
      expect(await run('python', 'import sys\nsys.exit(7)')).toMatchObject({ status: 'runtime_error', exitCode: 7, signal: null });
      expect(await run('python', 'exit()')).toMatchObject({ status: 'ok', exitCode: 0 });
      expect(await run('python', 'import os, signal\nos.kill(os.getpid(), signal.SIGTERM)')).toMatchObject({ status: 'runtime_error', exitCode: null, signal: 'SIGTERM' });
    });
    withLanguage('javascript')('modules import each other', async () => {
      expect(await run('javascript', "import { says } from './other.mjs';\nconsole.log(says, await Promise.resolve(1));", { files: { 'other.mjs': "export const says = 'hello';" } })).toMatchObject({ status: 'ok', stdout: 'hello 1\n' });
    });
  });

  describe.concurrent(`${name}: functions`, () => {
    const TWO_SUM: Record<Language, string> = {
      python: 'def two_sum(nums: list[int], target: int) -> list[int]:\n    seen = {}\n    for i, n in enumerate(nums):\n        if target - n in seen:\n            return [seen[target - n], i]\n        seen[n] = i\n    return []',
      javascript: 'function twoSum(nums, target) {\n  const seen = new Map();\n  for (const [i, n] of nums.entries()) {\n    if (seen.has(target - n)) return [seen.get(target - n), i];\n    seen.set(n, i);\n  }\n  return [];\n}\nmodule.exports = { twoSum };',
      java: 'import java.util.*;\n\npublic class TwoSum {\n  public int[] twoSum(int[] nums, int target) {\n    Map<Integer, Integer> seen = new HashMap<>();\n    for (int i = 0; i < nums.length; i++) {\n      Integer at = seen.get(target - nums[i]);\n      if (at != null) return new int[] {at, i};\n      seen.put(nums[i], i);\n    }\n    return new int[0];\n  }\n}',
      cpp: '#include <unordered_map>\n#include <vector>\nusing namespace std;\n\nvector<int> twoSum(vector<int>& nums, int target) {\n  unordered_map<int, int> seen;\n  for (int i = 0; i < (int)nums.size(); i++) {\n    if (auto at = seen.find(target - nums[i]); at != seen.end()) return {at->second, i};\n    seen[nums[i]] = i;\n  }\n  return {};\n}',
    };
    const tests = [[[2, 7, 11, 15], 9, [0, 1]], [[3, 3], 6, [0, 1]], [[1], 5, []]];
    const REVERSE: Record<Language, string> = {
      python: 'def reverse(head):\n    before = None\n    while head:\n        head.next, before, head = before, head, head.next\n    return before',
      javascript: 'function reverse(head) {\n  let before = null;\n  while (head) [head.next, before, head] = [before, head, head.next];\n  return before;\n}',
      java: 'public class Main {\n  public ListNode reverse(ListNode head) {\n    ListNode before = null;\n    while (head != null) {\n      ListNode next = head.next;\n      head.next = before;\n      before = head;\n      head = next;\n    }\n    return before;\n  }\n}',
      cpp: 'ListNode* reverse(ListNode* head) {\n  ListNode* before = nullptr;\n  while (head) {\n    ListNode* next = head->next;\n    head->next = before;\n    before = head;\n    head = next;\n  }\n  return before;\n}',
    };
    const INVERT: Record<Language, string> = {
      python: 'class Solution:\n    def invert(self, root):\n        if root:\n            root.left, root.right = self.invert(root.right), self.invert(root.left)\n        return root',
      javascript: 'class Solution {\n  invert(root) {\n    if (root) [root.left, root.right] = [this.invert(root.right), this.invert(root.left)];\n    return root;\n  }\n}',
      java: 'class Solution {\n  public TreeNode invert(TreeNode root) {\n    if (root == null) return null;\n    TreeNode left = root.left;\n    root.left = invert(root.right);\n    root.right = invert(left);\n    return root;\n  }\n}',
      cpp: 'class Solution {\npublic:\n  TreeNode* invert(TreeNode* root) {\n    if (!root) return root;\n    TreeNode* left = root->left;\n    root->left = invert(root->right);\n    root->right = invert(left);\n    return root;\n  }\n};',
    };
    for (const language of LANGUAGES) {
      withLanguage(language)(`${language} is called once per case`, async () => {
        const result = await run(language, TWO_SUM[language], { tests, fileName: language === 'java' ? 'TwoSum.java' : undefined });
        expect(result).toMatchObject({ status: 'passed', success: true });
        expect(visible(result).map(({ passed, actual, error }) => [passed, actual, error])).toEqual([[true, [0, 1], null], [true, [0, 1], null], [true, [], null]]);
        expect(runResultSchema.safeParse(result).error).toBeUndefined();
      });
      withLanguage(language)(`${language} gets and gives lists and trees`, async () => {
        const list = { name: 'reverse', parameters: [{ name: 'head', type: 'ListNode' }], returns: 'ListNode' };
        expect(await run(language, REVERSE[language], { signature: list, tests: [[[1, 2, 3], [3, 2, 1]], [[], []]] })).toMatchObject({ status: 'passed' });
        const tree = { name: 'invert', parameters: [{ name: 'root', type: 'TreeNode' }], returns: 'TreeNode' };
        expect(await run(language, INVERT[language], { signature: tree, tests: [[[1, 2, 3, null, 4], [1, 3, 2, null, null, 4]], [[], []]] })).toMatchObject({ status: 'passed' });
      });
    }
    const VALUES = 'A value of every kind';
    withLanguage('python')(`${VALUES} crosses from Python`, async () => {
      const source = 'def f(k):\n    circle = []\n    circle.append(circle)\n    deep = []\n    for _ in range(5000):\n        deep = [deep]\n    return [None, True, 1.5, "é\\ud83d\\ude00", (1, (2,)), {"a": {1: 2}}, {3, 1}, -0.0, 10**15, float("nan"), circle, deep, 2**64 + 1, 10**5000, object()][k]';
      const good = [null, true, 1.5, 'é\ud83d\ude00', [1, [2]], { a: { 1: 2 } }, [1, 3], 0, 1e15];
      const result = await run('python', source, { tests: [...good.map((value, index) => [index, value]), ...[9, 10, 11, 12, 13, 14].map((index) => [index, 0])] });
      expect(visible(result).map(({ passed }) => passed)).toEqual([...good.map(() => true), false, false, false, false, false, false]);
      expect(visible(result).slice(9).map(({ error, actual }) => error ?? actual)).toEqual(['NaN', expect.stringContaining('contains itself'), expect.stringContaining('nested'), expect.stringContaining('18446744073709551617'), expect.stringContaining('too long'), expect.stringContaining('object')]);
    });
    withLanguage('javascript')(`${VALUES} crosses from JavaScript`, async () => {
      const source = 'function f(k) {\n  const circle = [];\n  circle.push(circle);\n  let deep = [];\n  for (let i = 0; i < 5000; i++) deep = [deep];\n  return [null, undefined, 1.5, "é😀", [1, [2]], { a: 1 }, new Set([3, 1]), -0, new Map([["x", 1]]), 10n ** 15n, NaN, circle, deep, 2n ** 64n + 1n, () => 1][k];\n}';
      const good = [null, null, 1.5, 'é😀', [1, [2]], { a: 1 }, [3, 1], 0, { x: 1 }, 1e15];
      const result = await run('javascript', source, { tests: [...good.map((value, index) => [index, value]), ...[10, 11, 12, 13, 14].map((index) => [index, 0])] });
      expect(visible(result).map(({ passed }) => passed)).toEqual([...good.map(() => true), false, false, false, false, false]);
    });
    withLanguage('java')(`${VALUES} crosses to and from Java`, async () => {
      const source = 'import java.util.*;\n\npublic class Main {\n  public record Point(int x, double y, String name) {}\n\n  public Object f(Map<String, List<Integer>> map, Integer maybe, List<int[]> pairs, char[][] grid, Point point, long large, Set<String> words) {\n    return List.of(map.get("a").get(1), maybe == null, pairs.get(0)[1], grid[1][0], new Point(point.x() + 1, point.y(), point.name()), large, new TreeSet<>(words), Optional.of(2), new double[] {0.5});\n  }\n}';
      expect(await run('java', source, { tests: [[{ a: [1, 2] }, null, [[3, 4]], [['a'], ['b']], [1, 2.5, 'é'], 9_007_199_254_740_991, ['b', 'a'], [2, true, 4, 'b', [2, 2.5, 'é'], 9_007_199_254_740_991, ['a', 'b'], 2, [0.5]]]] })).toMatchObject({ status: 'passed' });
    });
    withLanguage('cpp')(`${VALUES} crosses to and from C++`, async () => {
      const source = '#include <map>\n#include <optional>\n#include <string>\n#include <tuple>\n#include <vector>\nusing namespace std;\n\nstruct Point {\n  int x;\n  double y;\n  string name;\n};\n\ntuple<int, bool, pair<int, int>, char, Point, long long, map<string, int>, optional<int>> f(const map<string, vector<int>>& all, optional<int> maybe, pair<int, int> two, vector<vector<char>> grid, Point point, long long large) {\n  point.x += 1;\n  return {all.at("a")[1], !maybe, two, grid[1][0], point, large, {{"k", 1}}, nullopt};\n}';
      expect(await run('cpp', source, { tests: [[{ a: [1, 2] }, null, [3, 4], [['a'], ['b']], [1, 2.5, 'é'], 9_007_199_254_740_991, [2, true, [3, 4], 'b', [2, 2.5, 'é'], 9_007_199_254_740_991, { k: 1 }, null]]] })).toMatchObject({ status: 'passed' });
    });
    for (const language of ['java', 'cpp'] as const) {
      withLanguage(language)(`${language} is told when a value does not fit its parameter`, async () => {
        const source = language === 'java' ? 'public class Main { public int f(int a) { return a; } }' : 'int f(int a) { return a; }';
        const result = await run(language, source, { tests: [[2 ** 31, 0], [1.5, 0], ['x', 0], [null, 0], [1, 2, 0], [-(2 ** 31), -(2 ** 31)]] });
        expect(visible(result).map(({ passed }) => passed)).toEqual([false, false, false, false, false, true]);
        for (const { error } of visible(result).slice(0, 5)) expect(error).toMatch(/The test gives|takes/);
      });
    }
    withLanguage('python')('which function is meant follows the rule, and is asked where it does not', async () => {
      expect(await run('python', 'def helper(a):\n    return 0\n\ndef answer(a):\n    return a', { tests: [[1, 1]] })).toMatchObject({ status: 'passed' });
      expect(await run('python', 'def one(a):\n    return 0\n\ndef two(a):\n    return a', { tests: [[1, 1]], entryPoint: 'two' })).toMatchObject({ status: 'passed' });
      await expect(run('python', 'def one(a):\n    return 0\n\ndef two(a):\n    return a', { tests: [[1, 1]] })).rejects.toMatchObject({ code: 'entry_point.ambiguous' });
    });
    withLanguage('python')('an async function is awaited, and the order of what is printed is kept per test', async () => {
      const result = await run('python', 'import sys\nprint("loading")\n\nasync def f(a):\n    print("for", a)\n    print("err", a, file=sys.stderr)\n    return a', { tests: [[1, 1], [2, 2], [3, 0]] });
      expect(visible(result).map(({ stdout }) => stdout)).toEqual(['loading\nfor 1\n', 'for 2\n', 'for 3\n']);
      expect(result).toMatchObject({ status: 'failed', stdout: 'loading\nfor 1\nfor 2\nfor 3\n', stderr: 'err 1\nerr 2\nerr 3\n' });
    });
    withLanguage('python')('a crash takes only its own test with it', async () => {
      const result = await run('python', 'import os\n\ndef f(a):\n    print("at", a)\n    if a == 2:\n        os.abort()\n    return a', { tests: [[1, 1], [2, 2], [3, 3]], hidden: [[4, 4]] });
      expect(result).toMatchObject({ status: 'runtime_error', signal: 'SIGABRT' });
      expect(result.results!.map(({ passed }) => passed)).toEqual([true, false, true, true]);
      expect(visible(result)[1]).toMatchObject({ stdout: 'at 2\n', error: expect.stringContaining('SIGABRT') });
    });
    withLanguage('python')('tests are told one by one', async () => {
      const seen: string[] = [];
      await run('python', 'def f(a):\n    return a', { tests: [[1, 1]], hidden: [[2, 2]] }, (progress) => progress.type === 'test' && seen.push(`${progress.result.name} ${progress.result.passed}`));
      expect(seen).toEqual(['case 1 true', 'hidden 1 true']);
    });
    withLanguage('python')('floats may differ a little and order need not count, where the test says so', async () => {
      expect(await run('python', 'def f(a):\n    return [0.1 + 0.2, a]', { tests: [[1, [0.3, 1.000_000_1]]], compare: 'float' })).toMatchObject({ status: 'passed' });
      expect(await run('python', 'def f(a):\n    return [3, 1, 2]', { tests: [[1, [1, 2, 3]]], compare: 'unordered' })).toMatchObject({ status: 'passed' });
    });
  });

  describe.concurrent(`${name}: hidden tests`, () => {
    const SECRET = 48_151_623;
    withLanguage('python')('tell nothing of what they ask, whatever the program prints, keeps or dies of', async () => {
      const source = `import os, sys\nkept = []\n\ndef f(a):\n    kept.append(a)\n    print("kept", kept)\n    print("kept", kept, file=sys.stderr)\n    open("/tmp/kept", "a").write(str(kept))\n    if a == ${SECRET}:\n        os._exit(a % 200)\n    raise ValueError(str(kept))`;
      const seen: RunProgress[] = [];
      const result = await under.runner().run(requestFor('python', source, { tests: [[1, 1]], hidden: [[SECRET, 1], [SECRET, 2]] }), (progress) => seen.push(progress));
      expect(JSON.stringify({ result, seen })).not.toContain(String(SECRET));
      expect(result.results!.slice(1)).toEqual([{ name: 'hidden 1', hidden: true, passed: false, timeMs: expect.any(Number) }, { name: 'hidden 2', hidden: true, passed: false, timeMs: expect.any(Number) }]);
      expect(result).toMatchObject({ exitCode: expect.not.toSatisfy((code: unknown) => code === SECRET % 200) });
    });
    withLanguage('python')('come after the visible ones, in whichever order they are given', async () => {
      const request = requestFor('python', 'seen = []\n\ndef f(a):\n    seen.append(a)\n    print(seen)\n    return a', { tests: [[1, 1]], hidden: [[SECRET, SECRET]] });
      request.tests!.cases.reverse();
      const result = await under.runner().run(request, () => {});
      expect(result.results!.map(({ name: each }) => each)).toEqual(['hidden 1', 'case 1']);
      expect(JSON.stringify(result)).not.toContain(String(SECRET));
    });
  });

  describe.concurrent(`${name}: limits`, () => {
    withLanguage('python')('time is over when it is over, for each case and for the run', async () => {
      const result = await run('python', 'import time\n\ndef f(a):\n    time.sleep(a)\n    return a', { tests: [[0, 0], [9, 9], [0, 0]], limits: { wallMsPerCase: 500 } });
      expect(result).toMatchObject({ status: 'time_limit', limit: 'wall' });
      expect(result.results!.map(({ passed }) => passed)).toEqual([true, false, true]);
      expect(visible(result)[1]!.timeMs).toBeLessThan(500 + LATE_MS);
      const all = await run('python', 'import time\n\ndef f(a):\n    time.sleep(0.4)\n    return a', { tests: [[1, 1], [2, 2], [3, 3], [4, 4]], limits: { wallMsPerRun: 900 } });
      expect(all).toMatchObject({ status: 'time_limit' });
      expect(all.results!.at(-1)!.passed).toBe(false);
    });
    withLanguage('python')('more memory is there when it is asked for', async () => {
      // Who only looks now and then may miss what is held for a moment.
      const source = `import time\nheld = b"x" * 200_000_000\ntime.sleep(${under.memoryHeldByKernel ? 0 : 0.5})\nprint(len(held))`;
      expect(await run('python', source, { limits: { memoryMb: 128 } })).toMatchObject({ status: 'memory_limit', limit: 'memory' });
      expect(await run('python', source, { limits: { memoryMb: 300 } })).toMatchObject({ status: 'ok', memoryKb: expect.toSatisfy((kb: number) => kb > 150_000) });
    });
    withLanguage('python')('a run that nobody wants any more ends at once', async () => {
      const leaving = new AbortController();
      const running = under.runner().run(requestFor('python', 'import time\ntime.sleep(60)'), () => {}, leaving.signal);
      setTimeout(() => leaving.abort(new Error('left')), 200);
      await expect(running).rejects.toThrow('left');
    });
    for (const language of ['java', 'cpp'] as const) {
      withLanguage(language)(`${language} that does not compile says so once, for every test`, async () => {
        const source = language === 'java' ? 'public class Main { public int f(int a) { return b; } }' : 'int f(int a) { return b; }';
        const result = await run(language, source, { tests: [[1, 1], [2, 2]] });
        expect(result).toMatchObject({ status: 'compile_error', compile: { exitCode: 1, stderr: expect.stringMatching(/error: .*b/s) } });
        expect(result.compile!.stderr).not.toMatch(/box|spool/);
        expect(result.results).toHaveLength(2);
        // What was compiled is kept for the next run; the limits of compiling are its own.
        const good = language === 'java' ? 'public class Main { public int f(int a) { return a; } }' : 'int f(int a) { return a; }';
        const asked = { sessionId: `cache ${language}`, tests: [[1, 1]], limits: { memoryMb: 16 } };
        expect(await run(language, good, asked)).toMatchObject({ status: 'passed' });
        expect(await run(language, good, asked)).toMatchObject({ status: 'passed', compile: { exitCode: 0, ...(under.keepsArtefacts === false ? {} : { timeMs: 0 }) } });
      });
    }
  });

  describe(`${name}: hostile programs`, () => {
    const chosen = readCorpus().filter((program) => (under.everything || !program.expected.slow) && (program.expected.rung !== 'cgroup' || under.memoryHeldByKernel) && (program.expected.architecture ?? process.arch) === process.arch && (under.corpus?.(program) ?? true));
    describe.concurrent('each beside a neighbour', () => {
      for (const program of chosen) {
        withLanguage(program.language)(program.name, async () => {
          const [result, neighbour] = await Promise.all([under.runner().run(program.request, () => {}), run('python', NEIGHBOUR)]);
          expectOutcome(program, result);
          expect(neighbour).toMatchObject({ status: 'ok', stdout: '1249975000\n' });
        });
      }
    });
    const leaves = readCorpus().find(({ name: each }) => each === 'disk/first_leaves_a_file.py')!;
    it.runIf(under.languages.includes('python') && (under.corpus?.(leaves) ?? true))('a run finds nothing of the one before', async () => {
      for (let round = 0; round < 3; round += 1) expectOutcome(leaves, await under.runner().run(leaves.request, () => {}));
    });
  });
}

function expectOutcome({ expected }: CorpusProgram, result: RunResult): void {
  const words = JSON.stringify({ ...result, stdout: result.stdout.slice(0, 500), stderr: result.stderr.slice(0, 500) });
  expect([expected.status].flat(), words).toContain(result.status);
  if (expected.limit) expect(result.limit, words).toBe(expected.limit);
  if (expected.signal) expect(result.signal ?? visible(result).find(({ error }) => error?.includes(expected.signal!)), words).toBeTruthy();
  if (expected.stdout !== undefined) expect(result.stdout, words).toBe(expected.stdout);
  if (expected.stdoutBytes !== undefined) expect(Buffer.byteLength(result.stdout), words).toBe(expected.stdoutBytes);
  if (expected.truncated !== undefined) expect(result.truncated, words).toBe(expected.truncated);
  if (expected.passes) expect(result.results?.map(({ passed }) => passed), words).toEqual(expected.passes);
  if (expected.error) expect(`${result.stderr}${visible(result).map(({ error }) => error ?? '').join('\n')}`, words).toContain(expected.error);
  if (expected.notInResult) expect(words).not.toContain(expected.notInResult);
}
