/**
 * A scorecard by rules over what happened: runs, measures of the code, time, hints, and answers to questions. What somebody says
 * about themselves, asks for, or writes in a comment is nowhere looked at, so it cannot raise anything.
 */
import { type Approach, type CodeMeasures, type MeasureCode, approachesLike } from '../code/measures.ts';
import type { FinishedRun } from '../code/run-glance.ts';
import { counted, listed } from '../code/speak-value.ts';
import { hearCode } from '../interview/code-guide/code-listening.ts';
import { costIn } from '../interview/code-guide/task-answers.ts';
import { stemsOf } from '../interview/wording.ts';
import { isNoArgument } from './evidence.ts';
import type { AreaScore, Evidence, Reason, RubricArea, ScorecardMaterial } from './scorecard.ts';

/** Of the problem's minutes: faster is strong, up to the norm solid, up to half as much again between. */
const SPEED_SHARES = [0.6, 1, 1.5];
const LONG_FUNCTION_LINES = 40;
const MAX_QUOTES = 3;
const MAX_QUOTE_CHARS = 140;
/** An answer of fewer words explains nothing. */
const MIN_ANSWER_WORDS = 5;

export function scoreByRules(material: ScorecardMaterial, measure: MeasureCode): AreaScore[] {
  const facts = new Facts(material, measure);
  return [problemSolving(facts), codeQuality(facts), correctness(facts), communication(facts), speed(facts)];
}

class Facts {
  readonly material: ScorecardMaterial;
  /** The last version in which something was written. */
  readonly last: ScorecardMaterial['versions'][number] | null;
  readonly measures: CodeMeasures | null;
  readonly looksLike: Approach[];
  /** Of the template's tests, oldest first. */
  readonly tests: FinishedRun[];
  readonly bestTests: FinishedRun | null;
  readonly firstPass: FinishedRun | null;

  constructor(material: ScorecardMaterial, measure: MeasureCode) {
    this.material = material;
    const last = material.versions.at(-1) ?? null;
    const written = last !== null && !this.#isStarter(last);
    this.last = written ? last : null;
    this.measures = this.last ? measure(this.last.language, this.last.content) : null;
    this.looksLike = this.measures && material.problem ? approachesLike(this.measures, material.problem.approaches) : [];
    this.tests = material.runs.filter(({ request, result }) => (request?.tests === 'visible' || request?.tests === 'all') && result.status !== 'internal_error');
    // The newest run of all tests, else of the visible ones: what was true at the end, not at its best moment.
    this.bestTests = this.tests.findLast(({ request }) => request?.tests === 'all') ?? this.tests.at(-1) ?? null;
    this.firstPass = this.tests.find(({ request, result }) => request?.tests === 'all' && result.status === 'passed') ?? this.tests.find(({ result }) => result.status === 'passed') ?? null;
  }
  #isStarter({ content, language }: ScorecardMaterial['versions'][number]): boolean {
    const plain = (text: string) => text.replaceAll(/\s+/g, '');
    return plain(content) === '' || plain(content) === plain(this.material.problem?.starters[language] ?? '');
  }

  get passes(): boolean {
    return this.bestTests?.result.status === 'passed';
  }
  code(): Evidence[] {
    return this.last ? [{ kind: 'code', path: this.last.path, version: this.last.version }] : [];
  }
  run(run: FinishedRun): Evidence[] {
    return [{ kind: 'run', runId: run.runId }];
  }
  said(itemId: string): Evidence[] {
    const item = this.material.items.find((each) => each.itemId === itemId);
    return item && item.text.trim() !== '' ? [{ kind: 'speech', itemId, startMs: item.startMs, endMs: item.endMs, quote: quoteOf(item.text) }] : [];
  }
}

const area = (name: RubricArea, score: number | null, reasons: Reason[]): AreaScore => {
  const kept = reasons.filter(({ evidence }) => evidence.length > 0);
  return { area: name, score: kept.length === 0 || score === null ? null : Math.min(4, Math.max(1, score)), reasons: kept };
};

