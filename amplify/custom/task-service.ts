/**
 * A service of tasks on Fargate as all of ours are: no public address, a root file system nobody writes to, two roles with
 * nothing in them but what is named, logs that end, deploys that roll back. How many tasks run is not said here:
 * whoever scales them decides, and a deploy must not set it back.
 */
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ServiceSize } from '../sizing.ts';
import { RUNTIME_PLATFORM } from './architecture.ts';
import { acknowledgePull } from './images.ts';

export interface TaskServiceProps {
  cluster: ecs.Cluster;
  subnets: ec2.SubnetSelection;
  /** Names the container, its log streams, and where `discoverable` its address in the network. */
  name: string;
  image: ecs.ContainerImage;
  size: Pick<ServiceSize, 'cpu' | 'memoryMiB' | 'spot'>;
  port: number;
  /** Addresses and names, no secrets. */
  environment: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, ecs.Secret>>;
  /** What lies at DATA_DIRECTORY; without it the task's own disk, which goes with it. */
  volume?: ecs.EfsVolumeConfiguration;
  /** Asked inside the container; one that does not answer is replaced. */
  health: { command: string[]; startSeconds: number };
  /** From asking it to end until it is ended, at most 120. */
  stopSeconds: number;
  /** Ports it calls outside the network, beside 443 of everybody. */
  callsPorts: readonly number[];
  logDays: number;
  /** A shell in running tasks. Its agent writes to the root file system, which then cannot be read-only. */
  ecsExec: boolean;
  /** Other tasks find it as `name` in the cluster's namespace. */
  discoverable?: boolean;
  /** Never two at a time, for what must not be written by two: a deploy stops the old one first. */
  single?: boolean;
  /** Seconds a new task is left alone by the checks of its load balancer. */
  graceSeconds?: number;
}

/** The one folder a process may write to; images declare it as a volume of their user. */
export const DATA_DIRECTORY = '/data';
/** Supabase's pooler and Postgres itself. */
export const DATABASE_PORTS = [5432, 6543] as const;
/** Fargate's most. */
const MAX_STOP_SECONDS = 120;

export class TaskService extends Construct implements ec2.IConnectable {
  readonly service: ecs.FargateService;
  readonly taskDefinition: ecs.FargateTaskDefinition;
  readonly container: ecs.ContainerDefinition;
  /** What the process may do. Empty here: whoever owns a thing grants it. */
  readonly taskRole: iam.Role;
  /** What ECS may do to start it: pull this image, read these secrets, write this log. */
  readonly executionRole: iam.Role;
  readonly securityGroup: ec2.SecurityGroup;
  readonly connections: ec2.Connections;
  readonly logGroup: logs.LogGroup;
  readonly port: number;

  constructor(scope: Construct, id: string, props: TaskServiceProps) {
    super(scope, id);
    if (props.stopSeconds > MAX_STOP_SECONDS) throw new Error(`Fargate ends a task after at most ${MAX_STOP_SECONDS} seconds, ${props.stopSeconds} were asked for.`);
    this.port = props.port;
    this.logGroup = new logs.LogGroup(this, 'Log', { retention: props.logDays as logs.RetentionDays, removalPolicy: RemovalPolicy.DESTROY });
    this.taskRole = this.#role('TaskRole');
    this.executionRole = this.#role('ExecutionRole');
    this.taskDefinition = this.#define(props);
    this.container = this.#addContainer(props);
    this.securityGroup = new ec2.SecurityGroup(this, 'Group', { vpc: props.cluster.vpc, description: `Tasks of ${props.name}`, allowAllOutbound: false });
    for (const port of [443, ...props.callsPorts]) this.securityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(port), port === 443 ? 'AWS and remote engines' : 'the database');
    this.connections = new ec2.Connections({ securityGroups: [this.securityGroup], defaultPort: ec2.Port.tcp(props.port) });
    this.service = new ecs.FargateService(this, 'Service', {
      cluster: props.cluster,
      taskDefinition: this.taskDefinition,
      vpcSubnets: props.subnets,
      securityGroups: [this.securityGroup],
      assignPublicIp: false,
      capacityProviderStrategies: [{ capacityProvider: props.size.spot ? 'FARGATE_SPOT' : 'FARGATE', weight: 1 }],
      circuitBreaker: { rollback: true },
      minHealthyPercent: props.single ? 0 : 100,
      maxHealthyPercent: props.single ? 100 : 200,
      enableExecuteCommand: props.ecsExec,
      ...(props.graceSeconds === undefined ? {} : { healthCheckGracePeriod: Duration.seconds(props.graceSeconds) }),
      ...(props.discoverable ? { cloudMapOptions: { name: props.name, dnsTtl: Duration.seconds(10) } } : {}),
    });
    acknowledgePull(this.executionRole);
    if (props.ecsExec) Validations.of(this.taskRole).acknowledge({ id: 'AwsSolutions-IAM5[Resource::*]', reason: 'A shell in a task opens channels of the session manager, which have no names before they are open; never on main.' });
  }

  /** Of a deploy, and of nobody else's account. */
  #role(id: string): iam.Role {
    return new iam.Role(this, id, { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } } }) });
  }

  #define({ size, volume }: TaskServiceProps): ecs.FargateTaskDefinition {
    const task = new ecs.FargateTaskDefinition(this, 'Task', {
      cpu: size.cpu,
      memoryLimitMiB: size.memoryMiB,
      runtimePlatform: RUNTIME_PLATFORM,
      taskRole: this.taskRole,
      executionRole: this.executionRole,
      volumes: [{ name: 'data', ...(volume ? { efsVolumeConfiguration: volume } : {}) }],
    });
    Validations.of(task).acknowledge({ id: 'AwsSolutions-ECS2', reason: 'Addresses and names of resources only; secrets come from the parameter store by ECS and are in no template.' });
    return task;
  }

  #addContainer(props: TaskServiceProps): ecs.ContainerDefinition {
    const linux = new ecs.LinuxParameters(this, 'Linux', { initProcessEnabled: true });
    linux.dropCapabilities(ecs.Capability.ALL);
    const container = this.taskDefinition.addContainer(props.name, {
      image: props.image,
      environment: { ...props.environment, TMPDIR: DATA_DIRECTORY },
      secrets: { ...props.secrets },
      portMappings: [{ containerPort: props.port, name: props.name }],
      logging: ecs.LogDrivers.awsLogs({ logGroup: this.logGroup, streamPrefix: props.name, mode: ecs.AwsLogDriverMode.NON_BLOCKING }),
      healthCheck: { command: props.health.command, interval: Duration.seconds(15), timeout: Duration.seconds(5), retries: 3, startPeriod: Duration.seconds(props.health.startSeconds) },
      readonlyRootFilesystem: !props.ecsExec,
      linuxParameters: linux,
      stopTimeout: Duration.seconds(props.stopSeconds),
    });
    container.addMountPoints({ containerPath: DATA_DIRECTORY, sourceVolume: 'data', readOnly: false });
    return container;
  }
}
