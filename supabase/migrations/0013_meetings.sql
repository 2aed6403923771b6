-- A meeting is a session. Its chunks are a ledger over the session's audio; nothing of it is lost without a row that says so.
create table if not exists public.meetings (
  session_id uuid primary key references public.sessions (id) on delete cascade,
  source text not null default 'browser' check (source in ('browser', 'rtmp', 'rtms', 'file')),
  -- What the caller calls it, e.g. the id of a video conference.
  external_id text check (char_length(external_id) between 1 and 200),
  -- SHA-256 of the stream key: the key itself is never stored.
  stream_key_hash text unique,
  stream_key_expires_at timestamptz,
  -- Of a stream: since when it is away; null while it is there, and before it first came.
  away_since timestamptz,
  -- Why; a process that is started anew goes by it.
  away_reason text check (away_reason in ('stream_away', 'ingest_failed')),
  chunk_samples int check (chunk_samples between 16000 and 480000),
  -- The closing manifest: how many chunks there are, known at the end; and when it stops waiting for them.
  closing_chunks int check (closing_chunks >= 0),
  closing_deadline_at timestamptz,
  -- Counts up with every chunk that is settled; what was assembled of it, so that nothing that comes late is missed.
  settled_seq int not null default 0,
  assembled_seq int not null default 0,
  assembled_at timestamptz
);

-- One row for every stretch of audio that is on the disk. Ranges end before their last sample.
create table if not exists public.meeting_chunks (
  session_id uuid not null references public.sessions (id) on delete cascade,
  chunk int not null check (chunk >= 0),
  start_sample bigint not null check (start_sample >= 0),
  end_sample bigint not null check (end_sample > start_sample),
  state text not null default 'captured' check (state in ('captured', 'transcribing', 'transcribed', 'failed')),
  -- SHA-256 of its samples: the same audio transcribed twice is transcribed once.
  sha256 text,
  attempts int not null default 0,
  -- Which worker is at it, so that the same one, started again, takes up what it left.
  worker text,
  -- The code of the error it last failed of.
  failure text,
  engine text,
  -- The words it owns are those with their midpoint in here: cut at silences near its borders.
  owned_from bigint,
  owned_to bigint,
  -- Of what it owns: voice, voice with words on it, and how many.
  speech_samples bigint not null default 0,
  covered_samples bigint not null default 0,
  suppressed_samples bigint not null default 0,
  words int not null default 0,
  captured_at timestamptz not null default now(),
  transcribed_at timestamptz,
  primary key (session_id, chunk)
);

-- Times in which a meeting that was streamed to us did not arrive, and what of a file could not be read. They take no room on the session's clock.
create table if not exists public.meeting_gaps (
  session_id uuid not null references public.sessions (id) on delete cascade,
  at_sample bigint not null check (at_sample >= 0),
  from_at timestamptz not null,
  to_at timestamptz not null check (to_at >= from_at),
  reason text not null check (reason in ('stream_away', 'ingest_failed', 'file_damaged')),
  primary key (session_id, from_at)
);

-- Who spoke when, where the sender of a stream keeps participants apart and tells their names.
create table if not exists public.meeting_spoken (
  session_id uuid not null references public.sessions (id) on delete cascade,
  -- As the sender numbers them.
  participant text not null,
  name text not null check (char_length(name) <= 100),
  start_sample bigint not null check (start_sample >= 0),
  end_sample bigint not null check (end_sample >= start_sample),
  primary key (session_id, participant, start_sample)
);

-- Each time a sender came: its samples begin at base_sample of the session.
create table if not exists public.meeting_streams (
  session_id uuid not null references public.sessions (id) on delete cascade,
  stream int not null check (stream >= 1),
  base_sample bigint not null check (base_sample >= 0),
  published_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (session_id, stream)
);

-- Words of a chunk replace what was written live; the live ones stay, marked, until then and if that fails.
alter table public.transcript_items add column if not exists chunk int;
alter table public.transcript_items add column if not exists superseded boolean not null default false;
alter table public.transcript_items add column if not exists words jsonb;
-- Who speaks, as told apart within the chunk; `speaker` is who that is in the whole meeting.
alter table public.transcript_items add column if not exists voice int;
alter table public.transcript_items add column if not exists edited_by uuid references public.people (id) on delete set null;
alter table public.transcript_items add column if not exists edited_at timestamptz;
create index if not exists transcript_items_of_chunk on public.transcript_items (session_id, chunk) where chunk is not null;

