import { describe, expect, it } from 'vitest';
import type { Language } from '#domain/code/run.ts';
import { outlineOf } from './outline.ts';

/** `name` for what is public, `-name` for what is not. */
const sign = ({ name, isPublic }: { name: string; isPublic: boolean }) => (isPublic ? name : `-${name}`);
const functionsOf = (language: Language, source: string) => outlineOf(language, source).functions.map(sign);
const classesOf = (language: Language, source: string) => outlineOf(language, source).classes.map((each) => [sign(each), ...each.methods.map(sign)]);

describe('the outline of a source file', () => {
  it('reads Python', () => {
    const source = '@cache\ndef two_sum(a):\n  def inner(): pass\nasync def later(): pass\nshort = lambda x: x\ndef _helper(): pass\nif __name__ == "__main__":\n  def no(): pass\nclass Solution:\n  def __init__(self): pass\n  @staticmethod\n  def solve(a): pass\n';
    expect(functionsOf('python', source)).toEqual(['two_sum', 'later', 'short', '-_helper']);
    expect(classesOf('python', source)).toEqual([['Solution', '-__init__', 'solve']]);
  });
  it('reads JavaScript, in which exports say what is public', () => {
    expect(functionsOf('javascript', 'function a() {}\nconst b = (x) => x, c = 1;\nlet d = async function () {};')).toEqual(['a', 'b', 'd']);
    expect(functionsOf('javascript', 'function a() {}\nfunction b() {}\nmodule.exports = { b };')).toEqual(['-a', 'b']);
    expect(functionsOf('javascript', 'function a() {}\nfunction b() {}\nmodule.exports = a;')).toEqual(['a', '-b']);
    expect(functionsOf('javascript', 'function a() {}\nconst b = () => 1;\nexports.x = b;')).toEqual(['-a', 'b']);
    const module = outlineOf('javascript', 'import fs from "fs";\nfunction a() {}\nexport function b() {}\nexport default class Solution { constructor() {} solve() {} static s() {} #p() {} get g() { return 1; } }');
    expect(module).toMatchObject({ isModule: true, functions: [{ name: 'a', isPublic: false }, { name: 'b', isPublic: true }] });
    expect(module.classes).toEqual([{ name: 'Solution', isPublic: true, methods: [{ name: 'solve', isPublic: true }] }]);
    expect(functionsOf('javascript', 'function a() {}\nfunction b() {}\nexport { b };')).toEqual(['-a', 'b']);
  });
  it('reads Java', () => {
    expect(classesOf('java', 'import java.util.*;\npublic class Main { public static int f(int[] a) { return 1; } private int g() { return 2; } int h() { return 1; } public Main() {} }\nclass Helper { void x() {} }\nrecord P(int a) {}')).toEqual([
      ['Main', 'f', '-h'], ['-Helper', '-x'], ['-P'],
    ]);
  });
  it('reads C++', () => {
    const source = '#include <vector>\nusing namespace std;\nint f(vector<int>& a) { return 1; }\nstatic int g() { return 1; }\nint declared(int);\nnamespace { int hidden() { return 1; } }\nint* p() { return 0; }\nconst string& r() { static string s; return s; }\ntemplate <class T> T t(T a) { return a; }\nauto w(int a) -> int { return a; }\nclass Solution { int z() { return 1; } public: Solution() {} int solve(int a) { return a; } private: int y() { return 1; } };\nstruct Point { int x; int norm() { return x; } };';
    expect(functionsOf('cpp', source)).toEqual(['f', '-g', 'p', 'r', '-t', 'w']);
    expect(classesOf('cpp', source)).toEqual([['Solution', '-z', 'solve', '-y'], ['Point', 'norm']]);
  });
  it('says when it does not understand everything, and goes on', () => {
    for (const [language, source] of [['python', 'def f(:\n  pass'], ['javascript', 'function f( {'], ['java', 'class A { int f( }'], ['cpp', 'int f( {']] as const) {
      expect(outlineOf(language, source).hasErrors, language).toBe(true);
    }
    expect(outlineOf('python', 'def f():\n  return 1\n').hasErrors).toBe(false);
  });
  it('reads whatever it is given', () => {
    for (const language of ['python', 'javascript', 'java', 'cpp'] as const) for (const source of ['', '\u0000\uFFFD', '{'.repeat(5_000), 'a'.repeat(100_000)]) expect(() => outlineOf(language, source)).not.toThrow();
  });
});
