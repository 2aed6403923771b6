import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EngineProbe } from '#adapters/speech-local/index.ts';
import { parseEnvironment } from '../../config/environment.ts';
import { capabilities } from './capabilities.ts';
import type { Findings } from './capabilities.ts';
import { lookAround } from './findings.ts';
import { renderTable, TABLE_WIDTH, wrap } from './table.ts';

const speech = (over: Partial<Record<EngineProbe['engine'], boolean>> = {}): EngineProbe[] => [
  { capability: 'speech in', engine: 'moonshine-base', available: over['moonshine-base'] ?? false, why: 'Base is not downloaded.', improveWith: './spool models' },
  { capability: 'speech in', engine: 'moonshine-tiny', available: over['moonshine-tiny'] ?? true, why: 'Tiny comes with npm.' },
  { capability: 'speech out', engine: 'kokoro', available: over.kokoro ?? false, why: 'Kokoro is not downloaded.', improveWith: './spool models' },
  { capability: 'speech out', engine: 'flite', available: over.flite ?? true, why: 'Flite comes with npm.' },
  { capability: 'speakers', engine: 'pyannote+titanet', available: over['pyannote+titanet'] ?? false, why: 'They are not downloaded.', improveWith: './spool models' },
];
const LOCAL = { why: 'It needs no key and no network.', improve: 'Set OPENAI_BASE_URL.' };
const engines: Findings['engines'] = {
  'speech in': { capability: 'speech in', engine: 'moonshine-tiny', ...LOCAL },
  'speech out': { capability: 'speech out', engine: 'flite', ...LOCAL },
  interviewer: { capability: 'interviewer', engine: 'guided', ...LOCAL },
  interests: { capability: 'interests', engine: 'words/1', ...LOCAL },
};
const runner: Findings['runner'] = { languages: (['python', 'javascript', 'java', 'cpp'] as const).map((language) => ({ language, version: `${language} 1`, missing: null })), enforcement: 'cgroup-v1', unavailable: null };
const findings = (over: Partial<Findings> = {}): Findings => ({
  runner, engines, localSpeech: speech(), embeddings: { engine: 'some-model', available: true, why: 'It comes with npm.' }, ingest: { missing: [], running: null }, remote: null, externalDatabase: null, running: null, dataDir: { writable: true, freeBytes: 50e9 },
  chromium: '/usr/bin/chromium', postgresServer: null, canUseApt: false, ...over,
});
const table = (over: Partial<Findings> = {}) => capabilities(parseEnvironment({}), findings(over));
const row = (name: string, over: Partial<Findings> = {}) => table(over).find((capability) => capability.name === name);