-- Live words have had their time when all of them lie where chunks are transcribed, but for half a second, which an item keeps
-- of the silence around it. Until then they stay: what reaches into a chunk that is still to come would be gone otherwise.
create or replace function public.spool_replaced(of_session uuid, from_sample bigint, to_sample bigint) returns boolean language sql stable as $$
  select coalesce(sum(least(c.owned_to, to_sample) - greatest(c.owned_from, from_sample)), 0) >= greatest(1, to_sample - from_sample - 8000)
  from public.meeting_chunks c
  where c.session_id = of_session and c.state = 'transcribed' and c.owned_from < to_sample and c.owned_to > from_sample
$$;
-- What a live session writes about a stretch that is transcribed already has come too late.
create or replace function public.spool_live_item() returns trigger language plpgsql as $$
begin
  new.superseded := public.spool_replaced(new.session_id, new.start_sample, new.end_sample);
  return new;
end
$$;
revoke all on function public.spool_replaced(uuid, bigint, bigint), public.spool_live_item() from public, anon;
grant execute on function public.spool_replaced(uuid, bigint, bigint) to spool_service;
drop trigger if exists live_item on public.transcript_items;
create trigger live_item before insert or update of start_sample, end_sample on public.transcript_items
  for each row when (new.chunk is null and new.edited_at is null) execute function public.spool_live_item();

-- What an item said before a person changed it.
create table if not exists public.transcript_revisions (
  session_id uuid not null,
  item_id text not null,
  revision int not null check (revision >= 1),
  text text not null,
  replaced_at timestamptz not null default now(),
  primary key (session_id, item_id, revision),
  foreign key (session_id, item_id) references public.transcript_items (session_id, item_id) on delete cascade
);

-- What an engine wrote that nobody seems to have said, with why; a person can put it back.
create table if not exists public.suppressed_segments (
  session_id uuid not null references public.sessions (id) on delete cascade,
  segment_id text not null,
  chunk int not null,
  start_sample bigint not null check (start_sample >= 0),
  end_sample bigint not null check (end_sample >= start_sample),
  text text not null,
  reason text not null,
  metrics jsonb not null default '{}',
  restored_at timestamptz,
  primary key (session_id, segment_id)
);

-- Voices as told apart within one chunk.
create table if not exists public.chunk_voices (
  session_id uuid not null references public.sessions (id) on delete cascade,
  chunk int not null,
  voice int not null check (voice >= 0),
  model text not null,
  embedding real[] not null,
  speech_samples bigint not null check (speech_samples >= 0),
  primary key (session_id, chunk, voice)
);

-- Who a voice of the whole meeting is, as people said: a name, or that it is the same as another.
create table if not exists public.meeting_speakers (
  session_id uuid not null references public.sessions (id) on delete cascade,
  speaker text not null check (speaker ~ '^S[0-9]{1,3}$'),
  name text check (char_length(name) between 1 and 100),
  merged_into text check (merged_into ~ '^S[0-9]{1,3}$' and merged_into <> speaker),
  -- Where its voice lies, so that a later telling-apart finds the person again.
  centroid real[],
  centroid_model text,
  -- As in meeting_spoken, where the sender keeps participants apart: once told, whose number it is stays.
  participant text,
  primary key (session_id, speaker),
  unique (session_id, participant)
);

-- Every version stays; the newest counts.
create table if not exists public.meeting_notes (
  session_id uuid not null references public.sessions (id) on delete cascade,
  version int not null check (version >= 1),
  made_by text not null check (char_length(made_by) between 1 and 120),
  made_at timestamptz not null default now(),
  -- Digest of the transcript it was made of: the same words are not summed up twice.
  transcript_digest text not null,
  body jsonb not null,
  primary key (session_id, version)
);

-- What an item means, of the revision that was read. Postgres compares the signs (bit by bit, which needs no extension) and
-- whoever asks compares the few that are near by the numbers.
create table if not exists public.transcript_vectors (
  session_id uuid not null,
  item_id text not null,
  revision int not null,
  model text not null check (char_length(model) between 1 and 120),
  signs bit(512) not null,
  embedding real[] not null check (cardinality(embedding) = 512),
  primary key (session_id, item_id),
  foreign key (session_id, item_id) references public.transcript_items (session_id, item_id) on delete cascade
);

