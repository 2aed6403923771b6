import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { makeSampleJob } from '#domain/jobs/session-jobs.ts';
import type { SampleScript } from '#domain/sample/learner.ts';
import type { Synthesizer } from '#domain/speech/ports.ts';
import { jobHandler } from '../job.ts';
import type { JobHandler } from '../job.ts';
import type { SampleSessions } from '../ports.ts';
import { holdConversation } from '../sample/hold-conversation.ts';

export interface SampleParts {
  samples: SampleSessions;
  script: SampleScript;
  /** A voice of this machine for as long as the conversation takes. Null: there is none. */
  openVoice: () => (Synthesizer & { stop(): Promise<void> }) | null;
  voiceName: string;
  /** Where the realtime server is. */
  url: string;
  clock: Clock;
}

/**
 * Plays the invented person of a sample in the live session until it is over. Tried again it goes on where the
 * conversation is; when the last try fails too, the sample ends with what there is of it.
 */
export function makeSampleHandler({ samples, openVoice, ...parts }: SampleParts): JobHandler {
  return jobHandler(makeSampleJob, async ({ sessionId }, signal, { lastTry }) => {
    try {
      const turns = await samples.conversation(sessionId);
      if (!turns) return;
      const voice = openVoice();
      if (!voice) throw new SpoolError('engine.missing', 'There is no voice for the invented person of a sample.');
      try {
        await holdConversation({ ...parts, sessionId, turns, voice, signal, ticket: () => samples.issueTicket(sessionId) });
      } finally {
        await voice.stop();
      }
      // Over for good? A server that let go of it, e.g. because another took over, has not ended it.
      if (await samples.conversation(sessionId)) throw new SpoolError('unavailable', 'A sample was left before it was over.');
    } catch (error) {
      if (lastTry) await samples.giveUp(sessionId);
      throw error;
    }
  });
}
