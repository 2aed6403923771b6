/** What running code and keeping a workspace need. */
import type { PersonActor } from '../actor.ts';
import type { FileSummary, WorkspaceFile } from './file.ts';
import type { Invitation, InvitationKind } from './invitation.ts';
import type { ListedRun } from './list-runs.ts';
import type { Problem, Signature } from './problem.ts';
import type { FileVersion } from './replay.ts';
import type { Comparison, Language, RunResult, TestResult } from './run.ts';

/** One run as a runner gets it: everything is here, it asks nobody. */
export interface RunRequest {
  runId: string;
  /** Runs of one session queue behind each other, sessions take turns. */
  sessionId: string;
  language: Language;
  /** Paths relative to the working directory, already checked; contents are UTF-8. */
  files: { path: string; content: string }[];
  fileName: string;
  /** Absent: the file runs as a program. */
  tests?: {
    /** Camel case; resolved before, or null: the runner resolves it by the contract's rule. */
    entryPoint: string | null;
    /** The template's, where there is one: maps values that the code's own signature leaves open, and names the function. */
    signature?: Signature;
    /** Expected values never enter the sandbox. */
    cases: { name: string; input: unknown[]; expected: unknown; compare: Comparison; hidden: boolean }[];
  };
  stdin?: string;
  args?: string[];
  limits: { wallMsPerCase: number; wallMsPerRun: number; memoryMb: number; outputBytes: number; processes: number; diskBytes: number };
}

export type RunProgress =
  | { type: 'queued'; position: number }
  | { type: 'compiling' }
  | { type: 'running' }
  /** Text as it comes, valid UTF-8, bounded by the output limit. */
  | { type: 'output'; stream: 'stdout' | 'stderr'; text: string }
  | { type: 'test'; result: TestResult };

export interface RunnerDescription {
  /** Which languages work, with their version; which do not, and what to install. */
  languages: { language: Language; version: string | null; missing: string | null }[];
  enforcement: RunResult['enforcement'] | null;
  /** Null: it runs. Otherwise why it does not, and what to do. */
  unavailable: string | null;
}

export interface CodeRunner {
  readonly name: string;
  describe(): Promise<RunnerDescription>;
  /**
   * Whatever the program does is a result, never a rejection. Aborting kills everything the run started.
   * @throws SpoolError `runner.unavailable` | `runner.busy` | `entry_point.ambiguous` | `language.missing`
   */
  run(request: RunRequest, onProgress: (progress: RunProgress) => void, signal?: AbortSignal): Promise<RunResult>;
}

/** What a file must be at before it is changed: any state, any existing version, or one of these versions. */
export type ExpectedVersion = 'any' | 'existing' | number[];

/** Every method acts as the person, under row-level security. Null: no such file. @throws SpoolError `workspace.read_only` for who may only look */
export interface FileRepository {
  list(actor: PersonActor, sessionId: string): Promise<FileSummary[]>;
  read(actor: PersonActor, sessionId: string, path: string): Promise<WorkspaceFile | null>;
  create(actor: PersonActor, sessionId: string, path: string, content: string, maxFiles: number): Promise<WorkspaceFile | 'exists' | 'too_many'>;
  update(actor: PersonActor, sessionId: string, path: string, content: string, expected: ExpectedVersion): Promise<WorkspaceFile | 'mismatch' | null>;
  remove(actor: PersonActor, sessionId: string, path: string, expected: ExpectedVersion): Promise<'deleted' | 'mismatch' | null>;
  /** All files with their contents, by path: what a run gets to see. */
  readAll(actor: PersonActor, sessionId: string): Promise<WorkspaceFile[]>;
  /** Every version, oldest first; `after`: `next` of the page before. A page has one version at least if there is one. @throws SpoolError `request.invalid` */
  versions(actor: PersonActor, sessionId: string, page: { after: string | null; limit: number; maxChars: number }): Promise<{ versions: FileVersion[]; next: string | null }>;
}

