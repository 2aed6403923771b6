import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageSubset } from './package-subset.ts';
import { traceImports } from './trace-imports.ts';

describe('What a process imports', () => {
  let root: string;
  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-trace-'));
  });
  afterEach(() => fs.rmSync(root, { recursive: true }));
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), text);
  };

  it('is followed through relative, `#` and dynamic imports, workers and packages found by name', () => {
    write('main.ts', "import { a } from '#domain/a.ts';\nexport * from './b.ts';\nconst lazy = () => import('pkg/deep');\nnew Worker(new URL('./worker.ts', import.meta.url));");
    write('domain/a.ts', "import '@scope/one/x';\ncreateRequire(import.meta.url)('native');\nfileInPackage('models', 'm.onnx');\nimport fs from 'node:fs';");
    write('b.ts', "// import 'commented';\nconst text = 'no import';");
    write('worker.ts', "import 'two';");
    expect(traceImports(root, ['main.ts'])).toEqual({
      files: ['b.ts', 'domain/a.ts', 'main.ts', 'worker.ts'],
      packages: ['@scope/one', 'models', 'native', 'pkg', 'two'],
    });
  });

  it('leaves out what is there for types alone', () => {
    write('main.ts', "import type { A } from 'types';\nexport type {\n  B,\n} from './gone.ts';\nimport { type C, d } from 'real';");
    expect(traceImports(root, ['main.ts']).packages).toEqual(['real']);
  });

  it('names the file that asks for one that is not there', () => {
    write('main.ts', "import './gone.ts';");
    expect(() => traceImports(root, ['main.ts'])).toThrow('gone.ts is not there; main.ts asks for it.');
  });
});

describe('A lock file cut down', () => {
  const manifest = { name: 'x', version: '1', dependencies: { a: '1.0.0', z: '1.0.0' }, overrides: { c: { d: 'npm:empty@1.0.0' }, z: { y: '$a' } } };
  const lock = {
    name: 'x',
    version: '1',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': {},
      'node_modules/a': { dependencies: { b: '^1' }, peerDependencies: { c: '1', e: '1' }, peerDependenciesMeta: { e: { optional: true } } },
      'node_modules/a/node_modules/b': { optionalDependencies: { 'b-linux-x64': '1' } },
      'node_modules/b': {},
      'node_modules/b-linux-x64': {},
      'node_modules/c': {},
      'node_modules/e': {},
      'node_modules/z': {},
    },
  };

  it('has what is wanted with all it needs, where Node would find it, and the rules for that', () => {
    const subset = packageSubset(manifest, lock, ['a']) as { manifest: { dependencies: object; overrides: object }; lock: { packages: object } };
    expect(Object.keys(subset.lock.packages)).toEqual(['', 'node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/b-linux-x64', 'node_modules/c']);
    expect(subset.manifest.dependencies).toEqual({ a: '1.0.0' });
    expect(subset.manifest.overrides).toEqual({ c: { d: 'npm:empty@1.0.0' } });
  });

  it('refuses a package that is no dependency of ours, as one of another package would be', () => {
    expect(() => packageSubset(manifest, lock, ['b'])).toThrow('no dependency in package.json: b');
  });
});
