-- Other clients read through AppSync, whose resolver has one login and no claims: it asks for the rows of an owner by a
-- column, and AppSync's rules say whose. So it has a role of its own that reads a profile, the list of sessions and their
-- results, and nothing else: no transcript, no audio, no code, no ticket, and it writes nothing.
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'spool_graphql') then
    begin
      -- Whoever connects AppSync gives it a password: alter role spool_graphql login password '…'.
      create role spool_graphql nologin noinherit;
    exception when duplicate_object or unique_violation then
      null; -- another database of this cluster was faster
    end;
  end if;
end
$$;
grant usage on schema public to spool_graphql;

-- The views run with the rights of whoever reads them, so row-level security and grants below them hold. Each carries its
-- owner. Times are text as GraphQL writes them, and lengths fit its integers of 32 bits (24 days).
create or replace view public.graphql_profiles with (security_invoker = true) as
  select p.id, p.name, p.role, to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at
  from public.people p;

create or replace view public.graphql_sessions with (security_invoker = true) as
  select s.id, s.owner_id, s.kind, s.status, s.title, s.template_id, s.sample,
         to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at,
         to_char(s.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as started_at,
         to_char(s.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ended_at,
         s.end_reason, least(s.duration_ms, 2147483647)::int as duration_ms
  from public.sessions s;

create or replace view public.graphql_interests with (security_invoker = true) as
  select i.id, i.session_id, s.owner_id, i.topic, i.category, i.sentiment, i.confidence, i.status = 'confirmed' as confirmed,
         i.mentions -> 0 ->> 'quote' as quote, to_char(i.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at
  from public.interests i join public.sessions s on s.id = i.session_id
  where i.status in ('detected', 'confirmed') and jsonb_array_length(i.mentions) > 0;

create or replace view public.graphql_notes with (security_invoker = true) as
  select n.session_id as id, s.owner_id, n.version, n.made_by, n.body,
         to_char(n.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as made_at
  from public.meeting_notes n join public.sessions s on s.id = n.session_id
  where n.version = (select max(m.version) from public.meeting_notes m where m.session_id = n.session_id);

create or replace view public.graphql_scorecards with (security_invoker = true) as
  select c.session_id as id, s.owner_id, c.areas, c.note, c.made_by,
         to_char(c.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as made_at, c.signed_name,
         to_char(c.signed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as signed_at
  from public.scorecards c join public.sessions s on s.id = c.session_id
  where c.signed_at is not null;

-- Of all people together, for admins: counts, which name nobody and nothing anybody said.
create or replace view public.graphql_operations with (security_invoker = true) as
  select concat_ws(' ', c.day, c.kind, c.status) as id, c.day, c.kind, c.status, c.sessions, c.minutes
  from (
    select to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD') as day, s.kind, s.status, count(*)::int as sessions,
           least(sum(s.duration_ms) / 60000, 2147483647)::int as minutes
    from public.sessions s where not s.sample group by 1, 2, 3
  ) c;

revoke all on public.graphql_profiles, public.graphql_sessions, public.graphql_interests, public.graphql_notes, public.graphql_scorecards,
  public.graphql_operations from public, anon, authenticated, service_role, spool_service, spool_graphql;
grant select on public.graphql_profiles, public.graphql_sessions, public.graphql_interests, public.graphql_notes, public.graphql_scorecards,
  public.graphql_operations to spool_graphql;

-- Of the tables below, the columns the views show and no others.
grant select (id, name, role, created_at) on public.people to spool_graphql;
grant select (id, owner_id, kind, status, title, template_id, sample, created_at, started_at, ended_at, end_reason, duration_ms) on public.sessions to spool_graphql;
grant select (id, session_id, topic, category, sentiment, confidence, status, mentions, created_at) on public.interests to spool_graphql;
grant select (session_id, version, made_by, made_at, body) on public.meeting_notes to spool_graphql;
grant select (session_id, areas, note, made_by, made_at, signed_name, signed_at) on public.scorecards to spool_graphql;

-- A guest of one interview has no profile; what was retracted or taken back, and drafts nobody signed, never leave.
drop policy if exists people_graphql on public.people;
create policy people_graphql on public.people for select to spool_graphql using (role <> 'candidate');
drop policy if exists sessions_graphql on public.sessions;
create policy sessions_graphql on public.sessions for select to spool_graphql using (true);
drop policy if exists interests_graphql on public.interests;
create policy interests_graphql on public.interests for select to spool_graphql using (status in ('detected', 'confirmed'));
drop policy if exists meeting_notes_graphql on public.meeting_notes;
create policy meeting_notes_graphql on public.meeting_notes for select to spool_graphql using (true);
drop policy if exists scorecards_graphql on public.scorecards;
create policy scorecards_graphql on public.scorecards for select to spool_graphql using (signed_at is not null);
