-- People, sessions, what was said, what happened, and the tickets that open a stream.

create table if not exists public.people (
  id uuid primary key,
  name text not null check (char_length(name) between 1 and 200),
  role text not null check (role in ('learner', 'interviewer', 'admin')),
  created_at timestamptz not null default now()
);

create table if not exists public.sessions (
  id uuid primary key,
  owner_id uuid not null references public.people (id) on delete cascade,
  kind text not null check (kind in ('onboarding', 'code', 'meeting', 'dictation')),
  status text not null default 'created'
    check (status in ('created', 'live', 'paused', 'processing', 'completed', 'partial', 'failed')),
  title text not null check (char_length(title) <= 500),
  template_id text,
  consent_recording boolean not null default false,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  end_reason text
    check (end_reason in ('ended_by_person', 'ended_by_interviewer', 'ended_by_request', 'idle', 'failed')),
  duration_ms bigint not null default 0 check (duration_ms >= 0),
  end_requested_at timestamptz,
  -- The lease: who may write, under which epoch, until when, and who asked to take over.
  writer_id text,
  writer_epoch int not null default 0,
  lease_expires_at timestamptz,
  handover_to text,
  -- The newest event's number, and the newest commit, so that a commit of unknown outcome can be repeated.
  event_seq bigint not null default 0,
  last_commit uuid
);
create index if not exists sessions_newest_first on public.sessions (owner_id, created_at desc, id desc);
create index if not exists sessions_of_writer on public.sessions (writer_id) where writer_id is not null;
create index if not exists sessions_unfinished on public.sessions (lease_expires_at) where ended_at is null;

create table if not exists public.transcript_items (
  session_id uuid not null references public.sessions (id) on delete cascade,
  item_id text not null,
  revision int not null check (revision >= 1),
  speaker text not null,
  -- Of the agent: what was heard.
  text text not null,
  unheard_text text,
  start_sample bigint not null check (start_sample >= 0),
  end_sample bigint not null check (end_sample >= start_sample),
  search tsvector generated always as (to_tsvector('english'::regconfig, text)) stored,
  primary key (session_id, item_id)
);
create index if not exists transcript_items_search on public.transcript_items using gin (search);

-- A whole session as one search document, so that a search finds words said in different sentences.
create or replace aggregate public.spool_document(tsvector) (sfunc = tsvector_concat, stype = tsvector, initcond = '');
revoke all on function public.spool_document(tsvector) from public, anon;
grant execute on function public.spool_document(tsvector) to authenticated;

create table if not exists public.session_events (
  session_id uuid not null references public.sessions (id) on delete cascade,
  seq bigint not null check (seq >= 1),
  type text not null,
  sample bigint check (sample >= 0),
  at timestamptz not null default now(),
  data jsonb,
  primary key (session_id, seq)
);

create table if not exists public.tickets (
  -- SHA-256 of the ticket: the ticket itself is never stored.
  token_hash text primary key,
  session_id uuid not null references public.sessions (id) on delete cascade,
  person_id uuid not null references public.people (id) on delete cascade,
  role text not null check (role in ('participant', 'observer')),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index if not exists tickets_expiry on public.tickets (expires_at);
create index if not exists tickets_of_session on public.tickets (session_id);

-- The end is asked for once, and now. A session nobody ever streamed to has nothing to finish: the request ends it.
create or replace function public.spool_request_end() returns trigger language plpgsql as $$
begin
  if old.end_requested_at is not null or new.end_requested_at is null then
    new.end_requested_at := old.end_requested_at;
    return new;
  end if;
  new.end_requested_at := now();
  if old.ended_at is null and old.writer_epoch = 0 then
    new.status := 'completed';
    new.ended_at := new.end_requested_at;
    new.end_reason := 'ended_by_request';
  end if;
  return new;
end
$$;
revoke all on function public.spool_request_end() from public, anon;
drop trigger if exists request_end on public.sessions;
create trigger request_end before update of end_requested_at on public.sessions
  for each row execute function public.spool_request_end();

-- Nothing is open to anybody but by the grants and policies below. Supabase grants generously by default, so those
-- are taken back first.
do $$
declare
  table_name text;
begin
  foreach table_name in array array['people', 'sessions', 'transcript_items', 'session_events', 'tickets'] loop
    execute format('alter table public.%I enable row level security', table_name);
    execute format('alter table public.%I force row level security', table_name);
    execute format('revoke all on public.%I from public, anon, authenticated, spool_service', table_name);
  end loop;
end
$$;

grant select on public.people to authenticated;
grant select (id, owner_id, kind, status, title, template_id, consent_recording, created_at, started_at, ended_at,
              end_reason, duration_ms, end_requested_at) on public.sessions to authenticated;
grant insert (id, owner_id, kind, title, template_id, consent_recording) on public.sessions to authenticated;
grant update (title, consent_recording, end_requested_at) on public.sessions to authenticated;
grant delete on public.sessions to authenticated;
grant select on public.transcript_items, public.session_events to authenticated;
grant insert (token_hash, session_id, person_id, role, expires_at) on public.tickets to authenticated;

grant select, insert on public.people to spool_service;
grant update (name, role) on public.people to spool_service;
grant select on public.sessions to spool_service;
grant update (status, started_at, ended_at, end_reason, duration_ms, writer_id, writer_epoch, lease_expires_at,
              handover_to, event_seq, last_commit) on public.sessions to spool_service;
grant select, insert, update on public.transcript_items to spool_service;
grant select, insert on public.session_events to spool_service;
grant select, delete on public.tickets to spool_service;
grant update (used_at) on public.tickets to spool_service;

drop policy if exists people_read_self on public.people;
create policy people_read_self on public.people for select to authenticated using (id = (select auth.uid()));
drop policy if exists people_service on public.people;
create policy people_service on public.people for all to spool_service using (true) with check (true);

drop policy if exists sessions_owner on public.sessions;
create policy sessions_owner on public.sessions for all to authenticated
  using (owner_id = (select auth.uid())) with check (owner_id = (select auth.uid()));
drop policy if exists sessions_service on public.sessions;
create policy sessions_service on public.sessions for all to spool_service using (true) with check (true);

drop policy if exists transcript_items_owner on public.transcript_items;
create policy transcript_items_owner on public.transcript_items for select to authenticated
  using (session_id in (select id from public.sessions where owner_id = (select auth.uid())));
drop policy if exists transcript_items_service on public.transcript_items;
create policy transcript_items_service on public.transcript_items for all to spool_service using (true) with check (true);

drop policy if exists session_events_owner on public.session_events;
create policy session_events_owner on public.session_events for select to authenticated
  using (session_id in (select id from public.sessions where owner_id = (select auth.uid())));
drop policy if exists session_events_service on public.session_events;
create policy session_events_service on public.session_events for all to spool_service using (true) with check (true);

-- A ticket is for oneself and one's own session; watching takes a role that may watch.
drop policy if exists tickets_issue on public.tickets;
create policy tickets_issue on public.tickets for insert to authenticated
  with check (
    person_id = (select auth.uid())
    and session_id in (select id from public.sessions where owner_id = (select auth.uid()))
    and (role = 'participant' or (select public.spool_role()) in ('interviewer', 'admin'))
  );
drop policy if exists tickets_service on public.tickets;
create policy tickets_service on public.tickets for all to spool_service using (true) with check (true);
