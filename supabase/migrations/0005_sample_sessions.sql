-- A sample is a session in which an invented person is interviewed, for its owner to look at. Nothing of it is about them.
alter table public.sessions add column if not exists sample boolean not null default false;
alter table public.sessions drop constraint if exists sessions_sample_check;
alter table public.sessions add constraint sessions_sample_check check (not sample or kind = 'onboarding');
-- One is made at a time for each person.
create unique index if not exists sessions_sample_being_made on public.sessions (owner_id) where sample and ended_at is null;
grant select (sample), insert (sample) on public.sessions to authenticated;

-- The participant's seat in a sample belongs to our servers, which play the invented person; nobody else takes it.
drop policy if exists tickets_issue on public.tickets;
create policy tickets_issue on public.tickets for insert to authenticated
  with check (
    person_id = (select auth.uid())
    and session_id in (select id from public.sessions where owner_id = (select auth.uid()) and (tickets.role = 'observer' or not sample))
    and (role = 'participant' or (select public.spool_role()) in ('interviewer', 'admin'))
  );
grant insert (token_hash, session_id, person_id, role, expires_at) on public.tickets to spool_service;
drop policy if exists tickets_service on public.tickets;
drop policy if exists tickets_service_read on public.tickets;
create policy tickets_service_read on public.tickets for select to spool_service using (true);
drop policy if exists tickets_service_use on public.tickets;
create policy tickets_service_use on public.tickets for update to spool_service using (true) with check (true);
drop policy if exists tickets_service_sweep on public.tickets;
create policy tickets_service_sweep on public.tickets for delete to spool_service using (true);
drop policy if exists tickets_service_play on public.tickets;
create policy tickets_service_play on public.tickets for insert to spool_service
  with check (role = 'participant' and exists (select 1 from public.sessions s where s.id = session_id and s.owner_id = person_id and s.sample));
