import { describe, expect, it } from 'vitest';
import { completeLock, missingOptionalPackages } from '../complete-lock.ts';
import { errorsDocument } from '../generate-errors-doc.ts';
import { checkGenerated, checkLockHosts, checkPaths, checkSpec } from './document-rules.ts';
import type { Finding } from './finding.ts';
import { checkImports } from './import-rule.ts';
import { checkConsoleLog, checkEnvironmentReaders, checkSessionSql } from './source-rules.ts';
import { importsOf, withoutComments } from './source-text.ts';

const file = (path: string, text: string) => ({ path, text });
const words = (findings: Finding[]) => findings.map(({ where, message }) => `${where} ${message}`).join('\n');

describe('the import rule', () => {
  const found = (path: string, specifier: string) => words(checkImports([file(path, `\nimport { x } from '${specifier}';`)]));

  it('keeps the domain pure and says what to do instead', () => {
    expect(found('domain/session/verb.ts', '#adapters/postgres/database.ts')).toMatch(/^domain\/session\/verb.ts:2 domain\/ must not import adapters\/ .* Declare a port/);
    expect(found('domain/session/verb.ts', 'node:fs')).toContain('must not import "node:fs"');
    expect(found('domain/session/verb.ts', 'react')).not.toBe('');
    expect(found('domain/session/verb.ts', 'zod')).toBe('');
    expect(found('domain/session/verb.ts', '../clock.ts')).toBe('');
  });
  it('sees through relative paths and dynamic imports', () => {
    expect(found('domain/session/verb.ts', '../../adapters/postgres/database.ts')).toContain('import it as "#adapters/postgres/database.ts"');
    expect(words(checkImports([file('domain/a.ts', `const x = await import('pg');`)]))).toContain('must not import "pg"');
  });
  it('lets only composition roots choose adapters', () => {
    expect(found('app/composition.ts', '#adapters/postgres/database.ts')).toBe('');
    expect(found('realtime-server/main.ts', '#adapters/filesystem/audio-log.ts')).toBe('');
    expect(found('realtime-server/connection.ts', '#adapters/filesystem/audio-log.ts')).toContain('realtime-server/main.ts chooses the adapter');
    expect(found('app/api/sessions/route.ts', '#adapters/postgres/database.ts')).toContain('app/composition.ts');
  });
  it('keeps adapters and components out of the processes', () => {
    expect(found('adapters/postgres/a.ts', '#realtime-server/connection.ts')).not.toBe('');
    expect(found('components/live/a.tsx', '#app/composition.ts')).not.toBe('');
    expect(found('components/live/a.tsx', '#domain/errors.ts')).toBe('');
    expect(found('workers/handlers/a.ts', '#realtime-server/a.ts')).not.toBe('');
  });
  it('leaves tests and comments alone', () => {
    expect(found('domain/session/verb.test.ts', 'node:fs')).toBe('');
    expect(found('adapters/speech-contract/transcriber-contract.ts', '#tests/support/speech.ts')).toBe('');
    expect(words(checkImports([file('domain/a.ts', `// import x from 'pg';\n/* from 'react' */`)]))).toBe('');
  });
});

