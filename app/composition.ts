/** The web app's composition root: what a request needs, made once per process when the first one comes. */
import { pino } from 'pino';
import { chooseAudioStorage } from '#adapters/audio.ts';
import { SocketCodeRunner } from '#adapters/code-runner-socket/socket-client.ts';
import { runnerSocketPath } from '#adapters/code-runner-socket/socket-path.ts';
import { createCognitoSessions } from '#adapters/cognito/account-sessions.ts';
import { createCognitoVerifier } from '#adapters/cognito/token-verifier.ts';
import { openCapacity } from '#adapters/ecs/index.ts';
import { writeDocx } from '#adapters/docx/write-docx.ts';
import { socketQueryReader } from '#adapters/embeddings-socket/socket-client.ts';
import { embedderSocketPath } from '#adapters/embeddings-socket/socket-path.ts';
import { rtmpAvailability } from '#adapters/nginx-rtmp/availability.ts';
import { createLocalTokens } from '#adapters/identity-local/local-tokens.ts';
import { createPartLinks } from '#adapters/identity-local/part-links.ts';
import { signingSecret } from '#adapters/identity-local/secret.ts';
import { createFilesystemProblems } from '#adapters/problems-filesystem/problem-repository.ts';
import { LambdaCodeRunner } from '#adapters/lambda-runner/lambda-runner.ts';
import { deadLettersOf, dropDeadLetter } from '#adapters/pg-boss/dead-letters.ts';
import { enqueueJob } from '#adapters/pg-boss/enqueue.ts';
import { Database } from '#adapters/postgres/database.ts';
import { PostgresInvitationRepository } from '#adapters/postgres/invitation-repository.ts';
import { PostgresFollowUps } from '#adapters/postgres/follow-up-repository.ts';
import { PostgresFileRepository } from '#adapters/postgres/file-repository.ts';
import { PostgresInterestRepository } from '#adapters/postgres/interest-repository.ts';
import { PostgresMeetingRepository } from '#adapters/postgres/meeting-repository.ts';
import { PostgresNotesRepository } from '#adapters/postgres/notes-repository.ts';
import { PostgresProblemRepository } from '#adapters/postgres/problem-repository.ts';
import { PostgresSpeakerRepository } from '#adapters/postgres/speaker-store.ts';
import { PostgresScorecardRepository } from '#adapters/postgres/scorecard-repository.ts';
import { PostgresRunRepository } from '#adapters/postgres/run-repository.ts';
import { PostgresPeopleRepository } from '#adapters/postgres/people-repository.ts';
import { PostgresSessionRepository } from '#adapters/postgres/session-repository.ts';
import { PostgresShareRepository } from '#adapters/postgres/share-repository.ts';
import { PostgresTranscriptIndex } from '#adapters/postgres/transcript-index.ts';
import { PostgresUploads } from '#adapters/postgres/upload-repository.ts';
import { awsSecrets } from '#adapters/secrets/aws-secrets.ts';
import { systemClock } from '#domain/clock.ts';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import type { AccountSignIn } from '#domain/identity/account.ts';
import type { AccountSessions, PeopleRepository, TokenIssuer, TokenVerifier } from '#domain/identity/ports.ts';
import type { CodeContext } from '#domain/code/context.ts';
import type { InterestRepository } from '#domain/interests/ports.ts';
import type { Log } from '#domain/log.ts';
import type { Capacity } from '#domain/operations/capacity.ts';
import type { OperationsContext } from '#domain/operations/dead-letters.ts';
import { RTMP_APPLICATION } from '#domain/meetings/ingest/stream-key.ts';
import type { MeetingContext } from '#domain/meetings/context.ts';
import type { WriteDocx } from '#domain/meetings/exports/ports.ts';
import type { NotesContext } from '#domain/meetings/notes/get-notes.ts';
import type { SearchContext } from '#domain/meetings/search/search.ts';
import type { ShareContext } from '#domain/meetings/share/create-share.ts';
import type { UploadContext } from '#domain/meetings/uploads/context.ts';
import type { FollowUpReader } from '#domain/follow-up/ports.ts';
import type { ScorecardContext } from '#domain/scorecard/context.ts';
import type { AudioLog, SessionRepository } from '#domain/session/ports.ts';
import { accountSignInOf, readAmplifyOutputs } from '../config/account-sign-in.ts';
import { ConfigurationError, loadEnvironment } from '../config/environment.ts';
import type { Environment } from '../config/environment.ts';
import { rtmpUrlElsewhere } from '../config/rtmp-url.ts';
import { ensureOnce } from './_server/authenticate.ts';
import { createRateLimits } from './_server/rate-limits.ts';
import type { RateLimits } from './_server/rate-limits.ts';