/** Problems, whole: the built-in ones and those that interviewers added. Whoever asks for a person gives out `publicPart` alone. */
export interface ProblemRepository {
  /** All built-in ones, and the actor's own. */
  list(actor: PersonActor): Promise<Problem[]>;
  /** Somebody else's only if its owner uses it in a session that the actor may see. */
  get(actor: PersonActor, templateId: string): Promise<Problem | null>;
}

/** The problems an interviewer added. Every method acts as the person, under row-level security. */
export interface OwnProblemRepository {
  create(actor: PersonActor, problem: Problem, maxProblems: number): Promise<'created' | 'too_many'>;
  read(actor: PersonActor, templateId: string): Promise<Problem | null>;
  /** False: there is none of this id. */
  update(actor: PersonActor, problem: Problem): Promise<boolean>;
  /** `in_use`: a session that has not ended works with it. */
  remove(actor: PersonActor, templateId: string): Promise<'deleted' | 'in_use' | null>;
}

/** What was asked for, without the code: kept with the run. */
export interface RunRecordRequest {
  fileName: string;
  language: Language;
  tests: 'visible' | 'all' | 'own' | null;
  /** The versions of the files it saw. */
  versions: Record<string, number>;
}
export interface RunRecord {
  id: string;
  sessionId: string;
  status: 'queued' | 'running' | 'finished';
  position: number | null;
  result: RunResult | null;
  /** Nobody has moved it for longer than any run takes: its process is gone. */
  lost: boolean;
}
export interface RunRepository {
  /** As whoever writes code in the session. Also writes the event `run.started`. @throws SpoolError `workspace.read_only` | `runner.busy` */
  start(actor: PersonActor, sessionId: string, runId: string, request: RunRecordRequest): Promise<void>;
  /** As a service, since the run outlives the request: status and events (`run.output`, `run.test`, `run.finished`) of a run that was started. */
  progress(runId: string, change: { status?: 'queued' | 'running'; position?: number; events?: { type: string; data: unknown }[] }): Promise<void>;
  finish(runId: string, result: RunResult, events: { type: string; data: unknown }[]): Promise<void>;
  get(actor: PersonActor, runId: string): Promise<RunRecord | null>;
  /** Oldest first; of more than `limit` the newest. */
  list(actor: PersonActor, sessionId: string, limit: number): Promise<ListedRun[]>;
}

/** Who was let into a session. `find` and `accept` act for whoever holds the secret; all others as the person. */
export interface InvitationRepository {
  create(
    actor: PersonActor,
    input: { id: string; sessionId: string; kind: InvitationKind; tokenHash: string; expiresAtMs: number; maxOpen: number },
  ): Promise<Invitation | 'too_many' | null>;
  list(actor: PersonActor, sessionId: string): Promise<Invitation[]>;
  revoke(actor: PersonActor, sessionId: string, invitationId: string): Promise<boolean>;
  /** Null: unknown, expired, revoked, or the session is over. */
  find(tokenHash: string): Promise<{ kind: InvitationKind; sessionId: string; title: string; templateId: string | null } | null>;
  /** What a link leads to and whether it still does, whoever asks; `acceptedBy` is a person's id. Null: there is no such link. */
  look(tokenHash: string): Promise<{ kind: InvitationKind; state: 'open' | 'expired' | 'revoked' | 'over'; acceptedBy: string | null; ownerId: string; invitedBy: string; title: string; templateId: string | null } | null>;
  /** `taken`: somebody else is the candidate. The same person may accept again. Consent is the candidate's. */
  accept(tokenHash: string, person: PersonActor, recordingConsent: boolean): Promise<{ sessionId: string } | 'taken' | null>;
  notes(actor: PersonActor, sessionId: string): Promise<{ mine: boolean; text: string; updatedAt: string }[]>;
  saveNote(actor: PersonActor, sessionId: string, text: string): Promise<void>;
}

/** What the interviewer reads of a session's workspace. */
export interface Workspace {
  problem: Problem | null;
  /** The file with code that was saved last. */
  file: { path: string; version: number; language: Language; content: string } | null;
  /** The most characters, in lines it did not have before, that came into that file from one version to the next. */
  largestPasteChars: number;
}
/** As a service, for a live session. Null: no such session. */
export interface WorkspaceReader {
  read(sessionId: string): Promise<Workspace | null>;
}
