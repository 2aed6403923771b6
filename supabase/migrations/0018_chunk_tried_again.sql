-- The last try of a chunk writes that it failed, and only then does its queue. Whoever has it tried again in between found a
-- job that was still running, so none was asked for, and the chunk waited until the meeting's time was up.

-- As in 0017_closing_watch.sql, but for transcribe-chunk: asked for while its job runs and no worker is at the chunk any more, it runs
-- once more. A worker that is at it stays the only one.
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
  if (job_name in ('assemble-meeting', 'write-notes', 'index-transcript')
      or job_name = 'transcribe-chunk' and exists (select 1 from public.meeting_chunks c where c.session_id = (payload ->> 'sessionId')::uuid and c.chunk = (payload ->> 'chunk')::int and c.state = 'captured' and c.worker is null))
     and job_key not like '%+'
     and exists (select 1 from pgboss.job j where j.name = job_name and j.id = public.spool_job_id(job_name, job_key) and j.state = 'active') then
    perform public.spool_enqueue_job(job_name, job_key || '+', payload, delay_s);
  end if;
end
$$;
