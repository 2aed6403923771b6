/** Which lines of a process's log a person should see on the screen, and how. */

const WARN = 40;
const LEVELS: Record<string, number> = { trace: 10, debug: 20, info: 30, warn: WARN, error: 50, fatal: 60 };

/** Without what could steer a terminal or turn text around: a log may quote what a stranger sent. */
export function plainLine(text: string): string {
  return text.replaceAll('\t', ' ').replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '');
}

/** The words to show for a log line that is a warning or worse; null for one that belongs in the file only. */
export function lineForPerson(line: string): string | null {
  const words = wordsOf(line);
  return words === null ? null : plainLine(words);
}

function wordsOf(line: string): string | null {
  const record = parse(line);
  if (record) {
    const level = typeof record.level === 'string' ? (LEVELS[record.level.toLowerCase()] ?? 0) : Number(record.level ?? 0);
    if (level < WARN) return null;
    const detail = [record.code, causeOf(record)].filter((part) => typeof part === 'string' && part !== '').join(': ');
    return `${level > WARN ? 'error' : 'warning'}: ${String(record.msg ?? record.message ?? 'no words')}${detail ? ` (${detail})` : ''}`;
  }
  return /^\s*(?:\w*Error\b|error\b|warn(?:ing)?\b|fatal\b|⨯|⚠)/i.test(line) ? line.trim() : null;
}

function parse(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
}

function causeOf(record: Record<string, unknown>): unknown {
  const error = record.err ?? record.error;
  return typeof error === 'object' && error !== null ? (error as { message?: unknown }).message : error;
}
