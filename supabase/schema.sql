-- The schema after all migrations. Written by `node scripts/dump-schema.ts`; a test keeps it current.
-- For reading and review: migrations/ is what is run.


-- Tables

table chunk_voices (row security on, forced)
  session_id uuid not null
  chunk integer not null
  voice integer not null
  model text not null
  embedding real[] not null
  speech_samples bigint not null

table code_runs (row security on, forced)
  id uuid not null
  session_id uuid not null
  status text not null default 'queued'::text
  position integer
  request jsonb not null
  result jsonb
  created_at timestamp with time zone not null default now()
  alive_at timestamp with time zone not null default now()
  finished_at timestamp with time zone

table file_versions (row security on, forced)
  session_id uuid not null
  path text not null
  version integer not null
  content text
  at timestamp with time zone not null default now()

table follow_ups (row security on, forced)
  session_id uuid not null
  body text not null
  flow text not null
  made_at timestamp with time zone not null default now()

table interests (row security on, forced)
  id uuid not null
  session_id uuid not null
  topic text not null
  category text not null
  sentiment text not null
  confidence real not null
  status text not null
  extractor text not null
  mentions jsonb not null
  decided_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

table invitations (row security on, forced)
  id uuid not null
  session_id uuid not null
  kind text not null
  token_hash text not null
  expires_at timestamp with time zone not null
  created_at timestamp with time zone not null default now()
  revoked_at timestamp with time zone
  accepted_at timestamp with time zone
  accepted_by uuid

table meeting_chunks (row security on, forced)
  session_id uuid not null
  chunk integer not null
  start_sample bigint not null
  end_sample bigint not null
  state text not null default 'captured'::text
  sha256 text
  attempts integer not null default 0
  worker text
  failure text
  engine text
  owned_from bigint
  owned_to bigint
  speech_samples bigint not null default 0
  covered_samples bigint not null default 0
  suppressed_samples bigint not null default 0
  words integer not null default 0
  captured_at timestamp with time zone not null default now()
  transcribed_at timestamp with time zone

table meeting_claims (row security on, forced)
  session_id uuid not null
  claim integer not null
  owner text not null
  lease_expires_at timestamp with time zone not null
  occupied boolean not null default false
  claimed_at timestamp with time zone not null
  came_at timestamp with time zone
  heard_at timestamp with time zone

table meeting_gaps (row security on, forced)
  session_id uuid not null
  at_sample bigint not null
  from_at timestamp with time zone not null
  to_at timestamp with time zone not null
  reason text not null

table meeting_notes (row security on, forced)
  session_id uuid not null
  version integer not null
  made_by text not null
  made_at timestamp with time zone not null default now()
  transcript_digest text not null
  body jsonb not null

table meeting_speakers (row security on, forced)
  session_id uuid not null
  speaker text not null
  name text
  merged_into text
  centroid real[]
  centroid_model text
  participant text

table meeting_spoken (row security on, forced)
  session_id uuid not null
  participant text not null
  name text not null
  start_sample bigint not null
  end_sample bigint not null

table meeting_streams (row security on, forced)
  session_id uuid not null
  stream integer not null
  base_sample bigint not null
  published_at timestamp with time zone not null default now()
  ended_at timestamp with time zone

table meetings (row security on, forced)
  session_id uuid not null
  source text not null default 'browser'::text
  external_id text
  stream_key_hash text
  stream_key_expires_at timestamp with time zone
  away_since timestamp with time zone
  away_reason text
  chunk_samples integer
  closing_chunks integer
  closing_deadline_at timestamp with time zone
  settled_seq integer not null default 0
  assembled_seq integer not null default 0
  assembled_at timestamp with time zone
  claims integer not null default 0

table people (row security on, forced)
  id uuid not null
  name text not null
  role text not null
  created_at timestamp with time zone not null default now()

table private_notes (row security on, forced)
  session_id uuid not null
  person_id uuid not null
  text text not null default ''::text
  updated_at timestamp with time zone not null default now()

table problems (row security on, forced)
  id text not null
  owner_id uuid not null
  definition jsonb not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

table profiles (row security on, forced)
  person_id uuid not null
  summary real[]
  updated_at timestamp with time zone not null default now()
  summary_model text
  erased_at timestamp with time zone

table scorecards (row security on, forced)
  session_id uuid not null
  draft jsonb not null
  areas jsonb not null
  note text not null default ''::text
  made_by text not null
  made_at timestamp with time zone not null default now()
  edited_by uuid
  edited_at timestamp with time zone
  signed_by uuid
  signed_name text
  signed_at timestamp with time zone

table session_events (row security on, forced)
  session_id uuid not null
  seq bigint not null
  type text not null
  sample bigint
  at timestamp with time zone not null default now()
  data jsonb

table session_files (row security on, forced)
  session_id uuid not null
  path text not null
  version integer not null
  content text
  updated_at timestamp with time zone not null default now()

table sessions (row security on, forced)
  id uuid not null
  owner_id uuid not null
  kind text not null
  status text not null default 'created'::text
  title text not null
  template_id text
  consent_recording boolean not null default false
  created_at timestamp with time zone not null default now()
  started_at timestamp with time zone
  ended_at timestamp with time zone
  end_reason text
  duration_ms bigint not null default 0
  end_requested_at timestamp with time zone
  writer_id text
  writer_epoch integer not null default 0
  lease_expires_at timestamp with time zone
  handover_to text
  event_seq bigint not null default 0
  last_commit uuid
  sample boolean not null default false
  candidate_id uuid
  observer_ids uuid[] not null default '{}'::uuid[]
  autocomplete boolean not null default false

table share_links (row security on, forced)
  id uuid not null
  session_id uuid not null
  token_hash text not null
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  revoked_at timestamp with time zone

table suppressed_segments (row security on, forced)
  session_id uuid not null
  segment_id text not null
  chunk integer not null
  start_sample bigint not null
  end_sample bigint not null
  text text not null
  reason text not null
  metrics jsonb not null default '{}'::jsonb
  restored_at timestamp with time zone

table tickets (row security on, forced)
  token_hash text not null
  session_id uuid not null
  person_id uuid not null
  role text not null
  expires_at timestamp with time zone not null
  used_at timestamp with time zone

table topic_decisions (row security on, forced)
  person_id uuid not null
  topic text not null
  decision text not null
  decided_at timestamp with time zone not null default now()

table transcript_items (row security on, forced)
  session_id uuid not null
  item_id text not null
  revision integer not null
  speaker text not null
  text text not null
  unheard_text text
  start_sample bigint not null
  end_sample bigint not null
  search tsvector generated always as (to_tsvector('english'::regconfig, text)) stored
  position bigint not null
  chunk integer
  superseded boolean not null default false
  words jsonb
  voice integer
  edited_by uuid
  edited_at timestamp with time zone