describe('the doctor', () => {
  it('names every capability of the contract', () => {
    expect(table().map(({ name }) => name)).toEqual([
      'speech in', 'speech out', 'interviewer', 'interests', 'meaning', 'code sandbox', 'code languages', 'speakers', 'meeting ingest', 'database', 'storage', 'queue', 'browser for tests',
    ]);
  });
  it('tells which engine is in use and what brings a better one', () => {
    expect(row('speech in')).toMatchObject({ state: 'plain', engine: 'moonshine-tiny', improve: expect.stringMatching(/^\.\/spool models, or OPENAI_BASE_URL=/) });
    expect(row('speech out', { engines: { ...engines, 'speech out': { capability: 'speech out', engine: 'kokoro', ...LOCAL } }, localSpeech: speech({ kokoro: true }) })).toMatchObject({ state: 'on', engine: 'kokoro' });
  });
  it('says when an engine that was asked for is not there', () => {
    expect(row('speech out', { engines: { ...engines, 'speech out': { problem: 'The files of kokoro are not there.' } } })).toMatchObject({ state: 'broken', improve: './spool models' });
  });
  it('says whether the remote server answers', () => {
    const remote = { ...engines, interviewer: { capability: 'interviewer' as const, engine: 'openai:some-model', why: 'SPOOL_LLM=openai asks for it.' } };
    expect(row('interviewer', { engines: remote, remote: { address: 'x', ok: true, words: 'The server answers.' } })).toMatchObject({ state: 'on', engine: 'openai:some-model' });
    expect(row('interviewer', { engines: remote, remote: { address: 'x', ok: false, words: 'The server does not answer.' } })).toMatchObject({ state: 'broken', improve: expect.stringContaining('OPENAI_BASE_URL') });
  });
  it('says what is lost without the sentence model, which nothing breaks over', () => {
    expect(row('meaning')).toMatchObject({ state: 'on', engine: 'some-model' });
    expect(row('meaning', { embeddings: { engine: 'some-model', available: false, why: 'The package is not installed.', improveWith: './spool up' } })).toMatchObject({ state: 'off', engine: 'none', improve: './spool up' });
  });
  it('says whether voices of meetings can be told apart', () => {
    expect(row('speakers')).toMatchObject({ state: 'off', engine: 'none', improve: './spool models' });
    expect(row('speakers', { localSpeech: speech({ 'pyannote+titanet': true }) })).toMatchObject({ state: 'on', engine: 'pyannote+titanet' });
  });
  it('says which languages run, in what, and what to install for the rest', () => {
    expect(row('code sandbox')).toMatchObject({ state: 'on', engine: 'bubblewrap' });
    expect(row('code languages')).toMatchObject({ state: 'on', engine: expect.stringContaining('python 1') });
    const without = { ...runner, languages: runner.languages.map((each) => (each.language === 'java' ? { ...each, version: null, missing: 'apt-get install default-jdk-headless' } : each)) };
    expect(row('code languages', { runner: without })).toMatchObject({ state: 'plain', improve: 'apt-get install default-jdk-headless' });
    expect(row('code sandbox', { runner: { ...runner, enforcement: 'rlimit+sampler' } })).toMatchObject({ state: 'plain', improve: expect.stringContaining('Delegate') });
    expect(row('code sandbox', { runner: { languages: [], enforcement: null, unavailable: 'Install bubblewrap: apt-get install bubblewrap' } })).toMatchObject({ state: 'off', improve: expect.stringContaining('bubblewrap') });
  });
  it('says whether meetings can be streamed here, and what is missing or in the way', () => {
    expect(row('meeting ingest')).toMatchObject({ state: 'on', why: expect.stringContaining('1935') });
    expect(row('meeting ingest', { ingest: { missing: ['ffmpeg'], running: null } })).toMatchObject({ state: 'off', improve: expect.stringContaining('apt-get install ffmpeg') });
    const taken = { available: false as const, why: 'Port 1935 is in use.', improve: 'SPOOL_RTMP_PORT=1936 ./spool up' };
    expect(row('meeting ingest', { ingest: { missing: [], running: taken } })).toMatchObject({ state: 'off', improve: expect.stringContaining('SPOOL_RTMP_PORT=') });
    expect(row('meeting ingest', { ingest: { missing: [], running: { available: true, port: 4711 } } })).toMatchObject({ state: 'on', why: expect.stringContaining('4711') });
  });
  it('says what to do about a data directory that cannot be written or is almost full', () => {
    expect(row('storage', { dataDir: { writable: false, freeBytes: null } })).toMatchObject({ state: 'broken', improve: expect.stringContaining('SPOOL_DATA_DIR=') });
    expect(row('storage', { dataDir: { writable: true, freeBytes: 1e9 } })).toMatchObject({ state: 'plain' });
    expect(capabilities(parseEnvironment({ SPOOL_S3_BUCKET: 'spool-audio' }), findings()).find(({ name }) => name === 'storage')).toMatchObject({ state: 'on', engine: 'S3', why: expect.stringContaining('in the bucket spool-audio') });
  });

  it('asks the code that chooses engines when a process starts', { timeout: 20_000 }, async () => {
    const SPOOL_DATA_DIR = path.join(os.tmpdir(), 'spool-doctor-nowhere');
    const chosen = async (variables: Record<string, string>) => (await lookAround(parseEnvironment({ SPOOL_DATA_DIR, ...variables }))).engines;
    expect(await chosen({})).toMatchObject({ 'speech in': { engine: 'moonshine-tiny' }, 'speech out': { engine: 'flite' }, interviewer: { engine: 'guided' }, interests: { engine: expect.stringContaining('words/') } });
    expect(await chosen({ SPOOL_TTS: 'kokoro' })).toMatchObject({ 'speech in': { engine: 'moonshine-tiny' }, 'speech out': { problem: expect.stringContaining('kokoro') } });
    expect(await chosen({ SPOOL_TTS: 'none' })).toMatchObject({ 'speech out': { engine: 'none' } });
    const named = { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', SPOOL_LLM_MODEL: 'some-model', SPOOL_STT: 'moonshine', SPOOL_TTS: 'flite' };
    expect(await chosen(named)).toMatchObject({ 'speech in': { engine: 'moonshine-tiny' }, interviewer: { engine: 'openai:some-model' }, interests: { engine: 'model:some-model/extract-1' } });
  });

  it('finds a remote server that refuses the key, and a database that does not answer', async () => {
    const server = http.createServer((request, response) => void response.writeHead(request.headers.authorization === 'Bearer good' ? 200 : 401).end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const OPENAI_BASE_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const SPOOL_DATA_DIR = path.join(os.tmpdir(), 'spool-doctor-nowhere');
    const refused = await lookAround(parseEnvironment({ SPOOL_DATA_DIR, OPENAI_BASE_URL, OPENAI_API_KEY: 'bad', DATABASE_URL: 'postgres://127.0.0.1:9/none' }));
    expect(refused.remote).toMatchObject({ ok: false, words: 'The server refuses the key.' });
    expect(refused.externalDatabase).toMatchObject({ ok: false, words: expect.stringContaining('ECONNREFUSED') });
    expect(refused.dataDir.writable).toBe(true);
    const accepted = await lookAround(parseEnvironment({ SPOOL_DATA_DIR, OPENAI_BASE_URL, OPENAI_API_KEY: 'good' }));
    expect(accepted.remote).toMatchObject({ ok: true });
    expect(accepted.externalDatabase).toBeNull();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('the table', () => {
  it('fits 100 columns, whatever stands in it', () => {
    const long = { name: 'speech in', state: 'plain' as const, engine: 'an engine with a very long name indeed', why: 'word '.repeat(60), improve: `DATABASE_URL=${'x'.repeat(150)} ./spool up` };
    for (const line of renderTable([long, ...table()], false).split('\n')) expect(line.length).toBeLessThanOrEqual(TABLE_WIDTH);
  });
  it('says without colours what it says with them', () => {
    const plain = renderTable(table(), false);
    expect(plain).not.toContain('\u001B');
    expect(renderTable(table(), true).replace(/\u001B\[\d+m/g, '')).toBe(plain);
  });
  it('wraps at words', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  });
});
