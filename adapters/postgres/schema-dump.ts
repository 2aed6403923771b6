/** The schema as text, from the catalogs: the same text for the same schema, whichever Postgres answers. */
import type pg from 'pg';

/** `public` holds everything of ours; `auth` belongs to Supabase and the job queue's schema to pg-boss. */
const SCHEMA = 'public';

interface Part {
  title: string;
  /** Answers one column `line`; `$1` is the schema. */
  sql: string;
}

const PARTS: Part[] = [
  {
    title: 'Tables',
    sql: `select 'table ' || c.relname || ' (row security ' || case when c.relrowsecurity then 'on' else 'OFF' end
            || case when c.relforcerowsecurity then ', forced' else ', NOT FORCED' end || ')' || E'\\n'
            || string_agg('  ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                 || case when a.attnotnull then ' not null' else '' end
                 || case when a.attgenerated = 's' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
                         when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end,
                 E'\\n' order by a.attnum) as line
          from pg_class c
          join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
          where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p')
          group by c.relname, c.relrowsecurity, c.relforcerowsecurity order by c.relname`,
  },
  {
    title: 'Constraints',
    // Postgres 18 lists not-null constraints here; the columns above say the same.
    sql: `select c.relname || ' ' || k.conname || ': ' || pg_get_constraintdef(k.oid) as line
          from pg_constraint k join pg_class c on c.oid = k.conrelid
          where c.relnamespace = $1::regnamespace and k.contype <> 'n' order by c.relname, k.conname`,
  },
  {
    title: 'Indexes',
    sql: `select indexdef as line from pg_indexes where schemaname = $1 order by tablename, indexname`,
  },
  {
    title: 'Views',
    // Not their queries: versions of Postgres write the same one differently.
    sql: `select 'view ' || c.relname || ' (' || coalesce(array_to_string(c.reloptions, ', '), 'security_invoker=OFF') || '): '
            || string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum) as line
          from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
          where c.relnamespace = $1::regnamespace and c.relkind = 'v' group by c.oid order by c.relname`,
  },
  {
    title: 'Policies',
    sql: `select tablename || ' ' || policyname || ': for ' || lower(cmd) || ' to ' || array_to_string(roles, ', ')
            || coalesce(E'\\n  using ' || regexp_replace(qual, '\\s+', ' ', 'g'), '')
            || coalesce(E'\\n  with check ' || regexp_replace(with_check, '\\s+', ' ', 'g'), '') as line
          from pg_policies where schemaname = $1 order by tablename, policyname`,
  },
  {
    title: 'Grants on tables',
    sql: `select c.relname || ' to ' || r.rolname || ': ' || string_agg(lower(g.privilege_type), ', ' order by g.privilege_type) as line
          from pg_class c cross join lateral aclexplode(c.relacl) g join pg_roles r on r.oid = g.grantee
          where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p', 'v') and r.rolname in ('anon', 'authenticated', 'spool_service', 'spool_graphql')
          group by c.relname, r.rolname order by c.relname, r.rolname`,
  },
  {
    title: 'Grants on columns',
    sql: `select c.relname || ' to ' || r.rolname || ': ' || lower(g.privilege_type) || ' (' || string_agg(a.attname, ', ' order by a.attnum) || ')' as line
          from pg_class c join pg_attribute a on a.attrelid = c.oid cross join lateral aclexplode(a.attacl) g join pg_roles r on r.oid = g.grantee
          where c.relnamespace = $1::regnamespace and not a.attisdropped
          group by c.relname, r.rolname, g.privilege_type order by c.relname, r.rolname, g.privilege_type`,
  },
  {
    title: 'Functions',
    sql: `select pg_get_functiondef(p.oid) || '-- may be called by: '
            || coalesce((select string_agg(coalesce(r.rolname, 'public'), ', ' order by coalesce(r.rolname, 'public'))
                         from aclexplode(p.proacl) g left join pg_roles r on r.oid = g.grantee
                         where coalesce(r.rolname, 'public') in ('public', 'anon', 'authenticated', 'spool_service', 'spool_graphql')), 'its owner') as line
          from pg_proc p where p.pronamespace = $1::regnamespace and p.prokind = 'f'
            and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by p.proname`,
  },
  {
    title: 'Aggregates',
    sql: `select p.oid::regprocedure || ': ' || a.aggtransfn || ' over ' || format_type(a.aggtranstype, null) || coalesce(', from ' || quote_literal(a.agginitval), '')
            || ', may be called by: ' || coalesce((select string_agg(coalesce(r.rolname, 'public'), ', ' order by coalesce(r.rolname, 'public'))
                from aclexplode(p.proacl) g left join pg_roles r on r.oid = g.grantee
                where coalesce(r.rolname, 'public') in ('public', 'anon', 'authenticated', 'spool_service', 'spool_graphql')), 'its owner') as line
          from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid where p.pronamespace = $1::regnamespace
            and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by p.proname`,
  },
  {
    title: 'Triggers',
    sql: `select pg_get_triggerdef(t.oid) as line from pg_trigger t join pg_class c on c.oid = t.tgrelid
          where c.relnamespace = $1::regnamespace and not t.tgisinternal order by c.relname, t.tgname`,
  },
];

/** @param client connected as the owner */
export async function dumpSchema(client: Pick<pg.Client, 'query'>): Promise<string> {
  const sections = ['-- The schema after all migrations. Written by `node scripts/dump-schema.ts`; a test keeps it current.\n-- For reading and review: migrations/ is what is run.'];
  for (const part of PARTS) {
    const { rows } = await client.query<{ line: string }>(part.sql, [SCHEMA]);
    sections.push(`-- ${part.title}\n\n${rows.map((row) => row.line.trimEnd()).join(part.title === 'Tables' || part.title === 'Functions' ? '\n\n' : '\n')}`);
  }
  return `${sections.join('\n\n\n')}\n`;
}
