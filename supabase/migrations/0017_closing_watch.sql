-- A closing can fail for good: its execution, or the last tries of its jobs. The job check-meeting therefore does not stop
-- at the deadline: it looks at the meeting until that is closed, and has it closed once more, so that none waits for a person.

-- As in 0013_meetings.sql, but for check-meeting: asked for while it runs, its row waits for the time asked for. A queue settles
-- a row only while it is active, so the end of that run does not end the watch, nor what somebody else asked for meanwhile.
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
    where j.state in ('completed', 'cancelled', 'failed') or j.state = 'created' and j.start_after > excluded.start_after
       or j.state = 'active' and j.name = 'check-meeting';
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

-- One look at a meeting that is not closed, and the job of the next one: true when its closing was asked for. A closing all of
-- whose chunks are settled has `patience_s` of its own first. Nothing is locked ahead, as whoever settles a chunk holds that and
-- waits for the meeting; a look too many, or a closing, does no harm.
create or replace function public.spool_watch_closing(of_session uuid, patience_s double precision) returns boolean language plpgsql as $$
declare
  payload jsonb := jsonb_build_object('sessionId', of_session);
  deadline timestamptz;
  again_s double precision := patience_s;
  asked boolean := false;
begin
  select m.closing_deadline_at into deadline from public.meetings m join public.sessions s on s.id = m.session_id
  where m.session_id = of_session and s.status = 'processing';
  if not found then
    return false;
  end if;
  if deadline > now() then
    -- Somebody had stretches tried again, and gave them time.
    again_s := extract(epoch from deadline - now());
  elsif deadline <= now() - make_interval(secs => patience_s)
     or exists (select 1 from public.meeting_chunks c where c.session_id = of_session and c.state in ('captured', 'transcribing')) then
    asked := public.spool_overdue(of_session);
    -- A job that is asked for again is no dead letter any more.
    delete from pgboss.job j where j.name = 'dead-letters' and j.source_name in ('assemble-meeting', 'write-notes') and j.data = payload and j.state = 'created';
  end if;
  perform public.spool_enqueue_job('check-meeting', of_session::text, payload, again_s);
  return asked;
end
$$;

-- Supabase lets its own roles call every new function.
revoke all on function public.spool_watch_closing(uuid, double precision) from public, anon, authenticated, service_role;
grant execute on function public.spool_watch_closing(uuid, double precision) to spool_service;

-- Meetings that were looked at for the last time before there was a watch: in an hour, when no process of the previous version,
-- which would look only once more, runs any longer. A new database has no queue yet, and no meetings.
do $$
begin
  if to_regclass('pgboss.job') is not null then
    perform public.spool_enqueue_job('check-meeting', m.session_id::text, jsonb_build_object('sessionId', m.session_id), 3600)
    from public.meetings m join public.sessions s on s.id = m.session_id
    where s.status = 'processing' and m.closing_deadline_at <= now();
  end if;
end
$$;
