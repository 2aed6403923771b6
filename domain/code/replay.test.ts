import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SessionEvent, TranscriptItem } from '../session/session.ts';
import { buildReplay, captionAt, codeAt, pathsAt, runAt } from './replay.ts';
import type { EditorChange } from './editor-change.ts';
import type { FileVersion } from './replay.ts';

/** A log whose clock can be made to stand still: the microphone is off. */
class Log {
  events: SessionEvent[] = [];
  versions: FileVersion[] = [];
  items: TranscriptItem[] = [];
  wallMs = 5_000;
  audioMs = 0;
  listening = true;

  waits(ms: number): this {
    this.wallMs += ms;
    if (this.listening) this.audioMs += ms;
    return this;
  }
  event(type: string, data: unknown, sampleMs?: number): this {
    this.events.push({ seq: this.events.length + 1, type, atMs: this.wallMs, data, ...(sampleMs === undefined ? {} : { sample: sampleMs * 16 }) });
    return this;
  }
  /** A key, `agoMs` before it is told; `length` of the text before it. */
  types(path: string, length: number, insert: string, agoMs = 0): this {
    return this.tells(path, { agoMs, from: length, to: length, insert, length, event: insert.length > 20 ? 'paste' : 'type' });
  }
  tells(path: string, ...changes: EditorChange[]): this {
    return this.event('editor', { path, version: 1, changes }, this.receivedMs());
  }
  /** Audio said and not received yet: the connection is away. */
  lateMs = 0;
  receivedMs(): number {
    return this.audioMs - this.lateMs;
  }
  saves(path: string, content: string | null): this {
    this.versions.push({ path, version: this.versions.filter((one) => one.path === path).length + 1, atMs: this.wallMs, content });
    return this;
  }
  says(speaker: string, text: string, ms: number): this {
    const startMs = this.audioMs;
    this.waits(ms);
    const item = { itemId: `${speaker}-${this.items.length}`, revision: 1, speaker, text, startMs, endMs: startMs + ms, startSample: startMs * 16, endSample: (startMs + ms) * 16 };
    this.items.push(item);
    return this.event('transcript.final', item, startMs);
  }
  replay(endedAt: string | null = '2026-01-01T01:00:00.000Z') {
    return buildReplay({ session: { createdAt: '2026-01-01T00:00:00.000Z', startedAt: '2026-01-01T00:00:05.000Z', endedAt, durationMs: this.audioMs }, events: this.events, versions: this.versions, items: this.items });
  }
}

