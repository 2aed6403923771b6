-- Several processes take in streams, and any of them lets in any valid key. Who has a meeting is a row with a lease: one for
-- each process that holds some of it, in the order in which senders came to them. The first puts its sound into the session,
-- the last says whether the stream is there. Who holds no row any more writes nothing.
alter table public.meetings add column if not exists claims int not null default 0;

create table if not exists public.meeting_claims (
  session_id uuid not null references public.meetings (session_id) on delete cascade,
  -- Rises, and none comes twice: meetings.claims counts them.
  claim int not null check (claim >= 1),
  -- Whose disk the streams lie on.
  owner text not null check (char_length(owner) between 1 and 200),
  -- '-infinity': handed over.
  lease_expires_at timestamptz not null,
  -- Its sender is there, and was heard a moment ago.
  occupied boolean not null default false,
  -- By the owner's clock: since when it holds this, when a sender last came to it, and when one was last heard.
  claimed_at timestamptz not null,
  came_at timestamptz,
  heard_at timestamptz,
  primary key (session_id, claim)
);
create index if not exists meeting_claims_of_owner on public.meeting_claims (owner);

alter table public.meeting_claims enable row level security;
alter table public.meeting_claims force row level security;
revoke all on public.meeting_claims from public, anon, authenticated, spool_service;
grant select, insert, update, delete on public.meeting_claims to spool_service;
drop policy if exists meeting_claims_service on public.meeting_claims;
create policy meeting_claims_service on public.meeting_claims for all to spool_service using (true) with check (true);

-- Lets a sender in at `by_owner`; null: one is there at another that lives. The meeting's row lock makes one of several first.
create or replace function public.spool_claim_stream(of_session uuid, by_owner text, ttl_ms double precision, at_time timestamptz)
returns table (claim int, claimed_at timestamptz) language plpgsql as $$
declare
  latest public.meeting_claims;
begin
  perform 1 from public.meetings m where m.session_id = of_session for update;
  if not found then
    return;
  end if;
  select * into latest from public.meeting_claims c where c.session_id = of_session order by c.claim desc limit 1;
  if latest.owner = by_owner then
    return query update public.meeting_claims c set came_at = at_time, occupied = true, lease_expires_at = clock_timestamp() + make_interval(secs => ttl_ms / 1000)
      where c.session_id = of_session and c.claim = latest.claim returning c.claim, c.claimed_at;
  elsif (latest.occupied and latest.lease_expires_at > clock_timestamp()) is not true then
    update public.meetings m set claims = m.claims + 1 where m.session_id = of_session;
    return query insert into public.meeting_claims as c (session_id, claim, owner, lease_expires_at, occupied, claimed_at, came_at)
      select of_session, m.claims, by_owner, clock_timestamp() + make_interval(secs => ttl_ms / 1000), true, at_time, at_time
      from public.meetings m where m.session_id = of_session returning c.claim, c.claimed_at;
  end if;
end
$$;

-- Takes up a meeting without a sender: one that nobody has (`over_claim` null), or whose last owner is dead. From then on its
-- stream is away. Of several that ask one gets it.
create or replace function public.spool_adopt_meeting(of_session uuid, by_owner text, ttl_ms double precision, at_time timestamptz, over_claim int)
returns table (claim int, claimed_at timestamptz) language plpgsql as $$
declare
  latest public.meeting_claims;
begin
  perform 1 from public.meetings m where m.session_id = of_session for update;
  if not found then
    return;
  end if;
  select * into latest from public.meeting_claims c where c.session_id = of_session order by c.claim desc limit 1;
  if latest.claim is distinct from over_claim or latest.lease_expires_at > clock_timestamp() then
    return;
  end if;
  update public.meetings m set
    claims = m.claims + 1,
    away_reason = case when over_claim is null or m.away_since is not null then m.away_reason else 'ingest_failed' end,
    away_since = case when over_claim is null then m.away_since else coalesce(m.away_since, latest.heard_at, latest.came_at, latest.claimed_at) end
  where m.session_id = of_session;
  return query insert into public.meeting_claims as c (session_id, claim, owner, lease_expires_at, claimed_at)
    select of_session, m.claims, by_owner, clock_timestamp() + make_interval(secs => ttl_ms / 1000), at_time
    from public.meetings m where m.session_id = of_session returning c.claim, c.claimed_at;
end
$$;

