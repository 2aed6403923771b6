/** Streams by RTMP, with the real parts: ffmpeg sends, nginx takes in, the ingest process feeds a real live session. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '#adapters/postgres/database.ts';
import { newStreamKey } from '#domain/meetings/ingest/stream-key.ts';
import { freePort } from '#scripts/supervisor/ports.ts';
import { count } from '#tests/support/counts.ts';
import { openRealtimeWorld } from '#tests/support/realtime.ts';
import type { RealtimeServer, RealtimeWorld } from '#tests/support/realtime.ts';
import { decodeRecording, endNginx, makeRecording, noRtmp, sendStream, startIngest } from '#tests/support/rtmp.ts';
import type { IngestProcess, Sender } from '#tests/support/rtmp.ts';
import { filesHolding } from '#tests/support/leftovers.ts';

const without = noRtmp();
/** Longer than anything below takes; where a stream stays away on purpose, the process is started anew with less. */
const GRACE_S = 120;
const speech = (name: string) => path.resolve(import.meta.dirname, `../fixtures/speech/${name}.wav`);

describe.skipIf(without !== null)(`Meetings by stream${without === null ? '' : ` (${without})`}`, () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'spool-senders-'));
  const recording = (name: string) => path.join(folder, `${name}.flv`);
  const senders: Sender[] = [];
  let world: RealtimeWorld;
  let database: Database;
  let server: RealtimeServer;
  let ingest: IngestProcess;
  let port: number;
  let realtimePort: number;
  let first: Int16Array;
  let second: Int16Array;

  const start = (graceS = GRACE_S) => startIngest(world.dataDir, { DATABASE_URL: world.databaseUrl, SPOOL_REALTIME_PORT: String(realtimePort), SPOOL_RTMP_PORT: String(port), SPOOL_STREAM_GRACE_SECONDS: String(graceS) });

  beforeAll(async () => {
    makeRecording(recording('first'), speech('monologue'));
    makeRecording(recording('second'), speech('hesitant-because'));
    first = decodeRecording(recording('first'));
    second = decodeRecording(recording('second'));
    expect([first.length, second.length].every((length) => length > 4 * 16_000)).toBe(true);
    world = await openRealtimeWorld();
    database = new Database({ url: world.databaseUrl });
    [port, realtimePort] = [await freePort(), await freePort()];
    server = await world.startServer(realtimePort);
    ingest = await start();
  });
  afterAll(async () => {
    for (const { process } of senders) process.kill('SIGKILL');
    await ingest?.stop();
    if (world) endNginx(world.dataDir);
    await database?.close();
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const meeting = async (keyLivesMs = 60_000) => {
    const { id } = await world.createSession('meeting');
    const { key, hash } = await newStreamKey();
    await database.asOwner('insert into meetings (session_id, source, stream_key_hash, stream_key_expires_at) values ($1, $2, $3, $4)', [id, 'rtmp', hash, new Date(Date.now() + keyLivesMs)]);
    return { id, key };
  };
  const send = (key: string, name: string, speed?: number) => {
    const sender = sendStream(`rtmp://127.0.0.1:${port}/live/${key}`, recording(name), speed);
    senders.push(sender);
    return sender;
  };
  const stored = async (id: string) => {
    const { rows } = await database.asOwner<{ status: string; ended: boolean; away: boolean; streams: { base: number; over: boolean }[] | null; gaps: { at: number; ms: number; reason: string }[] | null }>(
      `select s.status, s.ended_at is not null as ended, m.away_since is not null as away,
         (select json_agg(json_build_object('base', base_sample, 'over', ended_at is not null) order by stream) from meeting_streams t where t.session_id = s.id) as streams,
         (select json_agg(json_build_object('at', at_sample, 'ms', round(extract(epoch from to_at - from_at) * 1000), 'reason', reason) order by from_at) from meeting_gaps g where g.session_id = s.id) as gaps
       from sessions s join meetings m on m.session_id = s.id where s.id = $1`,
      [id],
    );
    return { ...rows[0]!, streams: rows[0]!.streams ?? [], gaps: rows[0]!.gaps ?? [] };
  };
  const until = <T>(ask: () => Promise<T>, matches: Partial<T> | object) => expect.poll(ask, { timeout: 60_000 }).toMatchObject(matches);
  const captured = (id: string) => world.audio.durableThrough(id);
  const sound = async (id: string) => world.audio.read(id, 0, await captured(id));
  const same = (left: Int16Array, right: Int16Array) => left.length === right.length && left.every((sample, index) => sample === right[index]);
  const filesOf = (id: string) => readdirSync(path.join(world.dataDir, 'ingest/nginx/recordings')).filter((name) => name.startsWith(id));

  it('have every sample from the first to the last, over a pause, until the stream stays away', async () => {
    const { id, key } = await meeting();
    expect(await send(key, 'first').ended).toBe(0);
    await until(() => stored(id), { away: true, streams: [{ base: 0, over: true }] });
    expect(same(await sound(id), first)).toBe(true);

    expect(await send(key, 'second').ended).toBe(0);
    await until(() => stored(id), { streams: [{ over: true }, { base: first.length, over: true }], gaps: [{ at: first.length, reason: 'stream_away' }] });
    expect(same(await sound(id), Int16Array.from([...first, ...second]))).toBe(true);

    await ingest.stop();
    ingest = await start(1);
    await until(() => stored(id), { ended: true });
    expect(filesOf(id)).toEqual([]);
    expect(await send(key, 'second').ended).not.toBe(0);
    expect(await captured(id)).toBe(first.length + second.length);
    await ingest.stop();
    ingest = await start();
  });

  it('are let in with the right key only, and the key is written down nowhere', async () => {
    const [{ id, key }, late] = [await meeting(), await meeting(-1_000)];
    expect(await send('x'.repeat(43), 'second').ended).not.toBe(0);
    expect(await send(late.key, 'second').ended).not.toBe(0);
    const sender = send(key, 'first', 1);
    await until(() => captured(id), expect.anything());
    await expect.poll(() => captured(id)).toBeGreaterThan(16_000);
    // One sender at a time, unless the first has fallen silent.
    expect(await send(key, 'second').ended).not.toBe(0);
    expect(await filesHolding(world.dataDir, Buffer.from(key))).toEqual([]);
    expect(ingest.log()).not.toContain(key);

    sender.process.kill('SIGSTOP');
    await expect.poll(() => send(key, 'second').ended).toBe(0);
    await until(() => stored(id), { streams: [{ over: true }, { over: true }], gaps: [{ reason: 'stream_away' }] });
    const all = await sound(id);
    expect(same(all.slice(-second.length), second)).toBe(true);
    // Asked to end, the session has what had arrived, and the sender is shown out.
    const last = send(key, 'first', 1);
    await expect.poll(() => captured(id)).toBeGreaterThan(all.length + 16_000);
    await database.asOwner('update sessions set end_requested_at = now() where id = $1', [id]);
    await until(() => stored(id), { ended: true, streams: [{ over: true }, { over: true }, { over: true }] });
    expect(await last.ended).not.toBe(0);
    await expect.poll(() => filesOf(id)).toEqual([]);
  });

  // In the gate tests/e2e/meeting.test.ts ends each of them, and nginx, in one meeting.
  it.skipIf(count(0, 1) === 0)('lose and repeat nothing when the sender, the ingest process or the realtime server is killed', async () => {
    const { id, key } = await meeting();
    const dying = send(key, 'second', 1);
    await expect.poll(() => captured(id)).toBeGreaterThan(16_000);
    dying.process.kill('SIGKILL');
    await until(() => stored(id), { away: true, streams: [{ base: 0, over: true }] });
    // All but the last frames, which a decoder holds until it sees what follows, as they were sent.
    const base = await captured(id);
    expect(same((await sound(id)).slice(0, -2_000), second.slice(0, base - 2_000))).toBe(true);

    const sender = send(key, 'first', 1.5);
    await expect.poll(() => captured(id)).toBeGreaterThan(base + 16_000);
    const nginx = ingest.nginxPid();
    await ingest.kill();
    ingest = await start();
    expect(ingest.nginxPid()).toBe(nginx);
    const before = await captured(id);
    await expect.poll(() => captured(id)).toBeGreaterThan(before);
    await server.kill();
    server = await world.startServer(realtimePort);
    expect(await sender.ended).toBe(0);
    await until(() => stored(id), { streams: [{ over: true }, { base, over: true }], gaps: [{ at: base, reason: 'stream_away' }] });
    expect(same((await sound(id)).slice(base), first)).toBe(true);
  });

  it.skipIf(count(0, 1) === 0)('come back when nginx is killed, with what is missing recorded', async () => {
    const { id, key } = await meeting();
    const sender = send(key, 'first', 1);
    await expect.poll(() => captured(id)).toBeGreaterThan(16_000);
    const nginx = ingest.nginxPid();
    process.kill(nginx, 'SIGKILL');
    expect(await sender.ended).not.toBe(0);
    await expect.poll(() => send(key, 'second').ended).toBe(0);
    expect(ingest.nginxPid()).not.toBe(nginx);
    await until(() => stored(id), { streams: [{ over: true }, { over: true }], gaps: [{ reason: 'ingest_failed' }] });
    const [all, { streams, gaps }] = [await sound(id), await stored(id)];
    const base = streams[1]!.base;
    expect(gaps).toMatchObject([{ at: base }]);
    expect(all.length).toBe(base + second.length);
    expect(same(all.slice(base), second)).toBe(true);
    expect(same(all.slice(0, base - 2_000), first.slice(0, base - 2_000))).toBe(true);
  });
});