table transcript_revisions (row security on, forced)
  session_id uuid not null
  item_id text not null
  revision integer not null
  text text not null
  replaced_at timestamp with time zone not null default now()

table transcript_vectors (row security on, forced)
  session_id uuid not null
  item_id text not null
  revision integer not null
  model text not null
  signs bit(512) not null
  embedding real[] not null

table uploads (row security on, forced)
  id uuid not null
  session_id uuid not null
  file_name text not null
  size_bytes bigint not null
  part_size_bytes integer not null
  received_parts integer[] not null default '{}'::integer[]
  state text not null default 'receiving'::text
  failure text
  duration_ms bigint
  decoded_samples bigint not null default 0
  created_at timestamp with time zone not null default now()


-- Constraints

chunk_voices chunk_voices_pkey: PRIMARY KEY (session_id, chunk, voice)
chunk_voices chunk_voices_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
chunk_voices chunk_voices_speech_samples_check: CHECK ((speech_samples >= 0))
chunk_voices chunk_voices_voice_check: CHECK ((voice >= 0))
code_runs code_runs_pkey: PRIMARY KEY (id)
code_runs code_runs_position_check: CHECK (("position" >= 0))
code_runs code_runs_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
code_runs code_runs_status_check: CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'finished'::text])))
file_versions file_versions_pkey: PRIMARY KEY (session_id, path, version)
file_versions file_versions_session_id_path_fkey: FOREIGN KEY (session_id, path) REFERENCES session_files(session_id, path) ON DELETE CASCADE
follow_ups follow_ups_body_check: CHECK (((char_length(body) >= 1) AND (char_length(body) <= 20000)))
follow_ups follow_ups_flow_check: CHECK (((char_length(flow) >= 1) AND (char_length(flow) <= 128)))
follow_ups follow_ups_pkey: PRIMARY KEY (session_id)
follow_ups follow_ups_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
interests interests_confidence_check: CHECK (((confidence >= (0)::double precision) AND (confidence <= (1)::double precision)))
interests interests_pkey: PRIMARY KEY (id)
interests interests_sentiment_check: CHECK ((sentiment = ANY (ARRAY['positive'::text, 'mixed'::text, 'negative'::text])))
interests interests_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
interests interests_status_check: CHECK ((status = ANY (ARRAY['detected'::text, 'confirmed'::text, 'deleted'::text, 'retracted'::text])))
interests interests_topic_check: CHECK (((char_length(topic) >= 1) AND (char_length(topic) <= 120)))
invitations invitations_accepted_by_fkey: FOREIGN KEY (accepted_by) REFERENCES people(id) ON DELETE SET NULL
invitations invitations_kind_check: CHECK ((kind = ANY (ARRAY['candidate'::text, 'observer'::text])))
invitations invitations_pkey: PRIMARY KEY (id)
invitations invitations_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
invitations invitations_token_hash_key: UNIQUE (token_hash)
meeting_chunks meeting_chunks_check: CHECK ((end_sample > start_sample))
meeting_chunks meeting_chunks_chunk_check: CHECK ((chunk >= 0))
meeting_chunks meeting_chunks_pkey: PRIMARY KEY (session_id, chunk)
meeting_chunks meeting_chunks_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
meeting_chunks meeting_chunks_start_sample_check: CHECK ((start_sample >= 0))
meeting_chunks meeting_chunks_state_check: CHECK ((state = ANY (ARRAY['captured'::text, 'transcribing'::text, 'transcribed'::text, 'failed'::text])))
meeting_claims meeting_claims_claim_check: CHECK ((claim >= 1))
meeting_claims meeting_claims_owner_check: CHECK (((char_length(owner) >= 1) AND (char_length(owner) <= 200)))
meeting_claims meeting_claims_pkey: PRIMARY KEY (session_id, claim)
meeting_claims meeting_claims_session_id_fkey: FOREIGN KEY (session_id) REFERENCES meetings(session_id) ON DELETE CASCADE
meeting_gaps meeting_gaps_at_sample_check: CHECK ((at_sample >= 0))
meeting_gaps meeting_gaps_check: CHECK ((to_at >= from_at))
meeting_gaps meeting_gaps_pkey: PRIMARY KEY (session_id, from_at)
meeting_gaps meeting_gaps_reason_check: CHECK ((reason = ANY (ARRAY['stream_away'::text, 'ingest_failed'::text, 'file_damaged'::text])))
meeting_gaps meeting_gaps_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
meeting_notes meeting_notes_made_by_check: CHECK (((char_length(made_by) >= 1) AND (char_length(made_by) <= 120)))
meeting_notes meeting_notes_pkey: PRIMARY KEY (session_id, version)
meeting_notes meeting_notes_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
meeting_notes meeting_notes_version_check: CHECK ((version >= 1))
meeting_speakers meeting_speakers_check: CHECK (((merged_into ~ '^S[0-9]{1,3}$'::text) AND (merged_into <> speaker)))
meeting_speakers meeting_speakers_name_check: CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100)))
meeting_speakers meeting_speakers_pkey: PRIMARY KEY (session_id, speaker)
meeting_speakers meeting_speakers_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
meeting_speakers meeting_speakers_session_id_participant_key: UNIQUE (session_id, participant)
meeting_speakers meeting_speakers_speaker_check: CHECK ((speaker ~ '^S[0-9]{1,3}$'::text))
meeting_spoken meeting_spoken_check: CHECK ((end_sample >= start_sample))
meeting_spoken meeting_spoken_name_check: CHECK ((char_length(name) <= 100))
meeting_spoken meeting_spoken_pkey: PRIMARY KEY (session_id, participant, start_sample)
meeting_spoken meeting_spoken_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
meeting_spoken meeting_spoken_start_sample_check: CHECK ((start_sample >= 0))
meeting_streams meeting_streams_base_sample_check: CHECK ((base_sample >= 0))
meeting_streams meeting_streams_pkey: PRIMARY KEY (session_id, stream)
meeting_streams meeting_streams_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
meeting_streams meeting_streams_stream_check: CHECK ((stream >= 1))
meetings meetings_away_reason_check: CHECK ((away_reason = ANY (ARRAY['stream_away'::text, 'ingest_failed'::text])))
meetings meetings_chunk_samples_check: CHECK (((chunk_samples >= 16000) AND (chunk_samples <= 480000)))
meetings meetings_closing_chunks_check: CHECK ((closing_chunks >= 0))
meetings meetings_external_id_check: CHECK (((char_length(external_id) >= 1) AND (char_length(external_id) <= 200)))
meetings meetings_pkey: PRIMARY KEY (session_id)
meetings meetings_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
meetings meetings_source_check: CHECK ((source = ANY (ARRAY['browser'::text, 'rtmp'::text, 'rtms'::text, 'file'::text])))
meetings meetings_stream_key_hash_key: UNIQUE (stream_key_hash)
people people_name_check: CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)))
people people_pkey: PRIMARY KEY (id)
people people_role_check: CHECK ((role = ANY (ARRAY['candidate'::text, 'learner'::text, 'interviewer'::text, 'admin'::text])))
private_notes private_notes_person_id_fkey: FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
private_notes private_notes_pkey: PRIMARY KEY (session_id, person_id)
private_notes private_notes_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
private_notes private_notes_text_check: CHECK ((char_length(text) <= 20000))
problems problems_definition_check: CHECK ((octet_length((definition)::text) <= 2097152))
problems problems_id_check: CHECK ((id ~ '^own-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text))
problems problems_owner_id_fkey: FOREIGN KEY (owner_id) REFERENCES people(id) ON DELETE CASCADE
problems problems_pkey: PRIMARY KEY (id)
profiles profiles_person_id_fkey: FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
profiles profiles_pkey: PRIMARY KEY (person_id)
profiles profiles_summary_check: CHECK ((array_length(summary, 1) = 512))
profiles profiles_summary_has_model: CHECK (((summary IS NULL) = (summary_model IS NULL)))
profiles profiles_summary_model_check: CHECK (((char_length(summary_model) >= 1) AND (char_length(summary_model) <= 120)))
scorecards scorecards_edited_by_fkey: FOREIGN KEY (edited_by) REFERENCES people(id) ON DELETE SET NULL
scorecards scorecards_made_by_check: CHECK (((char_length(made_by) >= 1) AND (char_length(made_by) <= 120)))
scorecards scorecards_note_check: CHECK ((char_length(note) <= 10000))
scorecards scorecards_pkey: PRIMARY KEY (session_id)
scorecards scorecards_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
scorecards scorecards_signed_by_fkey: FOREIGN KEY (signed_by) REFERENCES people(id) ON DELETE SET NULL
scorecards scorecards_signed_name_check: CHECK ((char_length(signed_name) <= 200))
scorecards scorecards_signed_whole: CHECK (((signed_at IS NULL) = (signed_name IS NULL)))
session_events session_events_pkey: PRIMARY KEY (session_id, seq)
session_events session_events_sample_check: CHECK ((sample >= 0))
session_events session_events_seq_check: CHECK ((seq >= 1))
session_events session_events_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
session_files session_files_content_check: CHECK ((octet_length(content) <= 1048576))
session_files session_files_path_check: CHECK (((char_length(path) >= 1) AND (char_length(path) <= 255)))
session_files session_files_pkey: PRIMARY KEY (session_id, path)
session_files session_files_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
session_files session_files_version_check: CHECK ((version >= 1))
sessions sessions_candidate_id_fkey: FOREIGN KEY (candidate_id) REFERENCES people(id) ON DELETE SET NULL
sessions sessions_duration_ms_check: CHECK ((duration_ms >= 0))
sessions sessions_end_reason_check: CHECK ((end_reason = ANY (ARRAY['ended_by_person'::text, 'ended_by_interviewer'::text, 'ended_by_request'::text, 'idle'::text, 'failed'::text])))
sessions sessions_kind_check: CHECK ((kind = ANY (ARRAY['onboarding'::text, 'code'::text, 'meeting'::text, 'dictation'::text])))
sessions sessions_owner_id_fkey: FOREIGN KEY (owner_id) REFERENCES people(id) ON DELETE CASCADE
sessions sessions_pkey: PRIMARY KEY (id)
sessions sessions_sample_check: CHECK (((NOT sample) OR (kind = 'onboarding'::text)))
sessions sessions_status_check: CHECK ((status = ANY (ARRAY['created'::text, 'live'::text, 'paused'::text, 'processing'::text, 'completed'::text, 'partial'::text, 'failed'::text])))
sessions sessions_title_check: CHECK ((char_length(title) <= 500))
share_links share_links_pkey: PRIMARY KEY (id)
share_links share_links_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
share_links share_links_token_hash_key: UNIQUE (token_hash)
suppressed_segments suppressed_segments_check: CHECK ((end_sample >= start_sample))
suppressed_segments suppressed_segments_pkey: PRIMARY KEY (session_id, segment_id)
suppressed_segments suppressed_segments_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
suppressed_segments suppressed_segments_start_sample_check: CHECK ((start_sample >= 0))
tickets tickets_person_id_fkey: FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
tickets tickets_pkey: PRIMARY KEY (token_hash)
tickets tickets_role_check: CHECK ((role = ANY (ARRAY['participant'::text, 'observer'::text])))
tickets tickets_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
topic_decisions topic_decisions_decision_check: CHECK ((decision = ANY (ARRAY['confirmed'::text, 'deleted'::text])))
topic_decisions topic_decisions_person_id_fkey: FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
topic_decisions topic_decisions_pkey: PRIMARY KEY (person_id, topic)
transcript_items transcript_items_check: CHECK ((end_sample >= start_sample))
transcript_items transcript_items_edited_by_fkey: FOREIGN KEY (edited_by) REFERENCES people(id) ON DELETE SET NULL
transcript_items transcript_items_pkey: PRIMARY KEY (session_id, item_id)
transcript_items transcript_items_revision_check: CHECK ((revision >= 1))
transcript_items transcript_items_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
transcript_items transcript_items_start_sample_check: CHECK ((start_sample >= 0))
transcript_revisions transcript_revisions_pkey: PRIMARY KEY (session_id, item_id, revision)
transcript_revisions transcript_revisions_revision_check: CHECK ((revision >= 1))
transcript_revisions transcript_revisions_session_id_item_id_fkey: FOREIGN KEY (session_id, item_id) REFERENCES transcript_items(session_id, item_id) ON DELETE CASCADE
transcript_vectors transcript_vectors_embedding_check: CHECK ((cardinality(embedding) = 512))
transcript_vectors transcript_vectors_model_check: CHECK (((char_length(model) >= 1) AND (char_length(model) <= 120)))
transcript_vectors transcript_vectors_pkey: PRIMARY KEY (session_id, item_id)
transcript_vectors transcript_vectors_session_id_item_id_fkey: FOREIGN KEY (session_id, item_id) REFERENCES transcript_items(session_id, item_id) ON DELETE CASCADE
uploads uploads_duration_ms_check: CHECK ((duration_ms >= 0))
uploads uploads_file_name_check: CHECK (((char_length(file_name) >= 1) AND (char_length(file_name) <= 255)))
uploads uploads_part_size_bytes_check: CHECK ((part_size_bytes > 0))
uploads uploads_pkey: PRIMARY KEY (id)
uploads uploads_session_id_fkey: FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
uploads uploads_size_bytes_check: CHECK (((size_bytes >= 1) AND (size_bytes <= '4294967296'::bigint)))
uploads uploads_state_check: CHECK ((state = ANY (ARRAY['receiving'::text, 'received'::text, 'decoding'::text, 'done'::text, 'failed'::text])))


-- Indexes

CREATE UNIQUE INDEX chunk_voices_pkey ON public.chunk_voices USING btree (session_id, chunk, voice)
CREATE INDEX code_runs_of_session ON public.code_runs USING btree (session_id, created_at)
CREATE UNIQUE INDEX code_runs_pkey ON public.code_runs USING btree (id)
CREATE UNIQUE INDEX file_versions_pkey ON public.file_versions USING btree (session_id, path, version)
CREATE UNIQUE INDEX follow_ups_pkey ON public.follow_ups USING btree (session_id)
CREATE INDEX interests_of_session ON public.interests USING btree (session_id, created_at)
CREATE UNIQUE INDEX interests_pkey ON public.interests USING btree (id)
CREATE INDEX invitations_of_session ON public.invitations USING btree (session_id, created_at)
CREATE UNIQUE INDEX invitations_pkey ON public.invitations USING btree (id)
CREATE UNIQUE INDEX invitations_token_hash_key ON public.invitations USING btree (token_hash)
CREATE UNIQUE INDEX meeting_chunks_pkey ON public.meeting_chunks USING btree (session_id, chunk)
CREATE INDEX meeting_claims_of_owner ON public.meeting_claims USING btree (owner)
CREATE UNIQUE INDEX meeting_claims_pkey ON public.meeting_claims USING btree (session_id, claim)
CREATE UNIQUE INDEX meeting_gaps_pkey ON public.meeting_gaps USING btree (session_id, from_at)
CREATE UNIQUE INDEX meeting_notes_pkey ON public.meeting_notes USING btree (session_id, version)
CREATE UNIQUE INDEX meeting_speakers_pkey ON public.meeting_speakers USING btree (session_id, speaker)
CREATE UNIQUE INDEX meeting_speakers_session_id_participant_key ON public.meeting_speakers USING btree (session_id, participant)
CREATE UNIQUE INDEX meeting_spoken_pkey ON public.meeting_spoken USING btree (session_id, participant, start_sample)
CREATE UNIQUE INDEX meeting_streams_pkey ON public.meeting_streams USING btree (session_id, stream)
CREATE UNIQUE INDEX meetings_pkey ON public.meetings USING btree (session_id)
CREATE UNIQUE INDEX meetings_stream_key_hash_key ON public.meetings USING btree (stream_key_hash)
CREATE UNIQUE INDEX people_pkey ON public.people USING btree (id)
CREATE UNIQUE INDEX private_notes_pkey ON public.private_notes USING btree (session_id, person_id)
CREATE INDEX problems_of_owner ON public.problems USING btree (owner_id, created_at)
CREATE UNIQUE INDEX problems_pkey ON public.problems USING btree (id)
CREATE UNIQUE INDEX profiles_pkey ON public.profiles USING btree (person_id)
CREATE UNIQUE INDEX scorecards_pkey ON public.scorecards USING btree (session_id)
CREATE UNIQUE INDEX session_events_pkey ON public.session_events USING btree (session_id, seq)
CREATE UNIQUE INDEX session_files_pkey ON public.session_files USING btree (session_id, path)
CREATE INDEX sessions_newest_first ON public.sessions USING btree (owner_id, created_at DESC, id DESC)
CREATE INDEX sessions_of_candidate ON public.sessions USING btree (candidate_id) WHERE (candidate_id IS NOT NULL)
CREATE INDEX sessions_of_template ON public.sessions USING btree (template_id) WHERE (template_id IS NOT NULL)
CREATE INDEX sessions_of_writer ON public.sessions USING btree (writer_id) WHERE (writer_id IS NOT NULL)
CREATE UNIQUE INDEX sessions_pkey ON public.sessions USING btree (id)
CREATE UNIQUE INDEX sessions_sample_being_made ON public.sessions USING btree (owner_id) WHERE (sample AND (ended_at IS NULL))
CREATE INDEX sessions_unfinished ON public.sessions USING btree (lease_expires_at) WHERE (ended_at IS NULL)
CREATE INDEX share_links_of_session ON public.share_links USING btree (session_id, created_at)
CREATE UNIQUE INDEX share_links_pkey ON public.share_links USING btree (id)
CREATE UNIQUE INDEX share_links_token_hash_key ON public.share_links USING btree (token_hash)
CREATE UNIQUE INDEX suppressed_segments_pkey ON public.suppressed_segments USING btree (session_id, segment_id)
CREATE INDEX tickets_expiry ON public.tickets USING btree (expires_at)
CREATE INDEX tickets_of_session ON public.tickets USING btree (session_id)
CREATE UNIQUE INDEX tickets_pkey ON public.tickets USING btree (token_hash)
CREATE UNIQUE INDEX topic_decisions_pkey ON public.topic_decisions USING btree (person_id, topic)
CREATE INDEX transcript_items_of_chunk ON public.transcript_items USING btree (session_id, chunk) WHERE (chunk IS NOT NULL)
CREATE UNIQUE INDEX transcript_items_pkey ON public.transcript_items USING btree (session_id, item_id)
CREATE INDEX transcript_items_search ON public.transcript_items USING gin (search)
CREATE UNIQUE INDEX transcript_revisions_pkey ON public.transcript_revisions USING btree (session_id, item_id, revision)
CREATE UNIQUE INDEX transcript_vectors_pkey ON public.transcript_vectors USING btree (session_id, item_id)
CREATE INDEX uploads_of_session ON public.uploads USING btree (session_id, created_at)
CREATE UNIQUE INDEX uploads_pkey ON public.uploads USING btree (id)


-- Views

view graphql_interests (security_invoker=true): id uuid, session_id uuid, owner_id uuid, topic text, category text, sentiment text, confidence real, confirmed boolean, quote text, created_at text
view graphql_notes (security_invoker=true): id uuid, owner_id uuid, version integer, made_by text, body jsonb, made_at text
view graphql_operations (security_invoker=true): id text, day text, kind text, status text, sessions integer, minutes integer
view graphql_profiles (security_invoker=true): id uuid, name text, role text, created_at text
view graphql_scorecards (security_invoker=true): id uuid, owner_id uuid, areas jsonb, note text, made_by text, made_at text, signed_name text, signed_at text
view graphql_sessions (security_invoker=true): id uuid, owner_id uuid, kind text, status text, title text, template_id text, sample boolean, created_at text, started_at text, ended_at text, end_reason text, duration_ms integer


-- Policies

chunk_voices chunk_voices_owner: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (sessions.owner_id = ( SELECT auth.uid() AS uid))))
chunk_voices chunk_voices_service: for all to spool_service
  using true
  with check true
