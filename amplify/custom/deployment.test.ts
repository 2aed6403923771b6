import { describe, expect, it } from 'vitest';
import { ENVIRONMENTS, exampleDeployment } from '../example-deployment.ts';
import { nagFindings } from './testing.ts';

describe.each(ENVIRONMENTS)('The deployment of %s', { timeout: 120_000 }, (name) => {
  it('has nothing AWS’s own rules object to without a reason beside it', () => {
    expect(nagFindings(exampleDeployment(name))).toEqual([]);
  });
});