create table if not exists public.share_links (
  id uuid primary key,
  session_id uuid not null references public.sessions (id) on delete cascade,
  -- SHA-256 of the secret in the link.
  token_hash text not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index if not exists share_links_of_session on public.share_links (session_id, created_at);

create table if not exists public.uploads (
  id uuid primary key,
  session_id uuid not null references public.sessions (id) on delete cascade,
  file_name text not null check (char_length(file_name) between 1 and 255),
  size_bytes bigint not null check (size_bytes between 1 and 4294967296),
  part_size_bytes int not null check (part_size_bytes > 0),
  received_parts int[] not null default '{}',
  state text not null default 'receiving' check (state in ('receiving', 'received', 'decoding', 'done', 'failed')),
  failure text,
  -- Length of the recording as its container says, and how much of it is in the session's audio.
  duration_ms bigint check (duration_ms >= 0),
  decoded_samples bigint not null default 0,
  created_at timestamptz not null default now()
);
create index if not exists uploads_of_session on public.uploads (session_id, created_at);

do $$
declare
  table_name text;
begin
  foreach table_name in array array['meetings', 'meeting_chunks', 'meeting_gaps', 'meeting_spoken', 'meeting_streams', 'transcript_revisions', 'suppressed_segments',
                                    'chunk_voices', 'meeting_speakers', 'meeting_notes', 'transcript_vectors', 'share_links', 'uploads'] loop
    execute format('alter table public.%I enable row level security', table_name);
    execute format('alter table public.%I force row level security', table_name);
    execute format('revoke all on public.%I from public, anon, authenticated, spool_service', table_name);
    execute format('grant select, insert, update, delete on public.%I to spool_service', table_name);
    execute format('drop policy if exists %I on public.%I', table_name || '_service', table_name);
    execute format('create policy %I on public.%I for all to spool_service using (true) with check (true)', table_name || '_service', table_name);
    execute format('drop policy if exists %I on public.%I', table_name || '_owner', table_name);
    execute format('create policy %I on public.%I for select to authenticated using (session_id in (select id from public.sessions where owner_id = (select auth.uid())))', table_name || '_owner', table_name);
  end loop;
end
$$;

grant select (session_id, source, external_id, stream_key_expires_at, away_since, chunk_samples, closing_chunks, closing_deadline_at, assembled_at) on public.meetings to authenticated;
grant select on public.meeting_chunks, public.meeting_gaps, public.meeting_spoken, public.meeting_streams, public.transcript_revisions, public.suppressed_segments, public.meeting_speakers,
  public.meeting_notes, public.transcript_vectors, public.uploads to authenticated;
grant select (id, session_id, created_at, expires_at, revoked_at) on public.share_links to authenticated;
-- Of a meeting's chunk alone: what was written live, or in a conversation, no server of ours takes away.
grant delete on public.transcript_items to spool_service;
drop policy if exists transcript_items_service on public.transcript_items;
drop policy if exists transcript_items_service_read on public.transcript_items;
create policy transcript_items_service_read on public.transcript_items for select to spool_service using (true);
drop policy if exists transcript_items_service_write on public.transcript_items;
create policy transcript_items_service_write on public.transcript_items for insert to spool_service with check (true);
drop policy if exists transcript_items_service_change on public.transcript_items;
create policy transcript_items_service_change on public.transcript_items for update to spool_service using (true) with check (true);
drop policy if exists transcript_items_service_delete on public.transcript_items;
create policy transcript_items_service_delete on public.transcript_items for delete to spool_service using (chunk is not null);
-- A stream that stays away ends its meeting.
grant update (end_requested_at) on public.sessions to spool_service;
-- What our servers change, no person has changed.
drop trigger if exists candidate_changes on public.sessions;
create trigger candidate_changes before update of title, end_requested_at, autocomplete, consent_recording on public.sessions
  for each row when (current_user <> 'spool_service') execute function public.spool_candidate_changes();

-- People correct words, name and join voices, share, and send files: of their own sessions only.
grant update (text, revision, edited_by, edited_at) on public.transcript_items to authenticated;
drop policy if exists transcript_items_correct on public.transcript_items;
create policy transcript_items_correct on public.transcript_items for update to authenticated
  using (session_id in (select id from public.sessions where owner_id = (select auth.uid()) and kind = 'meeting')) with check (edited_by = (select auth.uid()));
grant insert (session_id, item_id, revision, text) on public.transcript_revisions to authenticated;
grant insert (session_id, speaker, name, merged_into) on public.meeting_speakers to authenticated;
grant update (name, merged_into) on public.meeting_speakers to authenticated;
grant insert (id, session_id, token_hash, expires_at) on public.share_links to authenticated;
grant update (revoked_at) on public.share_links to authenticated;
grant insert (id, session_id, file_name, size_bytes, part_size_bytes) on public.uploads to authenticated;
do $$
declare
  table_name text;
begin
  foreach table_name in array array['transcript_revisions', 'meeting_speakers', 'share_links', 'uploads'] loop
    execute format('drop policy if exists %I on public.%I', table_name || '_add', table_name);
    execute format('create policy %I on public.%I for insert to authenticated with check (session_id in (select id from public.sessions where owner_id = (select auth.uid()) and kind = ''meeting''))', table_name || '_add', table_name);
  end loop;
  foreach table_name in array array['meeting_speakers', 'share_links'] loop
    execute format('drop policy if exists %I on public.%I', table_name || '_change', table_name);
    execute format('create policy %I on public.%I for update to authenticated using (session_id in (select id from public.sessions where owner_id = (select auth.uid())))', table_name || '_change', table_name);
  end loop;
end
$$;

-- Everybody watches their own meeting; one that is streamed or sent as a file has nobody in the participant's seat but our servers.
drop policy if exists tickets_issue on public.tickets;
create policy tickets_issue on public.tickets for insert to authenticated
  with check (
    person_id = (select auth.uid())
    and case role
      when 'participant' then session_id in (select id from public.sessions where coalesce(candidate_id, owner_id) = (select auth.uid()) and not sample)
        and session_id not in (select m.session_id from public.meetings m where m.source <> 'browser')
      else session_id in (select id from public.sessions where owner_id = (select auth.uid()) and kind = 'meeting')
        or (select public.spool_role()) in ('interviewer', 'admin')
          and session_id in (select id from public.sessions where owner_id = (select auth.uid()) or (select auth.uid()) = any (observer_ids))
    end
  );
drop policy if exists tickets_service_play on public.tickets;
create policy tickets_service_play on public.tickets for insert to spool_service
  with check (role = 'participant' and exists (select 1 from public.sessions s where s.id = session_id and s.owner_id = person_id and (s.sample or s.kind = 'meeting')));

-- A job, as a row of the queue in the caller's own transaction; the queue's tables are made after the migrations.
-- A UUID (version 8, RFC 9562) that is the same for the same name and key everywhere.
create or replace function public.spool_job_id(job_name text, job_key text) returns uuid language sql immutable as $$
  select encode(set_byte(set_byte(d, 6, (get_byte(d, 6) & 15) | 128), 8, (get_byte(d, 8) & 63) | 128), 'hex')::uuid
  from (select substring(sha256(convert_to(job_name, 'UTF8') || '\x00'::bytea || convert_to(job_key, 'UTF8')) from 1 for 16) as d) as digest
$$;

-- The same job twice is one job, at the earlier of both times; asked for again after it is done (or dead), it runs again.
-- What is asked of a closing while it runs it may have missed: of those a second one follows.
create or replace function public.spool_enqueue_job(job_name text, job_key text, payload jsonb, delay_s double precision default 0) returns void language plpgsql as $$
begin
  insert into pgboss.job as j (id, name, data, start_after, keep_until, expire_seconds, deletion_seconds,
                               retry_limit, retry_delay, retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds)
  select public.spool_job_id(job_name, job_key), q.name, payload, now() + make_interval(secs => delay_s), now() + make_interval(secs => delay_s + q.retention_seconds),
         q.expire_seconds, q.deletion_seconds, q.retry_limit, q.retry_delay, q.retry_backoff, q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds
  from pgboss.queue q where q.name = job_name
  on conflict (name, id) do update
    set state = 'created', retry_count = 0, completed_on = null, started_on = null, output = null,
        start_after = excluded.start_after, keep_until = excluded.keep_until
    where j.state in ('completed', 'cancelled', 'failed') or j.state = 'created' and j.start_after > excluded.start_after;
  if found then
    return;
  end if;
  if not exists (select 1 from pgboss.queue q where q.name = job_name) then
    raise exception 'The queue % does not exist; migrate the database.', job_name;
  end if;
  if job_name in ('assemble-meeting', 'write-notes', 'index-transcript') and job_key not like '%+'
     and exists (select 1 from pgboss.job j where j.name = job_name and j.id = public.spool_job_id(job_name, job_key) and j.state = 'active') then
    perform public.spool_enqueue_job(job_name, job_key || '+', payload, delay_s);
  end if;
end
$$;

-- The ledger as workers write it: called by the Postgres adapter and, over HTTP, by the Supabase one.
-- Has an ended meeting assembled if no chunk of its manifest waits any more. Called in the transaction that settles one:
-- the meeting's row lock lets the last of several see all others.
create or replace function public.spool_close_if_settled(of_session uuid) returns void language plpgsql as $$
declare
  expected int;
begin
  update public.meetings m set settled_seq = m.settled_seq + 1 where m.session_id = of_session returning m.closing_chunks into expected;
  if (select count(*) from public.meeting_chunks c where c.session_id = of_session and c.state in ('transcribed', 'failed')) >= expected then
    perform public.spool_enqueue_job('assemble-meeting', of_session::text, jsonb_build_object('sessionId', of_session));
  end if;
end
$$;

-- One that is transcribed stays so: begun again, it is only looked at. The clock's end is fixed once the closing manifest
-- is written; the last chunk ends there. Null: there is no such chunk.
create or replace function public.spool_begin_chunk(of_session uuid, of_chunk int, by_worker text) returns jsonb language sql as $$
  with before as (
    select state from public.meeting_chunks where session_id = of_session and chunk = of_chunk
  ), begun as (
    update public.meeting_chunks c set attempts = c.attempts + 1, worker = by_worker, state = case when c.state = 'transcribed' then c.state else 'transcribing' end
    where c.session_id = of_session and c.chunk = of_chunk returning c.*
  )
  select jsonb_build_object(
    'chunk', begun.chunk, 'startSample', begun.start_sample, 'endSample', begun.end_sample, 'state', before.state, 'sha256', begun.sha256, 'engine', begun.engine,
    'totalSamples', (select (select coalesce(max(c.end_sample), 0) from public.meeting_chunks c where c.session_id = of_session)
                     from public.meetings m where m.session_id = of_session and m.closing_chunks is not null))
  from begun, before
$$;

-- `result`: domain/meetings/chunk-result.ts.
create or replace function public.spool_settle_chunk(of_session uuid, of_chunk int, result jsonb) returns void language plpgsql as $$
declare
  owned_start bigint := (result ->> 'ownedFrom')::bigint;
  owned_end bigint := (result ->> 'ownedTo')::bigint;
begin
  update public.meeting_chunks c set
    state = 'transcribed', sha256 = result ->> 'sha256', engine = result ->> 'engine', owned_from = owned_start, owned_to = owned_end,
    speech_samples = (result ->> 'speechSamples')::bigint, covered_samples = (result ->> 'coveredSamples')::bigint,
    suppressed_samples = (result ->> 'suppressedSamples')::bigint, words = (result ->> 'words')::int,
    failure = null, worker = null, transcribed_at = now()
  where c.session_id = of_session and c.chunk = of_chunk;
  if not found then
    return; -- erased meanwhile
  end if;
  delete from public.transcript_items i where i.session_id = of_session and i.chunk = of_chunk and i.edited_at is null;
  -- New segments, but none where a person's words lie already. A segment's place is its middle, as everywhere. What a person
  -- changed keeps its number, wherever it lies.
  insert into public.transcript_items (session_id, item_id, revision, speaker, text, start_sample, end_sample, chunk, words, voice)
  select of_session, s.value ->> 'itemId' || case when exists (select 1 from public.transcript_items e where e.session_id = of_session and e.item_id = s.value ->> 'itemId') then '+' else '' end, 1, result ->> 'speaker', s.value ->> 'text', (s.value ->> 'startSample')::bigint, (s.value ->> 'endSample')::bigint,
         of_chunk, s.value -> 'words', (s.value ->> 'voice')::int
  from jsonb_array_elements(result -> 'segments') with ordinality as s
  where not exists (
    select 1 from public.transcript_items e where e.session_id = of_session and e.edited_at is not null and not e.superseded
      and ((s.value ->> 'startSample')::bigint + (s.value ->> 'endSample')::bigint) / 2 between e.start_sample and e.end_sample)
  order by s.ordinality
  on conflict (session_id, item_id) do nothing;
  update public.transcript_items i set superseded = true
  where i.session_id = of_session and i.chunk is null and i.edited_at is null and not i.superseded
    and i.start_sample < owned_end and i.end_sample > owned_start and public.spool_replaced(of_session, i.start_sample, i.end_sample);
  delete from public.suppressed_segments s where s.session_id = of_session and s.chunk = of_chunk and s.restored_at is null;
  insert into public.suppressed_segments (session_id, segment_id, chunk, start_sample, end_sample, text, reason, metrics)
  select of_session, s.value ->> 'segmentId', of_chunk, (s.value ->> 'startSample')::bigint, (s.value ->> 'endSample')::bigint, s.value ->> 'text', s.value ->> 'reason', s.value -> 'metrics'
  from jsonb_array_elements(result -> 'suppressed') as s
  on conflict do nothing;
  delete from public.chunk_voices v where v.session_id = of_session and v.chunk = of_chunk;
  insert into public.chunk_voices (session_id, chunk, voice, model, embedding, speech_samples)
  select of_session, of_chunk, (v.value ->> 'voice')::int, v.value ->> 'model',
         array(select e.value::real from jsonb_array_elements_text(v.value -> 'embedding') with ordinality as e order by e.ordinality), (v.value ->> 'speechSamples')::bigint
  from jsonb_array_elements(result -> 'voices') as v;
  perform public.spool_close_if_settled(of_session);
end
$$;

create or replace function public.spool_fail_chunk(of_session uuid, of_chunk int, failure_code text, given_up boolean) returns void language plpgsql as $$
begin
  update public.meeting_chunks c set failure = failure_code, worker = null, state = case when c.state = 'transcribed' then c.state when given_up then 'failed' else 'captured' end
  where c.session_id = of_session and c.chunk = of_chunk;
  if found and given_up then
    perform public.spool_close_if_settled(of_session);
  end if;
end
$$;

-- What a dead worker was at is tried again at once, without waiting for its heartbeat to be missed. What has brought a
-- worker down as often as it may be tried would do so for ever: not again before somebody asks for it.
create or replace function public.spool_take_up_chunks(of_worker text) returns int language plpgsql as $$
declare
  dropped record;
  given_up boolean;
  taken int := 0;
begin
  for dropped in
    update public.meeting_chunks c set state = 'captured', worker = null where c.worker = of_worker and c.state = 'transcribing' returning c.session_id, c.chunk, c.attempts
  loop
    taken := taken + 1;
    given_up := dropped.attempts > (select q.retry_limit from pgboss.queue q where q.name = 'transcribe-chunk');
    update pgboss.job j set state = (case when given_up then 'cancelled' else 'retry' end)::pgboss.job_state, start_after = now()
    where j.name = 'transcribe-chunk' and j.id = public.spool_job_id('transcribe-chunk', dropped.session_id || ':' || dropped.chunk) and j.state = 'active';
    if given_up then
      perform public.spool_fail_chunk(dropped.session_id, dropped.chunk, 'worker.died', true);
    end if;
  end loop;
  return taken;
end
$$;

create or replace function public.spool_overdue(of_session uuid) returns boolean language plpgsql as $$
begin
  if exists (select 1 from public.meetings m where m.session_id = of_session and (m.closing_deadline_at <= now()) is not true) then
    return false;
  end if;
  update public.meeting_chunks c set state = 'failed', failure = coalesce(c.failure, 'chunk.late') where c.session_id = of_session and c.state in ('captured', 'transcribing');
  perform public.spool_close_if_settled(of_session);
  return true;
end
$$;

do $$
declare
  signature text;
begin
  foreach signature in array array['spool_job_id(text, text)', 'spool_enqueue_job(text, text, jsonb, double precision)', 'spool_close_if_settled(uuid)', 'spool_begin_chunk(uuid, int, text)',
                                   'spool_settle_chunk(uuid, int, jsonb)', 'spool_fail_chunk(uuid, int, text, boolean)', 'spool_take_up_chunks(text)', 'spool_overdue(uuid)'] loop
    -- Supabase lets its own roles call every new function.
    execute format('revoke all on function public.%s from public, anon, authenticated, service_role', signature);
    execute format('grant execute on function public.%s to spool_service', signature);
  end loop;
end
$$;
