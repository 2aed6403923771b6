/** Two processes that take in streams, as in the cloud: disks and ports of their own, one database, one server of live sessions. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '#adapters/postgres/database.ts';
import { newStreamKey } from '#domain/meetings/ingest/stream-key.ts';
import { freePort } from '#scripts/supervisor/ports.ts';
import { openRealtimeWorld } from '#tests/support/realtime.ts';
import type { RealtimeWorld } from '#tests/support/realtime.ts';
import { decodeRecording, endNginx, makeRecording, noRtmp, sendStream, startIngest } from '#tests/support/rtmp.ts';
import type { IngestProcess, Sender } from '#tests/support/rtmp.ts';

const without = noRtmp();
const GRACE_S = 60;
const speech = (name: string) => path.resolve(import.meta.dirname, `../fixtures/speech/${name}.wav`);
interface Task {
  dataDir: string;
  port: number;
  process: IngestProcess;
}

describe.skipIf(without !== null)(`A stream among several tasks${without === null ? '' : ` (${without})`}`, () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'spool-tasks-'));
  const recording = (name: string) => path.join(folder, `${name}.flv`);
  const senders: Sender[] = [];
  const tasks: Task[] = [];
  let world: RealtimeWorld;
  let database: Database;
  let first: Int16Array;
  let second: Int16Array;

  beforeAll(async () => {
    makeRecording(recording('first'), speech('monologue'));
    makeRecording(recording('second'), speech('hesitant-because'));
    [first, second] = [decodeRecording(recording('first')), decodeRecording(recording('second'))];
    world = await openRealtimeWorld();
    database = new Database({ url: world.databaseUrl });
    const [realtimePort, ...ports] = [await freePort(), await freePort(), await freePort()];
    const task = async (dataDir: string, port: number) => tasks.push({ dataDir, port, process: await startIngest(dataDir, { DATABASE_URL: world.databaseUrl, SPOOL_REALTIME_PORT: String(realtimePort), SPOOL_RTMP_PORT: String(port), SPOOL_STREAM_GRACE_SECONDS: String(GRACE_S) }) });
    await Promise.all([world.startServer(realtimePort), ...ports.map((port) => task(path.join(folder, String(port)), port))]);
  });
  afterAll(async () => {
    for (const { process } of senders) process.kill('SIGKILL');
    await Promise.all(tasks.map((task) => task.process.stop()));
    for (const task of tasks) endNginx(task.dataDir);
    await database?.close();
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const send = (task: Task, key: string, name: string, speed?: number) => {
    const sender = sendStream(`rtmp://127.0.0.1:${task.port}/live/${key}`, recording(name), speed);
    senders.push(sender);
    return sender;
  };
  const stored = async (id: string) => {
    const { rows } = await database.asOwner<{ ended: boolean; away: boolean; streams: { base: number; over: boolean }[]; gaps: { at: number; from: number; to: number; reason: string }[]; claims: number[] }>(
      `select s.end_requested_at is not null or s.ended_at is not null as ended, m.away_since is not null as away,
         (select coalesce(json_agg(json_build_object('base', base_sample, 'over', ended_at is not null) order by stream), '[]') from meeting_streams t where t.session_id = s.id) as streams,
         (select coalesce(json_agg(json_build_object('at', at_sample, 'from', extract(epoch from from_at) * 1000, 'to', extract(epoch from to_at) * 1000, 'reason', reason) order by from_at), '[]') from meeting_gaps g where g.session_id = s.id) as gaps,
         (select coalesce(json_agg(claim order by claim), '[]') from meeting_claims c where c.session_id = s.id) as claims
       from sessions s join meetings m on m.session_id = s.id where s.id = $1`,
      [id],
    );
    return rows[0]!;
  };
  const same = (left: Int16Array, right: Int16Array) => left.length === right.length && left.every((sample, index) => sample === right[index]);

  it('is one task’s alone, goes on at the other when that one dies, and leaves a gap for what it had not brought in', async () => {
    const { id } = await world.createSession('meeting');
    const { key, hash } = await newStreamKey();
    await database.asOwner("insert into meetings (session_id, source, stream_key_hash, stream_key_expires_at) values ($1, 'rtmp', $2, $3)", [id, hash, new Date(Date.now() + 60_000)]);
    const [a, b] = tasks as [Task, Task];
    const captured = () => world.audio.durableThrough(id);

    const publishedMs = Date.now();
    const sender = send(a, key, 'first', 1);
    await expect.poll(captured, { timeout: 60_000 }).toBeGreaterThan(16_000);
    // The other knows of the meeting, lets nobody else in, and does nothing to it.
    expect(await send(b, key, 'second').ended).not.toBe(0);
    expect(await stored(id)).toMatchObject({ ended: false, away: false, streams: [{ base: 0, over: false }], gaps: [], claims: [1] });

    const before = await captured();
    await expect.poll(captured).toBeGreaterThan(before);
    expect(sender.process.exitCode).toBeNull();

    // A task that dies takes all of its processes along.
    await a.process.kill();
    endNginx(a.dataDir);
    const acknowledged = await captured();
    expect(await sender.ended).not.toBe(0);
    // As senders do: again, until they are let in.
    await expect.poll(() => send(b, key, 'second').ended, { timeout: 60_000 }).toBe(0);
    await expect.poll(() => stored(id), { timeout: 60_000 }).toMatchObject({ ended: false, streams: [{ base: 0, over: true }, { over: true }], claims: [2] });

    const { streams, gaps } = await stored(id);
    const [sound, base] = [await world.audio.read(id, 0, await captured()), streams[1]!.base];
    expect(base).toBeGreaterThanOrEqual(acknowledged);
    expect(same(sound.slice(base), second)).toBe(true);
    expect(same(sound.slice(0, base - 2_000), first.slice(0, base - 2_000))).toBe(true);
    // One gap: from the last that was brought in to when the sender was back.
    expect(gaps).toMatchObject([{ at: base, reason: 'ingest_failed' }]);
    expect(gaps[0]!.from - base / 16).toBeGreaterThanOrEqual(publishedMs);
    expect(gaps[0]!.to).toBeGreaterThan(gaps[0]!.from);
    // And the sender may come back once more.
    await expect.poll(() => stored(id)).toMatchObject({ away: true, ended: false });
  });
});
