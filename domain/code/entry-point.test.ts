import { describe, expect, it } from 'vitest';
import { resolveEntryPoint } from './entry-point.ts';
import type { SourceOutline } from './entry-point.ts';
import type { Language } from './run.ts';

const outline = (over: Partial<SourceOutline> = {}): SourceOutline => ({ functions: [], classes: [], isModule: false, hasErrors: false, ...over });
const functions = (...names: string[]) => outline({ functions: names.map((name) => ({ name: name.replace(/^-/, ''), isPublic: !name.startsWith('-') })) });
const solution = (name: string, ...methods: string[]) => ({ name, isPublic: true, methods: methods.map((each) => ({ name: each.replace(/^-/, ''), isPublic: !each.startsWith('-') })) });
const resolve = (of: SourceOutline, { requested = null as string | null, template = undefined as string | undefined, fileName = 'answer.py', language = 'python' as Language } = {}) =>
  resolveEntryPoint({ language, fileName, outline: of }, requested, template);
const named = (name: string) => ({ kind: 'function', name });

describe('the function that the tests call', () => {
  it('is the one asked for', () => {
    expect(resolve(functions('a', 'b'), { requested: 'b' })).toEqual(named('b'));
    expect(resolve(functions('two_sum', 'other'), { requested: 'twoSum' })).toEqual(named('two_sum'));
    expect(resolve(functions('a', '-_b'), { requested: '_b' })).toEqual(named('_b'));
  });
  it("is the template's when this file defines it", () => {
    expect(resolve(functions('helper', 'two_sum'), { template: 'twoSum' })).toEqual(named('two_sum'));
    expect(resolve(functions('other'), { template: 'twoSum' })).toEqual(named('other'));
  });
  it('is the only public one', () => {
    expect(resolve(functions('-_helper', 'solve'))).toEqual(named('solve'));
  });
  it('is the one named like the file, ignoring case and underscores', () => {
    expect(resolve(functions('helper', 'two_sum'), { fileName: 'src/TwoSum.py' })).toEqual(named('two_sum'));
  });
  it('is asked about when several could be meant', () => {
    expect(() => resolve(functions('a', 'b'))).toThrow(expect.objectContaining({ code: 'entry_point.ambiguous', personMessage: expect.stringContaining('a, b') }));
    expect(() => resolve(outline())).toThrow(expect.objectContaining({ code: 'entry_point.ambiguous' }));
  });
  it('is the method of a Solution class, or of the public class in Java', () => {
    expect(resolve(outline({ classes: [solution('Solution', 'twoSum', '-_h')] }))).toEqual({ kind: 'method', owner: 'Solution', name: 'twoSum' });
    const java = outline({ classes: [solution('Main', 'main', 'f', 'f', '-g'), { ...solution('Helper', 'x'), isPublic: false }] });
    expect(resolve(java, { language: 'java', fileName: 'Main.java' })).toEqual({ kind: 'method', owner: 'Main', name: 'f' });
    expect(resolve(outline({ classes: [solution('Main', '-f')] }), { language: 'java', fileName: 'Main.java' })).toMatchObject({ name: 'f' });
    expect(resolve(outline({ classes: [solution('Main', 'f', 'g')] }), { language: 'java', fileName: 'Main.java', requested: 'Main.g' })).toMatchObject({ name: 'g' });
  });
  it('is a free function before a method, and never main or a node class', () => {
    expect(resolve({ ...functions('solve'), classes: [solution('Solution', 'other')] })).toEqual(named('solve'));
    expect(resolve({ ...functions('main', 'solve'), classes: [solution('ListNode', 'x')] }, { language: 'cpp', fileName: 'a.cpp' })).toEqual(named('solve'));
  });
  it('is left to the language when the file does not parse or may define it while running', () => {
    expect(resolve(outline({ hasErrors: true }), { template: 'twoSum' })).toEqual(named('twoSum'));
    expect(resolve(outline({ hasErrors: true }), { fileName: 'x/two_sum.py' })).toEqual(named('two_sum'));
    expect(resolve(outline(), { requested: 'made' })).toEqual(named('made'));
    expect(() => resolve(functions('a'), { requested: 'b', language: 'cpp', fileName: 'a.cpp' })).toThrow(expect.objectContaining({ code: 'entry_point.ambiguous' }));
  });
});
