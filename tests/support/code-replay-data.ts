/** A code interview of twelve minutes that nobody has to sit through: its log, its versions, its words and its recording. */
import type { Page } from 'playwright';
import type { FileVersion } from '#domain/code/replay.ts';
import type { RunResult } from '#domain/code/run.ts';
import type { Session, SessionEvent, TranscriptItem } from '#domain/session/session.ts';
import { UPLINK_SAMPLE_RATE_HZ, msToSamples } from '#domain/stream/audio-format.ts';
import { encodeWav } from '#domain/stream/wav.ts';

export const INTERVIEW_ID = '00000000-0000-4000-8000-0000000c0de1';
/** Between the creation of the session and its first sample. */
const BEGAN_MS = 30_000;
const PATH = 'two_sum.py';
const STARTER = 'def two_sum(numbers, target):\n    pass\n';

class Interview {
  events: SessionEvent[] = [];
  versions: FileVersion[] = [];
  items: TranscriptItem[] = [];
  /** On the recording. */
  ms = 0;
  text = '';

  event(type: string, data: unknown, sampled = true, atMs = this.ms): void {
    this.events.push({ seq: this.events.length + 1, type, atMs: BEGAN_MS + this.ms, data, ...(sampled ? { sample: msToSamples(atMs) } : {}) });
  }
  says(speaker: 'user' | 'agent', text: string, unheardText?: string): void {
    const startMs = this.ms;
    this.ms += 600 + text.length * 62;
    const item: TranscriptItem = { itemId: `item-${this.items.length + 1}`, revision: 1, speaker, text, ...(unheardText ? { unheardText } : {}), startMs, endMs: this.ms, startSample: msToSamples(startMs), endSample: msToSamples(this.ms) };
    this.items.push(item);
    this.ms += 500;
    this.event('transcript.final', item, true, startMs);
  }
  waits(ms: number): void {
    this.ms += ms;
  }
  saves(): void {
    this.versions.push({ path: PATH, version: this.versions.length + 1, atMs: BEGAN_MS + this.ms, content: this.text });
  }
  /** `old` becomes `insert`, key by key. */
  types(old: string, insert: string, { paste = false } = {}): void {
    const from = this.text.indexOf(old);
    if (from < 0) throw new Error(`"${old}" is not in the file.`);
    const edit = (at: number, to: number, typed: string, event: string) => {
      this.event('editor', { path: PATH, version: this.versions.length, changes: [{ agoMs: 0, from: at, to, insert: typed, length: this.text.length, event }] });
      this.text = this.text.slice(0, at) + typed + this.text.slice(to);
    };
    if (old !== '') edit(from, from + old.length, '', 'delete');
    if (paste) edit(from, from, insert, 'paste');
    else {
      [...insert].forEach((key, index) => {
        edit(from + index, from + index, key, 'type');
        this.waits(key === '\n' ? 700 : 130 + ((index * 37) % 140));
      });
    }
    this.waits(500);
    this.saves();
  }
  runs(result: Partial<RunResult>, tests: 'visible' | 'all' | null = 'visible'): void {
    const runId = `run-${this.events.length}`;
    this.event('run.started', { runId, fileName: PATH, language: 'python', tests, versions: { [PATH]: this.versions.length } }, false);
    this.waits(180);
    for (const test of result.results ?? []) this.event('run.test', { runId, result: test }, false);
    this.waits(60);
    this.event('run.result', { runId, success: false, language: 'python', stdout: '', stderr: '', truncated: false, exitCode: 0, signal: null, timeMs: 42, cpuMs: 30, memoryKb: 9_800, enforcement: 'cgroup-v2', ...result }, false);
    this.waits(1_200);
  }
}

