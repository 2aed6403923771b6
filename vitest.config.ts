import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';

const setupFiles = ['tests/support/setup.ts'];

/** What a test waits for comes when the machine gets to it; on a busy one that takes several times as long. */
const PATIENT_POLL = { timeout: 60_000, interval: 50 };
/** Only against hanging. */
const PATIENT = { testTimeout: 240_000, hookTimeout: 240_000 };

/** Unit tests sit beside their file; integration and browser tests live in tests/. Each project is one part of `./spool test`. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          // Of the cloud definition what needs aws-cdk-lib alone; its whole back-end, with packages of its own, is the project `cloud`.
          include: ['{app,components,domain,adapters,config,realtime-server,workers,scripts,bench,amplify}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**'],
          setupFiles,
          // Loading every module anew for each file costs as much again as running them; so in the integration tests.
          isolate: false,
          testTimeout: 20_000, // only against hanging: a busy machine's disk may take seconds to sync
        },
      },
      { test: { name: 'cloud', include: ['tests/cloud/**/*.test.ts'], globalSetup: 'tests/support/cloud-setup.ts', setupFiles, ...PATIENT } },
      { test: { name: 'integration', include: ['tests/integration/**/*.test.ts'], setupFiles, isolate: false, ...PATIENT, expect: { poll: PATIENT_POLL } } },
      { test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], setupFiles, globalSetup: ['tests/support/shared-app.ts'], ...PATIENT, expect: { poll: PATIENT_POLL } } },
    ],
  },
});
