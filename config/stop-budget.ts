/**
 * How long a process takes to end once it is asked to: of the ten seconds `./spool up` has for all of them. In the cloud a
 * task's stop time-out must be longer (held by a test of amplify/custom).
 */
export const REALTIME_STOP_BUDGET_MS = 3_800;
export const INGEST_STOP_BUDGET_MS = 600;