code_runs code_runs_read: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (((( SELECT auth.uid() AS uid) = sessions.owner_id) OR (( SELECT auth.uid() AS uid) = sessions.candidate_id)) OR (( SELECT auth.uid() AS uid) = ANY (sessions.observer_ids)))))
code_runs code_runs_service: for all to spool_service
  using true
  with check true
code_runs code_runs_start: for insert to authenticated
  with check (session_id IN ( SELECT sessions.id FROM sessions WHERE ((COALESCE(sessions.candidate_id, sessions.owner_id) = ( SELECT auth.uid() AS uid)) AND (sessions.ended_at IS NULL))))
file_versions file_versions_read: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (((( SELECT auth.uid() AS uid) = sessions.owner_id) OR (( SELECT auth.uid() AS uid) = sessions.candidate_id)) OR (( SELECT auth.uid() AS uid) = ANY (sessions.observer_ids)))))
file_versions file_versions_service: for select to spool_service
  using true
file_versions file_versions_write: for insert to authenticated
  with check (session_id IN ( SELECT sessions.id FROM sessions WHERE ((COALESCE(sessions.candidate_id, sessions.owner_id) = ( SELECT auth.uid() AS uid)) AND (sessions.ended_at IS NULL))))
follow_ups follow_ups_read: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (((sessions.owner_id = ( SELECT auth.uid() AS uid)) OR (( SELECT auth.uid() AS uid) = ANY (sessions.observer_ids))) AND (sessions.candidate_id IS DISTINCT FROM ( SELECT auth.uid() AS uid)))))
follow_ups follow_ups_service_read: for select to spool_service
  using true
