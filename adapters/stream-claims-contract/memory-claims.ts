/** Claims of streams in memory, for tests of those who go by them. */
import type { Clock } from '#domain/clock.ts';
import { LEASE_MS } from '#domain/meetings/ingest/claims.ts';
import type { ClaimStore, DeadClaim, MeetingWrites, RenewedClaim, StandingClaim, StreamClaim } from '#domain/meetings/ingest/ports.ts';

interface Row extends StreamClaim {
  owner: string;
  leaseMs: number;
  occupied: boolean;
}

export class MemoryClaims implements ClaimStore {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  /** Rising by claim. */
  #rows: Row[] = [];
  readonly #counts = new Map<string, number>();
  /** Not reached: what is asked of it fails. */
  away = false;
  /** Where what dead processes had was found to end. */
  readonly passed: { sessionId: string; claim: number; durableThroughSample: number | null }[] = [];
  /** What was written, by whom; by whoever does not hold the claim, nothing is. */
  readonly written: { owner: string; what: string }[] = [];

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
  }

  async claimStream(sessionId: string, owner: string, nowMs: number): Promise<StreamClaim | null> {
    const latest = this.#latest(sessionId);
    if (latest?.owner === owner) {
      Object.assign(latest, { occupied: true, leaseMs: this.#leaseMs() });
      return bare(latest);
    }
    return latest?.occupied && this.#lives(latest) ? null : this.#add(sessionId, owner, nowMs, true);
  }

  async adoptMeeting(sessionId: string, owner: string, nowMs: number, over: number | null): Promise<StreamClaim | null> {
    const latest = this.#latest(sessionId);
    if (latest?.owner === owner) {
      latest.leaseMs = this.#leaseMs();
      return bare(latest);
    }
    return (latest?.claim ?? null) !== over || (latest && this.#lives(latest)) ? null : this.#add(sessionId, owner, nowMs, false);
  }

  async claimsOf(owner: string): Promise<StreamClaim[]> {
    return this.#rows.filter((row) => row.owner === owner).map(bare);
  }

  async renewClaims(owner: string, held: RenewedClaim[]): Promise<{ standing: StandingClaim[]; dead: DeadClaim[] }> {
    if (this.away) throw new Error('The store is away.');
    const standing = held.flatMap(({ sessionId, claim, occupied }) => {
      const row = this.#row(sessionId, claim, owner);
      if (!row) return [];
      Object.assign(row, { leaseMs: this.#leaseMs(), occupied: occupied ?? row.occupied });
      const earlier = this.#before(row);
      return [{ sessionId, claim, first: earlier.length === 0, next: !earlier.some((other) => this.#lives(other)), last: this.#latest(sessionId) === row }];
    });
    const dead = this.#rows.filter((row) => row.owner !== owner && !this.#lives(row));
    return { standing, dead: dead.map((row) => ({ sessionId: row.sessionId, claim: row.claim, handedOver: row.leaseMs === -Infinity, last: this.#latest(row.sessionId) === row })) };
  }

  async passDeadClaims({ sessionId, claim }: StreamClaim, owner: string, durableThroughSample: number | null): Promise<boolean> {
    const own = this.#row(sessionId, claim, owner);
    if (!own) return false;
    for (const row of this.#rows.filter((other) => other.sessionId === sessionId && other.claim < claim)) {
      if (row.owner === owner || this.#lives(row)) break;
      this.#rows = this.#rows.filter((other) => other !== row);
      this.passed.push({ sessionId, claim: row.claim, durableThroughSample });
    }
    return this.#before(own).length === 0;
  }

  async releaseClaims(owner: string, claims: Pick<StreamClaim, 'sessionId' | 'claim'>[]): Promise<void> {
    const gone = claims.map(({ sessionId, claim }) => this.#row(sessionId, claim, owner));
    this.#rows = this.#rows.filter((row) => !gone.includes(row));
  }

  async handOver(owner: string): Promise<void> {
    for (const row of this.#rows) if (row.owner === owner) Object.assign(row, { leaseMs: -Infinity, occupied: false });
  }

  writesOf({ sessionId, claim }: StreamClaim, owner: string): MeetingWrites {
    const write = async (what: string) => {
      if (this.#row(sessionId, claim, owner)) this.written.push({ owner, what });
    };
    return {
      beginStream: async (_stream, baseSample) => {
        await write('beginStream');
        return { baseSample, ended: false };
      },
      recordSpoken: () => write('recordSpoken'),
      endStream: () => write('endStream'),
      recordGap: () => write('recordGap'),
      setAway: (_id, away) => write(away === null ? 'setHere' : 'setAway'),
      requestEnd: () => write('requestEnd'),
      issueTicket: async () => {
        throw new Error('There are no live sessions here.');
      },
    };
  }

  #add(sessionId: string, owner: string, claimedAtMs: number, occupied: boolean): StreamClaim {
    const claim = (this.#counts.get(sessionId) ?? 0) + 1;
    this.#counts.set(sessionId, claim);
    const row = { sessionId, claim, claimedAtMs, owner, leaseMs: this.#leaseMs(), occupied };
    this.#rows.push(row);
    return bare(row);
  }

  #latest(sessionId: string): Row | null {
    return this.#rows.findLast((row) => row.sessionId === sessionId) ?? null;
  }

  #row(sessionId: string, claim: number, owner: string): Row | undefined {
    return this.#rows.find((row) => row.sessionId === sessionId && row.claim === claim && row.owner === owner);
  }

  #before({ sessionId, claim, owner }: Row): Row[] {
    return this.#rows.filter((row) => row.sessionId === sessionId && row.claim < claim && row.owner !== owner);
  }

  #lives({ leaseMs }: Row): boolean {
    return leaseMs > this.#clock.monotonicMs();
  }

  #leaseMs(): number {
    return this.#clock.monotonicMs() + LEASE_MS;
  }
}

function bare({ sessionId, claim, claimedAtMs }: Row): StreamClaim {
  return { sessionId, claim, claimedAtMs };
}