function correctness(facts: Facts): AreaScore {
  const { bestTests, tests, last } = facts;
  if (!bestTests) return area('correctness', last ? 1 : null, [{ text: 'The tests were never run on this code.', evidence: facts.code() }]);
  const results = bestTests.result.results ?? [];
  const passed = results.filter((each) => each.passed).length;
  const all = bestTests.request?.tests === 'all';
  const evidence = facts.run(bestTests);
  if (bestTests.result.status === 'compile_error') return area('correctness', 1, [{ text: 'The last version that was tested does not compile.', evidence }]);
  const reasons: Reason[] = [{ text: `${passed} of ${counted(results.length, 'test', 'tests')} ${passed === 1 ? 'passes' : 'pass'} in the last run of ${all ? 'all tests' : 'the visible tests'}.`, evidence }];
  if (!all) reasons.push({ text: 'The hidden tests were not run.', evidence });
  const failedBefore = tests.filter(({ result }) => result.status !== 'passed').length;
  if (facts.passes && failedBefore > 0) reasons.push({ text: `${counted(failedBefore, 'run', 'runs')} failed on the way there.`, evidence: facts.run(tests.find(({ result }) => result.status !== 'passed')!) });
  const share = results.length === 0 ? 0 : passed / results.length;
  return area('correctness', facts.passes ? (all ? 4 : 3) : share >= 0.8 ? 3 : share >= 0.4 ? 2 : 1, reasons);
}

function speed(facts: Facts): AreaScore {
  const { firstPass, material, tests } = facts;
  const planned = material.problem?.minutes;
  if (planned === undefined) return area('speed', null, []);
  if (!firstPass) {
    const evidence = tests.length > 0 ? facts.run(tests.at(-1)!) : facts.code();
    return area('speed', 1, [{ text: `No version passed the tests; ${planned} minutes are the norm for this problem.`, evidence }]);
  }
  const minutes = Math.max(0, firstPass.atMs - material.startedMs) / 60_000;
  const step = SPEED_SHARES.findIndex((share) => minutes <= planned * share);
  return area('speed', step < 0 ? 1 : 4 - step, [{ text: `The first version that passes came after ${counted(Math.round(minutes), 'minute', 'minutes')}; the norm for this problem is ${planned}.`, evidence: facts.run(firstPass) }]);
}

function problemSolving(facts: Facts): AreaScore {
  const { last, looksLike, material } = facts;
  if (!last) return area('problem-solving', null, []);
  const reasons: Reason[] = [];
  const good = looksLike.some(({ optimal }) => optimal);
  let score = 2;
  if (looksLike.length > 0) {
    const names = listed(looksLike.map(({ name }) => `“${name}”`));
    reasons.push({ text: `By its loops and collections the last version looks like ${looksLike.length === 1 ? names : `one of ${names}`}, ${looksLike.every(({ optimal }) => optimal) ? 'as good a way as this problem has' : good ? 'one of which is as good a way as there is' : 'which a better way exists for'}.`, evidence: facts.code() });
    score = good ? 3 : 2;
  } else reasons.push({ text: 'The last version is like none of the ways that are known for this problem; a person should look at it.', evidence: facts.code() });
  const { hints } = material;
  if (hints.length > 0) {
    reasons.push({ text: `${counted(hints.length, 'hint was', 'hints were')} given, of three.`, evidence: hints.flatMap(({ itemId }) => facts.said(itemId)).slice(0, MAX_QUOTES) });
    if (hints.length >= 2) score -= 1;
  } else if (good && facts.passes) score += 1;
  if (!facts.passes) score = Math.min(score, 2);
  if (hints.length >= 3 || (!facts.passes && looksLike.length === 0)) score = Math.min(score, facts.passes ? 2 : 1);
  return area('problem-solving', score, reasons);
}

