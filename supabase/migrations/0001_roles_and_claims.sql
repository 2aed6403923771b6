-- Roles and claims as Supabase has them, made only where they are missing, and the one role our servers act in.
do $$
declare
  role_name text;
begin
  foreach role_name in array array['anon', 'authenticated', 'service_role', 'spool_service'] loop
    if not exists (select 1 from pg_roles where rolname = role_name) then
      begin
        execute format('create role %I nologin noinherit', role_name);
      exception when duplicate_object or unique_violation then
        null; -- another database of this cluster was faster
      end;
    end if;
  end loop;
  -- Whoever migrates is whoever the servers log in as; it must be able to step down into these two.
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant spool_service to %I', current_user);
    if not pg_has_role(current_user, 'authenticated', 'member') then
      execute format('grant authenticated to %I', current_user);
    end if;
  end if;

  if to_regnamespace('auth') is null then
    create schema auth;
    grant usage on schema auth to anon, authenticated, service_role;
  end if;
  if to_regprocedure('auth.uid()') is null then
    create function auth.uid() returns uuid language sql stable as $body$
      select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid
    $body$;
  end if;
end
$$;

-- The person's role in Spool (learner, interviewer, admin), as the verified token says.
create or replace function public.spool_role() returns text language sql stable as $$
  select nullif(current_setting('request.jwt.claims', true), '')::jsonb -> 'app_metadata' ->> 'role'
$$;
revoke all on function public.spool_role() from public, anon;
grant execute on function public.spool_role() to authenticated, spool_service;
grant usage on schema public to authenticated, spool_service;