describe('reading sources', () => {
  it('keeps strings that look like comments, and line numbers', () => {
    expect(withoutComments(`const a = 'http://x'; // no\nb`)).toBe(`const a = 'http://x';      \nb`);
  });
  it('finds every kind of import', () => {
    const text = `import a from 'a';\nimport 'b';\nexport * from "c";\nimport type { D } from 'd';\nawait import('e');`;
    expect(importsOf(text).map(({ specifier }) => specifier)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('source rules', () => {
  it('let only config/ read the environment', () => {
    const text = 'const port = process.env.PORT;';
    expect(words(checkEnvironmentReaders([file('workers/main.ts', text)]))).toContain('Only config/environment.ts');
    expect(checkEnvironmentReaders([file('config/environment.ts', text), file('scripts/up.ts', text), file('workers/a.test.ts', text)])).toEqual([]);
  });
  it('want no console.log in the product', () => {
    expect(checkConsoleLog([file('realtime-server/a.ts', 'console.log(1)'), file('scripts/a.ts', 'console.log(1)')])).toHaveLength(1);
  });

  const sql = (statement: string) => checkSessionSql([file('adapters/postgres/a.ts', `await client.query(\`${statement}\`);`)]).length;
  it('refuse SQL that outlives its transaction', () => {
    for (const statement of [
      'set search_path to app', 'SET SESSION role = x', 'reset role', 'begin; set role authenticated;', `select set_config('a', $1, false)`,
      'select pg_advisory_lock(1)', 'select pg_try_advisory_lock(1)', 'listen events', `select pg_notify('a', 'b')`, 'notify events',
      'create temp table t (a int)', 'create temporary table t (a int)', 'prepare q as select 1', 'deallocate q',
    ]) {
      expect(sql(statement), statement).toBeGreaterThan(0);
    }
  });
  it('allow what ends with the transaction', () => {
    for (const statement of [
      'set local role authenticated', 'set transaction isolation level serializable', `select set_config('a', $1, true)`, 'update t set a = 1',
      'update t\n  set state = $1\n  where id = $2', 'select pg_advisory_xact_lock(1)', 'select 1 -- we listen to nobody',
    ]) {
      expect(sql(statement), statement).toBe(0);
    }
  });
  it('read migrations too, and refuse named statements', () => {
    expect(checkSessionSql([file('supabase/migrations/1.sql', '-- set x = 1\ncreate table t (a int);\nset role x;')])).toHaveLength(1);
    expect(checkSessionSql([file('adapters/postgres/a.ts', `client.query({ name: 'find', text: 'select 1' })`)])).toHaveLength(1);
  });
});

describe('document rules', () => {
  const spec = file('domain/session/SPEC.md', '# Rules\n- [RES-1] One.\n- [RES-2] Two.\n');
  it('find rules without a test and tests without a rule', () => {
    const found = words(checkSpec(spec, [file('a.test.ts', `it('[RES-1] resends', () => {}); test.each([1])("[RES-9] [AUD-1] x", f)`)]));
    expect(found).toContain('No test quotes the rule RES-2');
    expect(found).toContain('RES-9');
    expect(found).toContain('AUD-1');
    expect(found).not.toContain('RES-1,');
  });
  it('are content when every rule is quoted', () => {
    expect(checkSpec(spec, [file('a.test.ts', `it("[RES-1] [RES-2] the person's words stay", () => {})`)])).toEqual([]);
  });
  it('find a number given twice', () => {
    expect(words(checkSpec(file('SPEC.md', '- [A-1] x'), []))).toBe('');
    expect(words(checkSpec(file('SPEC.md', '- [AB-1] x\n- [AB-1] y'), [file('a.test.ts', `it('[AB-1] x', f)`)]))).toContain('there twice');
  });
  it('notice a generated file that is out of date', () => {
    expect(checkGenerated(file('docs/errors.md', errorsDocument()), errorsDocument(), 'docs/errors.md', 'x')).toEqual([]);
    expect(checkGenerated(undefined, 'new', 'docs/errors.md', 'node make')[0]?.message).toContain('Run: node make');
  });
  it('find paths that do not exist, and take placeholders and packages for none', () => {
    const text = 'See `domain/clock.ts`, `gone/file.ts`, `app/api/<noun>/route.ts`, `@scope/name`, `a | b/c`, `npm/*`.';
    expect(checkPaths(file('ARCHITECTURE.md', text), (path) => path === 'domain/clock.ts').map(({ message }) => message)).toEqual([
      expect.stringContaining('gone/file.ts'),
    ]);
  });
});

describe('lock files', () => {
  it('name no host', () => {
    const lock = { packages: { 'node_modules/a': { resolved: 'https://registry.example/a.tgz' }, 'node_modules/b': {} } };
    expect(words(checkLockHosts(file('package-lock.json', JSON.stringify(lock))))).toContain('node_modules/a names a host');
  });
  it('get an entry for every platform that npm left out', () => {
    const lock = {
      packages: {
        'node_modules/native': { version: '1.0.0', license: 'MIT', dev: true, optionalDependencies: { '@n/native-linux-x64-musl': '1.0.0', '@n/native-wasm32-wasi': '1.0.0', '@n/native-darwin-arm64': '1.0.0' } },
        'node_modules/@n/native-darwin-arm64': { version: '1.0.0' },
      },
    };
    expect(missingOptionalPackages(lock).map(({ name }) => name)).toEqual(['@n/native-linux-x64-musl', '@n/native-wasm32-wasi']);
    const completed = completeLock(lock);
    expect(completed.packages['node_modules/@n/native-linux-x64-musl']).toEqual({ version: '1.0.0', os: ['linux'], cpu: ['x64'], libc: ['musl'], dev: true, license: 'MIT', optional: true });
    expect(completed.packages['node_modules/@n/native-wasm32-wasi']).toMatchObject({ cpu: ['wasm32'] });
    expect(missingOptionalPackages(completed)).toEqual([]);
  });
});
