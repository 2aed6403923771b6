import { describe, expect, it } from 'vitest';
import { REFUSED, REFUSED_WITHOUT_CGROUP, seccompFilter } from './seccomp.ts';
import type { Architecture } from './seccomp.ts';

const ALLOW = 0x7fff_0000;
const refusal = (number: number) => 0x0005_0000 | number;
const AUDIT = { x64: 0xc000_003e, arm64: 0xc000_00b7, i386: 0x4000_0003 };

/** What the kernel would answer: the few instructions of classic BPF that the filter uses. */
function ask(filter: Buffer, architecture: number, number: number, args: number[] = []): number {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(number >>> 0, 0);
  data.writeUInt32LE(architecture >>> 0, 4);
  for (const [index, value] of args.entries()) data.writeUInt32LE(value >>> 0, 16 + index * 8);
  let accumulator = 0;
  for (let at = 0; at < filter.length / 8; at += 1) {
    const value = filter.readUInt32LE(at * 8 + 4);
    const jump = (taken: boolean) => (at += filter.readUInt8(at * 8 + (taken ? 2 : 3)));
    switch (filter.readUInt16LE(at * 8)) {
      case 0x20: accumulator = data.readUInt32LE(value); break;
      case 0x15: jump(accumulator === value); break;
      case 0x35: jump(accumulator >= value); break;
      case 0x45: jump((accumulator & value) !== 0); break;
      case 0x06: return value;
      default: throw new Error('unknown instruction');
    }
  }
  throw new Error('ran off the end');
}

describe.each<[Architecture, number]>([['x64', 0], ['arm64', 1]])('the system-call filter on %s', (architecture, column) => {
  const filter = seccompFilter(architecture, { cgroup: true });
  const call = (number: number, ...args: number[]) => ask(filter, AUDIT[architecture], number, args);
  const at = (pair: readonly [number, number]) => pair[column]!;

  it('refuses every call of its list and lets ordinary ones through', () => {
    for (const [name, numbers] of Object.entries(REFUSED)) if (numbers[column] !== null) expect(call(numbers[column]!), name).toBe(refusal(1));
    for (const ordinary of architecture === 'x64' ? [0, 1, 9, 59, 231] : [63, 64, 222, 221, 94]) expect(call(ordinary)).toBe(ALLOW);
  });
  it('lets threads and children be made, but no namespaces', () => {
    expect(call(at([56, 220]), 0x3d0f00)).toBe(ALLOW);
    expect(call(at([56, 220]), 17)).toBe(ALLOW);
    expect(call(at([56, 220]), 0x1000_0011)).toBe(refusal(1));
    expect(call(435)).toBe(refusal(38));
  });
  it('knows only the socket families that runtimes make', () => {
    for (const family of [1, 2, 10]) expect(call(at([41, 198]), family)).toBe(ALLOW);
    for (const family of [16, 17, 38, 40]) expect(call(at([41, 198]), family)).toBe(refusal(97));
    expect(call(at([53, 199]), 1)).toBe(ALLOW);
  });
  it('refuses typing into a terminal, and locks on files that other runs see', () => {
    expect(call(at([16, 29]), 0, 0x5412)).toBe(refusal(1));
    expect(call(at([16, 29]), 0, 0x5401)).toBe(ALLOW);
    expect(call(at([72, 25]), 3, 6)).toBe(refusal(1));
    expect(call(at([72, 25]), 3, 2)).toBe(ALLOW);
  });
  it('ends a program that calls through another ABI', () => {
    expect(ask(filter, AUDIT.i386, 1)).toBe(0x8000_0000);
    if (architecture === 'x64') expect(call(0x4000_0000 | 1)).toBe(refusal(38));
  });
  it('keeps signals, and limits, from processes that watch, where programs share their user', () => {
    const watched = seccompFilter(architecture, { cgroup: false, guarded: [12, 1] });
    const reach = (number: number, ...args: number[]) => ask(watched, AUDIT[architecture], number, args);
    for (const number of architecture === 'x64' ? [62, 234, 302, 434] : [129, 131, 261, 434]) {
      for (const pid of [12, 1, -12, -1]) expect(reach(number, pid)).toBe(refusal(1));
      for (const pid of [0, 13, -13]) expect(reach(number, pid)).toBe(ALLOW);
      expect(call(number, 12)).toBe(ALLOW);
    }
    expect(reach(at([72, 25]), 3, 8)).toBe(refusal(1));
    expect(reach(at([200, 130]), 99)).toBe(refusal(1));
    expect(reach(at([41, 198]), 40)).toBe(refusal(97));
  });
  it('leaves no address to call where no namespace holds the network', () => {
    const bare = seccompFilter(architecture, { cgroup: false, network: false, guarded: [12] });
    for (const family of [2, 10, 16, 17, 40]) expect(ask(bare, AUDIT[architecture], at([41, 198]), [family])).toBe(refusal(97));
    for (const call of [at([41, 198]), at([53, 199])]) expect(ask(bare, AUDIT[architecture], call, [1])).toBe(ALLOW);
  });
  it('refuses memory outside the accounting only where no cgroup counts it', () => {
    for (const numbers of Object.values(REFUSED_WITHOUT_CGROUP)) {
      expect(call(numbers[column]!)).toBe(ALLOW);
      expect(ask(seccompFilter(architecture, { cgroup: false }), AUDIT[architecture], numbers[column]!)).toBe(refusal(1));
    }
  });
});
