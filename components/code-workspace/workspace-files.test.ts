import { expect, test } from 'vitest';
import { ProblemError } from '#components/api/problem-error.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import type { KeptFile } from './kept-files.ts';
import { SAVE_AFTER_MS, SAVE_AT_LEAST_EVERY_MS, WorkspaceFiles } from './workspace-files.ts';

const problem = (status: number, code: string) => new ProblemError({ status, code, title: code, detail: code });

/** A server with one workspace, and a browser whose storage outlives the page. */
class World {
  readonly clock = new ManualClock();
  readonly files = new Map<string, { content: string; version: number }>();
  readonly kept = new Map<string, KeptFile>();
  readonly asked: string[] = [];
  down: ProblemError | null = null;
  /** The answer to every save. */
  full: ProblemError | null = null;
  /** What begins with this reaches the server, and its answer is lost. */
  lost: string | null = null;
  /** Answers to what begins with this wait until they are let go. */
  slow: { begins: string; held: (() => void)[] } | null = null;

  put(path: string, content: string) {
    this.files.set(path, { content, version: (this.files.get(path)?.version ?? 0) + 1 });
  }
  async page(): Promise<WorkspaceFiles> {
    const files = this.pageOf();
    await files.open();
    await this.clock.advance(0);
    return files;
  }
  pageOf(): WorkspaceFiles {
    const call = async <T>(what: string, answer: () => T): Promise<T> => {
      this.asked.push(what);
      await Promise.resolve();
      if (this.down) throw this.down;
      const refusal = what.startsWith('save') ? this.full : null;
      const answered = refusal ? (undefined as T) : answer();
      if (this.lost !== null && what.startsWith(this.lost)) throw offline;
      const { slow } = this;
      if (slow && what.startsWith(slow.begins)) await new Promise<void>((go) => slow.held.push(go));
      if (refusal) throw refusal;
      return answered;
    };
    const found = (path: string) => {
      const file = this.files.get(path);
      if (!file) throw problem(404, 'file.not_found');
      return { path, ...file, sizeBytes: file.content.length, updatedAt: '' };
    };
    return new WorkspaceFiles({
      clock: this.clock,
      listFiles: () => call('list', () => ({ files: [...this.files.keys()].map(found) })),
      readFile: (path) => call(`read ${path}`, () => found(path)),
      createFile: (path, content) =>
        call(`create ${path}`, () => {
          if (this.files.has(path)) throw problem(409, 'file.exists');
          this.put(path, content);
          return found(path);
        }),
      saveFile: (path, content, version) =>
        call(`save ${path}`, () => {
          if (found(path).version !== version) throw problem(412, 'file.version_mismatch');
          this.put(path, content);
          return found(path);
        }),
      deleteFile: (path, version) =>
        call(`delete ${path}`, () => {
          if (found(path).version !== version) throw problem(412, 'file.version_mismatch');
          this.files.delete(path);
        }),
      openKept: () =>
        Promise.resolve({
          load: async () => [...this.kept.values()],
          put: async (file) => void this.kept.set(file.path, file),
          remove: async (path) => void this.kept.delete(path),
          putNow: (files) => files.forEach((file) => this.kept.set(file.path, file)),
          clear: async () => this.kept.clear(),
        }),
    });
  }
}
const offline = problem(0, 'server.unreachable');

test('what is typed is saved a moment after the last key, and at least every two seconds', async () => {
  const world = new World();
  world.put('a.py', 'x');
  const page = await world.page();
  page.edit('a.py', 'xy');
  expect(page.getView()).toMatchObject({ saving: 'saving', files: [{ path: 'a.py', saved: false }] });
  await world.clock.advance(SAVE_AFTER_MS);
  expect(world.files.get('a.py')).toEqual({ content: 'xy', version: 2 });
  expect(page.getView().saving).toBe('saved');
  for (let key = 0; key < 10; key++) {
    page.edit('a.py', `xy${'z'.repeat(key + 1)}`);
    await world.clock.advance(SAVE_AFTER_MS / 2);
  }
  expect(world.asked.filter((what) => what === 'save a.py').length).toBeGreaterThanOrEqual(1 + Math.floor((10 * SAVE_AFTER_MS) / 2 / SAVE_AT_LEAST_EVERY_MS));
});

test('a page that goes away in the middle of typing is continued by the next', async () => {
  const world = new World();
  world.put('a.py', 'x');
  const page = await world.page();
  world.down = offline;
  page.edit('a.py', 'xy');
  page.close();
  world.down = null;
  const next = await world.page();
  expect(next.contentOf('a.py')).toBe('xy');
  await world.clock.advance(SAVE_AFTER_MS);
  expect(world.files.get('a.py')!.content).toBe('xy');
  expect(world.kept.size).toBe(0);
});

