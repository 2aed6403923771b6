/**
 * Imports go one way (ARCHITECTURE.md): app | realtime-server | workers → domain; only composition roots import
 * adapters; adapters → domain; components → domain and the API client; the domain imports nothing from outside.
 */
import path from 'node:path';
import { lineAt } from './finding.ts';
import type { Finding, SourceFile } from './finding.ts';
import { importsOf } from './source-text.ts';

const COMPOSITION_ROOTS = ['app/composition.ts', 'realtime-server/main.ts', 'workers/main.ts', 'workers/code-runner/main.ts', 'workers/code-function/main.ts', 'workers/code-function/prepare.ts', 'workers/meeting-ingest/main.ts'];

interface Rule {
  /** Top folders this one may import from, besides itself. */
  mayImport: string[];
  /** Packages: all, or only these. */
  packages: 'all' | string[];
  instead: string;
}

const RULES: Record<string, Rule> = {
  domain: {
    mayImport: [],
    packages: ['zod', 'zod/mini'],
    instead: 'The domain is pure TypeScript. Declare a port in domain/<noun>/ports.ts and let an adapter implement it.',
  },
  adapters: {
    mayImport: ['domain'],
    packages: 'all',
    instead: 'An adapter knows the domain and its outside thing alone. Take what you need as an argument; the composition root hands it over.',
  },
  components: {
    mayImport: ['domain'],
    packages: 'all',
    instead: 'A component shows things and asks the API client. Use domain types, or add a call to the API client.',
  },
  app: {
    mayImport: ['domain', 'components', 'config'],
    packages: 'all',
    instead: 'A route parses, calls a verb of the domain and answers. Let app/composition.ts build what it needs and ask that.',
  },
  'realtime-server': {
    mayImport: ['domain', 'config'],
    packages: 'all',
    instead: 'Take it as an argument typed by a port of the domain; realtime-server/main.ts chooses the adapter.',
  },
  workers: {
    mayImport: ['domain', 'config'],
    packages: 'all',
    instead: 'Take it as an argument typed by a port of the domain; workers/main.ts chooses the adapter.',
  },
  config: {
    mayImport: ['domain'],
    packages: ['zod'],
    instead: 'The configuration is parsed before anything else exists. Put what it needs into config/.',
  },
};

/** Tests, and contract suites beside the adapters, may import what they test with. */
const isTest = (file: string) => /\.test\.tsx?$|-contract\//.test(file);

/** Files of one top folder that import what they must not. */
export function checkImports(files: readonly SourceFile[]): Finding[] {
  return files.flatMap((file) => {
    const folder = topFolder(file.path);
    const rule = RULES[folder];
    if (!rule || isTest(file.path)) return [];
    return importsOf(file.text).flatMap(({ specifier, offset }) => {
      const message = problemOf(file.path, folder, rule, specifier);
      return message ? [{ where: `${file.path}:${lineAt(file.text, offset)}`, message }] : [];
    });
  });
}

function problemOf(from: string, folder: string, rule: Rule, specifier: string): string | null {
  const target = targetOf(from, specifier);
  if (target === null) {
    const name = packageOf(specifier);
    if (rule.packages === 'all' || rule.packages.includes(specifier) || rule.packages.includes(name)) return null;
    if (folder === 'config' && specifier.startsWith('node:')) return null;
    return `${folder}/ must not import "${specifier}". ${rule.instead}`;
  }
  const to = topFolder(target);
  if (to === folder) return null;
  if (!specifier.startsWith('#') && to !== 'config' && !['package.json', 'next.config.ts'].includes(target)) {
    return `"${specifier}" lies in another top folder: import it as "#${target}".`;
  }
  if (rule.mayImport.includes(to) || COMPOSITION_ROOTS.includes(from)) return null;
  return `${folder}/ must not import ${to}/ ("${specifier}"). ${rule.instead}`;
}

/** The file from the root for relative and `#` specifiers; null for packages. */
function targetOf(from: string, specifier: string): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return path.posix.normalize(path.posix.join(path.posix.dirname(from), specifier));
  return null;
}

function packageOf(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function topFolder(file: string): string {
  return file.split('/')[0] ?? '';
}
