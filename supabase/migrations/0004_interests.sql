-- What people said they like: claims with their evidence, what the person decided about them, and the profile's vector.
create table if not exists public.interests (
  id uuid primary key,
  session_id uuid not null references public.sessions (id) on delete cascade,
  topic text not null check (char_length(topic) between 1 and 120),
  category text not null,
  sentiment text not null check (sentiment in ('positive', 'mixed', 'negative')),
  confidence real not null check (confidence >= 0 and confidence <= 1),
  -- Retracted in the conversation, or deleted by the person afterwards, it is kept so that neither comes back.
  status text not null check (status in ('detected', 'confirmed', 'deleted', 'retracted')),
  extractor text not null,
  -- [{itemId, quote, startSample, endSample, confidence}], oldest first.
  mentions jsonb not null,
  -- When the person last changed it by hand: what the live session writes later adds evidence to it and nothing else.
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index if not exists interests_of_session on public.interests (session_id, created_at);

-- A person's word about a topic counts in every later session.
create table if not exists public.topic_decisions (
  person_id uuid not null references public.people (id) on delete cascade,
  topic text not null,
  decision text not null check (decision in ('confirmed', 'deleted')),
  decided_at timestamptz not null default now(),
  primary key (person_id, topic)
);

-- One vector for all a person likes, for later recommendations: 512 dimensions, unit length.
create table if not exists public.profiles (
  person_id uuid primary key references public.people (id) on delete cascade,
  summary real[] check (array_length(summary, 1) = 512),
  updated_at timestamptz not null default now()
);

do $$
declare
  table_name text;
begin
  foreach table_name in array array['interests', 'topic_decisions', 'profiles'] loop
    execute format('alter table public.%I enable row level security', table_name);
    execute format('alter table public.%I force row level security', table_name);
    execute format('revoke all on public.%I from public, anon, authenticated, spool_service', table_name);
  end loop;
end
$$;

grant select on public.interests to authenticated;
grant update (topic, category, sentiment, status, decided_at, updated_at) on public.interests to authenticated;
grant select, insert, update, delete on public.topic_decisions to authenticated;
grant select, delete on public.profiles to authenticated;
grant select, insert, update on public.interests to spool_service;
grant select on public.topic_decisions to spool_service;
grant select, insert, update on public.profiles to spool_service;

drop policy if exists interests_owner on public.interests;
create policy interests_owner on public.interests for all to authenticated
  using (exists (select 1 from public.sessions s where s.id = session_id and s.owner_id = (select auth.uid())))
  with check (exists (select 1 from public.sessions s where s.id = session_id and s.owner_id = (select auth.uid())));
drop policy if exists interests_service on public.interests;
create policy interests_service on public.interests for all to spool_service using (true) with check (true);

drop policy if exists topic_decisions_owner on public.topic_decisions;
create policy topic_decisions_owner on public.topic_decisions for all to authenticated
  using (person_id = (select auth.uid())) with check (person_id = (select auth.uid()));
drop policy if exists topic_decisions_service on public.topic_decisions;
create policy topic_decisions_service on public.topic_decisions for select to spool_service using (true);

drop policy if exists profiles_owner on public.profiles;
create policy profiles_owner on public.profiles for all to authenticated
  using (person_id = (select auth.uid())) with check (person_id = (select auth.uid()));
drop policy if exists profiles_service on public.profiles;
create policy profiles_service on public.profiles for all to spool_service using (true) with check (true);
