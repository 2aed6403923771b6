-- What the interviewer sets for the candidate's editor.
alter table public.sessions add column if not exists autocomplete boolean not null default false;
grant select (autocomplete), insert (autocomplete), update (autocomplete) on public.sessions to authenticated;

-- A candidate decides about the recording of their voice, and about nothing else of the session.
create or replace function public.spool_candidate_changes() returns trigger language plpgsql as $$
begin
  if old.owner_id is distinct from auth.uid() and old.candidate_id = auth.uid() then
    new.title := old.title;
    new.end_requested_at := old.end_requested_at;
    new.autocomplete := old.autocomplete;
  end if;
  return new;
end
$$;
drop trigger if exists candidate_changes on public.sessions;
create trigger candidate_changes before update of title, end_requested_at, autocomplete on public.sessions
  for each row execute function public.spool_candidate_changes();
