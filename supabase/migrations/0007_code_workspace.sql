-- The code interview's workspace: files with their versions, and what was run.
create table if not exists public.session_files (
  session_id uuid not null references public.sessions (id) on delete cascade,
  path text not null check (char_length(path) between 1 and 255),
  -- Rises with every change and goes on rising when a deleted file is made again, so that an old version never looks new.
  version int not null check (version >= 1),
  -- Null: deleted.
  content text check (octet_length(content) <= 1048576),
  updated_at timestamptz not null default now(),
  primary key (session_id, path)
);

-- Every version that was saved: what the replay shows and a scorecard links to.
create table if not exists public.file_versions (
  session_id uuid not null,
  path text not null,
  version int not null,
  content text,
  at timestamptz not null default now(),
  primary key (session_id, path, version),
  foreign key (session_id, path) references public.session_files (session_id, path) on delete cascade
);

create table if not exists public.code_runs (
  id uuid primary key,
  session_id uuid not null references public.sessions (id) on delete cascade,
  status text not null default 'queued' check (status in ('queued', 'running', 'finished')),
  position int check (position >= 0),
  -- What was asked for, without the code: file, language, which tests. The versions of the files it saw.
  request jsonb not null,
  result jsonb,
  created_at timestamptz not null default now(),
  -- Moves while somebody works on it; a run that nobody moved any more is lost.
  alive_at timestamptz not null default now(),
  finished_at timestamptz
);
create index if not exists code_runs_of_session on public.code_runs (session_id, created_at);

do $$
declare
  table_name text;
begin
  foreach table_name in array array['session_files', 'file_versions', 'code_runs'] loop
    execute format('alter table public.%I enable row level security', table_name);
    execute format('alter table public.%I force row level security', table_name);
    execute format('revoke all on public.%I from public, anon, authenticated, spool_service', table_name);
  end loop;
end
$$;

grant select, insert on public.session_files, public.file_versions to authenticated;
grant update (version, content, updated_at) on public.session_files to authenticated;
grant select on public.code_runs to authenticated;
grant insert (id, session_id, request) on public.code_runs to authenticated;
grant select on public.session_files, public.file_versions to spool_service;
grant select on public.code_runs to spool_service;
grant update (status, position, result, alive_at, finished_at) on public.code_runs to spool_service;

-- Nobody changes the workspace of a session that is over: it is evidence.
drop policy if exists session_files_read on public.session_files;
create policy session_files_read on public.session_files for select to authenticated
  using (session_id in (select id from public.sessions where owner_id = (select auth.uid())));
drop policy if exists session_files_write on public.session_files;
create policy session_files_write on public.session_files for insert to authenticated
  with check (session_id in (select id from public.sessions where owner_id = (select auth.uid()) and ended_at is null));
drop policy if exists session_files_change on public.session_files;
create policy session_files_change on public.session_files for update to authenticated
  using (session_id in (select id from public.sessions where owner_id = (select auth.uid()) and ended_at is null));
drop policy if exists session_files_service on public.session_files;
create policy session_files_service on public.session_files for select to spool_service using (true);

drop policy if exists file_versions_read on public.file_versions;
create policy file_versions_read on public.file_versions for select to authenticated
  using (session_id in (select id from public.sessions where owner_id = (select auth.uid())));
drop policy if exists file_versions_write on public.file_versions;
create policy file_versions_write on public.file_versions for insert to authenticated
  with check (session_id in (select id from public.sessions where owner_id = (select auth.uid()) and ended_at is null));
drop policy if exists file_versions_service on public.file_versions;
create policy file_versions_service on public.file_versions for select to spool_service using (true);

drop policy if exists code_runs_read on public.code_runs;
create policy code_runs_read on public.code_runs for select to authenticated
  using (session_id in (select id from public.sessions where owner_id = (select auth.uid())));
drop policy if exists code_runs_start on public.code_runs;
create policy code_runs_start on public.code_runs for insert to authenticated
  with check (session_id in (select id from public.sessions where owner_id = (select auth.uid()) and ended_at is null));
drop policy if exists code_runs_service on public.code_runs;
create policy code_runs_service on public.code_runs for all to spool_service using (true) with check (true);
