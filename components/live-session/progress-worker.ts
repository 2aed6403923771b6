/**
 * How far an interview has come, calculated beside the page: the interviewer's word rules weigh 27 kB and take a phone up to
 * a second the first time, which is too much for the thread that takes the microphone's frames.
 */
import type { ConversationTurn } from '#domain/interview/ports.ts';
import { progressOf } from '#domain/interview/progress.ts';
import type { SessionKind } from '#domain/session/session.ts';

export interface ProgressQuestion {
  kind: SessionKind;
  turns: ConversationTurn[];
}

addEventListener('message', ({ data: { kind, turns } }: MessageEvent<ProgressQuestion>) => {
  postMessage(progressOf({ sessionId: '', kind, personName: '', turns, elapsedMs: 0 }));
});
