/** What this process holds of which meetings, renewed each second, and what it goes on with because its holder is dead. */
import type { Clock } from '#domain/clock.ts';
import { traceOf } from '#domain/log.ts';
import type { Log } from '#domain/log.ts';
import { repeatedly } from '#domain/repeat.ts';
import { DeadWatch, RENEW_EVERY_MS, claimOfStream, isSpent, occupation } from '#domain/meetings/ingest/claims.ts';
import type { HeldClaim } from '#domain/meetings/ingest/claims.ts';
import type { ClaimStore, DeadClaim, IncomingStream, MeetingWrites, RenewedClaim, StreamClaim, StreamIntake } from '#domain/meetings/ingest/ports.ts';

export interface StreamClaimsOptions {
  /** Whose the streams on this disk are; the same for every process that is started on it. */
  owner: string;
  store: ClaimStore;
  intake: StreamIntake;
  clock: Clock;
  log: Log;
  /** It has a feed for the meeting. */
  inUse: (sessionId: string) => boolean;
  /** Taken up from a dead process, without a sender. */
  onAdopted: (sessionId: string) => Promise<void>;
  /** Others went on without this process, as it was not heard of: what of it lies here belongs nowhere any more. */
  onLost: (sessionId: string, streams: IncomingStream[]) => Promise<void>;
  /** Whose turn it is may have changed. */
  onChange: () => void;
}

/** One meeting as its feed sees it. */
export interface MeetingHold {
  /** Its sound may go into the session now. */
  feeds(stream: IncomingStream): boolean;
  /** Nobody came after this process: it says whether the stream is there. */
  last(): boolean;
  /** Nobody has anything that comes before what is here. */
  first(): boolean;
  /** Only dead processes have, and it is time to go on without them. */
  passable(): boolean;
  /** Goes on without them; what they had is missing after this sample. Null: the session is over. */
  pass(durableThroughSample: number | null): Promise<void>;
  /** Where to write what becomes of the stream; null: of the meeting. */
  writes(stream: IncomingStream | null): MeetingWrites;
  issueTicket(): Promise<string | null>;
}

/** Where nobody else takes in streams. */
export function soleHold(sessionId: string, store: MeetingWrites): MeetingHold {
  return { feeds: () => true, last: () => true, first: () => true, passable: () => false, pass: async () => {}, writes: () => store, issueTicket: () => store.issueTicket(sessionId) };
}

export class StreamClaims {
  readonly #options: StreamClaimsOptions;
  readonly #watch = new DeadWatch();
  /** By session, rising. */
  #held = new Map<string, HeldClaim[]>();
  #due: DeadClaim[] = [];
  #told = '';
  #following = false;
  #vacated = false;
  #renewing: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;
  #cancel = () => {};

  constructor(options: StreamClaimsOptions) {
    this.#options = options;
  }

