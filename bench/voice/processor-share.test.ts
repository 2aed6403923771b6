import { describe, expect, it } from 'vitest';
import { childrenOf, parseBusy, parseStat, processTimes } from './processor-share.ts';

describe('processor time from /proc', () => {
  it('is read behind the last bracket, since a name may hold brackets and spaces', () => {
    const line = '4711 (odd) name (x) S 42 4711 4711 0 -1 4194560 900 0 0 0 250 75 0 0 20 0 11 0 123456 1000000 200 0 0';
    expect(parseStat(line)).toEqual({ parentId: 42, cpuSeconds: 3.25, startTicks: 123_456 });
  });
  it('of the machine leaves out idle time and waiting for disks', () => {
    expect(parseBusy('cpu  100 10 50 9000 700 5 15 20 0 0\ncpu0 1 2 3')).toBe(2);
  });
  it('of a process that is not there is unknown', () => {
    expect(processTimes(2 ** 30)).toBeNull();
    expect(childrenOf(2 ** 30)).toEqual([]);
  });
});
