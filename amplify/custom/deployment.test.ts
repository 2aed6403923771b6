import { readFileSync } from 'node:fs';
import type { Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { QUEUES } from '../../domain/jobs/queue-settings.ts';
import { closingActivityNames } from '../../domain/meetings/closing-activities.ts';
import { parseInputs } from '../inputs.ts';
import { sizing } from '../sizing.ts';
import { Deployment } from './deployment.ts';
import { nagFindings } from './testing.ts';

const LEAST = { IMAGE_TAG: 'abc123', SPOOL_WHISPER_IMAGE: `example.com/whisper@sha256:${'0'.repeat(64)}`, SPOOL_PAGE_ORIGINS: 'https://example.com' };
/** One with a domain, one without: two ways in, each with resources of its own. */
const INPUTS = { staging: parseInputs(LEAST), main: parseInputs({ ...LEAST, SPOOL_HOST_NAME: 'live.example.com', SPOOL_HOSTED_ZONE_ID: 'Z1', SPOOL_ZONE_NAME: 'example.com', SPOOL_ALARM_EMAIL: 'ops@example.com' }) };
const build = (name: 'staging' | 'main') => (stack: Stack) =>
  new Deployment(stack, 'Spool', {
    name,
    size: sizing({ type: 'branch', name }).deployed!,
    inputs: INPUTS[name],
    userPool: { id: 'pool', clientId: 'client' },
    secretsPath: '/amplify/app/branch',
    queues: QUEUES,
    heavyJobs: ['assemble-meeting'],
    gpuJob: 'transcribe-chunk',
    closing: { definition: readFileSync(new URL('../../workers/closing-workflow/closing-workflow.asl.json', import.meta.url), 'utf8'), activityNames: closingActivityNames },
  });

describe.each(['staging', 'main'] as const)('The deployment of %s', { timeout: 120_000 }, (name) => {
  it('has nothing AWS’s own rules object to without a reason beside it', () => {
    expect(nagFindings(build(name))).toEqual([]);
  });
});
