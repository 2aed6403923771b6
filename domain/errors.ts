/**
 * The one error type and its catalogue. Each code has a status for REST, words for the person with the next step,
 * and whether trying again can help. `docs/errors.md` lists the same codes; a test compares them.
 */
export interface ErrorEntry {
  status: number;
  title: string;
  /** What to tell the person: what was wrong and what to do. */
  person: string;
  retryable: boolean;
}

export const ERRORS = {
  'request.invalid': { status: 400, title: 'The request is not valid', person: 'Something in the request is not as it should be. The details name the field.', retryable: false },
  'request.not_json': { status: 400, title: 'The body is not JSON', person: 'Send a JSON object with Content-Type: application/json.', retryable: false },
  'request.action_mismatch': { status: 400, title: 'The action does not belong to this address', person: 'Leave "action" out, or send the one that belongs to this address.', retryable: false },
  'request.too_large': { status: 413, title: 'The body is too large', person: 'JSON bodies may have at most 1 MiB.', retryable: false },
  'request.unsupported_media_type': { status: 415, title: 'Unsupported content type', person: 'Send JSON with Content-Type: application/json.', retryable: false },
  'range.not_satisfiable': { status: 416, title: 'Range not satisfiable', person: 'The recording is shorter than the range asked for.', retryable: false },
  'auth.required': { status: 401, title: 'Please sign in', person: 'Sign in and try again.', retryable: false },
  'auth.invalid': { status: 401, title: 'The sign-in is not valid any more', person: 'Sign in again.', retryable: false },
  'auth.forbidden': { status: 403, title: 'Not allowed', person: 'Your role does not allow this. Ask an administrator.', retryable: false },
  'auth.local_only': { status: 403, title: 'Signing in by name works only on this machine', person: 'Open Spool at http://localhost on the machine it runs on, or start it with SPOOL_LOCAL_AUTH=1 to let everybody who reaches it sign in by name.', retryable: false },
  'origin.forbidden': { status: 403, title: 'This website may not use Spool', person: 'Add the website to SPOOL_ALLOWED_ORIGINS.', retryable: false },
  'route.unknown': { status: 404, title: 'No such address', person: 'Check the address; GET /api/openapi.json lists all of them.', retryable: false },
  'route.method': { status: 405, title: 'Method not allowed', person: 'This address does not take that method; the Allow header names those it does.', retryable: false },
  'session.not_found': { status: 404, title: 'No such session', person: 'The session does not exist or is not yours.', retryable: false },
  'session.over': { status: 409, title: 'The session is over', person: 'This session has ended. Start a new one to go on talking.', retryable: false },
  'session.sample': { status: 409, title: 'The session is a sample', person: 'An invented person talks in this session, so nobody else can. Start a session of your own to talk.', retryable: false },
  'recording.not_consented': { status: 404, title: 'There is no recording', person: 'This session was not recorded, because recording was not agreed to.', retryable: false },
  'recording.not_found': { status: 404, title: 'There is no recording', person: 'Nothing was recorded in this session.', retryable: false },
  'interest.not_found': { status: 404, title: 'No such interest', person: 'This session has no such interest; it may have been deleted. Load the list again.', retryable: false },
  'outcome.not_ready': { status: 404, title: 'Not ready yet', person: 'The result of this session is not ready. Try again in a moment.', retryable: true },
  'scorecard.signed': { status: 409, title: 'The scorecard is signed', person: 'This scorecard was signed, so it stays as it is. Write a private note if something is to be added.', retryable: false },
  'workspace.read_only': { status: 403, title: 'You may only look', person: 'The candidate writes and runs the code in this session; the team looks on.', retryable: false },
  'workspace.full': { status: 409, title: 'The workspace is full', person: 'The versions of all files of this session together have reached 256 MB. Nothing that was saved is lost; start a new session to go on.', retryable: false },
  'meeting.no_ingest': { status: 503, title: 'Streams cannot be taken in here', person: 'Taking in streams is off on this machine. ./spool doctor on the server tells what to install.', retryable: false },
  'meeting.fed_elsewhere': { status: 409, title: 'The meeting is fed by a stream or a file', person: 'The sound of this meeting comes from a stream or a file, so nobody else can speak into it. Watch it as an observer.', retryable: false },
  'dead_letter.not_found': { status: 404, title: 'No such failed work', person: 'This work is being tried again already, or is done. Load the list again.', retryable: false },
  'person.not_found': { status: 404, title: 'No such person', person: 'There is nobody with this user_id; leave it out to start a meeting of your own.', retryable: false },
  'chunk.not_failed': { status: 409, title: 'Nothing has failed', person: 'No part of this meeting has failed, so nothing is to be tried again.', retryable: false },
  'chunk.late': { status: 504, title: 'A part was not transcribed in time', person: 'This part of the meeting was not transcribed before the meeting was closed. It follows when the server gets to it; or try it again.', retryable: true },
  'worker.died': { status: 502, title: 'A part could not be transcribed', person: 'The server stopped several times while it transcribed this part. Its sound is kept; try it again.', retryable: true },
  'job.expired': { status: 504, title: 'The work took too long', person: 'This work did not end in the time it has, so it was given up. Try it again; if that happens again, the log of the worker says what it was at.', retryable: true },
  'suppressed.not_found': { status: 404, title: 'No such passage', person: 'There is no such held-back passage in this meeting. Load the list again.', retryable: false },
  'speaker.not_found': { status: 404, title: 'No such speaker', person: 'This meeting has no such speaker; voices may have been told apart anew. Load the list again.', retryable: false },
  'speaker.circle': { status: 409, title: 'The voices would lead in a circle', person: 'That voice was merged into this one already. Part the two first, or merge the other way round.', retryable: false },
  'share.not_valid': { status: 404, title: 'The link is not valid', person: 'The link has expired, was taken back, or was cut off when it was copied. Ask whoever sent it for a new one.', retryable: false },
  'share.not_found': { status: 404, title: 'No such link', person: 'This meeting has no such link. Load the list again.', retryable: false },
  'share.too_many': { status: 409, title: 'Too many links', person: 'This meeting has as many valid links as it may have. Take one back first.', retryable: false },
  'item.not_found': { status: 404, title: 'No such passage', person: 'The transcript has no such passage any more. Load it again.', retryable: false },
  'item.changed': { status: 409, title: 'The passage has changed', person: 'The passage was changed elsewhere in the meantime. Load it again, then correct it.', retryable: false },
  'file.not_found': { status: 404, title: 'No such file', person: 'The workspace has no file of this name. Create it, or list the files.', retryable: false },
  'file.exists': { status: 409, title: 'The file exists already', person: 'Choose another name, or save the existing file instead.', retryable: false },
  'file.too_many': { status: 409, title: 'Too many files', person: 'A workspace may have at most 200 files. Delete one first.', retryable: false },
  'file.version_mismatch': { status: 412, title: 'The file has changed', person: 'The file was saved elsewhere in the meantime. Load it again, then save.', retryable: false },
  'template.not_found': { status: 404, title: 'No such problem', person: 'There is no problem of this name; GET /api/templates lists them.', retryable: false },
  'template.in_use': { status: 409, title: 'The problem is in use', person: 'A session that has not ended works with this problem. End that session first, then delete the problem.', retryable: false },
  'template.too_many': { status: 409, title: 'Too many problems', person: 'You may keep at most 100 problems of your own. Delete one first.', retryable: false },
  'run.not_found': { status: 404, title: 'No such run', person: 'The run does not exist or is not yours.', retryable: false },
  'run.lost': { status: 503, title: 'The run was lost', person: 'The server that ran your code stopped in the middle. Nothing of your code is lost; run it again.', retryable: true },
  'runner.unavailable': { status: 503, title: 'Code cannot be run here', person: 'Running code is off on this machine. ./spool doctor on the server tells what to install.', retryable: false },
  'runner.busy': { status: 503, title: 'Too much code is running', person: 'Many people are running code right now. Try again in a few seconds.', retryable: true },
  'entry_point.ambiguous': { status: 400, title: 'Which function is meant?', person: 'The file has several functions. Name the one to test in entryPoint.', retryable: false },
  'language.missing': { status: 503, title: 'The language is not installed', person: 'This language is not installed on the server. ./spool doctor there tells how to add it.', retryable: false },
  'invitation.not_found': { status: 404, title: 'No such invitation', person: 'This session has no such invitation. Load the list again.', retryable: false },
  'invitation.not_valid': { status: 404, title: 'The invitation is not valid', person: 'The link has expired, was withdrawn, or the interview is over. Ask the person who sent it for a new one.', retryable: false },
  'invitation.taken': { status: 409, title: 'The invitation is in use', person: 'This link was opened in another browser. Go on there, or ask for a new link.', retryable: false },
  'invitation.too_many': { status: 409, title: 'Too many open invitations', person: 'This session has as many open invitations as it may have. Withdraw one first.', retryable: false },
  'invitation.wrong_kind': { status: 409, title: 'Not a code interview', person: 'Only code interviews have invitations.', retryable: false },
  'upload.not_found': { status: 404, title: 'No such upload', person: 'The upload does not exist, was cancelled, or is not yours. Start it again.', retryable: false },
  'upload.wrong_kind': { status: 400, title: 'This kind of file is not taken', person: 'Choose a recording whose name ends in .wav, .mp3, .m4a, .flac, .ogg, .webm, .mp4 or .mkv.', retryable: false },
  'upload.too_large': { status: 413, title: 'The file is too large', person: 'A file may have at most 4 GiB. Save its sound alone (as .m4a or .mp3), or split it.', retryable: false },
  'upload.empty': { status: 422, title: 'There is nothing in the file', person: 'The file holds no sound at all. Check it in a player, then choose another.', retryable: false },
  'upload.no_audio': { status: 422, title: 'There is no sound in the file', person: 'The file has no audio track. Choose the recording that has one.', retryable: false },
  'upload.unreadable': { status: 422, title: 'The file cannot be read', person: 'This is not a recording, or it is damaged. Check it in a player, or save it anew as .m4a, .mp3 or .wav.', retryable: false },
  'upload.damaged': { status: 422, title: 'The file is damaged', person: 'Only a part of the recording could be read. What could be is in the meeting; compare its length with the original.', retryable: false },
  'upload.too_long': { status: 422, title: 'The recording is too long', person: 'A recording may last at most 24 hours. Split it, and make a meeting of each part.', retryable: false },
  'upload.session_taken': { status: 409, title: 'The meeting has its sound already', person: 'A file needs a meeting of its own in which nothing was recorded. Start a new meeting for it.', retryable: false },
  'upload.unfinished': { status: 409, title: 'Another file is on its way', person: 'Another file is being sent to this meeting. Go on with that one, or cancel it first.', retryable: false },
  'upload.incomplete': { status: 409, title: 'Parts are missing', person: 'Some parts of the file have not arrived. Send them, then complete the upload.', retryable: false },
  'upload.taken_in': { status: 409, title: 'The file is in the meeting', person: 'The file is being taken into the meeting, or is there already. End the meeting to stop it, or erase the meeting to remove it.', retryable: false },
  'upload.expired': { status: 410, title: 'The upload was given up', person: 'Nothing was done with this file for a week, so it was removed. Send it again.', retryable: false },
  'upload.link_expired': { status: 403, title: 'The link of this part is not valid any more', person: 'Ask for the upload again: it comes with new links.', retryable: true },
  'upload.part_wrong_size': { status: 400, title: 'The part has the wrong size', person: 'Each part has exactly partSizeBytes, the last one what is left; say so in Content-Length.', retryable: false },
  'upload.part_too_large': { status: 413, title: 'The part is too large', person: 'Each part has exactly partSizeBytes, the last one what is left.', retryable: false },
  'upload.interrupted': { status: 408, title: 'The part did not arrive whole', person: 'The connection broke or was too slow. Send the part again.', retryable: true },
  'upload.disk_full': { status: 507, title: 'The disk is full', person: 'The server has no room for this file. Free space there, then go on: what arrived is kept.', retryable: true },
  'upload.busy': { status: 503, title: 'Many files are arriving', person: 'The server takes many files right now. Try again in a few seconds.', retryable: true },
  'ffmpeg.missing': { status: 503, title: 'ffmpeg is not installed', person: 'Files are read with ffmpeg, which the server does not have. Install it there (apt install ffmpeg, or brew install ffmpeg), then try again: the file is kept.', retryable: false },
  'rate.limited': { status: 429, title: 'Too many requests', person: 'Wait for the time in Retry-After, then try again.', retryable: true },
  'ticket.invalid': { status: 401, title: 'The ticket is not valid', person: 'Ask for a new ticket: each is good once and for one minute.', retryable: false },
  'protocol.malformed': { status: 400, title: 'The message is malformed', person: 'The message does not fit the protocol; the details say where.', retryable: false },
  'protocol.unexpected': { status: 400, title: 'The message is not expected here', person: 'This message cannot be sent at this point of the session.', retryable: false },
  'frame.malformed': { status: 400, title: 'The audio frame is malformed', person: 'An audio frame has a 16-byte header and an even number of bytes after it.', retryable: false },
  'frame.too_large': { status: 413, title: 'The audio frame is too large', person: 'Send at most 200 ms of audio in a frame.', retryable: false },
  'audio.gap': { status: 409, title: 'Audio is missing', person: 'Some audio did not arrive; it is being sent again.', retryable: true },
  'audio.disk_full': { status: 507, title: 'The disk is full', person: 'The server has no room to store audio. Your words are kept in this browser; free space on the server, then go on.', retryable: true },
  'audio.write_failed': { status: 500, title: 'Audio could not be stored', person: 'The server could not store audio. Your words are kept in this browser and are sent again.', retryable: true },
  'stream.too_fast': { status: 429, title: 'Audio arrives too fast', person: 'Wait for acknowledgements before sending more audio.', retryable: true },
  'stream.overloaded': { status: 503, title: 'The server is full', person: 'Too many people are talking right now. Try again in a minute.', retryable: true },
  'lease.lost': { status: 409, title: 'Another server took over', person: 'The session goes on elsewhere; reconnecting.', retryable: true },
  'engine.busy': { status: 503, title: 'The speech engine is busy', person: 'The server is busy. Your words are stored and will be understood in a moment.', retryable: true },
  'engine.superseded': { status: 409, title: 'Replaced by a newer request', person: 'A newer request took the place of this one.', retryable: true },
  'engine.failed': { status: 502, title: 'An engine failed', person: 'Understanding or speaking failed for a moment. Please say it again.', retryable: true },
  'engine.timeout': { status: 504, title: 'An engine took too long', person: 'That took too long. Please say it again.', retryable: true },
  'engine.rejected': { status: 502, title: 'An engine refused the request', person: 'The configured engine refused the request; check its key and model name with ./spool doctor.', retryable: false },
  'engine.missing': { status: 503, title: 'An engine is missing', person: 'A speech engine is not installed. Run ./spool doctor on the server to see which and how to add it.', retryable: false },
  'engine.degraded': { status: 200, title: 'Switched to the local engine', person: 'The remote engine does not answer, so the local one goes on. Nothing was lost.', retryable: true },
  'store.rejected': { status: 502, title: 'The database refused our servers', person: 'The server has no right to write to its database. Whoever runs it: check SUPABASE_URL and SUPABASE_KEY in its settings, and that the database is migrated.', retryable: false },
  'unavailable': { status: 503, title: 'Not available right now', person: 'A part of Spool does not answer. Try again in a moment.', retryable: true },
  'internal': { status: 500, title: 'Something went wrong', person: 'Something went wrong on our side. Nothing you said is lost. Try again, and give the request id if it stays.', retryable: true },
} as const satisfies Record<string, ErrorEntry>;
export type ErrorCode = keyof typeof ERRORS;

