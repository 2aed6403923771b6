import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SeamRepair } from '#domain/meetings/seams.ts';
import { startTestDatabase } from '#tests/support/database.ts';
import type { TestDatabase } from '#tests/support/database.ts';
import { CHUNK, SECOND, openLedgerWorld, result } from '#tests/support/ledger-world.ts';
import { PostgresChunkLedger } from './chunk-ledger.ts';
import { Database } from './database.ts';
import { PostgresSeamStore } from './seam-store.ts';

let server: TestDatabase;
let database: Database;
beforeAll(async () => {
  server = await startTestDatabase();
  database = new Database({ url: server.url });
});
afterAll(async () => {
  await database.close();
  await server.close();
});

it('what two runs put together at once counts once', async () => {
  const world = await openLedgerWorld(database);
  const [ledger, seams] = [new PostgresChunkLedger(database), new PostgresSeamStore(database)];
  const { id, end } = await world.meeting();
  await end(60);
  for (const chunk of [0, 1]) await ledger.settle(id, chunk, result(chunk, { speechSamples: 20 * SECOND }));
  const repair: SeamRepair = {
    changed: [],
    removed: [],
    holes: [],
    added: [{ chunk: 1, itemId: 'c1-s31000', text: 'found again', startSample: CHUNK + SECOND * 3, endSample: CHUNK + SECOND * 5 }],
    suppressed: [{ chunk: 0, segmentId: 'c0-s28000', text: 'uh', reason: 'repetition', metrics: {}, startSample: CHUNK - SECOND * 3, endSample: CHUNK - SECOND * 2 }],
  };
  await Promise.all([seams.applySeam(id, repair), seams.applySeam(id, repair)]);
  expect(await seams.settledChunks(id)).toMatchObject([
    { chunk: 0, coveredSamples: SECOND, suppressedSamples: SECOND },
    { chunk: 1, coveredSamples: 3 * SECOND, suppressedSamples: 0 },
  ]);
});