follow_ups follow_ups_service_write: for insert to spool_service
  with check true
interests interests_graphql: for select to spool_graphql
  using (status = ANY (ARRAY['detected'::text, 'confirmed'::text]))
interests interests_owner: for all to authenticated
  using (EXISTS ( SELECT 1 FROM sessions s WHERE ((s.id = interests.session_id) AND (s.owner_id = ( SELECT auth.uid() AS uid)))))
  with check (EXISTS ( SELECT 1 FROM sessions s WHERE ((s.id = interests.session_id) AND (s.owner_id = ( SELECT auth.uid() AS uid)))))
interests interests_service: for all to spool_service
  using true
  with check true
invitations invitations_owner: for all to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (sessions.owner_id = ( SELECT auth.uid() AS uid))))
  with check ((session_id IN ( SELECT sessions.id FROM sessions WHERE ((sessions.owner_id = ( SELECT auth.uid() AS uid)) AND (sessions.kind = 'code'::text)))) AND (( SELECT spool_role() AS spool_role) = ANY (ARRAY['interviewer'::text, 'admin'::text])))
invitations invitations_service: for all to spool_service
  using true
  with check true
meeting_chunks meeting_chunks_owner: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (sessions.owner_id = ( SELECT auth.uid() AS uid))))
meeting_chunks meeting_chunks_service: for all to spool_service
  using true
  with check true
