-- Whose voice it is decides: once there is a candidate, the owner can take consent to the recording back and not give it.
create or replace function public.spool_candidate_changes() returns trigger language plpgsql as $$
begin
  if old.owner_id is distinct from auth.uid() and old.candidate_id = auth.uid() then
    new.title := old.title;
    new.end_requested_at := old.end_requested_at;
    new.autocomplete := old.autocomplete;
  elsif old.candidate_id is not null and old.candidate_id is distinct from auth.uid() then
    new.consent_recording := old.consent_recording and new.consent_recording;
  end if;
  return new;
end
$$;
drop trigger if exists candidate_changes on public.sessions;
create trigger candidate_changes before update of title, end_requested_at, autocomplete, consent_recording on public.sessions
  for each row execute function public.spool_candidate_changes();

-- A guest's name goes with the last session they were let into; nobody with an account is ever removed this way.
grant delete on public.people to spool_service;
drop policy if exists people_service_guests on public.people;
create policy people_service_guests on public.people as restrictive for delete to spool_service using (role = 'candidate');

-- A guest makes no sessions, whatever asks in their name.
drop policy if exists sessions_owner on public.sessions;
create policy sessions_owner on public.sessions for all to authenticated
  using (owner_id = (select auth.uid()))
  with check (owner_id = (select auth.uid()) and (select public.spool_role()) is distinct from 'candidate');
