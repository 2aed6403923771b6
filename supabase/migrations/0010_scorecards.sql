-- What is written down about a code interview: a draft by machine, edited and signed by a person. Never seen by the candidate.
create table if not exists public.scorecards (
  session_id uuid primary key references public.sessions (id) on delete cascade,
  -- As it was made, for comparing; and as it stands.
  draft jsonb not null,
  areas jsonb not null,
  note text not null default '' check (char_length(note) <= 10000),
  made_by text not null check (char_length(made_by) between 1 and 120),
  made_at timestamptz not null default now(),
  edited_by uuid references public.people (id) on delete set null,
  edited_at timestamptz,
  signed_by uuid references public.people (id) on delete set null,
  -- Stays when the person is gone: somebody answers for it.
  signed_name text check (char_length(signed_name) <= 200),
  signed_at timestamptz,
  constraint scorecards_signed_whole check ((signed_at is null) = (signed_name is null))
);

alter table public.scorecards enable row level security;
alter table public.scorecards force row level security;
revoke all on public.scorecards from public, anon, authenticated, spool_service;

grant select (session_id, areas, note, made_by, made_at, edited_by, edited_at, signed_by, signed_name, signed_at) on public.scorecards to authenticated;
grant update (areas, note, edited_by, edited_at, signed_by, signed_name, signed_at) on public.scorecards to authenticated;
grant select, insert on public.scorecards to spool_service;
grant update (draft, areas, made_by, made_at) on public.scorecards to spool_service;

-- The team: the owner and whoever may watch. Not who was interviewed, even if they were on the team.
drop policy if exists scorecards_read on public.scorecards;
create policy scorecards_read on public.scorecards for select to authenticated
  using (session_id in (
    select id from public.sessions
    where (owner_id = (select auth.uid()) or (select auth.uid()) = any (observer_ids)) and candidate_id is distinct from (select auth.uid())
  ));

-- Whoever may score changes it until somebody has signed; after that it is fixed.
drop policy if exists scorecards_change on public.scorecards;
create policy scorecards_change on public.scorecards for update to authenticated
  using (
    signed_at is null
    and (select public.spool_role()) in ('interviewer', 'admin')
    and session_id in (
      select id from public.sessions
      where (owner_id = (select auth.uid()) or (select auth.uid()) = any (observer_ids)) and candidate_id is distinct from (select auth.uid())
    )
  )
  with check (edited_by = (select auth.uid()) and (signed_by is null or signed_by = (select auth.uid())));

drop policy if exists scorecards_service_read on public.scorecards;
create policy scorecards_service_read on public.scorecards for select to spool_service using (true);
drop policy if exists scorecards_service_write on public.scorecards;
create policy scorecards_service_write on public.scorecards for insert to spool_service with check (edited_at is null and signed_at is null);
-- A draft made anew never takes the place of what a person wrote.
drop policy if exists scorecards_service_redraft on public.scorecards;
create policy scorecards_service_redraft on public.scorecards for update to spool_service
  using (edited_at is null and signed_at is null) with check (edited_at is null and signed_at is null);
