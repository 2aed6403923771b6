-- Invitations to a code interview: one candidate without an account, and colleagues who watch.
alter table public.people drop constraint if exists people_role_check;
alter table public.people add constraint people_role_check check (role in ('candidate', 'learner', 'interviewer', 'admin'));

-- Who takes part in somebody's session. On the session's own row, so that its policies need to look nowhere else.
alter table public.sessions add column if not exists candidate_id uuid references public.people (id) on delete set null;
alter table public.sessions add column if not exists observer_ids uuid[] not null default '{}';
create index if not exists sessions_of_candidate on public.sessions (candidate_id) where candidate_id is not null;

create table if not exists public.invitations (
  id uuid primary key,
  session_id uuid not null references public.sessions (id) on delete cascade,
  kind text not null check (kind in ('candidate', 'observer')),
  -- SHA-256 of the secret in the link: the secret itself is never stored.
  token_hash text not null unique,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  accepted_at timestamptz,
  accepted_by uuid references public.people (id) on delete set null
);
create index if not exists invitations_of_session on public.invitations (session_id, created_at);

-- What the interviewer's team notes for itself; the candidate has no way to it.
create table if not exists public.private_notes (
  session_id uuid not null references public.sessions (id) on delete cascade,
  person_id uuid not null references public.people (id) on delete cascade,
  text text not null default '' check (char_length(text) <= 20000),
  updated_at timestamptz not null default now(),
  primary key (session_id, person_id)
);

do $$
declare
  table_name text;
begin
  foreach table_name in array array['invitations', 'private_notes'] loop
    execute format('alter table public.%I enable row level security', table_name);
    execute format('alter table public.%I force row level security', table_name);
    execute format('revoke all on public.%I from public, anon, authenticated, spool_service', table_name);
  end loop;
end
$$;

grant select (candidate_id, observer_ids) on public.sessions to authenticated;
grant update (candidate_id, observer_ids) on public.sessions to spool_service;
grant select (id, session_id, kind, expires_at, created_at, revoked_at, accepted_at, accepted_by) on public.invitations to authenticated;
grant insert (id, session_id, kind, token_hash, expires_at) on public.invitations to authenticated;
grant update (revoked_at) on public.invitations to authenticated;
grant select on public.invitations to spool_service;
grant update (accepted_at, accepted_by) on public.invitations to spool_service;
grant select, insert, delete on public.private_notes to authenticated;
grant update (text, updated_at) on public.private_notes to authenticated;

-- Only who may invite, and only to sessions of their own.
drop policy if exists invitations_owner on public.invitations;
create policy invitations_owner on public.invitations for all to authenticated
  using (session_id in (select id from public.sessions where owner_id = (select auth.uid())))
  with check (
    session_id in (select id from public.sessions where owner_id = (select auth.uid()) and kind = 'code')
    and (select public.spool_role()) in ('interviewer', 'admin')
  );
drop policy if exists invitations_service on public.invitations;
create policy invitations_service on public.invitations for all to spool_service using (true) with check (true);

-- The team is the owner and whoever may watch; each writes notes of their own and reads all of them.
drop policy if exists private_notes_read on public.private_notes;
create policy private_notes_read on public.private_notes for select to authenticated
  using (session_id in (select id from public.sessions where owner_id = (select auth.uid()) or (select auth.uid()) = any (observer_ids)));
drop policy if exists private_notes_write on public.private_notes;
create policy private_notes_write on public.private_notes for insert to authenticated
  with check (
    person_id = (select auth.uid())
    and (select public.spool_role()) in ('interviewer', 'admin')
    and session_id in (select id from public.sessions where owner_id = (select auth.uid()) or (select auth.uid()) = any (observer_ids))
  );
drop policy if exists private_notes_change on public.private_notes;
create policy private_notes_change on public.private_notes for update to authenticated using (person_id = (select auth.uid())) with check (person_id = (select auth.uid()));
drop policy if exists private_notes_delete on public.private_notes;
create policy private_notes_delete on public.private_notes for delete to authenticated using (person_id = (select auth.uid()));