function interview(): Interview {
  const one = new Interview();
  one.waits(1_500);
  one.says('agent', 'Hello Cleo, good to have you here. The problem is on your left: find the two numbers that add up to the target.');
  one.says('user', 'Hi. So I get a list and a target, and I return the two positions. Can the same number be used twice?');
  one.says('agent', 'No, each position counts once. How would you go about it?');
  one.says('user', 'The simple way is two loops over all pairs. That is quadratic, but let me begin with it.');
  one.text = STARTER;
  one.saves();
  one.waits(2_000);
  one.types('    pass\n', '    for i in range(len(numbers)):\n        for j in range(len(numbers)):\n            if numbers[i] + numbers[j] == target:\n                return [i, j]\n');
  one.waits(1_500);
  one.says('user', 'Let me run that.');
  one.event('command.recognized', { command: 'run-tests', text: 'Let me run that.' });
  one.runs({
    status: 'failed',
    results: [
      { name: 'the example', passed: true, actual: [0, 1], expected: [0, 1], stdout: '', error: null, timeMs: 2 },
      { name: 'half of the target', passed: false, actual: [0, 0], expected: [1, 2], stdout: '', error: null, timeMs: 2 },
      { name: 'negative numbers', passed: true, actual: [1, 3], expected: [1, 3], stdout: '', error: null, timeMs: 2 },
    ],
  });
  one.says('agent', 'Two of three pass. With 3, 2 and 4 and a target of 6 it should give 1 and 2,', 'but it gives 0 and 0.');
  one.says('user', 'Ah, it pairs a number with itself.');
  one.types('for j in range(len(numbers)):', 'for j in range(i + 1, len(numbers)):');
  one.runs({
    status: 'passed',
    success: true,
    results: [
      { name: 'the example', passed: true, actual: [0, 1], expected: [0, 1], stdout: '', error: null, timeMs: 2 },
      { name: 'half of the target', passed: true, actual: [1, 2], expected: [1, 2], stdout: '', error: null, timeMs: 2 },
      { name: 'negative numbers', passed: true, actual: [1, 3], expected: [1, 3], stdout: '', error: null, timeMs: 2 },
    ],
  });
  one.says('agent', 'All three pass. How does its time grow with the list, and can you do better?');
  one.says('user', 'Quadratic. I am not sure how to avoid the second loop.');
  one.waits(47_000);
  one.says('user', 'Could I have a hint?');
  const hintAtMs = one.ms;
  one.says('agent', 'For each number, which one would you have to have seen already? And where could you look that up quickly?');
  one.event('hint.given', { problemId: 'two-sum', step: 1, itemId: one.items.at(-1)!.itemId }, true, hintAtMs);
  one.says('user', 'The target minus the number. I could keep a dictionary from each number to its position.');
  one.types(one.text.slice(one.text.indexOf('    for i')), '    seen = {}\n    for position, number in enumerate(numbers):\n        rest = target - number\n        if rest in seen:\n            return [seen[rest], position]\n        seen[number] = position\n');
  one.waits(2_000);
  one.types('', '# Time grows with the length of the list: each number is looked up once.\n# Space as well, for the dictionary.\n', { paste: true });
  one.runs(
    {
      status: 'passed',
      success: true,
      results: [
        { name: 'the example', passed: true, actual: [0, 1], expected: [0, 1], stdout: '', error: null, timeMs: 1 },
        { name: 'half of the target', passed: true, actual: [1, 2], expected: [1, 2], stdout: '', error: null, timeMs: 1 },
        { name: 'negative numbers', passed: true, actual: [1, 3], expected: [1, 3], stdout: '', error: null, timeMs: 1 },
        { name: 'a long list', hidden: true, passed: true, timeMs: 12 },
        { name: 'equal numbers', hidden: true, passed: true, timeMs: 1 },
      ],
    },
    'all',
  );
  one.says('agent', 'Everything passes, the hidden tests as well. Thank you, Cleo.');
  one.waits(1_000);
  return one;
}

const made = interview();
export const INTERVIEW = {
  lengthMs: made.ms,
  text: made.text,
  events: made.events,
  versions: made.versions,
  items: made.items,
  session: {
    id: INTERVIEW_ID, kind: 'code', status: 'completed', title: 'Two sum with Cleo', templateId: 'two-sum', consent: { recording: true }, createdAt: new Date(Date.now() - 3_600_000).toISOString(),
    startedAt: new Date(Date.now() - 3_600_000 + BEGAN_MS).toISOString(), endedAt: new Date(Date.now() - 3_600_000 + BEGAN_MS + made.ms).toISOString(), durationMs: made.ms, endReason: 'ended_by_person', sample: false,
    code: { part: 'owner', candidate: true, autocomplete: false },
  } satisfies Session as Session,
};

/** Answers what the replay asks for with this interview; `change` is for sessions that are different. */
export async function answerWithInterview(page: Page, { session = {}, events = INTERVIEW.events, versions = INTERVIEW.versions, items = INTERVIEW.items }: { session?: Partial<Session>; events?: SessionEvent[]; versions?: FileVersion[]; items?: TranscriptItem[] } = {}): Promise<void> {
  await page.route(new RegExp(`/api/sessions/${INTERVIEW_ID}\\b`), (route) => {
    const { pathname, searchParams } = new URL(route.request().url());
    const part = pathname.split('/')[4];
    if (part === undefined) return route.fulfill({ json: { ...INTERVIEW.session, ...session } });
    if (part === 'transcript') return route.fulfill({ json: { items } });
    if (part === 'events') {
      const found = events.filter(({ seq }) => seq > Number(searchParams.get('after') ?? 0)).slice(0, 500);
      return route.fulfill({ json: { events: found, next: found.at(-1)?.seq ?? Number(searchParams.get('after') ?? 0) } });
    }
    if (part === 'versions') return route.fulfill({ json: searchParams.has('after') ? { versions: [], next: 'end' } : { versions, next: 'end' } });
    if (part === 'audio') return route.fulfill(recording(route.request().headers().range));
    return route.fallback();
  });
}

let wav: Buffer | null = null;
function recording(range: string | undefined): { status: number; contentType: string; headers: Record<string, string>; body: Buffer } {
  wav ??= Buffer.from(encodeWav({ samples: new Int16Array(msToSamples(INTERVIEW.lengthMs)), sampleRateHz: UPLINK_SAMPLE_RATE_HZ }));
  const [, first = '0', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  const start = Number(first);
  const end = Math.min(wav.length, last === '' ? start + 4_000_000 : Number(last) + 1);
  return { status: range ? 206 : 200, contentType: 'audio/wav', headers: { 'accept-ranges': 'bytes', ...(range ? { 'content-range': `bytes ${start}-${end - 1}/${wav.length}` } : {}) }, body: range ? wav.subarray(start, end) : wav };
}
