import { describe, expect, test } from 'vitest';
import { ProblemError } from '#components/api/problem-error.ts';
import type { Meeting } from '#domain/meetings/schema.ts';
import type { Session, TranscriptItem } from '#domain/session/session.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { FOLLOW_EVERY_MS, MeetingFollower, WORDS_EVERY_MS } from './meeting-follower.ts';
import { meeting } from './meeting-for-tests.ts';

function setUp(first: { status?: Session['status']; meeting?: Meeting } = {}) {
  const clock = new ManualClock();
  const server = {
    session: { id: 's', kind: 'meeting', status: first.status ?? 'live', endedAt: null } as unknown as Session,
    meeting: first.meeting ?? meeting({ states: ['captured'] }),
    items: [] as TranscriptItem[],
    asked: { ledger: 0, words: 0 },
    failure: null as ProblemError | null,
    /** Answers are under way until this resolves. */
    slow: null as Promise<void> | null,
  };
  const answer = async <T>(value: T): Promise<T> => {
    if (server.failure) throw server.failure;
    await server.slow;
    return value;
  };
  const follower = new MeetingFollower({
    clock,
    getSession: () => answer(server.session),
    getMeeting: () => {
      server.asked.ledger += 1;
      return answer(server.meeting);
    },
    getTranscript: () => {
      server.asked.words += 1;
      return answer(server.items);
    },
    listSpeakers: () => answer({ speakers: [], unknownMs: 0 }),
  });
  return { clock, server, follower };
}
const item = (itemId: string): TranscriptItem => ({ itemId, revision: 1, speaker: 'S1', text: itemId, startMs: 0, endMs: 1, startSample: 0, endSample: 16 });
const away = new ProblemError({ title: 'Away', status: 0, code: 'server.unreachable', detail: 'Try again.' });

describe('following a meeting', () => {
  test('asks for the words again when a stretch was settled, and not otherwise', async () => {
    const { clock, server, follower } = setUp();
    follower.heard([], true);
    follower.start();
    await clock.advance(FOLLOW_EVERY_MS * 5);
    expect(server.asked).toEqual({ ledger: 6, words: 1 });
    server.meeting = meeting({ states: ['transcribed'] });
    server.items = [item('0-1')];
    await clock.advance(FOLLOW_EVERY_MS);
    expect(server.asked.words).toBe(2);
    expect(follower.getView().items.map(({ itemId }) => itemId)).toEqual(['0-1']);
    follower.stop();
  });

  test('knows which captions were finished when it asked', async () => {
    const { clock, follower } = setUp();
    follower.heard([{ itemId: 'a', speaker: 'S0', text: 'x', final: true, startSample: 0 }, { itemId: 'b', speaker: 'S0', text: 'x', final: false, startSample: 0 }], true);
    follower.start();
    await clock.advance(0);
    expect([...follower.getView().known]).toEqual(['a']);
    follower.stop();
  });

  test('without a stream, and once it is back, the words are asked for as well', async () => {
    const { clock, server, follower } = setUp();
    follower.start();
    await clock.advance(WORDS_EVERY_MS);
    expect(server.asked.words).toBe(2);
    follower.heard([], true);
    await clock.advance(FOLLOW_EVERY_MS);
    expect(server.asked.words).toBe(3);
    await clock.advance(WORDS_EVERY_MS * 2);
    expect(server.asked.words).toBe(3);
    follower.stop();
  });

  test('a server that is away for a while takes nothing from the page, and is asked again', async () => {
    const { clock, server, follower } = setUp();
    follower.start();
    await clock.advance(0);
    server.failure = away;
    await clock.advance(FOLLOW_EVERY_MS);
    expect(follower.getView()).toMatchObject({ upToDate: false, problem: null, meeting: { source: 'rtmp' } });
    server.failure = null;
    await clock.advance(FOLLOW_EVERY_MS);
    expect(follower.getView().upToDate).toBe(true);
    follower.stop();
  });

  test('what the page changed is not undone by an answer that was asked for before', async () => {
    const { clock, server, follower } = setUp({ status: 'completed', meeting: meeting({ states: ['transcribed'], notesVersion: 1 }) });
    server.items = [item('0-1')];
    follower.start();
    await clock.advance(0);
    const late = Promise.withResolvers<void>();
    server.slow = late.promise;
    follower.refresh();
    await clock.advance(0);
    // The server has what is changed here, and what it had before is still on its way.
    server.session = { ...server.session, title: 'Budget' };
    follower.change({ session: server.session });
    late.resolve();
    await clock.advance(0);
    expect(follower.getView().session?.title).toBe('Budget');

    const later = Promise.withResolvers<void>();
    server.slow = null;
    follower.refresh();
    server.slow = later.promise;
    await clock.advance(0);
    server.items = [{ ...item('0-1'), text: 'Put right.' }];
    follower.change({ items: server.items });
    later.resolve();
    await clock.advance(0);
    expect(follower.getView().items.map(({ text }) => text)).toEqual(['Put right.']);
    expect(clock.pending).toBe(0);
    follower.stop();
  });

  test('a meeting that cannot be loaded says so', async () => {
    const { clock, server, follower } = setUp();
    server.failure = new ProblemError({ title: 'No such session', status: 404, code: 'session.not_found', detail: '' });
    follower.start();
    await clock.advance(0);
    expect(follower.getView().problem?.code).toBe('session.not_found');
    follower.stop();
  });

  test('a settled meeting with notes is left alone until somebody asks for it', async () => {
    const { clock, server, follower } = setUp({ status: 'completed', meeting: meeting({ states: ['transcribed'], notesVersion: 1 }) });
    follower.start();
    await clock.advance(FOLLOW_EVERY_MS * 3);
    expect(server.asked).toEqual({ ledger: 1, words: 1 });
    follower.refresh();
    await clock.advance(FOLLOW_EVERY_MS * 3);
    expect(server.asked).toEqual({ ledger: 2, words: 2 });
    expect(clock.pending).toBe(0);
    follower.stop();
  });

  test('notes that are still being written are waited for', async () => {
    const { clock, server, follower } = setUp({ status: 'completed', meeting: meeting({ states: ['transcribed'] }) });
    server.session = { ...server.session, endedAt: new Date(clock.nowMs()).toISOString() };
    follower.start();
    await clock.advance(FOLLOW_EVERY_MS);
    expect(server.asked.ledger).toBe(2);
    server.meeting = meeting({ states: ['transcribed'], notesVersion: 1 });
    await clock.advance(FOLLOW_EVERY_MS * 3);
    expect(server.asked.ledger).toBe(3);
    follower.stop();
  });
});
