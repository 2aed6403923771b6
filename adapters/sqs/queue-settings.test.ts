/** The numbers of queues and of rows, which lie in two files, fit together and are ones SQS takes. */
import { describe, expect, it } from 'vitest';
import { ROW_TIMES } from '#adapters/pg-boss/job-rows.ts';
import { ALL_JOBS, BEATS_PER_VISIBILITY, DEAD_LETTER_SUFFIX, JOB_NAMES, QUEUES } from '#domain/jobs/queue-settings.ts';

describe('The settings of queues', () => {
  it('have one for each job, under a name SQS takes', () => {
    expect(QUEUES.map(({ name }) => name)).toEqual(ALL_JOBS.map(({ name }) => name));
    expect(new Set(JOB_NAMES).size).toBe(JOB_NAMES.length);
    for (const name of JOB_NAMES) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      // 80 characters are allowed; what stands before it has 40.
      expect((name + DEAD_LETTER_SUFFIX).length).toBeLessThanOrEqual(40);
    }
  });

  it.each(QUEUES)('let $name be heard of in time, and not be handed over while its message may still come', (queue) => {
    const beatS = queue.visibilityTimeoutSeconds / BEATS_PER_VISIBILITY;
    expect(2 * beatS).toBeLessThan(ROW_TIMES.silentS);
    expect(ROW_TIMES.silentS + beatS).toBeLessThan(queue.visibilityTimeoutSeconds);
    expect(queue.maxReceiveCount * queue.visibilityTimeoutSeconds).toBeLessThan(ROW_TIMES.lostS);
    expect(ROW_TIMES.confirmedS).toBeLessThan(queue.retentionSeconds);
  });

  it.each(QUEUES)('of $name are within the limits of SQS', (queue) => {
    expect(queue.visibilityTimeoutSeconds).toBeLessThanOrEqual(12 * 3600);
    expect(queue.retentionSeconds).toBeLessThanOrEqual(14 * 24 * 3600);
    // A message stays with one worker for twelve hours at most, however often it is extended.
    expect(ALL_JOBS.find(({ name }) => name === queue.name)!.expireS).toBeLessThan(12 * 3600);
  });
});
