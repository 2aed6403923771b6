import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sizing } from '../sizing.ts';
import { ASSUMPTIONS } from './assumptions.ts';
import { count } from './count.ts';
import type { Resource } from './count.ts';
import { ASIDE, costsDocument, dollarsOf, endpoint, PRICES, resourcesOf } from './table.ts';

// Both environments are synthesized, which a busy machine takes its time for.
describe('the cost table', { timeout: 120_000 }, () => {
  it('is the one that the templates and prices give: else run node amplify/cost/generate.ts', () => {
    expect(readFileSync(new URL('../../docs/costs.md', import.meta.url), 'utf8')).toBe(costsDocument());
  });
  it('has for every price a page with its date, or says that it is unverified', () => {
    for (const [name, { value, source, date }] of Object.entries(PRICES.prices)) {
      expect(value, name).toBeGreaterThanOrEqual(0);
      if (source === 'unverified') expect(date, name).toBeUndefined();
      else expect([source, date], name).toEqual([expect.stringMatching(/^https:\/\//), expect.stringMatching(/^(?:20\d\d(?:-\d\d){0,2}|unverified)$/)]);
    }
  });
  it('counts what staging and main have, and uses every price it has', () => {
    const staging = resourcesOf('staging');
    const lines = count(staging, ASSUMPTIONS.staging);
    const main = count(resourcesOf('main'), ASSUMPTIONS.main);
    const quantity = (all: typeof lines, what: string) => all.filter((line) => line.what === what).reduce((sum, line) => sum + line.quantity, 0);
    expect(quantity(lines, 'NAT gateway')).toBe(730);
    expect(quantity(main, 'NAT gateway')).toBe(2 * 730);
    expect(quantity(main, 'GPU')).toBe(ASSUMPTIONS.main.gpuHours);
    // Two workers of one processor: one on demand, one on Spot.
    expect(main.filter(({ part, price }) => part === 'Workers' && price === 'fargateVcpuHour').map(({ what, quantity: hours }) => [what, hours])).toEqual([['processors of tasks', 730], ['processors of tasks (Spot)', 730]]);
    const used = new Set([...lines, ...main].map(({ price }) => price));
    expect(Object.keys(PRICES.prices).filter((name) => !used.has(name) && !ASIDE.includes(name))).toEqual([]);
  });
  it.each(['staging', 'main'] as const)('has interface endpoints in %s only if one of them would save what it costs', (name) => {
    const { dollars, allNatDollars } = endpoint(name);
    expect(dollars).toBeCloseTo(14.6);
    expect(sizing({ type: 'branch', name }).deployed!.interfaceEndpoints).toBe(allNatDollars > dollars);
    const interfaces = [{ id: 'SpoolNetworkLogs', type: 'AWS::EC2::VPCEndpoint', properties: { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b'] } }];
    expect(dollarsOf(count(interfaces, ASSUMPTIONS[name])[0]!)).toBeCloseTo(dollars);
  });
  it('multiplies, and takes the share of Spot', () => {
    expect(dollarsOf({ part: 'X', what: 'processors of tasks', quantity: 100, price: 'fargateVcpuHour' })).toBeCloseTo(4.048);
    expect(dollarsOf({ part: 'X', what: 'processors of tasks (Spot)', quantity: 100, price: 'fargateVcpuHour' })).toBeCloseTo(1.2144);
    expect(() => dollarsOf({ part: 'X', what: 'x', quantity: 1, price: 'nonsense' })).toThrow(/prices\.json/);
  });
  it('stops at a resource of which nobody has said what it costs', () => {
    const unknown: Resource = { id: 'SpoolX', type: 'AWS::RDS::DBCluster', properties: {} };
    expect(() => count([unknown], ASSUMPTIONS.main)).toThrow(/AWS::RDS::DBCluster/);
  });
});