export interface FieldProblem {
  /** JSON path, e.g. `$.consent.recording`. */
  path: string;
  message: string;
}

export class SpoolError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  /** Words for the person, with the next step. */
  readonly personMessage: string;
  readonly errors: FieldProblem[] | undefined;
  /** Seconds until a retry makes sense. */
  readonly retryAfterS: number | undefined;
  /** Further machine-readable fields (never text a person said). */
  readonly fields: Record<string, unknown> | undefined;

  /** `message` is for the log: static words, no transcript, no names, no secrets. */
  constructor(
    code: ErrorCode,
    message?: string,
    options: { cause?: unknown; personMessage?: string; errors?: FieldProblem[]; retryAfterS?: number; fields?: Record<string, unknown> } = {},
  ) {
    super(message ?? ERRORS[code].title, { cause: options.cause });
    this.name = 'SpoolError';
    this.code = code;
    this.retryable = ERRORS[code].retryable;
    this.personMessage = options.personMessage ?? ERRORS[code].person;
    this.errors = options.errors;
    this.retryAfterS = options.retryAfterS;
    this.fields = options.fields;
  }
}

/** The error as ours; anything unknown becomes `internal` and says nothing more to the person. */
export function asSpoolError(error: unknown): SpoolError {
  return error instanceof SpoolError ? error : new SpoolError('internal', 'Unexpected error.', { cause: error });
}