export interface Composition {
  environment: Environment;
  clock: Clock;
  log: Log;
  sessions: SessionRepository;
  interests: InterestRepository;
  /** What the code interview's verbs need beyond the rest. */
  code: Pick<CodeContext, 'files' | 'runs' | 'problems' | 'ownProblems' | 'invitations' | 'runner' | 'ceilings'> & Pick<ScorecardContext, 'scorecards'>;
  /** What the verbs of meetings need beyond the rest. */
  meetings: Pick<MeetingContext, 'meetings' | 'streamGraceMs'> & Pick<NotesContext, 'speakers' | 'notes'> & Pick<ShareContext, 'shares'> & Pick<SearchContext, 'search' | 'understandQuery'> & {
    /** @param hostName as this caller reaches the machine */
    rtmp(hostName: string): ReturnType<MeetingContext['rtmp']>;
  };
  /** What LangFlow wrote about interviews. */
  followUps: FollowUpReader;
  writeDocx: WriteDocx;
  /** What the verbs of files that are sent need beyond the rest. */
  uploads: Pick<UploadContext, 'uploads' | 'storage' | 'links'>;
  /** What admins see. */
  operations: Pick<OperationsContext, 'deadLetters'>;
  capacity: Capacity;
  people: PeopleRepository;
  audio: AudioLog;
  verifier: TokenVerifier;
  /** Where people sign in with an account; null: by name. */
  signIn: AccountSignIn | null;
  /** Keeps sign-ins with an account alive; null: by name. */
  accounts: AccountSessions | null;
  /** Null where Cognito issues the tokens. */
  issuer: TokenIssuer | null;
  /** Issues the tokens of candidates, who have no account anywhere. */
  guests: TokenIssuer;
  limits: RateLimits;
  /** Lets the database go. */
  close(): Promise<void>;
}

/** Next may load a route's code more than once; what must exist once hangs on the process. */
const KEY = Symbol.for('spool.composition');
const shared = globalThis as { [KEY]?: Promise<Composition> };

/** What a request needs. A failure is not kept: the next request tries again. */
export function composition(): Promise<Composition> {
  shared[KEY] ??= composeOfSettings().catch((error: unknown) => {
    shared[KEY] = undefined;
    // There is no log without a composition, and nobody but whoever started this can help.
    if (error instanceof ConfigurationError) process.stderr.write(`${error.message}\n`);
    throw error;
  });
  return shared[KEY];
}

async function composeOfSettings(): Promise<Composition> {
  const environment = await loadEnvironment(awsSecrets);
  return compose(environment, { signIn: accountSignInOf(environment, readAmplifyOutputs(environment)) });
}

/** Answers requests of this process with another composition from now on; for tests. */
export function useComposition(other: Composition): void {
  shared[KEY] = Promise.resolve(other);
}