-- Candidate and observers see the session, what was said, the files and the runs.
drop policy if exists sessions_participants on public.sessions;
create policy sessions_participants on public.sessions for select to authenticated
  using (candidate_id = (select auth.uid()) or (select auth.uid()) = any (observer_ids));

-- A candidate decides about the recording of their voice, and about nothing else of the session.
drop policy if exists sessions_candidate_consent on public.sessions;
create policy sessions_candidate_consent on public.sessions for update to authenticated
  using (candidate_id = (select auth.uid())) with check (candidate_id = (select auth.uid()));
create or replace function public.spool_candidate_changes() returns trigger language plpgsql as $$
begin
  if old.owner_id is distinct from auth.uid() and old.candidate_id = auth.uid() then
    new.title := old.title;
    new.end_requested_at := old.end_requested_at;
  end if;
  return new;
end
$$;
revoke all on function public.spool_candidate_changes() from public, anon;
-- Before request_end: triggers fire by name.
drop trigger if exists candidate_changes on public.sessions;
create trigger candidate_changes before update of title, end_requested_at on public.sessions
  for each row execute function public.spool_candidate_changes();

drop policy if exists transcript_items_owner on public.transcript_items;
create policy transcript_items_owner on public.transcript_items for select to authenticated
  using (session_id in (select id from public.sessions where (select auth.uid()) in (owner_id, candidate_id) or (select auth.uid()) = any (observer_ids)));
drop policy if exists session_events_owner on public.session_events;
create policy session_events_owner on public.session_events for select to authenticated
  using (session_id in (select id from public.sessions where (select auth.uid()) in (owner_id, candidate_id) or (select auth.uid()) = any (observer_ids)));
drop policy if exists session_files_read on public.session_files;
create policy session_files_read on public.session_files for select to authenticated
  using (session_id in (select id from public.sessions where (select auth.uid()) in (owner_id, candidate_id) or (select auth.uid()) = any (observer_ids)));
drop policy if exists file_versions_read on public.file_versions;
create policy file_versions_read on public.file_versions for select to authenticated
  using (session_id in (select id from public.sessions where (select auth.uid()) in (owner_id, candidate_id) or (select auth.uid()) = any (observer_ids)));
drop policy if exists code_runs_read on public.code_runs;
create policy code_runs_read on public.code_runs for select to authenticated
  using (session_id in (select id from public.sessions where (select auth.uid()) in (owner_id, candidate_id) or (select auth.uid()) = any (observer_ids)));

-- Whoever writes code in it: the candidate once there is one, until then the owner.
drop policy if exists session_files_write on public.session_files;
create policy session_files_write on public.session_files for insert to authenticated
  with check (session_id in (select id from public.sessions where coalesce(candidate_id, owner_id) = (select auth.uid()) and ended_at is null));
drop policy if exists session_files_change on public.session_files;
create policy session_files_change on public.session_files for update to authenticated
  using (session_id in (select id from public.sessions where coalesce(candidate_id, owner_id) = (select auth.uid()) and ended_at is null));
drop policy if exists file_versions_write on public.file_versions;
create policy file_versions_write on public.file_versions for insert to authenticated
  with check (session_id in (select id from public.sessions where coalesce(candidate_id, owner_id) = (select auth.uid()) and ended_at is null));
drop policy if exists code_runs_start on public.code_runs;
create policy code_runs_start on public.code_runs for insert to authenticated
  with check (session_id in (select id from public.sessions where coalesce(candidate_id, owner_id) = (select auth.uid()) and ended_at is null));

-- The participant's seat is the candidate's once there is one. Watching: the owner whose role may, and who was let in to watch.
drop policy if exists tickets_issue on public.tickets;
create policy tickets_issue on public.tickets for insert to authenticated
  with check (
    person_id = (select auth.uid())
    and case role
      when 'participant' then session_id in (select id from public.sessions where coalesce(candidate_id, owner_id) = (select auth.uid()) and not sample)
      else (select public.spool_role()) in ('interviewer', 'admin')
        and session_id in (select id from public.sessions where owner_id = (select auth.uid()) or (select auth.uid()) = any (observer_ids))
    end
  );
