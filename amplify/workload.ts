/** Spool's own work, as the constructs are told of it: they know no job and no workflow by name. */
import { readFileSync } from 'node:fs';
import { QUEUES } from '../domain/jobs/queue-settings.ts';
import { closingActivityNames } from '../domain/meetings/closing-activities.ts';
import type { Workload } from './custom/deployment.ts';

export const WORKLOAD: Workload = {
  queues: QUEUES,
  heavyJobs: ['take-in-file', 'assemble-meeting', 'write-notes', 'index-transcript', 'make-sample'],
  gpuJob: 'transcribe-chunk',
  closing: {
    definition: readFileSync(new URL('../workers/closing-workflow/closing-workflow.asl.json', import.meta.url), 'utf8'),
    activityNames: closingActivityNames,
  },
};
