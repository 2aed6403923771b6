/** Who of several processes has a stream, in the database; and what is written down of what a dead one had. */
import { beforeAll, afterAll, beforeEach, describe, expect, it } from 'vitest';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresMeetingIngestStore } from '#adapters/postgres/meeting-ingest-store.ts';
import { PostgresPeopleRepository } from '#adapters/postgres/people-repository.ts';
import { PostgresSessionRepository } from '#adapters/postgres/session-repository.ts';
import { PostgresStreamClaims } from '#adapters/postgres/stream-claims.ts';
import { streamClaimsContract } from '#adapters/stream-claims-contract/stream-claims-contract.ts';
import type { PersonActor } from '#domain/actor.ts';
import { newId } from '#domain/ids.ts';
import type { StreamClaim } from '#domain/meetings/ingest/ports.ts';
import { describeOnEveryEngine } from '#tests/support/database-engines.ts';
import type { TestDatabase } from '#tests/support/database.ts';

const ada: PersonActor = { kind: 'person', id: newId(), name: 'Ada', role: 'learner' };
const T0 = Date.UTC(2030, 0, 1);

async function openWorld(start: () => Promise<TestDatabase>) {
  const server = await start();
  const database = new Database({ url: server.url });
  await new PostgresPeopleRepository(database).ensurePerson(ada);
  return {
    database,
    store: new PostgresStreamClaims(database),
    async newMeeting() {
      const { id } = await new PostgresSessionRepository(database, enqueueJob).create(ada, { id: newId(), kind: 'meeting', title: 't', templateId: null, recordingConsent: true });
      await database.asOwner("insert into meetings (session_id, source) values ($1, 'rtmp')", [id]);
      return id;
    },
    async pass(ms: number) {
      await database.asOwner('update meeting_claims set lease_expires_at = lease_expires_at - make_interval(secs => $1::float8 / 1000)', [ms]);
    },
    async close() {
      await database.close();
      await server.close();
    },
  };
}

