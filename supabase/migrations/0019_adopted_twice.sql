-- Whoever took a meeting up and did not hear so, because the database went away during the commit, asked again and was told that
-- somebody had it: the recordings on its disk were then dropped, and nobody had the meeting.

-- As in 0016_stream_claims.sql, but for who has it already: the answer is the same, and its lease is new.
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
  if latest.owner = by_owner then
    return query update public.meeting_claims c set lease_expires_at = clock_timestamp() + make_interval(secs => ttl_ms / 1000)
      where c.session_id = of_session and c.claim = latest.claim returning c.claim, c.claimed_at;
    return;
  end if;
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
