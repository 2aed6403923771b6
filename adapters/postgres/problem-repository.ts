/** The problems of the code interview: the built-in ones, and those that interviewers added, which lie in the database. */
import type { PersonActor } from '#domain/actor.ts';
import type { OwnProblemRepository, ProblemRepository } from '#domain/code/ports.ts';
import { OWN_PREFIX, problemSchema } from '#domain/code/problem.ts';
import type { Problem } from '#domain/code/problem.ts';
import type { Database } from './database.ts';

interface Row {
  id: string;
  definition: unknown;
}

export class PostgresProblemRepository implements ProblemRepository, OwnProblemRepository {
  readonly #database: Database;
  readonly #builtIn: ProblemRepository;

  constructor(database: Database, builtIn: ProblemRepository) {
    this.#database = database;
    this.#builtIn = builtIn;
  }

  async list(actor: PersonActor): Promise<Problem[]> {
    const builtIn = await this.#builtIn.list(actor);
    const { rows } = await this.#database.asPerson(actor, (tx) => tx.query<Row>('select id, definition from problems where owner_id = $1 order by created_at, id', [actor.id]));
    return [...builtIn, ...rows.map(toProblem)];
  }

  async get(actor: PersonActor, templateId: string): Promise<Problem | null> {
    if (!templateId.startsWith(OWN_PREFIX)) return this.#builtIn.get(actor, templateId);
    return this.#database.asPerson(actor, async (tx) => {
      const { rows: own } = await tx.query<Row>('select id, definition from problems where id = $1', [templateId]);
      if (own[0]) return toProblem(own[0]);
      const { rows: sessions } = await tx.query<{ owner_id: string }>('select distinct owner_id from sessions where template_id = $1', [templateId]);
      if (sessions.length === 0) return null;
      await tx.becomeService();
      // Only a session of its owner's opens it: anybody may write an id they have seen on a session of their own.
      const { rows } = await tx.query<Row>('select id, definition from problems where id = $1 and owner_id = any($2::uuid[])', [templateId, sessions.map((session) => session.owner_id)]);
      return rows[0] ? toProblem(rows[0]) : null;
    });
  }

  async create(actor: PersonActor, problem: Problem, maxProblems: number): Promise<'created' | 'too_many'> {
    return this.#database.asPerson(actor, async (tx) => {
      // One at a time for a person, so that two at once do not both find room for the last one.
      await tx.query("select pg_advisory_xact_lock(hashtextextended('problems:' || $1, 0))", [actor.id]);
      const { rows } = await tx.query<{ count: number }>('select count(*)::int as count from problems where owner_id = $1', [actor.id]);
      if (rows[0]!.count >= maxProblems) return 'too_many';
      await tx.query('insert into problems (id, owner_id, definition) values ($1, $2, $3)', [problem.id, actor.id, definitionOf(problem)]);
      return 'created';
    });
  }

  async read(actor: PersonActor, templateId: string): Promise<Problem | null> {
    const { rows } = await this.#database.asPerson(actor, (tx) => tx.query<Row>('select id, definition from problems where id = $1', [templateId]));
    return rows[0] ? toProblem(rows[0]) : null;
  }

  async update(actor: PersonActor, problem: Problem): Promise<boolean> {
    const { rowCount } = await this.#database.asPerson(actor, (tx) => tx.query('update problems set definition = $2, updated_at = now() where id = $1', [problem.id, definitionOf(problem)]));
    return rowCount > 0;
  }

  async remove(actor: PersonActor, templateId: string): Promise<'deleted' | 'in_use' | null> {
    return this.#database.asPerson(actor, async (tx) => {
      const { rows: found } = await tx.query('select 1 from problems where id = $1', [templateId]);
      if (found.length === 0) return null;
      const { rows: open } = await tx.query('select 1 from sessions where template_id = $1 and owner_id = $2 and ended_at is null limit 1', [templateId, actor.id]);
      if (open.length > 0) return 'in_use';
      const { rowCount } = await tx.query('delete from problems where id = $1', [templateId]);
      return rowCount > 0 ? 'deleted' : null;
    });
  }
}

function definitionOf({ id: _id, ...definition }: Problem): string {
  return JSON.stringify(definition);
}
/** Through the schema: jsonb keeps no order, and an author wants their fields where they left them. */
function toProblem({ id, definition }: Row): Problem {
  return problemSchema.parse({ ...(definition as object), id });
}