  /** Takes up what an earlier process on this disk held. @throws SpoolError `unavailable` */
  async start(): Promise<void> {
    for (const claim of await this.#options.store.claimsOf(this.#options.owner)) this.#hold(claim, null);
    await this.#renew();
    this.#cancel = repeatedly(this.#options, RENEW_EVERY_MS, () => this.#renew());
  }

  /** What lies on this disk is known now: what nobody needs is given back, and what is left behind elsewhere is gone on with. */
  follow(): void {
    this.#following = true;
  }

  has(sessionId: string): boolean {
    return this.#held.has(sessionId);
  }

  /** Whether a sender of the meeting may come in here: nobody else's is there. @throws SpoolError `unavailable` */
  async claim(sessionId: string): Promise<boolean> {
    const { store, owner, clock } = this.#options;
    const nowMs = clock.nowMs();
    const claim = this.#vacated ? null : await store.claimStream(sessionId, owner, nowMs);
    if (claim !== null) this.#hold(claim, nowMs);
    return claim !== null;
  }

  /** Takes up a meeting that nobody holds. @throws SpoolError `unavailable` */
  async adopt(sessionId: string, over: number | null = null): Promise<boolean> {
    const { store, owner, clock } = this.#options;
    const claim = this.#vacated ? null : await store.adoptMeeting(sessionId, owner, clock.nowMs(), over);
    if (claim !== null) this.#hold(claim, null);
    return claim !== null;
  }

  /** A sender came or went: others are told at once. */
  look(): void {
    if (!this.#vacated && told(this.#occupied()) !== this.#told) void this.#renew().catch((error: unknown) => this.#options.log.warn(traceOf(error), 'That a sender came or went could not be told; it is told again.'));
  }

  /** No sender is here any more: theirs may come in elsewhere. */
  async vacate(): Promise<void> {
    this.#vacated = true;
    await this.#renew();
  }

  /** Anybody may go on with all of it from now on. */
  async stop(): Promise<void> {
    this.#vacated = true;
    this.#cancel();
    await this.#renewing.catch(() => {});
    await this.#options.store.handOver(this.#options.owner);
  }

  holdOf(sessionId: string): MeetingHold {
    const { store, owner } = this.#options;
    const held = () => this.#held.get(sessionId) ?? [];
    const writes = (claim: StreamClaim | null | undefined) => store.writesOf(claim ?? { sessionId, claim: 0, claimedAtMs: 0 }, owner);
    return {
      feeds: (stream) => claimOfStream(held(), stream)?.first ?? false,
      last: () => held().at(-1)?.last ?? false,
      first: () => held().at(-1)?.first ?? false,
      passable: () => {
        const [claim] = held();
        const before = this.#due.filter((dead) => dead.sessionId === sessionId && dead.claim < (claim?.claim ?? 0));
        return claim !== undefined && !claim.first && claim.next && before.length > 0;
      },
      pass: async (durableThroughSample) => {
        const [claim] = held();
        if (claim) claim.first = await store.passDeadClaims(claim, owner, durableThroughSample);
      },
      writes: (stream) => writes(stream ? claimOfStream(held(), stream) : held().at(-1)),
      issueTicket: () => writes(held()[0]).issueTicket(sessionId),
    };
  }

  /** One after the other; asked for while one runs, another follows. */
  #renew(): Promise<void> {
    this.#next ??= this.#renewing
      .catch(() => {})
      .then(() => {
        this.#next = null;
        return this.#renewOnce();
      });
    return (this.#renewing = this.#next);
  }

  async #renewOnce(): Promise<void> {
    const { store, owner, clock, onChange } = this.#options;
    const sent = this.#all();
    const occupied = this.#occupied();
    const { standing, dead } = await store.renewClaims(owner, occupied);
    this.#told = told(occupied);
    for (const claim of sent) {
      const stands = standing.find(({ sessionId, claim: number }) => sessionId === claim.sessionId && number === claim.claim);
      if (stands) Object.assign(claim, stands);
      else await this.#lose(claim);
    }
    this.#due = this.#watch.due(dead, clock.monotonicMs());
    if (!this.#following) return;
    await this.#release(sent);
    if (!this.#vacated) for (const claim of this.#due) if (claim.last && !this.has(claim.sessionId)) await this.#takeUp(claim);
    onChange();
  }

  async #takeUp({ sessionId, claim }: DeadClaim): Promise<void> {
    if (!(await this.adopt(sessionId, claim))) return;
    this.#options.log.warn({ sessionId }, 'The process that had this meeting is gone; this one goes on with it.');
    await this.#options.onAdopted(sessionId);
  }

  async #lose(claim: HeldClaim): Promise<void> {
    const streams = this.#streamsOf(claim);
    this.#drop([claim]);
    this.#options.log.warn({ sessionId: claim.sessionId, streams: streams.length }, 'Another process went on with this meeting; what of it is left here is dropped.');
    await this.#options.onLost(claim.sessionId, streams);
  }

  async #release(claims: HeldClaim[]): Promise<void> {
    const { store, owner, clock, inUse } = this.#options;
    const spent = claims.filter((claim) => {
      const held = this.#held.get(claim.sessionId) ?? [];
      return held.includes(claim) && isSpent(claim, this.#streamsOf(claim), claim === held.at(-1) && inUse(claim.sessionId), clock.nowMs());
    });
    this.#drop(spent);
    await store.releaseClaims(owner, spent);
  }

  #hold(claim: StreamClaim, cameAtMs: number | null): void {
    const held = this.#held.get(claim.sessionId) ?? [];
    const known = held.find((other) => other.claim === claim.claim);
    if (known) Object.assign(known, { cameAtMs: cameAtMs ?? known.cameAtMs, last: true });
    // The first claim of a meeting has none before it; of others the next renewal tells.
    else held.push({ ...claim, cameAtMs, first: claim.claim === 1, next: claim.claim === 1, last: true });
    this.#held.set(claim.sessionId, held);
  }

  #drop(claims: HeldClaim[]): void {
    for (const claim of claims) {
      const left = (this.#held.get(claim.sessionId) ?? []).filter((other) => other !== claim);
      if (left.length > 0) this.#held.set(claim.sessionId, left);
      else this.#held.delete(claim.sessionId);
    }
  }

  #all(): HeldClaim[] {
    return [...this.#held.values()].flat();
  }

  #occupied(): RenewedClaim[] {
    const nowMs = this.#options.clock.nowMs();
    return this.#all().map((claim) => {
      const streams = this.#streamsOf(claim).map((stream) => ({ ...stream, ...this.#options.intake.status(stream) }));
      // Whom it waited for is there.
      if (streams.some(({ publishedAtMs }) => publishedAtMs >= (claim.cameAtMs ?? Infinity))) claim.cameAtMs = null;
      const { occupied, heardAtMs } = occupation(claim, streams, nowMs);
      return { sessionId: claim.sessionId, claim: claim.claim, occupied: this.#vacated ? false : this.#following ? occupied : null, heardAtMs };
    });
  }

  #streamsOf(claim: HeldClaim): IncomingStream[] {
    const held = this.#held.get(claim.sessionId) ?? [];
    return this.#options.intake.streams().filter((stream) => stream.sessionId === claim.sessionId && claimOfStream(held, stream) === claim);
  }
}

/** What others have to know at once. */
function told(claims: RenewedClaim[]): string {
  return JSON.stringify(claims.map(({ sessionId, claim, occupied }) => [sessionId, claim, occupied]));
}
