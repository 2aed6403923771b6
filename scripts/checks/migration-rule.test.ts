import { describe, expect, it } from 'vitest';
import { checkMigrations } from './migration-rule.ts';

const found = (sql: string) => checkMigrations([{ path: 'supabase/migrations/0020_x.sql', text: sql }]).map(({ where, message }) => `${where} ${message}`);

describe('A migration that meets running code', () => {
  it.each([
    'alter table a drop column b;',
    'drop table if exists a;',
    'alter table a rename to b;',
    'alter table a rename column b to c;',
    "alter type t rename value 'a' to 'b';",
    'alter table a alter column b type bigint;',
    'alter table a alter column b set not null;',
    'alter table a alter column b drop default;',
    'alter table a add column b int not null;',
    'alter table a\n  add column if not exists b text not null check (b <> \'\');',
    'drop function f(int);',
    'truncate a;',
  ])('takes nothing away: %s', (sql) => {
    expect(found(`select 1;\n${sql}`)).toHaveLength(1);
  });

  it.each([
    'create table a (b int not null);',
    'alter table a add column b int not null default 0;',
    'alter table a add column if not exists b timestamptz;',
    'alter table a add column b int generated always as (1) stored not null;',
    'drop policy if exists p on a; create policy p on a using (true);',
    'alter table a drop constraint if exists c; alter table a add constraint c check (true);',
    'drop function if exists f(int); create or replace function f(a int, b int default 0) returns int language sql as $$ select 1 $$;',
    'select 1; -- drop table a;',
    'create trigger t before truncate on a execute function f();',
  ])('may add, replace and loosen: %s', (sql) => {
    expect(found(sql)).toEqual([]);
  });

  it('may take away what a release stopped using, when the line above names that release', () => {
    expect(found('select 1;\n-- contract: unused since 3f9c2d1\nalter table a drop column b;')).toEqual([]);
    // Each statement for itself.
    expect(found('-- contract: unused since 3f9c2d1\nalter table a drop column b;\nalter table a drop column c;')).toEqual([expect.stringContaining('0020_x.sql:3 "drop column"')]);
  });
});
