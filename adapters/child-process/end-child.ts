/** How a child of ours that we speak to over its channel is ended. */
import type { ChildProcess } from 'node:child_process';
import type { Clock } from '#domain/clock.ts';

/** Closes its channel, which it takes as the order to leave; kills it after `graceMs`. Resolves when it is gone; one that is gone already, or never was, is no error. */
export async function endChild(child: ChildProcess | null | undefined, clock: Clock, graceMs: number): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.connected) child.disconnect();
  const cancelKill = clock.schedule(graceMs, () => child.kill('SIGKILL'));
  await exited;
  cancelKill();
}
