/** People, known from the moment they first sign in. */
import type { PersonActor } from '#domain/actor.ts';
import type { Database } from './database.ts';
import { storableText } from './session-rows.ts';

export class PostgresPeopleRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Records who signed in, under the id, name and role a verified token gave. Safe to repeat; writes only what changed. */
  async ensurePerson(actor: PersonActor): Promise<void> {
    await this.#database.asService((tx) =>
      tx.query(
        `insert into people (id, name, role) values ($1, $2, $3)
         on conflict (id) do update set name = excluded.name, role = excluded.role
         where (people.name, people.role) is distinct from (excluded.name, excluded.role)`,
        [actor.id, storableText(actor.name).slice(0, 200).toWellFormed(), actor.role],
      ),
    );
  }
}
