/** Meetings through the real ledger, queue, audio log and database, with engines that answer from a script. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createFilesystemAudioLog } from '#adapters/filesystem/audio-log.ts';
import type { FilesystemAudioLog } from '#adapters/filesystem/audio-log.ts';
import { dropDeadLetter } from '#adapters/pg-boss/dead-letters.ts';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { PgBossWorkQueue } from '#adapters/pg-boss/work-queue.ts';
import { PostgresChunkLedger } from '#adapters/postgres/chunk-ledger.ts';
import { PostgresClosingStore } from '#adapters/postgres/closing-store.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresLiveSessionStore } from '#adapters/postgres/live-session-store.ts';
import { PostgresMeetingRepository } from '#adapters/postgres/meeting-repository.ts';
import { PostgresNotesRepository } from '#adapters/postgres/notes-repository.ts';
import { PostgresPeopleRepository } from '#adapters/postgres/people-repository.ts';
import { PostgresSessionRepository } from '#adapters/postgres/session-repository.ts';
import { PostgresSeamStore } from '#adapters/postgres/seam-store.ts';
import { PostgresSpeakerStore } from '#adapters/postgres/speaker-store.ts';
import { createScriptedTranscriber } from '#adapters/speech-scripted/scripted-transcriber.ts';
import { createScriptedVoiceDetector } from '#adapters/speech-scripted/scripted-voice-detector.ts';
import type { PersonActor } from '#domain/actor.ts';
import { systemClock } from '#domain/clock.ts';
import { newId } from '#domain/ids.ts';
import { silentLog } from '#domain/log.ts';
import type { NotesWriter } from '#domain/meetings/notes/ports.ts';
import type { Diarizer } from '#domain/meetings/speakers/ports.ts';
import type { Transcriber, VoiceDetector } from '#domain/speech/ports.ts';
import { closingSteps } from '#workers/closing-workflow/steps.ts';
import { closingHandlers } from '#workers/handlers/close-meeting.ts';
import { transcribeChunkHandler } from '#workers/handlers/transcribe-chunk.ts';
import { JobRunner } from '#workers/job-runner.ts';
import { startTestDatabase } from './database.ts';

const PIECE_SAMPLES = 160_000;
const PIECES_AT_ONCE = 3;
const WORKER_ID = 'test:/data';

export interface MeetingWorld {
  database: Database;
  audio: FilesystemAudioLog;
  person: PersonActor;
  meetings: PostgresMeetingRepository;
  sessions: PostgresSessionRepository;
  notes: PostgresNotesRepository;
  ledger: PostgresChunkLedger;
  /** The steps of the closing, to be taken by hand. */
  closing: ReturnType<typeof closingSteps>;
  /** An ended meeting with all of `samples` in its audio; of a number of samples without any, or with `repeating` over and over. @returns its id */
  meeting(samples: Int16Array | number, options?: { chunkSamples?: number; recordingConsent?: boolean; repeating?: Int16Array }): Promise<string>;
  /** A worker of its own. */
  worker(engines: { transcriber: Transcriber; voiceDetector: VoiceDetector; diarizer?: Diarizer; writer?: NotesWriter }): Promise<{ stop(): Promise<void> }>;
  close(): Promise<void>;
}

export async function openMeetingWorld(): Promise<MeetingWorld> {
  const server = await startTestDatabase();
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'spool-meeting-'));
  const database = new Database({ url: server.url });
  const audio = createFilesystemAudioLog({ directory: dataDir, clock: systemClock, log: silentLog });
  const person: PersonActor = { kind: 'person', id: newId(), name: 'Ada', role: 'learner' };
  await new PostgresPeopleRepository(database).ensurePerson(person);
  const sessions = new PostgresSessionRepository(database, enqueueJob);
  const live = new PostgresLiveSessionStore(database, enqueueJob);
  const ledger = new PostgresChunkLedger(database);
  const notes = new PostgresNotesRepository(database);
  const runners = new Set<JobRunner>();

  return {
    database,
    audio,
    person,
    sessions,
    ledger,
    notes,
    meetings: new PostgresMeetingRepository(database, enqueueJob, dropDeadLetter),
    closing: closingSteps({
      ledger,
      store: new PostgresClosingStore(database, enqueueJob),
      speakers: new PostgresSpeakerStore(database),
      seams: new PostgresSeamStore(database),
      audio,
      transcriber: createScriptedTranscriber(() => ''),
      voiceDetector: createScriptedVoiceDetector(),
      notes,
      writer: null,
      clock: systemClock,
      log: silentLog,
    }),
    async meeting(samples, { chunkSamples = 480_000, recordingConsent = true, repeating } = {}) {
      const { id } = await sessions.create(person, { id: newId(), kind: 'meeting', title: 'Plans', templateId: null, recordingConsent });
      const lease = (await live.acquireLease(id, 'host:1/a', 60_000)) as { epoch: number };
      const length = typeof samples === 'number' ? samples : samples.length;
      const sound = typeof samples === 'number' ? repeating : samples;
      const writer = await audio.openWriter(id, lease.epoch);
      // A few at once, as the log syncs them together.
      let waiting: Promise<number>[] = [];
      for (let at = 0; sound && at < length; ) {
        const from = at % sound.length;
        const piece = sound.slice(from, Math.min(from + PIECE_SAMPLES, sound.length, from + length - at));
        at += piece.length;
        waiting.push(writer.append(piece));
        if (waiting.length < PIECES_AT_ONCE && at < length) continue;
        await Promise.all(waiting);
        waiting = [];
      }
      await writer.close();
      await live.commit(id, lease.epoch, { status: 'processing', startedAt: 'now', captured: { throughSample: length, chunkSamples }, ended: { reason: 'ended_by_request', durationMs: length / 16 } });
      return id;
    },
    async worker({ transcriber, voiceDetector, diarizer, writer }) {
      const speakers = new PostgresSpeakerStore(database);
      const store = new PostgresClosingStore(database, enqueueJob);
      const runner = new JobRunner({
        queue: new PgBossWorkQueue(database, () => {}),
        handlers: [
          transcribeChunkHandler({ audio, ledger, transcriber, voiceDetector, diarizer: diarizer ?? null, speakers, workerId: WORKER_ID, log: silentLog }),
          ...closingHandlers({ ledger, store, speakers, seams: new PostgresSeamStore(database), audio, transcriber, voiceDetector, notes, writer: writer ?? null, clock: systemClock, log: silentLog }),
        ],
        log: silentLog,
      });
      runners.add(runner);
      await runner.start();
      return {
        async stop() {
          if (runners.delete(runner)) await runner.stop();
        },
      };
    },
    async close() {
      for (const runner of runners) await runner.stop();
      await audio.stop();
      await database.close();
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
