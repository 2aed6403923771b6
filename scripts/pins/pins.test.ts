import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pinAll, referencesIn, unpinned } from '../pin.ts';
import { commitOfTag } from './git-tag.ts';
import { digestOfImage, placeOf } from './registry.ts';

const DIGEST = `sha256:${'ab'.repeat(32)}`;

describe('Pins', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-pins-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  };
  const read = (file: string) => fs.readFileSync(path.join(folder, file), 'utf8');

  it('of images come from their registry, of actions from their repository, and are written where the tag stands', async () => {
    const registry = await startRegistry({ 'library/tool': { '1.2': DIGEST } });
    const git = path.join(folder, 'git');
    const commit = makeRepository(path.join(git, 'some/action'), 'v3.1.0');
    const image = `${registry.host}/library/tool:1.2`;
    write('workers/Dockerfile', `FROM ${image} AS base\nFROM base\nCOPY a b\n`);
    write('docker-compose.dev.yml', `services:\n  one:\n    image: ${image}\n`);
    write('amplify/custom/x.ts', `export const WHISPER_IMAGE = '${image}';\n`);
    write('.github/workflows/x.yml', `container:\n  image: ${image}\nsteps:\n  - uses: some/action@v3.1.0\n  - uses: ./.github/workflows/y.yml\n`);
    expect(unpinned(folder)).toHaveLength(5);
    const said: string[] = [];
    const options = { root: folder, digestOf: digestOfImage, commitOf: (name: string, tag: string) => commitOfTag(name, tag, git), say: (line: string) => said.push(line) };
    expect(await pinAll(options)).toBe(true);
    expect(read('workers/Dockerfile')).toBe(`FROM ${image}@${DIGEST} AS base\nFROM base\nCOPY a b\n`);
    expect(read('docker-compose.dev.yml')).toContain(`image: ${image}@${DIGEST}\n`);
    expect(read('amplify/custom/x.ts')).toContain(`'${image}@${DIGEST}'`);
    expect(read('.github/workflows/x.yml')).toContain(`uses: some/action@${commit} # v3.1.0\n`);
    expect(unpinned(folder)).toEqual([]);
    // Again, after somebody wrote another tag: the pin follows it.
    registry.tags['library/tool'] = { '1.3': DIGEST.replaceAll('ab', 'cd') };
    write('workers/Dockerfile', `FROM ${registry.host}/library/tool:1.3@${DIGEST} AS base\n`);
    write('.github/workflows/x.yml', '');
    write('docker-compose.dev.yml', '');
    write('amplify/custom/x.ts', '');
    expect(await pinAll(options)).toBe(true);
    expect(read('workers/Dockerfile')).toContain(`:1.3@${DIGEST.replaceAll('ab', 'cd')} AS base`);
    await registry.close();
  });

  it('that cannot be resolved are named, and the file stays as it was', async () => {
    const registry = await startRegistry({});
    write('workers/Dockerfile', `FROM ${registry.host}/library/tool:9 AS base\n`);
    const said: string[] = [];
    expect(await pinAll({ root: folder, digestOf: digestOfImage, commitOf: commitOfTag, say: (line) => said.push(line) })).toBe(false);
    expect(said).toEqual([`workers/Dockerfile:1: ${registry.host}/library/tool:9 is not pinned: its registry has no tag 9 of library/tool.`]);
    expect(read('workers/Dockerfile')).toBe(`FROM ${registry.host}/library/tool:9 AS base\n`);
    expect(unpinned(folder)[0]).toContain('node scripts/pin.ts');
    await registry.close();
  });
});

it('names of images mean what engines make of them', () => {
  expect(placeOf('node:24.1.0-slim')).toEqual({ host: 'registry-1.docker.io', name: 'library/node', tag: '24.1.0-slim' });
  expect(placeOf('some/thing:1')).toEqual({ host: 'registry-1.docker.io', name: 'some/thing', tag: '1' });
  expect(placeOf('ghcr.io/some/thing:1')).toEqual({ host: 'ghcr.io', name: 'some/thing', tag: '1' });
});

it('nothing of ours is taken by a tag that names no version', () => {
  for (const { file, line, name, tag } of referencesIn(path.resolve(import.meta.dirname, '../..'))) {
    expect(tag, `${file}:${line}: ${name}:${tag}`).toMatch(/^v?\d+\.\d+/);
  }
});

/** A registry that gives manifests only to those who fetched a token for that repository. */
async function startRegistry(tags: Record<string, Record<string, string>>) {
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://registry.invalid');
    const name = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(url.pathname);
    if (url.pathname === '/token') return void response.end(JSON.stringify({ token: `for ${url.searchParams.get('scope')}` }));
    if (request.headers.authorization !== `Bearer for repository:${name?.[1]}:pull`) {
      response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${request.headers.host}/token",service="registry"` });
      return void response.end();
    }
    const digest = tags[name?.[1] ?? '']?.[name?.[2] ?? ''];
    response.writeHead(digest ? 200 : 404, digest ? { 'docker-content-digest': digest } : {});
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    tags,
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** With an annotated tag, whose object is not the commit. @returns the commit */
function makeRepository(folder: string, tag: string): string {
  fs.mkdirSync(folder, { recursive: true });
  const git = (...words: string[]) => execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], { encoding: 'utf8' }).trim();
  git('init', '-q');
  git('commit', '-q', '--allow-empty', '-m', 'one');
  git('tag', '-a', tag, '-m', 'two');
  return git('rev-parse', 'HEAD');
}