meeting_claims meeting_claims_service: for all to spool_service
  using true
  with check true
meeting_gaps meeting_gaps_owner: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (sessions.owner_id = ( SELECT auth.uid() AS uid))))
meeting_gaps meeting_gaps_service: for all to spool_service
  using true
  with check true
meeting_notes meeting_notes_graphql: for select to spool_graphql
  using true
meeting_notes meeting_notes_owner: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (sessions.owner_id = ( SELECT auth.uid() AS uid))))
meeting_notes meeting_notes_service: for all to spool_service
  using true
  with check true
meeting_speakers meeting_speakers_add: for insert to authenticated
  with check (session_id IN ( SELECT sessions.id FROM sessions WHERE ((sessions.owner_id = ( SELECT auth.uid() AS uid)) AND (sessions.kind = 'meeting'::text))))
meeting_speakers meeting_speakers_change: for update to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (sessions.owner_id = ( SELECT auth.uid() AS uid))))
meeting_speakers meeting_speakers_owner: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (sessions.owner_id = ( SELECT auth.uid() AS uid))))
meeting_speakers meeting_speakers_service: for all to spool_service
  using true
  with check true
meeting_spoken meeting_spoken_owner: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (sessions.owner_id = ( SELECT auth.uid() AS uid))))
meeting_spoken meeting_spoken_service: for all to spool_service
  using true
  with check true
meeting_streams meeting_streams_owner: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (sessions.owner_id = ( SELECT auth.uid() AS uid))))
meeting_streams meeting_streams_service: for all to spool_service
  using true
  with check true
meetings meetings_owner: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (sessions.owner_id = ( SELECT auth.uid() AS uid))))
meetings meetings_service: for all to spool_service
  using true
  with check true
people people_graphql: for select to spool_graphql
  using (role <> 'candidate'::text)
people people_read_self: for select to authenticated
  using (id = ( SELECT auth.uid() AS uid))
people people_service: for all to spool_service
  using true
  with check true
people people_service_guests: for delete to spool_service
  using (role = 'candidate'::text)
private_notes private_notes_change: for update to authenticated
  using (person_id = ( SELECT auth.uid() AS uid))
  with check (person_id = ( SELECT auth.uid() AS uid))
private_notes private_notes_delete: for delete to authenticated
  using (person_id = ( SELECT auth.uid() AS uid))
private_notes private_notes_read: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE ((sessions.owner_id = ( SELECT auth.uid() AS uid)) OR (( SELECT auth.uid() AS uid) = ANY (sessions.observer_ids)))))
private_notes private_notes_write: for insert to authenticated
  with check ((person_id = ( SELECT auth.uid() AS uid)) AND (( SELECT spool_role() AS spool_role) = ANY (ARRAY['interviewer'::text, 'admin'::text])) AND (session_id IN ( SELECT sessions.id FROM sessions WHERE ((sessions.owner_id = ( SELECT auth.uid() AS uid)) OR (( SELECT auth.uid() AS uid) = ANY (sessions.observer_ids))))))
problems problems_owner: for all to authenticated
  using ((owner_id = ( SELECT auth.uid() AS uid)) AND (( SELECT spool_role() AS spool_role) = ANY (ARRAY['interviewer'::text, 'admin'::text])))
  with check ((owner_id = ( SELECT auth.uid() AS uid)) AND (( SELECT spool_role() AS spool_role) = ANY (ARRAY['interviewer'::text, 'admin'::text])))
problems problems_service: for select to spool_service
  using true
profiles profiles_owner: for all to authenticated
  using (person_id = ( SELECT auth.uid() AS uid))
  with check (person_id = ( SELECT auth.uid() AS uid))
profiles profiles_service: for all to spool_service
  using true
  with check true
