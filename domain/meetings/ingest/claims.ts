/**
 * Who of several processes has a meeting. Each lets in any sender with a valid key, writes to a disk of its own what comes, and
 * claims the meeting: a sender that comes back to another process is let in there at once, but what it sends goes into the
 * session after what the one before still has. So claims are a queue. The first feeds, the last says whether the stream is
 * there, and who is both, which is nearly always, has the meeting. Pure: time comes with every call.
 */
import { SILENT_SENDER_MS } from './admit-stream.ts';
import type { DeadClaim, IncomingStream, StreamClaim, StreamStatus } from './ports.ts';

export const RENEW_EVERY_MS = 1_000;
/** A process that has not renewed for this long is taken for dead when a sender comes to another: above three renewals and a database that is started anew. */
export const LEASE_MS = 5_000;
/** Nobody goes on with what it had before it was seen dead for this long: a database that was away makes everybody look dead at first. Above a renewal. */
export const DEAD_FOR_MS = 2_000;
/** A sender that was let in has its file by then, unless it left at once: nginx waits 10 s for the answer that lets it in. */
export const APPEARS_WITHIN_MS = 15_000;

/** A claim as its holder knows it. */
export interface HeldClaim extends StreamClaim {
  /** When a sender was let in that has not appeared yet; null: none is on the way. */
  cameAtMs: number | null;
  first: boolean;
  next: boolean;
  last: boolean;
}

/** The claim under which a stream came: the last that began before it. What lay on the disk before any claim belongs to the first. `claims` of its session, rising. */
export function claimOfStream<C extends StreamClaim>(claims: readonly C[], { publishedAtMs }: IncomingStream): C | null {
  return claims.findLast(({ claimedAtMs }) => claimedAtMs <= publishedAtMs) ?? claims[0] ?? null;
}

/** Whether a second sender is refused everywhere: one is there and was heard a moment ago, or was let in a moment ago. `streams`: those of the claim. */
export function occupation({ cameAtMs }: Pick<HeldClaim, 'cameAtMs'>, streams: readonly (IncomingStream & StreamStatus)[], nowMs: number): { occupied: boolean; heardAtMs: number | null } {
  const heardAtMs = streams.length === 0 ? null : Math.max(...streams.map(({ lastArrivalMs }) => lastArrivalMs));
  const live = streams.filter((stream) => stream.live).map(({ lastArrivalMs }) => lastArrivalMs);
  const signs = cameAtMs === null ? live : [...live, cameAtMs];
  return { occupied: signs.some((atMs) => nowMs - atMs < SILENT_SENDER_MS), heardAtMs };
}

/** Nothing of it is here, and nobody waits for anything of it. `inUse`: it has the meeting, which goes on. */
export function isSpent({ cameAtMs }: HeldClaim, streams: readonly IncomingStream[], inUse: boolean, nowMs: number): boolean {
  return streams.length === 0 && !inUse && (cameAtMs === null || nowMs - cameAtMs >= APPEARS_WITHIN_MS);
}

/** Since when which claims have been seen dead. */
export class DeadWatch {
  #seen = new Map<string, number>();

  /** Of those that are dead now, those that are to be gone on with: handed over, or dead each time they were looked at for `DEAD_FOR_MS`. */
  due<D extends DeadClaim>(dead: readonly D[], nowMs: number): D[] {
    this.#seen = new Map(dead.map((claim) => [nameOf(claim), this.#seen.get(nameOf(claim)) ?? nowMs]));
    return dead.filter((claim) => claim.handedOver || nowMs - this.#seen.get(nameOf(claim))! >= DEAD_FOR_MS);
  }
}

function nameOf({ sessionId, claim }: Pick<StreamClaim, 'sessionId' | 'claim'>): string {
  return `${sessionId}:${claim}`;
}
