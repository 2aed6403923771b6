/** Staging and main with inputs that are made up, for tests and the cost table: one without a domain, one with, two ways in. */
import type { Stack } from 'aws-cdk-lib';
import { Deployment } from './custom/deployment.ts';
import { parseInputs } from './inputs.ts';
import { sizing } from './sizing.ts';
import { WORKLOAD } from './workload.ts';

export const ENVIRONMENTS = ['staging', 'main'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

const LEAST = { IMAGE_TAG: 'abc123', SPOOL_WHISPER_IMAGE: `example.com/whisper@sha256:${'0'.repeat(64)}`, SPOOL_PAGE_ORIGINS: 'https://example.com' };
const INPUTS = { staging: LEAST, main: { ...LEAST, SPOOL_HOST_NAME: 'live.example.com', SPOOL_HOSTED_ZONE_ID: 'Z1', SPOOL_ZONE_NAME: 'example.com', SPOOL_ALARM_EMAIL: 'ops@example.com' } };

/** Adds it to a stack. `more`: further variables of the branch. */
export const exampleDeployment = (name: Environment, more: Readonly<Record<string, string>> = {}) => (stack: Stack) =>
  new Deployment(stack, 'Spool', {
    name,
    size: sizing({ type: 'branch', name }).deployed!,
    inputs: parseInputs({ ...INPUTS[name], ...more }),
    userPool: { id: 'pool', clientId: 'client' },
    secretsPath: '/amplify/app/branch',
    workload: WORKLOAD,
  });
