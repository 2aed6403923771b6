-- The problems that interviewers added, in the shape of the built-in ones, which lie in files.
create table if not exists public.problems (
  -- The prefix tells them from the built-in ones wherever only the id is known, e.g. on a session.
  id text primary key check (id ~ '^own-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  owner_id uuid not null references public.people (id) on delete cascade,
  -- 1 MiB as it comes in; as text it is longer, by a space after each comma and colon.
  definition jsonb not null check (octet_length(definition::text) <= 2097152),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index if not exists problems_of_owner on public.problems (owner_id, created_at);
create index if not exists sessions_of_template on public.sessions (template_id) where template_id is not null;

alter table public.problems enable row level security;
alter table public.problems force row level security;
revoke all on public.problems from public, anon, authenticated, spool_service;

grant select, delete on public.problems to authenticated;
grant insert (id, owner_id, definition) on public.problems to authenticated;
grant update (definition, updated_at) on public.problems to authenticated;
grant select on public.problems to spool_service;

-- Hidden tests and solutions are the owner's alone; what a session needs of them our servers read for it.
drop policy if exists problems_owner on public.problems;
create policy problems_owner on public.problems for all to authenticated
  using (owner_id = (select auth.uid()) and (select public.spool_role()) in ('interviewer', 'admin'))
  with check (owner_id = (select auth.uid()) and (select public.spool_role()) in ('interviewer', 'admin'));
drop policy if exists problems_service on public.problems;
create policy problems_service on public.problems for select to spool_service using (true);
