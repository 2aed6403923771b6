import { describe, expect, test } from 'vitest';
import type { PersonActor } from '../actor.ts';
import { systemClock } from '../clock.ts';
import { SpoolError } from '../errors.ts';
import { newId } from '../ids.ts';
import { silentLog } from '../log.ts';
import type { SessionContext } from './context.ts';
import { issueTicket, streamAccessSchema } from './issue-ticket.ts';

const actor: PersonActor = { kind: 'person', id: newId(), name: 'Ada', role: 'learner' };

describe('a ticket', () => {
  const issue = (capacity?: SessionContext['capacity']) => {
    const id = newId();
    const sessions = { get: async () => ({ id, kind: 'onboarding', status: 'created', sample: false }), issueTicket: async () => 'issued' } as unknown as SessionContext['sessions'];
    return issueTicket({ ctx: { actor, sessions, clock: systemClock, log: silentLog, streamUrl: 'ws://localhost:8080/v1/stream', ...(capacity ? { capacity } : {}) }, input: { sessionId: id, role: 'participant' } });
  };

  test('says that the server is being started, and is good all the same', async () => {
    const access = await issue({ wakeRealtime: async () => 'waking' });
    expect(streamAccessSchema.parse(access)).toEqual(access);
    expect(access).toMatchObject({ url: 'ws://localhost:8080/v1/stream', warmingUp: true });
  });

  test.each([
    ['the server runs', { wakeRealtime: async () => 'awake' as const }],
    ['nobody can tell', { wakeRealtime: () => Promise.reject(new SpoolError('unavailable')) }],
    ['it never sleeps', undefined],
  ])('says nothing of it where %s', async (_, capacity) => {
    expect(Object.keys(await issue(capacity))).toEqual(['url', 'ticket', 'expiresAt']);
  });
});
