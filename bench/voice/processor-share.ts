/** Processor time of processes, read from /proc. Null where there is none (other systems than Linux). */
import { readFileSync, readdirSync } from 'node:fs';

/** USER_HZ: fixed at 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

export interface ProcessTimes {
  parentId: number;
  /** User and system time of all its threads so far. */
  cpuSeconds: number;
  startTicks: number;
}

/** Parses one line of /proc/<pid>/stat. The name in brackets may itself hold brackets and spaces. */
export function parseStat(line: string): ProcessTimes {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  // proc(5): field 4 is ppid, 14 utime, 15 stime, 22 starttime; `fields` begins with field 3.
  return { parentId: Number(fields[1]), cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND, startTicks: Number(fields[19]) };
}

export function processTimes(pid: number): ProcessTimes | null {
  return timesIn(`/proc/${pid}/stat`);
}

/** Of the main thread alone: in Node, the event loop. */
export function mainThreadSeconds(pid: number): number | null {
  return timesIn(`/proc/${pid}/task/${pid}/stat`)?.cpuSeconds ?? null;
}

/** Children of a process, in the order they were started. */
export function childrenOf(pid: number): number[] {
  const children: { pid: number; startTicks: number }[] = [];
  for (const name of processIds()) {
    const times = processTimes(name);
    if (times?.parentId === pid) children.push({ pid: name, startTicks: times.startTicks });
  }
  return children.sort((a, b) => a.startTicks - b.startTicks || a.pid - b.pid).map((child) => child.pid);
}

/** Seconds all processors of the machine were busy since it started. */
export function machineBusySeconds(): number | null {
  try {
    return parseBusy(readFileSync('/proc/stat', 'utf8'));
  } catch {
    return null;
  }
}

/** The first line of /proc/stat: user nice system idle iowait irq softirq steal … */
export function parseBusy(stat: string): number {
  const [user, nice, system, , , irq, softirq, steal] = stat.split('\n', 1)[0]!.trim().split(/\s+/).slice(1).map(Number);
  return (user! + nice! + system! + irq! + softirq! + steal!) / TICKS_PER_SECOND;
}

function timesIn(file: string): ProcessTimes | null {
  try {
    return parseStat(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function processIds(): number[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  } catch {
    return [];
  }
}
