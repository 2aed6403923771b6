/** What of ECS an environment names; without any, what a laptop has. The SDK is loaded only where it is needed. */
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import { fixedCapacity, unprotected } from '#domain/operations/capacity.ts';
import type { Capacity, ScaleInProtection } from '#domain/operations/capacity.ts';
import { EcsTaskProtection } from './task-protection.ts';

interface EcsSettings {
  SPOOL_ECS_CLUSTER?: string | undefined;
  SPOOL_ECS_REALTIME_SERVICE?: string | undefined;
  SPOOL_ECS_CHUNK_SERVICE?: string | undefined;
  SPOOL_ECS_INGEST_SERVICE?: string | undefined;
  ECS_AGENT_URI?: string | undefined;
}

export async function openCapacity(settings: EcsSettings, parts: { clock: Clock; log: Log }): Promise<Capacity> {
  const services = { realtime: settings.SPOOL_ECS_REALTIME_SERVICE, chunk: settings.SPOOL_ECS_CHUNK_SERVICE, ingest: settings.SPOOL_ECS_INGEST_SERVICE };
  const { SPOOL_ECS_CLUSTER: cluster } = settings;
  if (!cluster || Object.values(services).every((name) => name === undefined)) return fixedCapacity;
  const { EcsCapacity, createEcsClient } = await import('./capacity.ts');
  return new EcsCapacity({ client: createEcsClient(), cluster, services, ...parts });
}

export function openProtection({ ECS_AGENT_URI: agentUri }: EcsSettings, parts: { clock: Clock; log: Log }): ScaleInProtection & { stop(): void } {
  return agentUri ? new EcsTaskProtection({ agentUri, ...parts }) : { ...unprotected, stop() {} };
}
