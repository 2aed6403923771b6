/** Background work on processors: tasks that take jobs from the queues, on capacity that may be taken away at any time. */
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ServiceSize } from '../sizing.ts';
import { BacklogScaling } from './backlog-scaling.ts';
import { grantTaskProtection } from './task-protection.ts';
import { DATA_DIRECTORY, DATABASE_PORTS, TaskService } from './task-service.ts';

export interface WorkersProps {
  /** With the capacity providers of Fargate (`enableFargateCapacityProviders`). */
  cluster: ecs.Cluster;
  subnets: ec2.SubnetSelection;
  image: ecs.ContainerImage;
  size: ServiceSize;
  /** Addresses and names, no secrets. */
  environment: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, ecs.Secret>>;
  /** Those with long work, at most 5: how many tasks run follows them. */
  scaleOn: readonly sqs.IQueue[];
  logDays: number;
  ecsExec: boolean;
  /** Of the server that takes parts of files in. */
  uploadPort: number;
}

/** Fargate's most. Messages are given back in the first second; the rest is for what is half written. */
const STOP_SECONDS = 120;
/** The models of voices and words are read before the first job. */
const START_SECONDS = 120;
const MESSAGES_PER_TASK = 10;
const IDLE_MINUTES = 10;

export class Workers extends Construct implements ec2.IConnectable {
  /** The service, its roles, its group and its log. */
  readonly task: TaskService;
  readonly scaling: BacklogScaling;
  readonly connections: ec2.Connections;

  constructor(scope: Construct, id: string, props: WorkersProps) {
    super(scope, id);
    const { cluster, size, uploadPort } = props;
    this.task = new TaskService(this, 'Task', {
      cluster,
      subnets: props.subnets,
      name: 'worker',
      image: props.image,
      size,
      port: uploadPort,
      environment: { ...props.environment, SPOOL_HOST: '0.0.0.0', SPOOL_UPLOAD_PORT: String(uploadPort), SPOOL_DATA_DIR: DATA_DIRECTORY, SPOOL_METRICS: 'emf' },
      secrets: props.secrets,
      // The port opens last of all when it starts: who connects has reached the whole process.
      health: { command: ['CMD', 'node', '-e', `require('node:net').connect(${uploadPort}, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(1))`], startSeconds: START_SECONDS },
      stopSeconds: STOP_SECONDS,
      callsPorts: DATABASE_PORTS,
      logDays: props.logDays,
      ecsExec: props.ecsExec,
    });
    this.connections = this.task.connections;
    grantTaskProtection(this.task.taskDefinition, cluster);
    if (size.spot && size.minTasks > 1) {
      // Where people wait for work, one task stays on capacity that is not taken away.
      (this.task.service.node.findChild('Service') as ecs.CfnService).capacityProviderStrategy = [
        { capacityProvider: 'FARGATE', base: 1, weight: 0 },
        { capacityProvider: 'FARGATE_SPOT', weight: 1 },
      ];
    }
    this.scaling = new BacklogScaling(this, 'Scaling', { service: this.task.service, cluster, queues: props.scaleOn, minTasks: size.minTasks, maxTasks: size.maxTasks, messagesPerTask: MESSAGES_PER_TASK, idleMinutes: IDLE_MINUTES });
  }
}
