/** Starts the files first that take longest, so that no worker is left with one of them at the end. Others follow by size. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Measured on two cores; a file that is not here is a short one. */
const SECONDS: Readonly<Record<string, number>> = {
  // Builds the web app, which others wait for.
  'tests/integration/house-up.test.ts': 160,
  'tests/integration/crash.test.ts': 130,
  'tests/integration/cloud-sessions.test.ts': 45,
  'tests/integration/problems.test.ts': 35,
  'tests/integration/live-session.test.ts': 60,
  'tests/integration/hostile.test.ts': 45,
  'tests/integration/meeting-ingest.test.ts': 45,
  'tests/integration/code-runner.test.ts': 40,
  'tests/integration/audio-log-crash.test.ts': 40,
  'tests/integration/meeting-seams.test.ts': 35,
  'tests/integration/worker.test.ts': 35,
  'tests/integration/work-queue.test.ts': 65,
  'tests/integration/database-server.test.ts': 35,
  'tests/integration/uploads.test.ts': 30,
  'tests/integration/code-runner-process.test.ts': 30,
  'tests/integration/speech-local-children.test.ts': 30,
  'tests/e2e/screens.test.ts': 160,
  'tests/e2e/onboarding.test.ts': 120,
  'tests/e2e/code-workspace.test.ts': 110,
  'tests/e2e/conversation.test.ts': 100,
  'tests/e2e/code-replay.test.ts': 90,
  'tests/e2e/sample.test.ts': 80,
  'tests/e2e/meeting-screens.test.ts': 70,
  'tests/e2e/meeting.test.ts': 70,
  'tests/e2e/code-interview.test.ts': 60,
  'tests/e2e/trouble.test.ts': 60,
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const seconds = ({ moduleId }: TestSpecification) => Object.entries(SECONDS).find(([file]) => moduleId.endsWith(file))?.[1] ?? 0;
    return (await super.sort(files)).toSorted((a, b) => seconds(b) - seconds(a));
  }
}