test('edits without a connection wait, and are put together with what was saved elsewhere', async () => {
  const world = new World();
  world.put('a.py', 'one\ntwo\nthree');
  const page = await world.page();
  world.down = offline;
  page.edit('a.py', 'one, here\ntwo\nthree');
  await world.clock.advance(SAVE_AFTER_MS);
  expect(page.getView().saving).toBe('offline');
  world.put('a.py', 'one\ntwo\nthree, there');
  world.down = null;
  const replaced: string[] = [];
  page.onReplaced((path, content) => replaced.push(`${path}: ${content}`));
  expect(await page.flush()).toBe(false);
  expect(await page.flush()).toBe(true);
  expect(world.files.get('a.py')!.content).toBe('one, here\ntwo\nthree, there');
  expect(replaced).toEqual(['a.py: one, here\ntwo\nthree, there']);
  expect(page.getView().merged).toMatchObject({ path: 'a.py', conflicts: 0 });
});

test('a list that was slow takes nothing back: neither what was saved meanwhile nor a file that was made', async () => {
  const world = new World();
  world.put('a.py', 'x');
  const page = await world.page();
  const slow = (world.slow = { begins: 'list', held: [] as (() => void)[] });
  page.edit('a.py', 'xy');
  const opening = page.open();
  await world.clock.advance(0);
  page.edit('a.py', 'xyz');
  page.create('b.py', 'b');
  await world.clock.advance(SAVE_AT_LEAST_EVERY_MS);
  slow.held.forEach((go) => go());
  await opening;
  await world.clock.advance(SAVE_AFTER_MS);
  expect([page.contentOf('a.py'), page.contentOf('b.py')]).toEqual(['xyz', 'b']);
  expect(Object.fromEntries([...world.files].map(([path, { content }]) => [path, content]))).toEqual({ 'a.py': 'xyz', 'b.py': 'b' });
  expect(page.getView()).toMatchObject({ saving: 'saved', merged: null });
});

test('a text that was read before it was saved anew does not come back', async () => {
  const world = new World();
  world.put('a.py', 'one\ntwo\nthree');
  const page = await world.page();
  world.put('a.py', 'one\ntwo\nthree, there');
  const slow = (world.slow = { begins: 'read', held: [] as (() => void)[] });
  const opening = page.open();
  await world.clock.advance(0);
  page.edit('a.py', 'one, here\ntwo\nthree');
  await world.clock.advance(SAVE_AT_LEAST_EVERY_MS);
  world.slow = null;
  slow.held.pop()?.();
  await world.clock.advance(SAVE_AT_LEAST_EVERY_MS);
  slow.held.forEach((go) => go());
  await opening;
  await world.clock.advance(SAVE_AT_LEAST_EVERY_MS);
  expect(page.contentOf('a.py')).toBe('one, here\ntwo\nthree, there');
  expect(world.files.get('a.py')!.content).toBe('one, here\ntwo\nthree, there');
});

test('who types on while their code is saved for a run has saved what they typed before', async () => {
  const world = new World();
  world.put('a.py', 'x');
  const page = await world.page();
  const slow = (world.slow = { begins: 'save', held: [] as (() => void)[] });
  page.edit('a.py', 'xy');
  const flushed = page.flush();
  await world.clock.advance(0);
  page.edit('a.py', 'xyz');
  slow.held.forEach((go) => go());
  expect(await flushed).toBe(true);
  expect(world.files.get('a.py')!.content).toBe('xy');
});

test.each(['save', 'create'])('a text that arrived although the answer to %s was lost is not taken for somebody else’s', async (what) => {
  const world = new World();
  if (what === 'save') world.put('a.py', 'x');
  const page = await world.page();
  world.lost = what;
  if (what === 'save') page.edit('a.py', 'xy');
  else page.create('a.py', 'xy');
  await page.flush();
  page.edit('a.py', 'xyz');
  await page.flush();
  world.lost = null;
  await page.flush();
  await page.flush();
  expect(world.files.get('a.py')!.content).toBe('xyz');
  expect(page.getView()).toMatchObject({ saving: 'saved', merged: null });
});

test('nor is it by the page after a reload', async () => {
  const world = new World();
  world.put('a.py', 'x');
  const page = await world.page();
  world.lost = 'save';
  page.edit('a.py', 'xy');
  await page.flush();
  world.down = offline;
  page.edit('a.py', 'xyz');
  page.close();
  world.lost = world.down = null;
  const next = await world.page();
  await next.flush();
  expect(world.files.get('a.py')!.content).toBe('xyz');
  expect(next.getView()).toMatchObject({ saving: 'saved', merged: null });
});