scorecards scorecards_change: for update to authenticated
  using ((signed_at IS NULL) AND (( SELECT spool_role() AS spool_role) = ANY (ARRAY['interviewer'::text, 'admin'::text])) AND (session_id IN ( SELECT sessions.id FROM sessions WHERE (((sessions.owner_id = ( SELECT auth.uid() AS uid)) OR (( SELECT auth.uid() AS uid) = ANY (sessions.observer_ids))) AND (sessions.candidate_id IS DISTINCT FROM ( SELECT auth.uid() AS uid))))))
  with check ((edited_by = ( SELECT auth.uid() AS uid)) AND ((signed_by IS NULL) OR (signed_by = ( SELECT auth.uid() AS uid))))
scorecards scorecards_graphql: for select to spool_graphql
  using (signed_at IS NOT NULL)
scorecards scorecards_read: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (((sessions.owner_id = ( SELECT auth.uid() AS uid)) OR (( SELECT auth.uid() AS uid) = ANY (sessions.observer_ids))) AND (sessions.candidate_id IS DISTINCT FROM ( SELECT auth.uid() AS uid)))))
scorecards scorecards_service_read: for select to spool_service
  using true
scorecards scorecards_service_redraft: for update to spool_service
  using ((edited_at IS NULL) AND (signed_at IS NULL))
  with check ((edited_at IS NULL) AND (signed_at IS NULL))
scorecards scorecards_service_write: for insert to spool_service
  with check ((edited_at IS NULL) AND (signed_at IS NULL))
session_events session_events_owner: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (((( SELECT auth.uid() AS uid) = sessions.owner_id) OR (( SELECT auth.uid() AS uid) = sessions.candidate_id)) OR (( SELECT auth.uid() AS uid) = ANY (sessions.observer_ids)))))
session_events session_events_service: for all to spool_service
  using true
  with check true
session_files session_files_change: for update to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE ((COALESCE(sessions.candidate_id, sessions.owner_id) = ( SELECT auth.uid() AS uid)) AND (sessions.ended_at IS NULL))))
session_files session_files_read: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (((( SELECT auth.uid() AS uid) = sessions.owner_id) OR (( SELECT auth.uid() AS uid) = sessions.candidate_id)) OR (( SELECT auth.uid() AS uid) = ANY (sessions.observer_ids)))))
session_files session_files_service: for select to spool_service
  using true
session_files session_files_write: for insert to authenticated
  with check (session_id IN ( SELECT sessions.id FROM sessions WHERE ((COALESCE(sessions.candidate_id, sessions.owner_id) = ( SELECT auth.uid() AS uid)) AND (sessions.ended_at IS NULL))))
sessions sessions_candidate_consent: for update to authenticated
  using (candidate_id = ( SELECT auth.uid() AS uid))
  with check (candidate_id = ( SELECT auth.uid() AS uid))
sessions sessions_graphql: for select to spool_graphql
  using true
sessions sessions_owner: for all to authenticated
  using (owner_id = ( SELECT auth.uid() AS uid))
  with check ((owner_id = ( SELECT auth.uid() AS uid)) AND (( SELECT spool_role() AS spool_role) IS DISTINCT FROM 'candidate'::text))
sessions sessions_participants: for select to authenticated
  using ((candidate_id = ( SELECT auth.uid() AS uid)) OR (( SELECT auth.uid() AS uid) = ANY (observer_ids)))
sessions sessions_service: for all to spool_service
  using true
  with check true
share_links share_links_add: for insert to authenticated
  with check (session_id IN ( SELECT sessions.id FROM sessions WHERE ((sessions.owner_id = ( SELECT auth.uid() AS uid)) AND (sessions.kind = 'meeting'::text))))
share_links share_links_change: for update to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (sessions.owner_id = ( SELECT auth.uid() AS uid))))
share_links share_links_owner: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (sessions.owner_id = ( SELECT auth.uid() AS uid))))
share_links share_links_service: for all to spool_service
  using true
  with check true
suppressed_segments suppressed_segments_owner: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (sessions.owner_id = ( SELECT auth.uid() AS uid))))
suppressed_segments suppressed_segments_service: for all to spool_service
  using true
  with check true
tickets tickets_issue: for insert to authenticated
  with check ((person_id = ( SELECT auth.uid() AS uid)) AND CASE role WHEN 'participant'::text THEN ((session_id IN ( SELECT sessions.id FROM sessions WHERE ((COALESCE(sessions.candidate_id, sessions.owner_id) = ( SELECT auth.uid() AS uid)) AND (NOT sessions.sample)))) AND (NOT (session_id IN ( SELECT m.session_id FROM meetings m WHERE (m.source <> 'browser'::text))))) ELSE ((session_id IN ( SELECT sessions.id FROM sessions WHERE ((sessions.owner_id = ( SELECT auth.uid() AS uid)) AND (sessions.kind = 'meeting'::text)))) OR ((( SELECT spool_role() AS spool_role) = ANY (ARRAY['interviewer'::text, 'admin'::text])) AND (session_id IN ( SELECT sessions.id FROM sessions WHERE ((sessions.owner_id = ( SELECT auth.uid() AS uid)) OR (( SELECT auth.uid() AS uid) = ANY (sessions.observer_ids))))))) END)
tickets tickets_service_play: for insert to spool_service
  with check ((role = 'participant'::text) AND (EXISTS ( SELECT 1 FROM sessions s WHERE ((s.id = tickets.session_id) AND (s.owner_id = tickets.person_id) AND (s.sample OR (s.kind = 'meeting'::text))))))
tickets tickets_service_read: for select to spool_service
  using true
tickets tickets_service_sweep: for delete to spool_service
  using true
tickets tickets_service_use: for update to spool_service
  using true
  with check true
topic_decisions topic_decisions_owner: for all to authenticated
  using (person_id = ( SELECT auth.uid() AS uid))
  with check (person_id = ( SELECT auth.uid() AS uid))
topic_decisions topic_decisions_service: for select to spool_service
  using true
transcript_items transcript_items_correct: for update to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE ((sessions.owner_id = ( SELECT auth.uid() AS uid)) AND (sessions.kind = 'meeting'::text))))
  with check (edited_by = ( SELECT auth.uid() AS uid))
transcript_items transcript_items_owner: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (((( SELECT auth.uid() AS uid) = sessions.owner_id) OR (( SELECT auth.uid() AS uid) = sessions.candidate_id)) OR (( SELECT auth.uid() AS uid) = ANY (sessions.observer_ids)))))
transcript_items transcript_items_service_change: for update to spool_service
  using true
  with check true
transcript_items transcript_items_service_delete: for delete to spool_service
  using (chunk IS NOT NULL)
transcript_items transcript_items_service_read: for select to spool_service
  using true
transcript_items transcript_items_service_write: for insert to spool_service
  with check true
