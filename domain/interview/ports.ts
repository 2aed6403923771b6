/** The interviewer as a live session sees it: a stateless voice that continues a conversation it is shown whole. */
import type { Sentiment } from '../interests/interest.ts';
import type { CodeView } from '../code/code-view.ts';
import type { SessionKind } from '../session/session.ts';

export interface ConversationTurn {
  speaker: 'user' | 'agent';
  /** Of an interrupted agent turn, only what was heard. */
  text: string;
  /** What an interrupted agent turn had left to say. */
  unheardText?: string;
  /** The person began this turn by typing. */
  typed?: boolean;
}
export interface Conversation {
  sessionId: string;
  kind: SessionKind;
  /** First name or full name as given at sign-in. */
  personName: string;
  /** All turns so far, oldest first. Empty: the interviewer opens. */
  turns: ConversationTurn[];
  /** Milliseconds since the session started, for closing in time. */
  elapsedMs: number;
  /**
   * Set when something other than an answer is wanted: by a command, or in a code interview because of a run (`remark`) or a
   * long silence (`help`).
   */
  request?: 'skip' | 'repeat' | 'hint' | 'read-problem' | 'time-left' | 'remark' | 'help';
  /** Of a code interview. */
  code?: CodeView;
  /** What the session keeps of the person's interests so far, the surest first; absent where nobody looks for them. */
  interests?: { topic: string; sentiment: Sentiment }[];
}
export interface InterviewerReply {
  /** Text deltas, to be spoken in order. */
  text: AsyncIterable<string>;
  /** Known once `text` is exhausted: the interviewer has said goodbye and the session should end. */
  closes(): boolean;
  /** As above: a hint was given with these words. Absent: to be told from the words. */
  gaveHint?(): boolean;
  /** The version of the prompt a model answered under, to be kept with what it said. */
  promptVersion?(): string | null;
}
export interface Interviewer {
  readonly name: string;
  /** Deterministic under the conversation for offline interviewers. Stops when aborted. @throws SpoolError `engine.*` */
  reply(conversation: Conversation, signal?: AbortSignal): InterviewerReply;
}
