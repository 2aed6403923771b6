-- The order in which a session's items were first written: typed answers have no length, so their place in the audio
-- does not tell which came first.
alter table public.transcript_items add column if not exists position bigint generated always as identity;
