/** What a live session's interviewer reads of the workspace, as `spool_service`. */
import type { PersonActor } from '#domain/actor.ts';
import type { ProblemRepository, Workspace, WorkspaceReader } from '#domain/code/ports.ts';
import { languageOf } from '#domain/code/source-language.ts';
import type { Database } from './database.ts';

/** Smaller changes are typing, and are not looked at; but what takes the place of the starter may be as long as that. */
const LEAST_CHANGE_CHARS = 60;

interface Row {
  owner_id: string;
  owner_name: string;
  template_id: string | null;
  path: string | null;
  version: number | null;
  content: string | null;
  largest_paste: number | null;
}

export class PostgresWorkspaceReader implements WorkspaceReader {
  readonly #database: Database;
  readonly #problems: ProblemRepository;

  constructor(database: Database, problems: ProblemRepository) {
    this.#database = database;
    this.#problems = problems;
  }

  async read(sessionId: string): Promise<Workspace | null> {
    const { rows } = await this.#database.asService((tx) => tx.query<Row>(WORKSPACE_SQL, [sessionId]));
    const row = rows[0];
    if (!row) return null;
    // A problem is what its owner may see.
    const owner: PersonActor = { kind: 'person', id: row.owner_id, name: row.owner_name, role: 'interviewer' };
    const problem = row.template_id === null ? null : await this.#problems.get(owner, row.template_id);
    const language = row.path === null ? undefined : languageOf(row.path);
    const file = row.path === null || row.version === null || language === undefined ? null : { path: row.path, version: row.version, language, content: row.content ?? '' };
    return { problem, file, largestPasteChars: row.largest_paste ?? 0 };
  }
}

/** The first version is the starter, or was written before anybody looked. What comes after it in one go: the lines it did not have. */
const WORKSPACE_SQL = `
  select s.owner_id, p.name as owner_name, s.template_id, f.path, f.version, f.content,
    (select max((select sum(char_length(line)) from (
         select unnest(string_to_array(v.content, E'\n')) as line except select unnest(string_to_array(v.before, E'\n'))) as fresh))::int
     from (select content, lag(content) over (order by version) as before, row_number() over (order by version) as nth from file_versions where session_id = s.id and path = f.path) as v
     where v.nth = 2 or abs(char_length(v.content) - char_length(v.before)) >= ${LEAST_CHANGE_CHARS}) as largest_paste
  from sessions s join people p on p.id = s.owner_id
  left join lateral (
    select path, version, content from session_files
    where session_id = s.id and content is not null and path ~* '\\.(py|js|mjs|cjs|java|cpp|cc|cxx)$'
    order by updated_at desc, path limit 1) f on true
  where s.id = $1`;
