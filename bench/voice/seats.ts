/** Sessions with a ticket, made as the REST interface makes them. */
import { createHash } from 'node:crypto';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresPeopleRepository } from '#adapters/postgres/people-repository.ts';
import { PostgresSessionRepository } from '#adapters/postgres/session-repository.ts';
import type { PersonActor } from '#domain/actor.ts';
import { newId, newSecret } from '#domain/ids.ts';
import type { SessionKind } from '#domain/session/session.ts';

export interface Seat {
  sessionId: string;
  ticket: string;
}
export interface Seats {
  take(kind: SessionKind): Promise<Seat>;
  close(): Promise<void>;
}

const TICKET_LIFE_MS = 60_000;

/** @param databaseUrl a migrated database */
export async function openSeats(databaseUrl: string): Promise<Seats> {
  const database = new Database({ url: databaseUrl });
  const sessions = new PostgresSessionRepository(database, enqueueJob);
  const person: PersonActor = { kind: 'person', id: newId(), name: 'Ada Lovelace', role: 'learner' };
  await new PostgresPeopleRepository(database).ensurePerson(person);
  return {
    async take(kind) {
      const session = await sessions.create(person, { id: newId(), kind, title: 'A measured session', templateId: null, recordingConsent: true });
      const ticket = newSecret();
      await sessions.issueTicket(person, session.id, { tokenHash: createHash('sha256').update(ticket).digest('hex'), role: 'participant', expiresAtMs: Date.now() + TICKET_LIFE_MS });
      return { sessionId: session.id, ticket };
    },
    close: () => database.close(),
  };
}
