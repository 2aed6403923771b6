import { describe, expect, it } from 'vitest';
import { PING_INTERVAL_MS } from '../components/live-session/stream-client.ts';
import { MAX_INGEST_TASKS } from '../domain/operations/capacity.ts';
import { environmentOf, sizing } from './sizing.ts';

const of = (type: string, name: string) => sizing({ type, name });

describe('The environments', () => {
  it.each([
    ['sandbox', 'ada', 'sandbox'],
    // Somebody called main has a sandbox, not production.
    ['sandbox', 'main', 'sandbox'],
    ['branch', 'dev', 'development'],
    ['branch', 'feature/captions', 'development'],
    ['branch', 'mainline', 'development'],
    ['branch', 'staging', 'staging'],
    ['branch', 'main', 'main'],
    ['standalone', 'main', 'main'],
    ['standalone', 'try', 'development'],
    // Names that objects have by themselves are branches like any other.
    ['branch', 'constructor', 'development'],
    ['branch', '__proto__', 'development'],
  ])('a %s called %s is %s', (type, name, environment) => {
    expect(environmentOf({ type, name })).toBe(environment);
    expect(of(type, name).environment).toBe(environment);
  });

  it('says what to start when the command line named none it knows', () => {
    for (const type of ['', 'Sandbox', 'pipeline']) expect(() => of(type, 'main')).toThrow(/ampx sandbox/);
  });

  it('has one answer for one context', () => {
    expect(of('branch', 'main')).toEqual(of('branch', 'main'));
  });
});

describe('The sizes', () => {
  const staging = of('branch', 'staging').deployed!;
  const main = of('branch', 'main').deployed!;

  it.each([
    ['sandbox', 'ada'],
    ['branch', 'dev'],
    ['branch', 'pr-12'],
  ])('a %s called %s is sign-in and data, and not one thing that costs by the hour', (type, name) => {
    expect(of(type, name)).toMatchObject({ deployed: null, protectUsers: false });
  });

  it.each([
    ['gateways to the internet', 'natGateways', 1, 2],
    ['removal with the stack', 'removal', 'destroy', 'retain'],
    ['a shell in tasks', 'ecsExec', true, false],
  ] as const)('%s: staging and main', (_what, key, inStaging, inMain) => {
    expect([staging[key], main[key]]).toEqual([inStaging, inMain]);
  });

  it('staging is one of everything, and sleeps at night', () => {
    for (const service of [staging.realtime, staging.worker]) expect(service).toMatchObject({ minTasks: 1, maxTasks: 1 });
    expect(staging.realtime.fromZero).toBe(true);
    expect(staging.nightlyStop).not.toBeNull();
  });

  it('has in the morning what nobody calls: a worker, which calls the rest, and LangFlow', () => {
    for (const service of [staging.worker, staging.langflow, main.worker, main.langflow]) expect(service.minTasks).toBeGreaterThanOrEqual(1);
  });

  it('main has two of what people wait for, in two zones, at any time, and keeps its users', () => {
    for (const service of [main.realtime, main.worker]) expect(service.minTasks).toBeGreaterThanOrEqual(2);
    expect(main).toMatchObject({ availabilityZones: 2, nightlyStop: null, realtime: { spot: false, fromZero: false }, ingest: { spot: false } });
    expect(of('branch', 'main').protectUsers).toBe(true);
  });

  it('the worker, which says how many tasks take in streams, knows the most there may be', () => {
    expect(MAX_INGEST_TASKS).toBe(Math.max(staging.ingest.maxTasks, main.ingest.maxTasks));
  });

  describe.each([['staging', staging], ['main', main]])('in %s', (_name, size) => {
    it('graphics processors come from nothing and go back to it', () => {
      expect(size.gpu.minInstances).toBe(0);
      expect(size.gpu.maxInstances).toBeGreaterThan(0);
    });

    it.each(['realtime', 'worker', 'ingest', 'langflow'] as const)('%s grows from its least to its most, with a size Fargate sells', (name) => {
      const { minTasks, maxTasks, cpu, memoryMiB } = size[name];
      expect(minTasks).toBeLessThanOrEqual(maxTasks);
      const processors = cpu / 1024;
      // Fargate: whole GiB, between two and eight for every processor (one more is allowed for half a one).
      expect([0.25, 0.5, 1, 2, 4]).toContain(processors);
      expect(memoryMiB % 1024).toBe(0);
      expect(memoryMiB / 1024).toBeGreaterThanOrEqual(processors * 2);
      expect(memoryMiB / 1024).toBeLessThanOrEqual(processors * 8);
    });

    it('a connection is closed for silence only after several pings were missed', () => {
      expect(size.realtime.idleTimeoutSeconds * 1000).toBeGreaterThan(10 * PING_INTERVAL_MS);
    });

    it('a run of code answers before Amplify Hosting ends the request after 30 s', () => {
      expect(size.code.timeoutSeconds).toBeLessThan(30);
    });
  });
});
