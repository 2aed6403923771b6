import { expect, test } from 'vitest';
import { applyEditorChange, isTyping, readEditorChanges } from '#domain/code/editor-change.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { EditorReports, REPORT_EVERY_MS, type EditorMessage } from './editor-reports.ts';

function setUp() {
  const clock = new ManualClock();
  const sent: EditorMessage[] = [];
  const state = { connected: true };
  const reports = new EditorReports({
    clock,
    send: (message) => state.connected && sent.push(message) > 0,
    versionOf: () => 3,
    contentOf: () => 'text',
  });
  const type = (insert: string, from = 0) => reports.edited('a.py', { from, to: from, insert, length: from, event: 'type' });
  return { clock, sent, state, reports, type };
}

test('what is typed is told in batches, each change with its age', async () => {
  const { clock, sent, type, reports } = setUp();
  reports.opened('a.py');
  type('x');
  await clock.advance(100);
  type('y', 1);
  await clock.advance(REPORT_EVERY_MS);
  expect(sent).toEqual([
    {
      path: 'a.py',
      version: 3,
      changes: [
        { agoMs: REPORT_EVERY_MS, text: 'text' },
        { agoMs: REPORT_EVERY_MS, from: 0, to: 0, insert: 'x', length: 0, event: 'type' },
        { agoMs: REPORT_EVERY_MS - 100, from: 1, to: 1, insert: 'y', length: 1, event: 'type' },
      ],
    },
  ]);
  expect(readEditorChanges(sent[0]!.changes)).toEqual(sent[0]!.changes);
  expect(sent[0]!.changes.reduce(applyEditorChange, '')).toBe('xytext');
});

test('moving about is one place per batch, and no typing', async () => {
  const { clock, sent, reports } = setUp();
  for (let at = 0; at < 20; at++) reports.moved('a.py', { anchor: at, head: at });
  await clock.advance(REPORT_EVERY_MS);
  expect(sent[0]!.changes).toEqual([{ agoMs: REPORT_EVERY_MS, anchor: 19, head: 19 }]);
  expect(isTyping(sent[0]!.changes)).toBe(false);
  expect(isTyping([{ agoMs: 0, from: 0, to: 0, insert: 'x', length: 0, event: 'paste' }])).toBe(true);
  expect(isTyping([{ agoMs: 0, from: 0, to: 0, insert: 'x', length: 0, event: 'merge' }])).toBe(false);
  expect(isTyping([{ agoMs: 0, text: 'the whole file' }, 'x', null])).toBe(false);
});

test('without a connection it waits, in order, and keeps each change’s own time', async () => {
  const { clock, sent, state, reports, type } = setUp();
  state.connected = false;
  type('x');
  await clock.advance(5_000);
  reports.edited('b.py', { from: 0, to: 0, insert: 'z', length: 0, event: 'type' });
  state.connected = true;
  reports.flush();
  expect(sent.map(({ path, changes }) => [path, changes[0]!.agoMs])).toEqual([['a.py', 5_000], ['b.py', 0]]);
});

test('after too long without a connection the text itself is told', async () => {
  const { clock, sent, state, type } = setUp();
  state.connected = false;
  for (let key = 0; key < 4_001; key++) type('x');
  state.connected = true;
  await clock.advance(REPORT_EVERY_MS);
  expect(sent).toEqual([{ path: 'a.py', version: 3, changes: [{ agoMs: 0, text: 'text' }] }]);
});
