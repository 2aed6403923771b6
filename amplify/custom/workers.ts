/** Background work on processors: tasks that take jobs from the queues, on capacity that may be taken away at any time. */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ServiceSize } from '../sizing.ts';
import { BacklogScaling } from './backlog-scaling.ts';
import { grantTaskProtection } from './task-protection.ts';

export interface WorkersProps {
  /** With the capacity providers of Fargate (`enableFargateCapacityProviders`). */
  cluster: ecs.Cluster;
  subnets: ec2.SubnetSelection;
  image: ecs.ContainerImage;
  size: ServiceSize;
  /** Addresses and names; secrets come by SPOOL_SECRETS_FROM, which the task role may read. */
  environment: Readonly<Record<string, string>>;
  /** Those with long work, at most 5: how many tasks run follows them. */
  scaleOn: readonly sqs.IQueue[];
  logDays: number;
  ecsExec: boolean;
  /** Port of the server that takes parts of files in; it answers `/health`. */
  uploadPort: number;
}

/** What the process may write to, a volume: the rest of its file system is read-only. The image declares it as a volume of its user. */
export const DATA_DIRECTORY = '/data';
/** Fargate's most. The worker gives its messages back at once; this is for what it has half written. */
const STOP_SECONDS = 120;

export class Workers extends Construct {
  readonly service: ecs.FargateService;
  readonly taskDefinition: ecs.FargateTaskDefinition;
  readonly logGroup: logs.LogGroup;
  readonly scaling: BacklogScaling;

  constructor(scope: Construct, id: string, props: WorkersProps) {
    super(scope, id);
    const { size } = props;
    this.logGroup = new logs.LogGroup(this, 'Log', { retention: props.logDays as logs.RetentionDays, removalPolicy: RemovalPolicy.DESTROY });
    this.taskDefinition = new ecs.FargateTaskDefinition(this, 'Task', {
      cpu: size.cpu,
      memoryLimitMiB: size.memoryMiB,
      runtimePlatform: { cpuArchitecture: ecs.CpuArchitecture.ARM64, operatingSystemFamily: ecs.OperatingSystemFamily.LINUX },
      volumes: [{ name: 'data' }],
    });
    Validations.of(this.taskDefinition).acknowledge({ id: 'AwsSolutions-ECS2', reason: 'Addresses and names of resources, no secret: those are read at start from the store SPOOL_SECRETS_FROM names.' });
    const container = this.taskDefinition.addContainer('worker', {
      image: props.image,
      environment: { ...props.environment, SPOOL_HOST: '0.0.0.0', SPOOL_UPLOAD_PORT: String(props.uploadPort), SPOOL_DATA_DIR: DATA_DIRECTORY, TMPDIR: DATA_DIRECTORY, SPOOL_METRICS: 'emf' },
      logging: ecs.LogDrivers.awsLogs({ logGroup: this.logGroup, streamPrefix: 'worker', mode: ecs.AwsLogDriverMode.NON_BLOCKING }),
      portMappings: [{ containerPort: props.uploadPort, name: 'parts' }],
      readonlyRootFilesystem: true,
      linuxParameters: new ecs.LinuxParameters(this, 'Linux', { initProcessEnabled: true }),
      stopTimeout: Duration.seconds(STOP_SECONDS),
    });
    container.addMountPoints({ containerPath: DATA_DIRECTORY, sourceVolume: 'data', readOnly: false });

    grantTaskProtection(this.taskDefinition, props.cluster);

    this.service = new ecs.FargateService(this, 'Service', {
      cluster: props.cluster,
      taskDefinition: this.taskDefinition,
      vpcSubnets: props.subnets,
      assignPublicIp: false,
      // Where people wait for work, one task stays on capacity that is not taken away.
      capacityProviderStrategies: size.spot
        ? [...(size.minTasks > 1 ? [{ capacityProvider: 'FARGATE', base: 1, weight: 0 }] : []), { capacityProvider: 'FARGATE_SPOT', weight: 1 }]
        : [{ capacityProvider: 'FARGATE', weight: 1 }],
      circuitBreaker: { rollback: true },
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      enableExecuteCommand: props.ecsExec,
    });
    if (props.ecsExec) Validations.of(this.taskDefinition.taskRole).acknowledge({ id: 'AwsSolutions-IAM5[Resource::*]', reason: 'A shell in a task opens channels of the session manager, which have no names before they are open.' });
    this.scaling = new BacklogScaling(this, 'Scaling', { service: this.service, cluster: props.cluster, queues: props.scaleOn, minTasks: size.minTasks, maxTasks: size.maxTasks, messagesPerTask: 10, idleMinutes: 10 });
  }
}