/** Builds everything for an environment. @param parts what to use instead, e.g. a clock, or where people sign in */
export async function compose(environment: Environment, parts: { clock?: Clock; log?: Log; signIn?: AccountSignIn | null } = {}): Promise<Composition> {
  const clock = parts.clock ?? systemClock;
  const log = parts.log ?? pino({ name: 'web', level: environment.SPOOL_LOG_LEVEL, base: { process: 'web' } }, pino.destination({ fd: 2, sync: true }));
  if (!environment.DATABASE_URL) throw new SpoolError('unavailable', 'The web app was started without a database; ./spool up sets DATABASE_URL.');
  const database = new Database({ url: environment.DATABASE_URL, clock, onWarning: (message) => log.warn({}, message) });
  const sound = await chooseAudioStorage(environment, { clock, log });
  return {
    environment,
    clock,
    log,
    sessions: new PostgresSessionRepository(database, enqueueJob),
    interests: new PostgresInterestRepository(database, enqueueJob),
    code: codeOf(environment, database, { clock, log }),
    meetings: {
      meetings: new PostgresMeetingRepository(database, enqueueJob, dropDeadLetter),
      speakers: new PostgresSpeakerRepository(database, enqueueJob),
      notes: new PostgresNotesRepository(database),
      shares: new PostgresShareRepository(database),
      search: new PostgresTranscriptIndex(database),
      understandQuery: socketQueryReader(embedderSocketPath(environment.dataDir), clock),
      async rtmp(hostName) {
        const elsewhere = rtmpUrlElsewhere(environment);
        if (elsewhere !== null) return { url: elsewhere };
        const found = rtmpAvailability(environment.dataDir, clock.nowMs());
        return found.available ? { url: `rtmp://${hostName}:${found.port}/${RTMP_APPLICATION}` } : { url: null, why: `Streams cannot be taken in here: ${found.why} ${found.improve}` };
      },
      streamGraceMs: environment.SPOOL_STREAM_GRACE_SECONDS * 1000,
    },
    followUps: new PostgresFollowUps(database),
    writeDocx,
    uploads: {
      uploads: new PostgresUploads(database, enqueueJob),
      storage: sound.uploads,
      links: createPartLinks(await signingSecret(environment), clock),
    },
    operations: { deadLetters: deadLettersOf(database) },
    capacity: await openCapacity(environment, { clock, log }),
    people: ensureOnce(new PostgresPeopleRepository(database)),
    audio: sound.audio,
    ...(await identityOf(environment, clock, parts.signIn ?? accountSignInOf(environment))),
    limits: createRateLimits(clock),
    close: () => database.close(),
  };
}

async function identityOf(environment: Environment, clock: Clock, signIn: AccountSignIn | null): Promise<Pick<Composition, 'verifier' | 'signIn' | 'accounts' | 'issuer' | 'guests'>> {
  const tokens = createLocalTokens(await signingSecret(environment), clock);
  if (!signIn) return { verifier: tokens, signIn, accounts: null, issuer: tokens, guests: tokens };
  return { verifier: guestsBeside(createCognitoVerifier(signIn), tokens), signIn, accounts: createCognitoSessions({ ...signIn, clock }), issuer: null, guests: tokens };
}

/** Where Cognito knows the people with accounts, our own tokens still let candidates in, and nobody else. */
function guestsBeside(accounts: TokenVerifier, own: TokenVerifier): TokenVerifier {
  return {
    async verify(token) {
      const guest = await own.verify(token).catch(() => null);
      return guest?.role === 'candidate' ? guest : accounts.verify(token);
    },
  };
}

/** Of one person in the function, which has no queue: all that run at once share what is reserved for it, and each costs. */
const RUNS_AT_ONCE = 3;

function codeOf(environment: Environment, database: Database, parts: { clock: Clock; log: Log }): Composition['code'] {
  const { SPOOL_CODE_FUNCTION: functionName } = environment;
  const problems = new PostgresProblemRepository(database, createFilesystemProblems());
  return {
    files: new PostgresFileRepository(database),
    runs: new PostgresRunRepository(database, { atOnce: functionName ? RUNS_AT_ONCE : null }),
    problems,
    ownProblems: problems,
    scorecards: new PostgresScorecardRepository(database),
    invitations: new PostgresInvitationRepository(database),
    runner: functionName ? new LambdaCodeRunner({ functionName, ...parts }) : new SocketCodeRunner(runnerSocketPath(environment.dataDir)),
    ceilings: { wallMsPerCase: environment.SPOOL_EXECUTION_TIMEOUT_MS, memoryMb: environment.SPOOL_EXECUTION_MEMORY_MB },
  };
}