-- `held`: [{"session_id", "claim", "occupied", "heard_ms"}]. Answers with those that still stand: whether none of anybody else
-- comes before it (`is_first`), none of one that lives (`is_next`), and none at all after it.
create or replace function public.spool_renew_claims(by_owner text, ttl_ms double precision, held jsonb)
returns table (session_id uuid, claim int, is_first boolean, is_next boolean, is_last boolean) language sql as $$
  with renewed as (
    update public.meeting_claims c set
      lease_expires_at = clock_timestamp() + make_interval(secs => ttl_ms / 1000), occupied = coalesce(h.occupied, c.occupied),
      heard_at = greatest(c.heard_at, to_timestamp(h.heard_ms / 1000))
    from jsonb_to_recordset(held) as h (session_id uuid, claim int, occupied boolean, heard_ms double precision)
    where c.session_id = h.session_id and c.claim = h.claim and c.owner = by_owner
    returning c.session_id, c.claim
  )
  select r.session_id, r.claim,
         not exists (select 1 from public.meeting_claims e where e.session_id = r.session_id and e.claim < r.claim and e.owner <> by_owner),
         not exists (select 1 from public.meeting_claims e where e.session_id = r.session_id and e.claim < r.claim and e.owner <> by_owner and e.lease_expires_at > clock_timestamp()),
         not exists (select 1 from public.meeting_claims l where l.session_id = r.session_id and l.claim > r.claim)
  from renewed r
$$;

-- Whoever comes next removes what dead owners before it left: of what they did not bring into the session, which ends at
-- `durable_through`, a gap with its times. Null: the session is over, and the ledger says where it ends. Answers whether
-- nobody else comes before `of_claim` now.
create or replace function public.spool_pass_dead_claims(of_session uuid, of_claim int, by_owner text, durable_through bigint) returns boolean language plpgsql as $$
declare
  at_sample bigint := coalesce(durable_through, (select max(c.end_sample) from public.meeting_chunks c where c.session_id = of_session), 0);
  gone public.meeting_claims;
  stream public.meeting_streams;
  from_at timestamptz;
begin
  perform 1 from public.meetings m where m.session_id = of_session for update;
  if not exists (select 1 from public.meeting_claims c where c.session_id = of_session and c.claim = of_claim and c.owner = by_owner) then
    return false;
  end if;
  loop
    select * into gone from public.meeting_claims c where c.session_id = of_session and c.claim < of_claim order by c.claim limit 1 for update;
    exit when gone.claim is null or gone.owner = by_owner or gone.lease_expires_at > clock_timestamp();
    delete from public.meeting_claims c where c.session_id = of_session and c.claim = gone.claim;
    select * into stream from public.meeting_streams t where t.session_id = of_session order by t.stream desc limit 1;
    if stream.stream is not null and stream.ended_at is null then
      from_at := stream.published_at + make_interval(secs => greatest(0, at_sample - stream.base_sample) / 16000.0);
      update public.meeting_streams t set ended_at = from_at where t.session_id = of_session and t.stream = stream.stream;
    elsif gone.came_at is not null and (stream.stream is null or stream.published_at < gone.came_at) then
      -- It came, and nothing of it is there.
      from_at := gone.came_at;
      insert into public.meeting_gaps as g (session_id, at_sample, from_at, to_at, reason)
        select of_session, at_sample, stream.ended_at, from_at, 'stream_away' where stream.ended_at < from_at
        on conflict on constraint meeting_gaps_pkey do update set to_at = greatest(g.to_at, excluded.to_at);
      insert into public.meeting_streams (session_id, stream, base_sample, published_at, ended_at) values (of_session, coalesce(stream.stream, 0) + 1, at_sample, from_at, from_at);
    else
      continue;
    end if;
    insert into public.meeting_gaps (session_id, at_sample, from_at, to_at, reason)
      values (of_session, at_sample, from_at, greatest(from_at, gone.heard_at), 'ingest_failed')
      on conflict on constraint meeting_gaps_pkey do nothing;
  end loop;
  return not exists (select 1 from public.meeting_claims e where e.session_id = of_session and e.claim < of_claim and e.owner <> by_owner);
end
$$;

do $$
declare
  signature text;
begin
  foreach signature in array array['spool_claim_stream(uuid, text, double precision, timestamptz)', 'spool_adopt_meeting(uuid, text, double precision, timestamptz, int)',
                                   'spool_renew_claims(text, double precision, jsonb)', 'spool_pass_dead_claims(uuid, int, text, bigint)'] loop
    -- Supabase lets its own roles call every new function.
    execute format('revoke all on function public.%s from public, anon, authenticated, service_role', signature);
    execute format('grant execute on function public.%s to spool_service', signature);
  end loop;
end
$$;
