/** A task asks its agent not to be taken away; the agent is a server on loopback. */
import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '#domain/log.ts';
import { holdWhile } from '#domain/operations/capacity.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { EXPIRES_IN_MINUTES, EcsTaskProtection, IDLE_BEFORE_DROPPED_MS, RENEW_AFTER_MS, RETRY_AFTER_MS } from './task-protection.ts';

/** Tells which waits were begun, so that a test can tell an answer that came from one that is awaited. */
class WatchedClock extends ManualClock {
  readonly waits: number[] = [];
  override schedule(delayMs: number, run: () => void): () => void {
    this.waits.push(delayMs);
    return super.schedule(delayMs, run);
  }
}

describe('a task that is in use', () => {
  const on = { ProtectionEnabled: true, ExpiresInMinutes: EXPIRES_IN_MINUTES };
  const off = { ProtectionEnabled: false };
  let clock: WatchedClock;
  let agent: http.Server;
  let protection: EcsTaskProtection;
  let asked: unknown[];
  /** What the agent answers instead of doing it. */
  let refusal: { status: number; body: object } | null;
  beforeEach(async () => {
    clock = new WatchedClock();
    asked = [];
    refusal = null;
    agent = http.createServer((request, response) => {
      void json(request).then((body) => {
        asked.push(request.method === 'PUT' && request.url === '/api/task-protection/v1/state' ? body : `${request.method} ${request.url}`);
        response.writeHead(refusal?.status ?? 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(refusal?.body ?? { protection: { ProtectionEnabled: (body as { ProtectionEnabled: boolean }).ProtectionEnabled, TaskArn: 'arn' } }));
      });
    });
    agent.listen(0, '127.0.0.1');
    await once(agent, 'listening');
    protection = new EcsTaskProtection({ agentUri: `http://127.0.0.1:${(agent.address() as AddressInfo).port}/api`, clock, log: silentLog });
  });
  afterEach(async () => {
    protection.stop();
    agent.closeAllConnections();
    await new Promise((resolve) => agent.close(resolve));
    expect(clock.pending).toBe(0);
  });
  const soon = { timeout: 5_000, interval: 5 };
  /** The agent was asked this, and its answer was taken in: what comes next is awaited. */
  const seen = async (expected: unknown[], nextMs: number) => {
    await expect.poll(() => asked, soon).toEqual(expected);
    await expect.poll(() => clock.waits.at(-1), soon).toBe(nextMs);
  };
  const letGo = async (timers = 0) => {
    await expect.poll(() => asked, soon).toEqual([on, off]);
    await expect.poll(() => clock.pending, soon).toBe(timers);
  };

  test('is kept once for all that use it, and let go a while after the last', async () => {
    const [first, second] = [protection.hold(), protection.hold()];
    await seen([on], RENEW_AFTER_MS);
    first();
    first();
    await clock.advance(IDLE_BEFORE_DROPPED_MS);
    second();
    await clock.advance(IDLE_BEFORE_DROPPED_MS - 1);
    const third = protection.hold();
    await clock.advance(IDLE_BEFORE_DROPPED_MS);
    expect(asked).toEqual([on]);
    third();
    await clock.advance(IDLE_BEFORE_DROPPED_MS);
    await letGo();
  });

  test('is kept anew before its time runs out', async () => {
    expect(RENEW_AFTER_MS + RETRY_AFTER_MS).toBeLessThan(EXPIRES_IN_MINUTES * 60_000);
    protection.hold();
    await seen([on], RENEW_AFTER_MS);
    await clock.advance(RENEW_AFTER_MS);
    await seen([on, on], RENEW_AFTER_MS);
  });

  test.each([
    ['a deployment goes on', { status: 200, body: { failure: { Arn: 'arn', Reason: 'DEPLOYMENT_BLOCKED', Detail: '' } } }],
    ['it may not', { status: 400, body: { error: { Arn: 'arn', Code: 'AccessDeniedException', Message: '' } } }],
    ['the agent is out of order', { status: 500, body: {} }],
  ])('is asked for again when %s', async (_, answer) => {
    refusal = answer;
    protection.hold();
    await seen([on], RETRY_AFTER_MS);
    refusal = null;
    await clock.advance(RETRY_AFTER_MS);
    await seen([on, on], RENEW_AFTER_MS);
  });

  test('is held while there is something to do', async () => {
    let busy = false;
    const end = holdWhile(protection, { clock, log: silentLog }, () => busy);
    await clock.advance(10_000);
    expect(asked).toEqual([]);
    busy = true;
    await clock.advance(2_000);
    await seen([on], RENEW_AFTER_MS);
    busy = false;
    await clock.advance(1_000);
    await clock.advance(IDLE_BEFORE_DROPPED_MS);
    await letGo(1);
    end();
  });
});
