/** The three steps as a worker takes them from the state machine: what each is called there, and what its input is. */
import { z } from 'zod';
import { closingActivityArns } from '#domain/meetings/closing-activities.ts';
import type { closingSteps } from './steps.ts';

const checkInput = z.object({ sessionId: z.uuid() });
const stepInput = checkInput.extend({ lastTry: z.boolean() });

export function closingActivities(steps: ReturnType<typeof closingSteps>, stateMachineArn: string): { arn: string; run(input: unknown, signal: AbortSignal): Promise<unknown> }[] {
  const arns = closingActivityArns(stateMachineArn);
  return [
    { arn: arns.CheckChunks, run: async (input) => steps.checkChunks(checkInput.parse(input)) },
    { arn: arns.Assemble, run: async (input, signal) => steps.assemble(stepInput.parse(input), signal) },
    { arn: arns.WriteNotes, run: async (input, signal) => steps.writeNotes(stepInput.parse(input), signal) },
  ];
}