function codeQuality(facts: Facts): AreaScore {
  const { measures, bestTests, last } = facts;
  if (!measures || !last || measures.functions.length === 0) return area('code-quality', null, []);
  const faults: string[] = [];
  const longest = measures.functions.toSorted((a, b) => b.lines - a.lines)[0]!;
  if (longest.lines > LONG_FUNCTION_LINES) faults.push(`the function ${longest.name.slice(0, 40)} has ${longest.lines} lines`);
  if (measures.vagueNames.length > 1) faults.push(`names such as ${listed(measures.vagueNames.slice(0, 3).map((name) => `“${name}”`))} say little`);
  if (measures.prints > 0) faults.push(`${counted(measures.prints, 'print is', 'prints are')} left in it`);
  if (measures.loopDepth >= 4) faults.push(`loops are nested ${measures.loopDepth} deep`);
  if (measures.hasErrors) faults.push('it cannot be read to its end');
  const evidence = facts.code();
  const reasons: Reason[] = faults.length === 0 ? [{ text: `${counted(measures.functions.length, 'function', 'functions')} of at most ${counted(longest.lines, 'line', 'lines')}, telling names, nothing left over.`, evidence }] : [{ text: `In the last version ${listed(faults)}.`, evidence }];
  let score = 4 - faults.length;
  if (!facts.passes) {
    score = Math.min(score, 3);
    if (bestTests) reasons.push({ text: 'It does not pass its tests, so how it reads counts for less.', evidence: facts.run(bestTests) });
  }
  if (measures.hasErrors) score = Math.min(score, 2);
  return area('code-quality', score, reasons);
}

function communication(facts: Facts): AreaScore {
  const { items, versions } = facts.material;
  const known = vocabularyOf(facts);
  const asked: { question: string; answers: typeof items }[] = [];
  for (const item of items) {
    if (item.speaker === 'agent') {
      if (item.text.includes('?')) asked.push({ question: item.text, answers: [] });
    } else asked.at(-1)?.answers.push(item);
  }
  // One answer for each question: talking more does not count more.
  const explained = asked.flatMap(({ answers }) => answers.find((item) => explains(item.text, known)) ?? []);
  if (asked.length < 2) return area('communication', null, []);
  const share = explained.length / asked.length;
  const firstCodeMs = versions.find(({ version }) => version > 1)?.atMs ?? Infinity;
  const before = explained.find(({ startMs }) => facts.material.startedMs + startMs < firstCodeMs);
  const reasons: Reason[] = [];
  if (explained.length > 0) reasons.push({ text: `${explained.length} of ${counted(asked.length, 'question', 'questions')} got an answer that explains something.`, evidence: explained.slice(0, MAX_QUOTES).flatMap(({ itemId }) => facts.said(itemId)) });
  if (before) reasons.push({ text: 'The plan was told before it was typed.', evidence: facts.said(before.itemId) });
  if (explained.length === 0) {
    const first = items.find(({ speaker }) => speaker === 'agent');
    reasons.push({ text: `None of ${counted(asked.length, 'question', 'questions')} got an answer that explains something.`, evidence: first ? facts.said(first.itemId) : [] });
  }
  const score = explained.length === 0 ? 1 : share >= 0.7 && explained.length >= 4 && before ? 4 : share >= 0.45 && explained.length >= 3 ? 3 : 2;
  return area('communication', score, reasons);
}

/** An answer with some length that uses words of the problem, of programming, or of cost; orders and wishes explain nothing. */
function explains(text: string, known: ReadonlySet<string>): boolean {
  if (isNoArgument(text)) return false;
  const { intent, wordCount } = hearCode(text);
  if (!['answer', 'question', 'done'].includes(intent) || wordCount < MIN_ANSWER_WORDS) return false;
  return costIn(text) !== null || stemsOf(text).filter((stem) => known.has(stem)).length >= 2;
}
const OF_PROGRAMMING = 'loop list array index map dictionary hash set stack queue heap sort sorted recursion recursive pointer position element value key lookup store compare iterate count empty edge case duplicate memory time linear constant quadratic logarithmic complexity function return string number pair neighbour tree node graph path before because first last'.split(' ').flatMap(stemsOf);
function vocabularyOf({ material }: Facts): Set<string> {
  return new Set([...OF_PROGRAMMING, ...stemsOf(material.problem?.spoken ?? '')]);
}

/** The beginning of an item, whole words. */
export function quoteOf(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length <= MAX_QUOTE_CHARS) return trimmed;
  return trimmed.slice(0, trimmed.lastIndexOf(' ', MAX_QUOTE_CHARS) > 0 ? trimmed.lastIndexOf(' ', MAX_QUOTE_CHARS) : MAX_QUOTE_CHARS);
}
