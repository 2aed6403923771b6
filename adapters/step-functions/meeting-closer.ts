/** Meetings closed by a state machine: each closing is an execution of its own name, so that asked for twice it runs once. */
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SpoolError } from '#domain/errors.ts';
import type { MeetingCloser } from '#domain/meetings/closing.ts';
import { closingName } from '#domain/meetings/closing-activities.ts';

/** A poll for a task is held for up to 60 s (GetActivityTask); five more, as its documentation asks for. */
const REQUEST_TIMEOUT_MS = 65_000;

/** Region, credentials and another address come from the environment, as the SDK reads them. */
export function createStepFunctionsClient(): SFNClient {
  return new SFNClient({ requestHandler: { requestTimeout: REQUEST_TIMEOUT_MS, throwOnRequestTimeout: true } });
}

export class StepFunctionsMeetingCloser implements MeetingCloser {
  readonly #client: SFNClient;
  readonly #stateMachineArn: string;

  constructor(client: SFNClient, stateMachineArn: string) {
    this.#client = client;
    this.#stateMachineArn = stateMachineArn;
  }

  /** Resolves once the execution exists. @throws SpoolError `unavailable` */
  async start({ sessionId, settledSeq }: { sessionId: string; settledSeq: number }, signal?: AbortSignal): Promise<void> {
    try {
      await this.#client.send(new StartExecutionCommand({ stateMachineArn: this.#stateMachineArn, name: closingName(sessionId, settledSeq), input: JSON.stringify({ sessionId }) }), { abortSignal: signal });
    } catch (error) {
      // Of the same name, so of the same closing: it runs, or is over.
      if (error instanceof ExecutionAlreadyExists) return;
      throw new SpoolError('unavailable', 'The closing of a meeting could not be handed to Step Functions.', { cause: error });
    }
  }
}