transcript_revisions transcript_revisions_add: for insert to authenticated
  with check (session_id IN ( SELECT sessions.id FROM sessions WHERE ((sessions.owner_id = ( SELECT auth.uid() AS uid)) AND (sessions.kind = 'meeting'::text))))
transcript_revisions transcript_revisions_owner: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (sessions.owner_id = ( SELECT auth.uid() AS uid))))
transcript_revisions transcript_revisions_service: for all to spool_service
  using true
  with check true
transcript_vectors transcript_vectors_owner: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (sessions.owner_id = ( SELECT auth.uid() AS uid))))
transcript_vectors transcript_vectors_service: for all to spool_service
  using true
  with check true
uploads uploads_add: for insert to authenticated
  with check (session_id IN ( SELECT sessions.id FROM sessions WHERE ((sessions.owner_id = ( SELECT auth.uid() AS uid)) AND (sessions.kind = 'meeting'::text))))
uploads uploads_owner: for select to authenticated
  using (session_id IN ( SELECT sessions.id FROM sessions WHERE (sessions.owner_id = ( SELECT auth.uid() AS uid))))
uploads uploads_service: for all to spool_service
  using true
  with check true


-- Grants on tables

chunk_voices to spool_service: delete, insert, select, update
code_runs to authenticated: select
code_runs to spool_service: select
file_versions to authenticated: insert, select
file_versions to spool_service: select
follow_ups to authenticated: select
follow_ups to spool_service: insert, select
graphql_interests to spool_graphql: select
graphql_notes to spool_graphql: select
graphql_operations to spool_graphql: select
graphql_profiles to spool_graphql: select
graphql_scorecards to spool_graphql: select
graphql_sessions to spool_graphql: select
interests to authenticated: select
interests to spool_service: insert, select, update
invitations to spool_service: select
meeting_chunks to authenticated: select
meeting_chunks to spool_service: delete, insert, select, update
meeting_claims to spool_service: delete, insert, select, update
meeting_gaps to authenticated: select
meeting_gaps to spool_service: delete, insert, select, update
meeting_notes to authenticated: select
meeting_notes to spool_service: delete, insert, select, update
meeting_speakers to authenticated: select
meeting_speakers to spool_service: delete, insert, select, update
meeting_spoken to authenticated: select
meeting_spoken to spool_service: delete, insert, select, update
meeting_streams to authenticated: select
meeting_streams to spool_service: delete, insert, select, update
meetings to spool_service: delete, insert, select, update
people to authenticated: select
people to spool_service: delete, insert, select
private_notes to authenticated: delete, insert, select
problems to authenticated: delete, select
problems to spool_service: select
profiles to authenticated: delete, select
profiles to spool_service: insert, select, update
scorecards to spool_service: insert, select
session_events to authenticated: select
session_events to spool_service: insert, select
session_files to authenticated: insert, select
session_files to spool_service: select
sessions to authenticated: delete
sessions to spool_service: select
share_links to spool_service: delete, insert, select, update
suppressed_segments to authenticated: select
suppressed_segments to spool_service: delete, insert, select, update
tickets to spool_service: delete, select
topic_decisions to authenticated: delete, insert, select, update
topic_decisions to spool_service: select
transcript_items to authenticated: select
transcript_items to spool_service: delete, insert, select, update
transcript_revisions to authenticated: select
transcript_revisions to spool_service: delete, insert, select, update
transcript_vectors to authenticated: select
transcript_vectors to spool_service: delete, insert, select, update
uploads to authenticated: select
uploads to spool_service: delete, insert, select, update


-- Grants on columns

code_runs to authenticated: insert (id, session_id, request)
code_runs to spool_service: update (status, position, result, alive_at, finished_at)
interests to authenticated: update (topic, category, sentiment, status, decided_at, updated_at)
interests to spool_graphql: select (id, session_id, topic, category, sentiment, confidence, status, mentions, created_at)
invitations to authenticated: insert (id, session_id, kind, token_hash, expires_at)
invitations to authenticated: select (id, session_id, kind, expires_at, created_at, revoked_at, accepted_at, accepted_by)
invitations to authenticated: update (revoked_at)
invitations to spool_service: update (accepted_at, accepted_by)
meeting_notes to spool_graphql: select (session_id, version, made_by, made_at, body)
meeting_speakers to authenticated: insert (session_id, speaker, name, merged_into)
meeting_speakers to authenticated: update (name, merged_into)
meetings to authenticated: select (session_id, source, external_id, stream_key_expires_at, away_since, chunk_samples, closing_chunks, closing_deadline_at, assembled_at)
people to spool_graphql: select (id, name, role, created_at)
people to spool_service: update (name, role)
private_notes to authenticated: update (text, updated_at)
problems to authenticated: insert (id, owner_id, definition)
problems to authenticated: update (definition, updated_at)
scorecards to authenticated: select (session_id, areas, note, made_by, made_at, edited_by, edited_at, signed_by, signed_name, signed_at)
scorecards to authenticated: update (areas, note, edited_by, edited_at, signed_by, signed_name, signed_at)
scorecards to spool_graphql: select (session_id, areas, note, made_by, made_at, signed_name, signed_at)
scorecards to spool_service: update (draft, areas, made_by, made_at)
session_files to authenticated: update (version, content, updated_at)
sessions to authenticated: insert (id, owner_id, kind, title, template_id, consent_recording, sample, autocomplete)
sessions to authenticated: select (id, owner_id, kind, status, title, template_id, consent_recording, created_at, started_at, ended_at, end_reason, duration_ms, end_requested_at, sample, candidate_id, observer_ids, autocomplete)
sessions to authenticated: update (title, consent_recording, end_requested_at, autocomplete)
sessions to spool_graphql: select (id, owner_id, kind, status, title, template_id, created_at, started_at, ended_at, end_reason, duration_ms, sample)
sessions to spool_service: update (status, started_at, ended_at, end_reason, duration_ms, end_requested_at, writer_id, writer_epoch, lease_expires_at, handover_to, event_seq, last_commit, candidate_id, observer_ids)
share_links to authenticated: insert (id, session_id, token_hash, expires_at)
share_links to authenticated: select (id, session_id, created_at, expires_at, revoked_at)
share_links to authenticated: update (revoked_at)
tickets to authenticated: insert (token_hash, session_id, person_id, role, expires_at)
tickets to spool_service: insert (token_hash, session_id, person_id, role, expires_at)
tickets to spool_service: update (used_at)
transcript_items to authenticated: update (revision, text, edited_by, edited_at)
transcript_revisions to authenticated: insert (session_id, item_id, revision, text)
uploads to authenticated: insert (id, session_id, file_name, size_bytes, part_size_bytes)


-- Functions

