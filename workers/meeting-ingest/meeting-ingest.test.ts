import { expect, it } from 'vitest';
import { MemoryClaims } from '#adapters/stream-claims-contract/memory-claims.ts';
import { silentLog } from '#domain/log.ts';
import type { IncomingStream, IngestStore, StreamIntake } from '#domain/meetings/ingest/ports.ts';
import { ManualClock, settle } from '#tests/support/manual-clock.ts';
import { MeetingIngest } from './meeting-ingest.ts';

/** A process on whose disk a stream lies that nobody holds yet. */
function setUp() {
  const clock = new ManualClock();
  const claims = new MemoryClaims(clock);
  const streams: IncomingStream[] = [{ sessionId: 's', publishedAtMs: clock.nowMs() }];
  const listeners: (() => void)[] = [];
  const intake: StreamIntake = {
    streams: () => [...streams],
    status: () => ({ live: false, lastArrivalMs: clock.nowMs(), brokeDown: false }),
    async *read() {},
    cut: () => {},
    remove: (stream) => void streams.splice(streams.findIndex(({ publishedAtMs }) => publishedAtMs === stream.publishedAtMs), 1),
    onChange: (listener) => void listeners.push(listener),
  };
  const store = { openMeetings: async () => [], ending: async () => [], endUnused: async () => {} } as unknown as IngestStore;
  const ingest = new MeetingIngest({ intake, store, claims, owner: 'a', url: 'ws://127.0.0.1:1', graceMs: 9e9, clock, log: silentLog });
  return { clock, claims, ingest, streams, changed: () => listeners.forEach((listener) => listener()) };
}

it('a process that stops leaves what lies on its disk and nobody holds to the next one', async () => {
  const { clock, claims, ingest, streams, changed } = setUp();
  await ingest.start();
  claims.adoptMeeting = async () => Promise.reject(new Error('The database is away.'));
  ingest.look();
  await settle();
  await ingest.vacate();
  // Its senders are shown out.
  changed();
  await settle();
  const stopped = ingest.stop();
  await clock.advance(1_000);
  await stopped;
  expect(streams).toHaveLength(1);
});

it('a process that was not told that a meeting is its own keeps what lies on its disk', async () => {
  const { clock, claims, ingest, streams } = setUp();
  await ingest.start();
  const { adoptMeeting } = claims;
  claims.adoptMeeting = async (...given) => {
    claims.adoptMeeting = adoptMeeting;
    await adoptMeeting.apply(claims, given);
    throw new Error('The database went away during a commit.');
  };
  ingest.look();
  await settle();
  // It is asked again, and has the meeting.
  ingest.look();
  await settle();
  expect(streams).toHaveLength(1);
  expect(await claims.claimsOf('a')).toHaveLength(1);
  const stopped = ingest.stop();
  await clock.advance(1_000);
  await stopped;
});
