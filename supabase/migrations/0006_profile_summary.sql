-- A summary vector is told with the model that made it: vectors of different models are never compared.
alter table public.profiles add column if not exists summary_model text check (char_length(summary_model) between 1 and 120);
-- When the person last erased the profile: a summary that was wanted before is not written any more.
alter table public.profiles add column if not exists erased_at timestamptz;
update public.profiles set summary = null where summary_model is null and summary is not null;
alter table public.profiles drop constraint if exists profiles_summary_has_model;
alter table public.profiles add constraint profiles_summary_has_model check ((summary is null) = (summary_model is null));
