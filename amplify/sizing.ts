/**
 * What an environment has, decided in one place: a pure function from the name of an environment to numbers. The
 * constructs in `custom/` take parts of its answer as their props and decide nothing about environments themselves.
 * Numbers of processors and memory are Fargate's: 1024 units are one virtual processor, memory is in MiB.
 */
import { LOAD_BALANCER_IDLE_S } from '../domain/operations/idle-connections.ts';

/** What the command line of Amplify tells the definition through CDK's context. */
export interface BackendContext {
  /** `amplify-backend-type`: a person's own copy, a connected branch, or a deployment without Amplify Hosting. */
  type: string;
  /** `amplify-backend-name`: the name of the branch, or of the sandbox. */
  name: string;
}

/** `development` is what preview branches share: sign-in and data without a server of its own. */
export type EnvironmentName = 'sandbox' | 'development' | 'staging' | 'main';

/** A service on Fargate. `maxTasks` is where autoscaling ends. */
export interface ServiceSize {
  minTasks: number;
  maxTasks: number;
  cpu: number;
  memoryMiB: number;
  /** Runs on Fargate Spot what another task can take over within two minutes. */
  spot: boolean;
}

export interface GpuSize {
  minInstances: number;
  maxInstances: number;
  /** Idle instances are given back after this many seconds. */
  idleSeconds: number;
  /** An alarm goes off when instances have run for longer than this in one day. */
  alarmAfterHours: number;
}

/** Everything with custom resources: only staging and main have it. */
export interface DeployedSize {
  /** Two availability zones everywhere: a load balancer takes no fewer. */
  availabilityZones: 2;
  /** 1: one zone's gateway carries both; 2: one in each zone. */
  natGateways: 1 | 2;
  /** Interface endpoints cost by the hour and zone; docs/costs.md says from how many GB a month on they pay for themselves. */
  interfaceEndpoints: boolean;
  realtime: ServiceSize & {
    /** Sessions one task is to carry before another one is started. */
    sessionsPerTask: number;
    /** 0 tasks are kept while nobody speaks; a wake call starts the first. Otherwise at least `minTasks` always run. */
    fromZero: boolean;
    /** Seconds without a byte in either direction after which the load balancer closes a connection; browsers ping every 1.5. */
    idleTimeoutSeconds: number;
  };
  worker: ServiceSize;
  ingest: ServiceSize;
  langflow: ServiceSize;
  gpu: GpuSize;
  code: { memoryMiB: number; timeoutSeconds: number; reservedConcurrency: number };
  waf: { requestsPerFiveMinutes: number };
  retention: {
    logDays: number;
    /** Recordings, and what the interviewer said in them. */
    recordingDays: number;
    /** Images kept in each repository, newest first. */
    images: number;
  };
  /** What happens to buckets and file systems with their stack. */
  removal: 'destroy' | 'retain';
  /** Stops the tasks of the environment at night and starts them in the morning (UTC hours), on working days only. */
  nightlyStop: { stopHourUtc: number; startHourUtc: number } | null;
  /** A shell in a running task. */
  ecsExec: boolean;
  budgetDollarsPerMonth: number;
}

export interface Sizing {
  environment: EnvironmentName;
  /** The user pool cannot be deleted by mistake, and outlives its stack. */
  protectUsers: boolean;
  /** null: sign-in and data only, not one custom resource. */
  deployed: DeployedSize | null;
}

/** The branches that have servers of their own. Every other branch is a preview and shares `development`. */
const DEPLOYED_BRANCHES: readonly EnvironmentName[] = ['staging', 'main'];

/** What the environment is called. @throws when the command line named a type this definition does not know. */
export function environmentOf({ type, name }: BackendContext): EnvironmentName {
  if (type === 'sandbox') return 'sandbox';
  if (type === 'branch' || type === 'standalone') return DEPLOYED_BRANCHES.find((branch) => branch === name) ?? 'development';
  throw new Error(`The context amplify-backend-type is "${type}". Use ampx sandbox or ampx pipeline-deploy, which set it to sandbox or branch.`);
}

/** The size of an environment. The same context always gives the same answer. */
export function sizing(context: BackendContext): Sizing {
  const environment = environmentOf(context);
  switch (environment) {
    case 'sandbox':
    case 'development':
      return { environment, protectUsers: false, deployed: null };
    case 'staging':
      return { environment, protectUsers: false, deployed: STAGING };
    case 'main':
      return { environment, protectUsers: true, deployed: MAIN };
  }
}

const COMMON = {
  availabilityZones: 2,
  code: { memoryMiB: 2048, timeoutSeconds: 28, reservedConcurrency: 10 },
} as const;

/** One of everything, given back at night: what a change is tried on before people meet it. */
const STAGING: DeployedSize = {
  ...COMMON,
  natGateways: 1,
  interfaceEndpoints: false,
  realtime: { minTasks: 1, maxTasks: 1, cpu: 1024, memoryMiB: 3072, spot: true, sessionsPerTask: 10, fromZero: true, idleTimeoutSeconds: LOAD_BALANCER_IDLE_S },
  worker: { minTasks: 1, maxTasks: 1, cpu: 1024, memoryMiB: 3072, spot: true },
  ingest: { minTasks: 0, maxTasks: 2, cpu: 512, memoryMiB: 1024, spot: true },
  // Nobody calls it when it is wanted, so with none in the morning it would never come back.
  langflow: { minTasks: 1, maxTasks: 1, cpu: 1024, memoryMiB: 2048, spot: true },
  gpu: { minInstances: 0, maxInstances: 1, idleSeconds: 300, alarmAfterHours: 4 },
  waf: { requestsPerFiveMinutes: 1000 },
  retention: { logDays: 14, recordingDays: 30, images: 10 },
  removal: 'destroy',
  nightlyStop: { stopHourUtc: 20, startHourUtc: 5 },
  ecsExec: true,
  budgetDollarsPerMonth: 150,
};

/** Two of everything that people wait for, in two zones; nothing is thrown away with the stack. */
const MAIN: DeployedSize = {
  ...COMMON,
  code: { ...COMMON.code, reservedConcurrency: 40 },
  natGateways: 2,
  interfaceEndpoints: false,
  realtime: { minTasks: 2, maxTasks: 10, cpu: 2048, memoryMiB: 4096, spot: false, sessionsPerTask: 20, fromZero: false, idleTimeoutSeconds: LOAD_BALANCER_IDLE_S },
  worker: { minTasks: 2, maxTasks: 6, cpu: 1024, memoryMiB: 3072, spot: true },
  ingest: { minTasks: 1, maxTasks: 10, cpu: 512, memoryMiB: 1024, spot: false },
  langflow: { minTasks: 1, maxTasks: 1, cpu: 1024, memoryMiB: 2048, spot: false },
  gpu: { minInstances: 0, maxInstances: 4, idleSeconds: 300, alarmAfterHours: 12 },
  waf: { requestsPerFiveMinutes: 2000 },
  retention: { logDays: 90, recordingDays: 365, images: 30 },
  removal: 'retain',
  nightlyStop: null,
  ecsExec: false,
  budgetDollarsPerMonth: 800,
};
