import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findProgram } from '../support/system-tools.ts';
import type { ModelEntry } from './catalogue.ts';
import { download } from './download.ts';
import { installModel, isInstalled } from './install-model.ts';
import { readManifest } from './manifest.ts';
import { progressText } from './progress-bar.ts';

const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');

let folder: string;
let server: http.Server;
let url: string;
let content: Buffer;
/** Range headers as they came, and how many bytes each of the next answers sends before it cuts the connection. */
let asked: (string | undefined)[];
let cuts: number[];
let statuses: number[];
let ignoresRange: boolean;
/** The answer that is cut once this many bytes have arrived in the file. */
let cutAt: { bytes: number; response: http.ServerResponse } | null;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-models-'));
  content = randomBytes(300_000);
  [asked, cuts, statuses, ignoresRange, cutAt] = [[], [], [], false, null];
  server = http.createServer((request, response) => {
    asked.push(request.headers.range);
    const status = statuses.shift();
    if (status) return void response.writeHead(status).end();
    const from = ignoresRange ? 0 : Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (from >= content.length) return void response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    const rest = content.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length, ...(from > 0 ? { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : {}) });
    const cut = cuts.shift();
    if (cut === undefined) return void response.end(rest);
    response.write(rest.subarray(0, cut));
    cutAt = { bytes: from + cut, response };
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.onnx`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  fs.rmSync(folder, { recursive: true, force: true });
});

const fetchIt = (expected = {}) =>
  download({
    url,
    file: path.join(folder, 'model.onnx'),
    expected,
    retryDelayMs: () => 1,
    onProgress(receivedBytes) {
      if (cutAt && receivedBytes >= cutAt.bytes) cutAt.response.destroy();
    },
  });

describe('downloading', () => {
  it('goes on where a cut connection stopped', async () => {
    cuts = [100_000, 50_000];
    const result = await fetchIt();
    expect(result).toEqual({ sizeBytes: content.length, sha256: sha256(content) });
    expect(fs.readFileSync(path.join(folder, 'model.onnx')).equals(content)).toBe(true);
    expect(asked).toEqual([undefined, 'bytes=100000-', 'bytes=150000-']);
  });
  it('goes on in a later run', async () => {
    fs.writeFileSync(path.join(folder, 'model.onnx.part'), content.subarray(0, 123_456));
    await fetchIt();
    expect(asked).toEqual(['bytes=123456-']);
    expect(fs.readFileSync(path.join(folder, 'model.onnx')).equals(content)).toBe(true);
  });
  it('takes a part that is already whole', async () => {
    fs.writeFileSync(path.join(folder, 'model.onnx.part'), content);
    expect((await fetchIt()).sizeBytes).toBe(content.length);
  });
  it('starts over at a server that cannot send parts', async () => {
    ignoresRange = true;
    cuts = [1_000];
    expect((await fetchIt()).sha256).toBe(sha256(content));
  });
  it('tries again after a server error', async () => {
    statuses = [503, 429];
    expect((await fetchIt()).sizeBytes).toBe(content.length);
  });
  it('says so when the address has gone', async () => {
    statuses = [404];
    await expect(fetchIt()).rejects.toThrow(/answered HTTP 404/);
    expect(asked).toHaveLength(1);
  });
  it('refuses a file of another size or checksum and throws it away', async () => {
    await expect(fetchIt({ sizeBytes: 7 })).rejects.toThrow(/is not the file it was/);
    await expect(fetchIt({ sha256: 'ab' })).rejects.toThrow(/is not the file it was/);
    expect(fs.readdirSync(folder)).toEqual([]);
  });
  it('tells a person without a network what to do', async () => {
    url = 'http://127.0.0.1:9/model.onnx';
    await expect(fetchIt()).rejects.toThrow(/could not be reached .* Check the network, then run \.\/spool models again/);
  });
});

describe('installing a model', () => {
  const model = (more: Partial<ModelEntry> = {}): ModelEntry => ({ name: 'kokoro', what: '', url, kind: 'file', unpackedMegabytes: 1, license: 'MIT', ...more });
  const install = (entry: ModelEntry) => installModel(folder, entry, { retryDelayMs: () => 1 });

  it('records size and checksum at the first download and holds to them', async () => {
    await install(model());
    expect(await isInstalled(folder, model())).toBe(true);
    expect(readManifest(folder).kokoro).toMatchObject({ url, sizeBytes: content.length, sha256: sha256(content) });
    expect(fs.readFileSync(path.join(folder, 'kokoro', 'model.onnx')).equals(content)).toBe(true);
    content = randomBytes(300_000);
    fs.rmSync(path.join(folder, 'kokoro'), { recursive: true });
    expect(await isInstalled(folder, model())).toBe(false);
    await expect(install(model())).rejects.toThrow(/is not the file it was/);
  });
  it('unpacks an archive without its top folder', async ({ skip }) => {
    skip(!findProgram('bzip2'), 'bzip2 is not installed');
    const source = path.join(folder, 'source', 'kokoro-int8-en');
    fs.mkdirSync(path.join(source, 'espeak-ng-data'), { recursive: true });
    fs.writeFileSync(path.join(source, 'voices.bin'), 'voices');
    fs.writeFileSync(path.join(source, 'espeak-ng-data', 'en'), 'data');
    execFileSync('tar', ['-cjf', path.join(folder, 'a.tar.bz2'), '-C', path.join(folder, 'source'), 'kokoro-int8-en']);
    content = fs.readFileSync(path.join(folder, 'a.tar.bz2'));
    await install(model({ kind: 'archive' }));
    expect(fs.readFileSync(path.join(folder, 'kokoro', 'voices.bin'), 'utf8')).toBe('voices');
    expect(fs.readFileSync(path.join(folder, 'kokoro', 'espeak-ng-data', 'en'), 'utf8')).toBe('data');
    expect(fs.readdirSync(path.join(folder, 'downloads'))).toEqual([]);
  });
  it('says so when an archive is broken', async ({ skip }) => {
    skip(!findProgram('bzip2'), 'bzip2 is not installed');
    await expect(install(model({ kind: 'archive' }))).rejects.toThrow(/could not be unpacked/);
    expect(await isInstalled(folder, model())).toBe(false);
  });
});

describe('the progress bar', () => {
  it('shows share and size, or the size alone while the total is unknown', () => {
    expect(progressText(40_500_000, 135_000_000)).toBe('[#########                     ]  30 %  40.5 of 135.0 MB');
    expect(progressText(2_000_000, null)).toBe('2.0 MB');
  });
});
