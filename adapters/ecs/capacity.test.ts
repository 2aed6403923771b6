import { DescribeServicesCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { ECSClient } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import { silentLog } from '#domain/log.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { EcsCapacity, WAKING_FOR_MS } from './capacity.ts';

it('somebody who comes while the last task is being taken away waits for the next one', async () => {
  const clock = new ManualClock();
  const service = { status: 'ACTIVE', desiredCount: 0, runningCount: 1 };
  const send = async (command: unknown) => {
    if (command instanceof UpdateServiceCommand) service.desiredCount = command.input.desiredCount!;
    return command instanceof DescribeServicesCommand ? { services: [{ ...service }] } : {};
  };
  const capacity = new EcsCapacity({ client: { send } as unknown as ECSClient, cluster: 'spool-main', services: { realtime: 'realtime' }, clock, log: silentLog });
  expect(await capacity.wakeRealtime()).toBe('waking');
  expect(service.desiredCount).toBe(1);
  service.runningCount = 0;
  await clock.advance(WAKING_FOR_MS);
  expect(await capacity.wakeRealtime()).toBe('waking');
  service.runningCount = 1;
  await clock.advance(WAKING_FOR_MS);
  expect(await capacity.wakeRealtime()).toBe('awake');
});
