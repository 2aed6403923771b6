import { describe, expect, it } from 'vitest';
import { FairPool } from './fair-pool.ts';

function pool(slots: number, capacity: number) {
  const started: string[] = [];
  const ends: ((value: string) => void)[] = [];
  const fair = new FairPool<string, string>({
    slots,
    capacity,
    run(job) {
      started.push(job);
      return new Promise((resolve) => ends.push(() => resolve(job)));
    },
  });
  async function finishAll(): Promise<void> {
    while (ends.length > 0) {
      ends.shift()!('');
      for (let turn = 0; turn < 6; turn++) await Promise.resolve();
    }
  }
  return { fair, started, finishAll };
}

describe('the pool of speaking threads', () => {
  it('lets a second session speak before the long text of the first is through', async () => {
    const { fair, started, finishAll } = pool(1, 10);
    const all = ['ada 1', 'ada 2', 'ada 3'].map((job) => fair.submit('ada', job));
    all.push(fair.submit('bob', 'bob 1'));
    await finishAll();
    await Promise.all(all);
    expect(started).toEqual(['ada 1', 'ada 2', 'bob 1', 'ada 3']);
  });

  it('refuses more than it may hold and says so', async () => {
    const { fair, finishAll } = pool(1, 1);
    const accepted = [fair.submit('ada', 'one'), fair.submit('ada', 'two')];
    await expect(fair.submit('bob', 'three')).rejects.toMatchObject({ code: 'engine.busy' });
    await finishAll();
    expect(await Promise.all(accepted)).toEqual(['one', 'two']);
  });

  it('forgets a sentence nobody wants any more', async () => {
    const { fair, started, finishAll } = pool(1, 10);
    const gone = new AbortController();
    const running = fair.submit('ada', 'running');
    const unwanted = fair.submit('ada', 'unwanted', gone.signal);
    gone.abort(new Error('interrupted'));
    await expect(unwanted).rejects.toThrow('interrupted');
    await finishAll();
    await running;
    expect(started).toEqual(['running']);
  });
});
