/**
 * Keeps ECS from taking this task away while it is in use, by the endpoint of its agent: PUT $ECS_AGENT_URI/task-protection/
 * v1/state. Given for a while and renewed, so that a process that hangs does not hold its task for ever.
 */
import { z } from 'zod';
import type { Clock } from '#domain/clock.ts';
import { SpoolError } from '#domain/errors.ts';
import { traceOf } from '#domain/log.ts';
import type { Log } from '#domain/log.ts';
import type { ScaleInProtection } from '#domain/operations/capacity.ts';

/** From 1 to 2880 minutes may be asked for. */
export const EXPIRES_IN_MINUTES = 20;
/** Half of it: one renewal that fails is tried again in time. */
export const RENEW_AFTER_MS = 10 * 60_000;
/** Between one job and the next, protection is not given up. */
export const IDLE_BEFORE_DROPPED_MS = 30_000;
export const RETRY_AFTER_MS = 5_000;
const ANSWER_WITHIN_MS = 4_000;

/** Without `protection` it says why not in `failure` or `error`, e.g. that a deployment goes on. */
const answerSchema = z.object({ protection: z.object({ ProtectionEnabled: z.boolean() }).optional(), failure: z.object({ Reason: z.string() }).optional(), error: z.object({ Code: z.string() }).optional() });

export class EcsTaskProtection implements ScaleInProtection {
  readonly #url: string;
  readonly #clock: Clock;
  readonly #log: Log;
  #holders = 0;
  #wanted = false;
  #asking = false;
  #given = false;
  #stopped = false;
  #cancelIdle = () => {};
  #cancelNext = () => {};

  constructor(parts: { agentUri: string; clock: Clock; log: Log }) {
    this.#url = `${parts.agentUri}/task-protection/v1/state`;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  hold(): () => void {
    this.#holders += 1;
    this.#cancelIdle();
    this.#want(true);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holders -= 1;
      if (this.#holders === 0) this.#cancelIdle = this.#clock.schedule(IDLE_BEFORE_DROPPED_MS, () => this.#want(false));
    };
  }

  /** Asks for nothing any more; the task is on its way out. */
  stop(): void {
    this.#stopped = true;
    this.#cancelIdle();
    this.#cancelNext();
  }

  #want(wanted: boolean): void {
    if (this.#stopped || this.#wanted === wanted) return;
    this.#wanted = wanted;
    void this.#ask();
  }

  /** One request at a time; what is wanted by then is asked for next. */
  async #ask(): Promise<void> {
    if (this.#asking || this.#stopped) return;
    this.#asking = true;
    this.#cancelNext();
    const asked = this.#wanted;
    try {
      await this.#put(asked);
      this.#given = asked;
    } catch (error) {
      this.#log.warn({ wanted: asked, ...traceOf(error) }, 'ECS was asked in vain whether this task may be taken away; it is asked again.');
      this.#next(RETRY_AFTER_MS);
      return;
    } finally {
      this.#asking = false;
    }
    if (this.#given !== this.#wanted) await this.#ask();
    else if (this.#given) this.#next(RENEW_AFTER_MS);
  }

  #next(afterMs: number): void {
    if (!this.#stopped) this.#cancelNext = this.#clock.schedule(afterMs, () => void this.#ask());
  }

  async #put(enabled: boolean): Promise<void> {
    const late = new AbortController();
    const cancel = this.#clock.schedule(ANSWER_WITHIN_MS, () => late.abort());
    try {
      const body = JSON.stringify({ ProtectionEnabled: enabled, ...(enabled ? { ExpiresInMinutes: EXPIRES_IN_MINUTES } : {}) });
      const response = await fetch(this.#url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body, signal: late.signal });
      const { protection, failure, error } = answerSchema.parse(await response.json());
      if (protection?.ProtectionEnabled !== enabled) throw new SpoolError('unavailable', 'ECS did not do it.', { cause: new Error(failure?.Reason ?? error?.Code ?? String(response.status)) });
    } finally {
      cancel();
    }
  }
}