test('a file that is deleted while it is being made is not there afterwards', async () => {
  const world = new World();
  const page = await world.page();
  const slow = (world.slow = { begins: 'create', held: [] as (() => void)[] });
  page.create('a.py', 'a');
  page.create('b.py', 'b');
  await world.clock.advance(0);
  page.remove('a.py');
  page.remove('b.py');
  world.slow = null;
  slow.held.forEach((go) => go());
  await page.flush();
  await page.flush();
  expect([...world.files.keys()]).toEqual([]);
  world.lost = 'create';
  page.create('c.py', 'c');
  await page.flush();
  world.lost = null;
  page.remove('c.py');
  await page.flush();
  expect([...world.files.keys()]).toEqual([]);
  expect(page.getView()).toMatchObject({ saving: 'saved', files: [] });
});

test('where both changed one line, the text has both and the person is told', async () => {
  const world = new World();
  world.put('a.py', 'one');
  const page = await world.page();
  page.edit('a.py', 'here');
  world.put('a.py', 'there');
  await world.clock.advance(SAVE_AFTER_MS);
  await page.flush();
  expect(page.getView().merged).toMatchObject({ conflicts: 1 });
  expect(world.files.get('a.py')!.content).toMatch(/here\n=======\nthere/);
});

test('files are made, renamed and deleted, without a connection too', async () => {
  const world = new World();
  world.put('a.py', 'x');
  const page = await world.page();
  world.down = offline;
  expect(page.create('b.py', 'b')).toBe(true);
  expect(page.create('a.py', '')).toBe(false);
  expect(page.rename('a.py', 'c.py')).toBe(true);
  expect(page.getView().files.map(({ path }) => path)).toEqual(['b.py', 'c.py']);
  page.close();
  world.down = null;
  const next = await world.page();
  await next.flush();
  expect([...world.files.keys()].toSorted()).toEqual(['b.py', 'c.py']);
  const taken = next.remove('b.py');
  expect(taken).toBe('b');
  expect(next.create('b.py', taken!)).toBe(true);
  await next.flush();
  expect(world.files.get('b.py')!.content).toBe('b');
});

test('what the server refuses stays in the browser and does not hold up the rest', async () => {
  const world = new World();
  world.put('a.py', 'x');
  world.put('b.py', 'y');
  const page = await world.page();
  world.down = problem(413, 'request.too_large');
  page.edit('a.py', 'much');
  await world.clock.advance(SAVE_AFTER_MS);
  expect(page.getView()).toMatchObject({ saving: 'refused', problem: { code: 'request.too_large' } });
  world.down = null;
  page.edit('b.py', 'yy');
  await world.clock.advance(SAVE_AFTER_MS);
  expect(world.files.get('b.py')!.content).toBe('yy');
  expect(world.files.get('a.py')!.content).toBe('x');
  page.edit('a.py', 'less');
  await world.clock.advance(SAVE_AFTER_MS);
  expect(page.getView()).toMatchObject({ saving: 'saved', problem: null });
});

test('what is typed while the server refuses the text before it is saved', async () => {
  const world = new World();
  world.put('a.py', 'x');
  const page = await world.page();
  const slow = (world.slow = { begins: 'save', held: [] as (() => void)[] });
  world.full = problem(413, 'request.too_large');
  page.edit('a.py', 'much');
  await world.clock.advance(SAVE_AFTER_MS);
  page.edit('a.py', 'less');
  world.slow = world.full = null;
  slow.held.forEach((go) => go());
  await world.clock.advance(SAVE_AFTER_MS);
  expect(world.files.get('a.py')!.content).toBe('less');
});

test('after the end nothing is sent any more', async () => {
  const world = new World();
  world.put('a.py', 'x');
  const page = await world.page();
  world.down = problem(409, 'session.over');
  page.edit('a.py', 'late');
  await world.clock.advance(SAVE_AFTER_MS);
  expect(page.getView().saving).toBe('over');
  const before = world.asked.length;
  page.edit('a.py', 'later');
  await world.clock.advance(60_000);
  expect(world.asked.length).toBe(before);
});

test('a list that cannot be loaded is a failure one can try again', async () => {
  const world = new World();
  world.down = offline;
  const page = await world.page();
  expect(page.getView()).toMatchObject({ state: 'failed', problem: { code: 'server.unreachable' } });
  world.down = null;
  await page.open();
  expect(page.getView().state).toBe('ready');
});
