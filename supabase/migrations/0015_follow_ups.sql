-- What a flow of LangFlow wrote about a finished interview: somebody else's words, kept beside the outcome and never part of it.
create table if not exists public.follow_ups (
  session_id uuid primary key references public.sessions (id) on delete cascade,
  body text not null check (char_length(body) between 1 and 20000),
  flow text not null check (char_length(flow) between 1 and 128),
  made_at timestamptz not null default now()
);

alter table public.follow_ups enable row level security;
alter table public.follow_ups force row level security;
revoke all on public.follow_ups from public, anon, authenticated, spool_service;

grant select on public.follow_ups to authenticated;
grant select, insert on public.follow_ups to spool_service;

-- Whoever the outcome is for: the owner, and of a code interview the team. Not who was interviewed there.
drop policy if exists follow_ups_read on public.follow_ups;
create policy follow_ups_read on public.follow_ups for select to authenticated
  using (session_id in (
    select id from public.sessions
    where (owner_id = (select auth.uid()) or (select auth.uid()) = any (observer_ids)) and candidate_id is distinct from (select auth.uid())
  ));
drop policy if exists follow_ups_service_read on public.follow_ups;
create policy follow_ups_service_read on public.follow_ups for select to spool_service using (true);
drop policy if exists follow_ups_service_write on public.follow_ups;
create policy follow_ups_service_write on public.follow_ups for insert to spool_service with check (true);
