/**
 * What the steps of closing a meeting are called in the cloud, written once: the stack makes activities of these names, the
 * worker that is given the state machine's ARN alone asks for their tasks.
 */

/** A step by its name in workers/closing-workflow/closing-workflow.asl.json (`${CheckChunksArn}` and so on). */
export type ClosingActivity = 'CheckChunks' | 'Assemble' | 'WriteNotes';

/** @param stateMachine its name, at most 60 characters, so that with a suffix it stays within the 80 an activity's may have */
export function closingActivityNames(stateMachine: string): Record<ClosingActivity, string> {
  return { CheckChunks: `${stateMachine}-check-chunks`, Assemble: `${stateMachine}-assemble`, WriteNotes: `${stateMachine}-write-notes` };
}

/** `arn:aws:states:region:account:stateMachine:name`, in any partition. */
export const STATE_MACHINE_ARN = /^(arn:[\w-]+:states:[\w-]+:\d{12}):stateMachine:([\w-]{1,60})$/;

/** The ARNs of the activities beside a state machine. @throws RangeError for what is no ARN of one */
export function closingActivityArns(stateMachineArn: string): Record<ClosingActivity, string> {
  const [, base, name] = STATE_MACHINE_ARN.exec(stateMachineArn) ?? [];
  if (!base || !name) throw new RangeError('Not the ARN of a state machine.');
  const names = closingActivityNames(name);
  const arn = (activity: ClosingActivity) => `${base}:activity:${names[activity]}`;
  return { CheckChunks: arn('CheckChunks'), Assemble: arn('Assemble'), WriteNotes: arn('WriteNotes') };
}

/** One name for one closing, so that asked for twice it runs once: an execution's name has at most 80 characters, this at most 47. */
export function closingName(sessionId: string, settledSeq: number): string {
  return `${sessionId}-${settledSeq}`;
}