CREATE OR REPLACE FUNCTION public.spool_adopt_meeting(of_session uuid, by_owner text, ttl_ms double precision, at_time timestamp with time zone, over_claim integer)
 RETURNS TABLE(claim integer, claimed_at timestamp with time zone)
 LANGUAGE plpgsql
AS $function$
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
$function$
-- may be called by: spool_service

CREATE OR REPLACE FUNCTION public.spool_begin_chunk(of_session uuid, of_chunk integer, by_worker text)
 RETURNS jsonb
 LANGUAGE sql
AS $function$
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
$function$
-- may be called by: spool_service

CREATE OR REPLACE FUNCTION public.spool_candidate_changes()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.owner_id is distinct from auth.uid() and old.candidate_id = auth.uid() then
    new.title := old.title;
    new.end_requested_at := old.end_requested_at;
    new.autocomplete := old.autocomplete;
  elsif old.candidate_id is not null and old.candidate_id is distinct from auth.uid() then
    new.consent_recording := old.consent_recording and new.consent_recording;
  end if;
  return new;
end
$function$
-- may be called by: its owner

CREATE OR REPLACE FUNCTION public.spool_claim_stream(of_session uuid, by_owner text, ttl_ms double precision, at_time timestamp with time zone)
 RETURNS TABLE(claim integer, claimed_at timestamp with time zone)
 LANGUAGE plpgsql
AS $function$
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
$function$
-- may be called by: spool_service

CREATE OR REPLACE FUNCTION public.spool_close_if_settled(of_session uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  expected int;
begin
  update public.meetings m set settled_seq = m.settled_seq + 1 where m.session_id = of_session returning m.closing_chunks into expected;
  if (select count(*) from public.meeting_chunks c where c.session_id = of_session and c.state in ('transcribed', 'failed')) >= expected then
    perform public.spool_enqueue_job('assemble-meeting', of_session::text, jsonb_build_object('sessionId', of_session));
  end if;
end
$function$
-- may be called by: spool_service

CREATE OR REPLACE FUNCTION public.spool_enqueue_job(job_name text, job_key text, payload jsonb, delay_s double precision DEFAULT 0)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
$function$
-- may be called by: spool_service

CREATE OR REPLACE FUNCTION public.spool_fail_chunk(of_session uuid, of_chunk integer, failure_code text, given_up boolean)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  update public.meeting_chunks c set failure = failure_code, worker = null, state = case when c.state = 'transcribed' then c.state when given_up then 'failed' else 'captured' end
  where c.session_id = of_session and c.chunk = of_chunk;
  if found and given_up then
    perform public.spool_close_if_settled(of_session);
  end if;
end
$function$
-- may be called by: spool_service

CREATE OR REPLACE FUNCTION public.spool_job_id(job_name text, job_key text)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select encode(set_byte(set_byte(d, 6, (get_byte(d, 6) & 15) | 128), 8, (get_byte(d, 8) & 63) | 128), 'hex')::uuid
  from (select substring(sha256(convert_to(job_name, 'UTF8') || '\x00'::bytea || convert_to(job_key, 'UTF8')) from 1 for 16) as d) as digest
$function$
-- may be called by: spool_service

CREATE OR REPLACE FUNCTION public.spool_live_item()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.superseded := public.spool_replaced(new.session_id, new.start_sample, new.end_sample);
  return new;
end
$function$
-- may be called by: its owner

CREATE OR REPLACE FUNCTION public.spool_overdue(of_session uuid)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select 1 from public.meetings m where m.session_id = of_session and (m.closing_deadline_at <= now()) is not true) then
    return false;
  end if;
  update public.meeting_chunks c set state = 'failed', failure = coalesce(c.failure, 'chunk.late') where c.session_id = of_session and c.state in ('captured', 'transcribing');
  perform public.spool_close_if_settled(of_session);
  return true;
end
$function$
-- may be called by: spool_service

CREATE OR REPLACE FUNCTION public.spool_pass_dead_claims(of_session uuid, of_claim integer, by_owner text, durable_through bigint)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
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
$function$
-- may be called by: spool_service

CREATE OR REPLACE FUNCTION public.spool_renew_claims(by_owner text, ttl_ms double precision, held jsonb)
 RETURNS TABLE(session_id uuid, claim integer, is_first boolean, is_next boolean, is_last boolean)
 LANGUAGE sql
AS $function$
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
$function$
-- may be called by: spool_service

CREATE OR REPLACE FUNCTION public.spool_replaced(of_session uuid, from_sample bigint, to_sample bigint)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(sum(least(c.owned_to, to_sample) - greatest(c.owned_from, from_sample)), 0) >= greatest(1, to_sample - from_sample - 8000)
  from public.meeting_chunks c
  where c.session_id = of_session and c.state = 'transcribed' and c.owned_from < to_sample and c.owned_to > from_sample
$function$
-- may be called by: spool_service

CREATE OR REPLACE FUNCTION public.spool_request_end()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.end_requested_at is not null or new.end_requested_at is null then
    new.end_requested_at := old.end_requested_at;
    return new;
  end if;
  new.end_requested_at := now();
  if old.ended_at is null and old.writer_epoch = 0 then
    new.status := 'completed';
    new.ended_at := new.end_requested_at;
    new.end_reason := 'ended_by_request';
  end if;
  return new;
end
$function$
-- may be called by: its owner

CREATE OR REPLACE FUNCTION public.spool_role()
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select nullif(current_setting('request.jwt.claims', true), '')::jsonb -> 'app_metadata' ->> 'role'
$function$
-- may be called by: authenticated, spool_service

CREATE OR REPLACE FUNCTION public.spool_settle_chunk(of_session uuid, of_chunk integer, result jsonb)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
$function$
-- may be called by: spool_service

CREATE OR REPLACE FUNCTION public.spool_take_up_chunks(of_worker text)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
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
$function$
-- may be called by: spool_service

CREATE OR REPLACE FUNCTION public.spool_watch_closing(of_session uuid, patience_s double precision)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
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
$function$
-- may be called by: spool_service


-- Aggregates

spool_document(tsvector): tsvector_concat over tsvector, from '', may be called by: authenticated


-- Triggers

CREATE TRIGGER candidate_changes BEFORE UPDATE OF title, end_requested_at, autocomplete, consent_recording ON public.sessions FOR EACH ROW WHEN ((CURRENT_USER <> 'spool_service'::name)) EXECUTE FUNCTION spool_candidate_changes()
CREATE TRIGGER request_end BEFORE UPDATE OF end_requested_at ON public.sessions FOR EACH ROW EXECUTE FUNCTION spool_request_end()
CREATE TRIGGER live_item BEFORE INSERT OR UPDATE OF start_sample, end_sample ON public.transcript_items FOR EACH ROW WHEN (((new.chunk IS NULL) AND (new.edited_at IS NULL))) EXECUTE FUNCTION spool_live_item()