describeOnEveryEngine('In the database', (start) => {
  streamClaimsContract('Postgres', () => openWorld(start));

  describe('what a dead process had', () => {
    let world: Awaited<ReturnType<typeof openWorld>>;
    let id: string;
    const from = (owner: string, claim: StreamClaim) => world.store.writesOf(claim, owner);
    const stored = async () => {
      const { rows } = await world.database.asOwner(
        `select round(extract(epoch from m.away_since) * 1000)::float8 as away, m.away_reason as why, s.end_requested_at is not null as ended,
           (select coalesce(json_agg(json_build_array(base_sample, round(extract(epoch from ended_at) * 1000)) order by stream), '[]') from meeting_streams t where t.session_id = s.id) as streams,
           (select coalesce(json_agg(json_build_array(at_sample, round(extract(epoch from from_at) * 1000), round(extract(epoch from to_at) * 1000), reason) order by from_at), '[]') from meeting_gaps g where g.session_id = s.id) as gaps
         from sessions s join meetings m on m.session_id = s.id where s.id = $1`,
        [id],
      );
      return rows[0]!;
    };
    const heard = (owner: string, { sessionId, claim }: StreamClaim, heardAtMs: number) => world.store.renewClaims(owner, [{ sessionId, claim, occupied: true, heardAtMs }]);
    beforeAll(async () => {
      world = await openWorld(start);
    });
    afterAll(() => world.close());
    beforeEach(async () => {
      id = await world.newMeeting();
    });

    it('and had not brought in is one gap, from its last sample to when the sender is back', async () => {
      const dying = (await world.store.claimStream(id, 'a', T0))!;
      await from('a', dying).beginStream({ sessionId: id, publishedAtMs: T0 + 10 }, 0, 'stream_away');
      await heard('a', dying, T0 + 9_000);
      await world.store.handOver('a');
      const next = (await world.store.claimStream(id, 'b', T0 + 14_000))!;
      expect(await world.store.passDeadClaims(next, 'b', 5 * 16_000)).toBe(true);
      expect(await stored()).toMatchObject({ streams: [[0, T0 + 5_010]], gaps: [[80_000, T0 + 5_010, T0 + 9_000, 'ingest_failed']] });
      await from('b', next).beginStream({ sessionId: id, publishedAtMs: T0 + 14_001 }, 80_000, 'stream_away');
      expect(await stored()).toMatchObject({ streams: [[0, T0 + 5_010], [80_000, null]], gaps: [[80_000, T0 + 5_010, T0 + 14_001, 'ingest_failed']] });
    });

    it('and of which nothing was brought in is a gap as well, beside that before it', async () => {
      const dying = (await world.store.claimStream(id, 'a', T0))!;
      await from('a', dying).beginStream({ sessionId: id, publishedAtMs: T0 + 10 }, 0, 'stream_away');
      await from('a', dying).endStream({ sessionId: id, publishedAtMs: T0 + 10 }, T0 + 1_010);
      await world.store.claimStream(id, 'a', T0 + 3_000);
      await heard('a', dying, T0 + 6_000);
      await world.store.handOver('a');
      // Taken up without a sender, and then ended: nobody came back.
      const next = (await world.store.adoptMeeting(id, 'b', T0 + 9_000, dying.claim))!;
      expect(await stored()).toMatchObject({ away: T0 + 6_000, why: 'ingest_failed' });
      await world.store.passDeadClaims(next, 'b', null);
      expect(await stored()).toMatchObject({ streams: [[0, T0 + 1_010], [0, T0 + 3_000]], gaps: [[0, T0 + 1_010, T0 + 3_000, 'stream_away'], [0, T0 + 3_000, T0 + 6_000, 'ingest_failed']] });
    });

    it('and had all brought in leaves no gap, and the stream away for as long as it was', async () => {
      const dying = (await world.store.claimStream(id, 'a', T0))!;
      const writes = from('a', dying);
      await writes.beginStream({ sessionId: id, publishedAtMs: T0 + 10 }, 0, 'stream_away');
      await writes.endStream({ sessionId: id, publishedAtMs: T0 + 10 }, T0 + 1_010);
      await writes.setAway(id, { sinceMs: T0 + 1_010, reason: 'stream_away' });
      await world.store.handOver('a');
      const next = (await world.store.adoptMeeting(id, 'b', T0 + 9_000, dying.claim))!;
      expect(await world.store.passDeadClaims(next, 'b', 16_000)).toBe(true);
      expect(await stored()).toMatchObject({ away: T0 + 1_010, why: 'stream_away', streams: [[0, T0 + 1_010]], gaps: [] });
    });

    it('is changed by itself no more once another went on, and the meeting is marked and ended by the last alone', async () => {
      const stale = (await world.store.claimStream(id, 'a', T0))!;
      const stream = { sessionId: id, publishedAtMs: T0 + 10 };
      await from('a', stale).beginStream(stream, 0, 'stream_away');
      await world.store.handOver('a');
      const next = (await world.store.claimStream(id, 'b', T0 + 5_000))!;
      // It is not passed yet: what it brings in counts, what it says of the stream does not.
      await from('a', stale).setAway(id, { sinceMs: T0, reason: 'stream_away' });
      await from('a', stale).requestEnd(id);
      expect(await stored()).toMatchObject({ away: null, ended: false });
      expect(await from('b', next).issueTicket(id)).toMatch(/^[\w-]{43}$/);

      await world.store.passDeadClaims(next, 'b', 16_000);
      const before = await stored();
      await expect(from('a', stale).issueTicket(id)).rejects.toMatchObject({ code: 'unavailable' });
      await expect(from('a', stale).beginStream({ sessionId: id, publishedAtMs: T0 + 99 }, 0, 'stream_away')).rejects.toMatchObject({ code: 'unavailable' });
      await from('a', stale).endStream(stream, T0 + 60_000);
      await from('a', stale).recordGap(id, { atSample: 0, fromMs: T0, toMs: T0 + 1, reason: 'stream_away' });
      expect(await stored()).toEqual(before);
      await from('b', next).requestEnd(id);
      expect(await stored()).toMatchObject({ ended: true });
    });

    it('is the servers’ own: no person sees who has a meeting', async () => {
      await world.store.claimStream(id, 'a', T0);
      await expect(world.database.asPerson(ada, (tx) => tx.query('select 1 from meeting_claims'))).rejects.toThrow();
      await expect(world.database.asPerson(ada, (tx) => tx.query("select spool_adopt_meeting($1, 'x', 1, now(), null)", [id]))).rejects.toThrow();
      expect(await new PostgresMeetingIngestStore(world.database).ending([id])).toEqual([]);
    });
  });
});
