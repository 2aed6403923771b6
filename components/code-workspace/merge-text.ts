/** Two people's edits of one text put together by lines, and what is left to decide by hand. Pure. */
import { diff3Merge } from 'node-diff3';

export const MINE = '<<<<<<< typed here';
export const MIDDLE = '=======';
export const OTHER = '>>>>>>> saved elsewhere';

/** `mine` and `other` both come from `base`. Lines that both changed differently stand below each other between markers. */
export function mergeText(mine: string, base: string, other: string): { text: string; conflicts: number } {
  if (mine === base || mine === other) return { text: other, conflicts: 0 };
  if (other === base) return { text: mine, conflicts: 0 };
  const blocks = diff3Merge(mine.split('\n'), base.split('\n'), other.split('\n'), { excludeFalseConflicts: true }) as { ok?: string[]; conflict?: { a: string[]; b: string[] } }[];
  const lines: string[] = [];
  let conflicts = 0;
  for (const { ok, conflict } of blocks) {
    if (ok) lines.push(...ok);
    if (!conflict) continue;
    conflicts += 1;
    lines.push(MINE, ...conflict.a, MIDDLE, ...conflict.b, OTHER);
  }
  return { text: lines.join('\n'), conflicts };
}

export function countConflicts(text: string): number {
  return text.split('\n').filter((line) => line === MINE).length;
}

/** Where the first of them begins; -1: none is left. */
export function firstConflict(text: string): number {
  return text.startsWith(`${MINE}\n`) ? 0 : text.indexOf(`\n${MINE}\n`) + (text.includes(`\n${MINE}\n`) ? 1 : 0);
}

/** Every conflict decided the same way. */
export function resolveConflicts(text: string, keep: 'mine' | 'other' | 'both'): string {
  const lines: string[] = [];
  let side: 'none' | 'mine' | 'other' = 'none';
  for (const line of text.split('\n')) {
    if (side === 'none' && line === MINE) side = 'mine';
    else if (side === 'mine' && line === MIDDLE) side = 'other';
    else if (side === 'other' && line === OTHER) side = 'none';
    else if (side === 'none' || keep === 'both' || keep === side) lines.push(line);
  }
  return lines.join('\n');
}