describe('a replay', () => {
  test('shows what was said, typed and run where it happened on the recording', () => {
    const log = new Log();
    log.waits(1_000).saves('main.py', '').says('agent', 'Hello.', 2_000).says('user', 'A map.', 3_000);
    log.waits(4_000).types('main.py', 0, 'x').waits(500).types('main.py', 1, 'y').waits(500).saves('main.py', 'xy');
    log.waits(1_000).event('run.started', { runId: 'r1', fileName: 'main.py', language: 'python', tests: 'visible', versions: { 'main.py': 2 } });
    log.waits(300).event('run.test', { runId: 'r1', result: { name: 'one', passed: false } }).waits(200).event('run.result', { runId: 'r1', status: 'failed' });
    log.waits(2_000).event('hint.given', { problemId: 'p', step: 1, itemId: 'agent-0' }, log.audioMs - 1_000).waits(1_000).event('command.recognized', { command: 'run', text: 'run it' }, log.audioMs);
    log.waits(1_500).types('main.py', 2, '!').tells('main.py', { agoMs: 0, anchor: 1, head: 3 }).waits(30_000);
    const replay = log.replay();
    expect(replay.clock.holds).toEqual([]);
    expect(replay.lengthMs).toBe(log.audioMs);
    expect(codeAt(replay, 9_999)?.state.text).toBe('');
    expect(codeAt(replay, 10_000)).toMatchObject({ path: 'main.py', state: { text: 'x', selection: { anchor: 1, head: 1 } } });
    expect(codeAt(replay, 10_600)?.state).toMatchObject({ text: 'xy', version: 1 });
    expect(codeAt(replay, 11_000)?.state.version).toBe(2);
    expect(codeAt(replay, 60_000)?.state).toMatchObject({ text: 'xy!', selection: { anchor: 1, head: 3 } });
    expect(replay.captions[captionAt(replay, 3_500)]?.text).toBe('A map.');
    expect(captionAt(replay, 500)).toBe(-1);
    expect(runAt(replay, 11_999)).toBeNull();
    expect(runAt(replay, 12_100)).toMatchObject({ runId: 'r1', atMs: 12_000, endMs: 12_500, result: { status: 'failed' }, tests: [{ atMs: 12_300 }], request: { versions: { 'main.py': 2 } } });
    expect(replay.hints).toEqual([{ atMs: 13_500, step: 1, itemId: 'agent-0' }]);
    expect(replay.commands).toEqual([{ atMs: 15_500, command: 'run', text: 'run it' }]);
    expect(replay.silences).toEqual([{ atMs: 17_000, endMs: 47_000 }]);
  });

  test('goes on without the recording while that stands still, and only as long as something happens', () => {
    const log = new Log();
    log.says('user', 'Now I type.', 2_000).types('a.py', 0, '1');
    log.listening = false;
    for (let key = 0; key < 10; key += 1) log.waits(1_000).types('a.py', key + 1, 'x');
    log.waits(400).event('run.started', { runId: 'r' });
    log.waits(600_000);
    log.listening = true;
    log.waits(1_000).types('a.py', 11, '.').waits(3_000);
    const replay = log.replay();
    expect(replay.clock.holds).toEqual([{ fromMs: 2_000, toMs: 12_000, audioMs: 2_000 }]);
    expect(replay.lengthMs).toBe(16_000);
    expect(codeAt(replay, 7_000)?.state.text).toBe('1xxxxx');
    expect(replay.clock.audioAt(7_000)).toMatchObject({ audioMs: 2_000, held: { toMs: 12_000 } });
    expect(replay.clock.audioAt(13_500)).toEqual({ audioMs: 3_500, held: null });
    expect(codeAt(replay, 13_000)?.state.text).toBe('1xxxxxxxxxx.');
    expect(replay.runs[0]?.atMs).toBe(12_400);
  });

  test('puts what was told late where it was typed, also when the recording came late with it', () => {
    const log = new Log();
    log.waits(10_000).types('a.py', 0, '1').waits(1_000).types('a.py', 1, '2', 300);
    // The connection is away for 20 s; then the keys are told at once, and the audio catches up.
    log.waits(20_000);
    log.lateMs = 20_000;
    log.tells('a.py', ...Array.from({ length: 5 }, (_, key): EditorChange => ({ agoMs: (5 - key) * 2_000, from: key + 2, to: key + 2, insert: 'x', length: key + 2, event: 'type' })));
    log.lateMs = 0;
    log.waits(3_000).types('a.py', 7, 'def lost_in_a_paste(): '.repeat(5)).waits(1_000);
    const replay = log.replay();
    expect(replay.clock.holds).toEqual([]);
    expect(replay.touches.map(({ atMs }) => atMs).filter((ms, index, all) => ms !== all[index - 1])).toEqual([10_000, 10_700, 21_000, 23_000, 25_000, 27_000, 29_000, 34_000]);
    expect(codeAt(replay, 26_000)?.state.text).toBe('12xxx');
    expect(replay.pastes).toEqual([{ atMs: 34_000, path: 'a.py', chars: 115 }]);
  });

  test('of a session without microphone, words or code still has a time line', () => {
    const typed = new Log();
    typed.listening = false;
    typed.waits(3_000).saves('a.py', 'x').waits(2_000).event('run.started', { runId: 'r' }).waits(1_000).event('run.result', { runId: 'r', status: 'ok' });
    expect(typed.replay()).toMatchObject({ lengthMs: 6_000, runs: [{ atMs: 5_000, endMs: 6_000 }] });
    expect(codeAt(typed.replay(), 4_000)?.state.text).toBe('x');
    expect(new Log().replay()).toMatchObject({ lengthMs: 0, files: [], runs: [], silences: [] });
    const spoken = new Log().says('user', 'Only words.', 30_000);
    expect(spoken.replay()).toMatchObject({ lengthMs: 30_000, silences: [], captions: [{ atMs: 0, endMs: 30_000 }] });
    expect(codeAt(spoken.replay(), 1_000)).toBeNull();
  });

  test('knows which file was worked on and which there were', () => {
    const log = new Log();
    log.waits(1_000).saves('b.py', 'b').waits(1_000).saves('a.py', 'a').waits(1_000).tells('b.py', { agoMs: 0, anchor: 0, head: 0 }).waits(1_000).types('/a.py', 1, '!').waits(1_000).saves('b.py', null);
    const replay = log.replay();
    expect([1_500, 2_500, 3_500, 4_500].map((ms) => codeAt(replay, ms)?.path)).toEqual(['b.py', 'a.py', 'b.py', 'a.py']);
    expect([500, 1_500, 4_500, 9_000].map((ms) => pathsAt(replay, ms))).toEqual([[], ['b.py'], ['a.py', 'b.py'], ['a.py']]);
    expect(codeAt(replay, 4_500)?.state.text).toBe('a!');
  });

  test('places everything in order and within its length, whatever the clocks did', () => {
    const deed = fc.oneof(
      fc.record({ do: fc.constant('wait' as const), ms: fc.nat(40_000), listening: fc.boolean() }),
      fc.record({ do: fc.constant('type' as const) }),
      fc.record({ do: fc.constant('save' as const) }),
      fc.record({ do: fc.constant('say' as const), ms: fc.nat(5_000) }),
      fc.record({ do: fc.constant('run' as const) }),
    );
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
        const log = new Log();
        let text = '';
        const texts: string[] = [];
        for (const each of deeds) {
          if (each.do === 'wait') {
            log.listening = each.listening;
            log.waits(each.ms);
          } else if (each.do === 'say') log.says('user', 'words', each.ms);
          else if (each.do === 'save') log.saves('a.py', text);
          else if (each.do === 'run') log.event('run.started', { runId: `r${log.wallMs}-${log.events.length}` });
          else {
            log.waits(1).types('a.py', text.length, 'x');
            text += 'x';
            texts.push(text);
          }
        }
        const replay = log.replay();
        const { clock, touches, runs, captions, holds } = { ...replay, holds: replay.clock.holds };
        for (const list of [touches, runs, captions]) {
          expect(list.map(({ atMs }) => atMs)).toEqual(list.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
          for (const { atMs } of list) expect(atMs).toBeLessThanOrEqual(replay.lengthMs);
        }
        holds.forEach(({ fromMs, toMs }, index) => {
          expect(toMs).toBeGreaterThan(fromMs);
          expect(fromMs).toBeGreaterThanOrEqual(holds[index - 1]?.toMs ?? 0);
        });
        for (let ms = 0, before = 0; ms <= replay.lengthMs; ms += Math.max(1, replay.lengthMs / 200)) {
          const { audioMs, held } = clock.audioAt(ms);
          expect(audioMs).toBeGreaterThanOrEqual(before - 1e-6);
          // Where a hold ends, the recording stands where the hold began.
          const heldUntilNow = holds.find(({ toMs }) => Math.abs(toMs - ms) < 1e-6);
          if (!held) expect(clock.ofAudio(audioMs)).toBeCloseTo(heldUntilNow?.fromMs ?? ms, 5);
          before = audioMs;
        }
        expect(codeAt(replay, Infinity)?.state.text ?? '').toBe(text);
      }),
      { numRuns: 80 },
    );
  });

  test('is made of any log without complaint', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ type: fc.constantFrom('editor', 'run.started', 'run.result', 'run.test', 'hint.given', 'transcript.final', 'command.recognized', 'odd'), data: fc.anything(), sample: fc.option(fc.nat(), { nil: undefined }), atMs: fc.nat() })), (events) => {
        buildReplay({ session: { createdAt: '2026-01-01T00:00:00.000Z', startedAt: null, endedAt: null, durationMs: 0 }, events: events.map((event, index) => ({ seq: index + 1, ...event })), versions: [], items: [] });
      }),
    );
  });
});
