/** What holds for every store of claims: one sender of a meeting at a time, over all processes, and a queue of those who hold some of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LEASE_MS } from '#domain/meetings/ingest/claims.ts';
import type { ClaimStore, RenewedClaim, StandingClaim, StreamClaim } from '#domain/meetings/ingest/ports.ts';

export interface ClaimsUnderTest {
  store: ClaimStore;
  /** A new meeting that is streamed to us. */
  newMeeting(): Promise<string>;
  /** Time passes where leases are kept. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

const NOW_MS = Date.UTC(2030, 0, 1);
const renewal = ({ sessionId, claim }: StreamClaim, occupied: boolean | null = true): RenewedClaim => ({ sessionId, claim, occupied, heardAtMs: NOW_MS });

export function streamClaimsContract(name: string, open: () => Promise<ClaimsUnderTest>): void {
  describe(`claims of streams (${name})`, () => {
    let claims: ClaimsUnderTest;
    let store: ClaimStore;
    let id: string;
    beforeAll(async () => {
      claims = await open();
      store = claims.store;
    });
    afterAll(() => claims.close());
    beforeEach(async () => {
      id = await claims.newMeeting();
    });
    const claim = async (owner: string): Promise<StreamClaim> => (await store.claimStream(id, owner, NOW_MS))!;
    const standing = async (owner: string, ...held: RenewedClaim[]): Promise<Omit<StandingClaim, 'sessionId'>[]> =>
      (await store.renewClaims(owner, held)).standing.map(({ claim: number, first, next, last }) => ({ claim: number, first, next, last })).toSorted((a, b) => a.claim - b.claim);
    const dead = async (owner: string) => (await store.renewClaims(owner, [])).dead.filter(({ sessionId }) => sessionId === id);

    it('let one sender in, of however many that come at once', async () => {
      const all = await Promise.all(['a', 'b', 'c'].map((owner) => store.claimStream(id, owner, NOW_MS)));
      expect(all.filter((one) => one !== null)).toEqual([{ sessionId: id, claim: 1, claimedAtMs: NOW_MS }]);
    });

    it('refuse a second one everywhere while the first is there, and let it come back to where it was', async () => {
      const own = await claim('a');
      expect(await store.claimStream(id, 'b', NOW_MS)).toBeNull();
      expect(await store.claimStream(id, 'a', NOW_MS + 5)).toEqual(own);
      expect(await store.claimsOf('a')).toContainEqual(own);
      expect(await store.adoptMeeting(id, 'b', NOW_MS, own.claim)).toBeNull();
    });

    it('let it in elsewhere as soon as its connection is said to be gone; what came before goes before', async () => {
      const before = await claim('a');
      expect(await standing('a', renewal(before, null))).toEqual([{ claim: 1, first: true, next: true, last: true }]);
      expect(await store.claimStream(id, 'b', NOW_MS)).toBeNull();
      await standing('a', renewal(before, false));
      const after = await claim('b');
      expect(after.claim).toBe(2);
      expect(await standing('a', renewal(before, false))).toEqual([{ claim: 1, first: true, next: true, last: false }]);
      expect(await standing('b', renewal(after))).toEqual([{ claim: 2, first: false, next: false, last: true }]);
      // Not before its time, and not by anybody else.
      expect(await store.passDeadClaims(after, 'b', 0)).toBe(false);
      expect(await store.passDeadClaims(after, 'c', 0)).toBe(false);
      await store.releaseClaims('b', [before]);
      expect(await standing('b', renewal(after))).toMatchObject([{ first: false }]);
      await store.releaseClaims('a', [before]);
      expect(await standing('b', renewal(after))).toEqual([{ claim: 2, first: true, next: true, last: true }]);
    });

    it('let it in elsewhere as soon as the lease of a dead one has run out, which then holds nothing', async () => {
      const before = await claim('a');
      await claims.pass(LEASE_MS - 1_000);
      expect(await store.claimStream(id, 'b', NOW_MS)).toBeNull();
      await claims.pass(2_000);
      const after = await claim('b');
      expect(await standing('b', renewal(after))).toEqual([{ claim: 2, first: false, next: true, last: true }]);
      expect(await dead('b')).toEqual([{ sessionId: id, claim: 1, handedOver: false, last: false }]);
      expect(await store.passDeadClaims(after, 'b', 0)).toBe(true);
      expect(await standing('a', renewal(before))).toEqual([]);
      expect(await standing('b', renewal(after))).toEqual([{ claim: 2, first: true, next: true, last: true }]);
    });

    it('are kept by one that comes late, if nobody went on without it', async () => {
      const own = await claim('a');
      await claims.pass(LEASE_MS * 3);
      expect(await standing('a', renewal(own))).toMatchObject([{ claim: 1, last: true }]);
      expect(await store.claimStream(id, 'b', NOW_MS)).toBeNull();
    });

    it('go, of a dead process, to one of several that ask', async () => {
      const own = await claim('a');
      await claims.pass(LEASE_MS * 2);
      expect(await dead('b')).toEqual([{ sessionId: id, claim: 1, handedOver: false, last: true }]);
      expect(await dead('a')).toEqual([]);
      const all = await Promise.all(['b', 'c', 'd'].map((owner) => store.adoptMeeting(id, owner, NOW_MS, own.claim)));
      expect(all.filter((one) => one !== null)).toMatchObject([{ claim: 2 }]);
      expect(await dead('e')).toEqual([{ sessionId: id, claim: 1, handedOver: false, last: false }]);
    });

    it('of a meeting that nobody has go to one of several that ask, and to nobody where somebody has it', async () => {
      const all = await Promise.all(['a', 'b'].map((owner) => store.adoptMeeting(id, owner, NOW_MS, null)));
      expect(all.filter((one) => one !== null)).toMatchObject([{ claim: 1 }]);
      expect(await store.adoptMeeting(id, 'c', NOW_MS, null)).toBeNull();
      // Whoever has it may not have heard so.
      const again = await Promise.all(['a', 'b'].map((owner) => store.adoptMeeting(id, owner, NOW_MS + 5, null)));
      expect(again).toEqual(all);
      // Without a sender it stands in nobody's way.
      expect(await claim('c')).toMatchObject({ claim: 2 });
    });

    it('are handed over at once by one that stops, and are its own again when it is started anew', async () => {
      const own = await claim('a');
      await store.handOver('a');
      expect(await dead('b')).toEqual([{ sessionId: id, claim: 1, handedOver: true, last: true }]);
      expect(await store.claimsOf('a')).toContainEqual(own);
      expect(await standing('a', renewal(own))).toMatchObject([{ claim: 1 }]);
      expect(await dead('b')).toEqual([]);
    });

    it('count up: none comes twice, also when all were given back', async () => {
      await store.releaseClaims('a', [await claim('a')]);
      expect(await claim('b')).toMatchObject({ claim: 2 });
    });
  });
}
