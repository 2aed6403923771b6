/** House rules that hold documents and code together. */
import type { Finding, SourceFile } from './finding.ts';

const RULE_ID = /[A-Z]{2,8}-\d+/;

/**
 * Every numbered rule of the SPEC (`- [RES-3] …`) is quoted by a test title, and every quoted rule exists.
 * A title may quote several: `[RES-3] [RES-4] resends …`.
 */
export function checkSpec(spec: SourceFile | undefined, tests: readonly SourceFile[]): Finding[] {
  if (!spec) return [];
  const findings: Finding[] = [];
  const rules = new Map<string, number>();
  for (const [index, line] of spec.text.split('\n').entries()) {
    const id = new RegExp(`^\\s*- \\[(${RULE_ID.source})\\]`).exec(line)?.[1];
    if (!id) continue;
    if (rules.has(id)) findings.push({ where: `${spec.path}:${index + 1}`, message: `The rule ${id} is there twice. Give one of them the next free number.` });
    rules.set(id, index + 1);
  }
  const quoted = new Map<string, string>();
  for (const test of tests) {
    for (const title of testTitles(test.text)) {
      for (const match of title.matchAll(new RegExp(`\\[(${RULE_ID.source})\\]`, 'g'))) quoted.set(match[1] ?? '', test.path);
    }
  }
  for (const [id, line] of rules) {
    if (!quoted.has(id)) findings.push({ where: `${spec.path}:${line}`, message: `No test quotes the rule ${id}. Begin the title of the test that proves it with [${id}].` });
  }
  for (const [id, where] of quoted) {
    if (!rules.has(id)) findings.push({ where, message: `A test quotes the rule ${id}, which ${spec.path} does not have. Correct the number or write the rule.` });
  }
  return findings;
}

function testTitles(text: string): string[] {
  return [...text.matchAll(/\b(?:it|test|describe)(?:\.\w+(?:\([^)]*\))?)*\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g)].map((match) => match[2] ?? '');
}

/** The document of errors is generated; it must be what the catalogue gives now. */
export function checkGenerated(document: SourceFile | undefined, expected: string, path: string, command: string): Finding[] {
  return document?.text === expected ? [] : [{ where: path, message: `This file is generated and not up to date. Run: ${command}` }];
}

/** Paths in backticks with a slash must exist. `<placeholders>`, patterns, addresses and options are not paths. */
export function checkPaths(document: SourceFile | undefined, exists: (path: string) => boolean): Finding[] {
  if (!document) return [];
  return document.text.split('\n').flatMap((line, index) =>
    [...line.matchAll(/`([^`\s]+\/[^`\s]*)`/g)]
      .map((match) => match[1] ?? '')
      .filter((path) => /^[\w.@[\]-]+(?:\/[\w.@[\]-]*)+$/.test(path) && !path.startsWith('@') && !exists(path))
      .map((path) => ({ where: `${document.path}:${index + 1}`, message: `The path ${path} does not exist. Correct it, or write it without backticks if it is no path.` })),
  );
}

interface LockEntry {
  resolved?: string;
  integrity?: string;
  optional?: boolean;
  link?: boolean;
}

/** Lock files name no host: npm asks whatever registry the machine is set to, and the integrity decides. */
export function checkLockHosts(lock: SourceFile): Finding[] {
  const { packages } = JSON.parse(lock.text) as { packages: Record<string, LockEntry> };
  return Object.entries(packages).flatMap(([name, entry]) =>
    entry.resolved && /^[a-z+]+:\/\//i.test(entry.resolved)
      ? [{ where: lock.path, message: `${name} names a host ("resolved"). Make the lock file with: npm install --package-lock-only --omit-lockfile-registry-resolved` }]
      : [],
  );
}
