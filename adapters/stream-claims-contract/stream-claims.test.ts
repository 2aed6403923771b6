import { newId } from '#domain/ids.ts';
import { MemoryClaims } from './memory-claims.ts';
import { streamClaimsContract } from './stream-claims-contract.ts';

streamClaimsContract('memory', async () => {
  let nowMs = 0;
  return { store: new MemoryClaims({ monotonicMs: () => nowMs }), newMeeting: async () => newId(), pass: async (ms) => void (nowMs += ms), close: async () => {} };
});
