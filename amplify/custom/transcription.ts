/**
 * Chunks of meetings are transcribed on GPUs that nobody pays for while nothing waits: spare capacity, from no instance at
 * all. A task is a Whisper server that speaks OpenAI's protocol, and beside it our own worker, which takes the messages.
 */
import { Duration, RemovalPolicy, Size, Validations } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { GpuSize } from '../sizing.ts';
import { BacklogScaling } from './backlog-scaling.ts';
import { acknowledgePull } from './images.ts';
import { grantTaskProtection } from './task-protection.ts';
import { DATA_DIRECTORY, DATABASE_PORTS } from './task-service.ts';

export interface TranscriptionProps {
  vpc: ec2.IVpc;
  cluster: ecs.Cluster;
  subnets: ec2.SubnetSelection;
  size: GpuSize;
  workerImage: ecs.ContainerImage;
  whisper: {
    /** With its digest, an input of synthesis (scripts/pin finds it out): a server that hears voices does not change by itself. */
    image: string;
    port: number;
    /** Path that answers 200 once a request can be served. */
    healthPath: string;
    model: string;
  };
  /** By the job's name: what these tasks do, and nothing else. */
  queues: ReadonlyMap<string, sqs.IQueue>;
  /** Above 0 while a meeting is live: the first chunk then finds a task that has loaded its model. */
  liveMeetings: cloudwatch.IMetric;
  /** Addresses and names, no secrets. */
  environment: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, ecs.Secret>>;
  logDays: number;
}

/** Instances with one GPU of 16 GB or more: the large model in half precision takes about 5. */
const INSTANCE_TYPES = ['g4dn.*', 'g5.*', 'g6.*'];
/** Spot gives two minutes. The worker gives its messages back in the first second; the rest is for the machine. */
const STOP_SECONDS = 100;
/** A chunk of 30 s takes about a second; fewer tasks that are warm beat more that start. */
const MESSAGES_PER_TASK = 40;
/** The model is read into the GPU before the server is healthy. */
const WHISPER_START_SECONDS = 300;

export class Transcription extends Construct {
  readonly service: ecs.FargateService;
  readonly taskDefinition: ecs.TaskDefinition;
  readonly capacityProvider: ecs.ManagedInstancesCapacityProvider;
  readonly logGroup: logs.LogGroup;
  readonly scaling: BacklogScaling;
  /** How many tasks run, one on each instance: their sum over minutes, divided by 60, is hours of GPU. */
  readonly runningTasks: cloudwatch.Metric;
  readonly alarms: readonly cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: TranscriptionProps) {
    super(scope, id);
    const { size, whisper, cluster } = props;
    const group = new ec2.SecurityGroup(this, 'Group', { vpc: props.vpc, description: 'GPU workers: they call, nobody calls them', allowAllOutbound: false });
    for (const port of [443, ...DATABASE_PORTS]) group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(port), port === 443 ? 'AWS, and the model of the server' : 'the database');
    this.capacityProvider = new ecs.ManagedInstancesCapacityProvider(this, 'Capacity', {
      capacityOptionType: ecs.CapacityOptionType.SPOT,
      subnets: props.vpc.selectSubnets(props.subnets).subnets,
      securityGroups: [group],
      instanceRequirements: {
        vCpuCountMin: 4,
        memoryMin: Size.gibibytes(16),
        acceleratorTypes: [ec2.AcceleratorType.GPU],
        acceleratorManufacturers: [ec2.AcceleratorManufacturer.NVIDIA],
        acceleratorCountMin: 1,
        acceleratorCountMax: 1,
        allowedInstanceTypes: INSTANCE_TYPES,
      },
      taskVolumeStorage: Size.gibibytes(80),
      propagateTags: ecs.PropagateManagedInstancesTags.CAPACITY_PROVIDER,
    });
    const cfnProvider = this.capacityProvider.node.findAll().find((each) => each instanceof ecs.CfnCapacityProvider)!;
    // The construct has no prop for it yet: seconds after which an instance without tasks is given back, 3600 at most.
    cfnProvider.addPropertyOverride('ManagedInstancesProvider.InfrastructureOptimization.ScaleInAfter', size.idleSeconds);
    cluster.addManagedInstancesCapacityProvider(this.capacityProvider);
    Validations.of(this.capacityProvider).acknowledge(
      { id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonECSInfrastructureRolePolicyForManagedInstances]', reason: "ECS makes, tags and ends the instances with it; it is AWS's own list of what that takes, and changes with the service." },
      { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'What the agent of a managed instance needs to register and to say how it is; ECS offers no narrower resource. Tasks do not get it.' },
      { id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ecs:<AWS::Region>:<AWS::AccountId>:container-instance/*]', reason: 'An instance has no name before it has registered.' },
    );

    this.logGroup = new logs.LogGroup(this, 'Log', { retention: props.logDays as logs.RetentionDays, removalPolicy: RemovalPolicy.DESTROY });
    const logging = (streamPrefix: string) => ecs.LogDrivers.awsLogs({ logGroup: this.logGroup, streamPrefix, mode: ecs.AwsLogDriverMode.NON_BLOCKING });
    this.taskDefinition = new ecs.TaskDefinition(this, 'Task', {
      compatibility: ecs.Compatibility.MANAGED_INSTANCES,
      networkMode: ecs.NetworkMode.AWS_VPC,
      cpu: '3584',
      memoryMiB: '14336',
      volumes: [{ name: 'data' }],
    });
    Validations.of(this.taskDefinition).acknowledge({ id: 'AwsSolutions-ECS2', reason: 'Addresses and names of resources only; secrets come from the parameter store by ECS and are in no template.' });
    const health = `http://localhost:${whisper.port}${whisper.healthPath}`;
    const server = this.taskDefinition.addContainer('whisper', {
      image: ecs.ContainerImage.fromRegistry(whisper.image),
      gpuCount: 1,
      memoryReservationMiB: 8192,
      logging: logging('whisper'),
      // Every such server is written in Python; not every image has curl.
      healthCheck: {
        command: ['CMD-SHELL', `python3 -c "import urllib.request as u; u.urlopen('${health}', timeout=4)" || curl -fsS -m 4 ${health}`],
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        retries: 3,
        startPeriod: Duration.seconds(WHISPER_START_SECONDS),
      },
      stopTimeout: Duration.seconds(STOP_SECONDS),
    });
    const linux = new ecs.LinuxParameters(this, 'Linux', { initProcessEnabled: true });
    linux.dropCapabilities(ecs.Capability.ALL);
    const worker = this.taskDefinition.addContainer('worker', {
      image: props.workerImage,
      memoryReservationMiB: 1024,
      environment: {
        ...props.environment,
        SPOOL_JOBS: [...props.queues.keys()].join(','),
        SPOOL_STT: 'openai',
        SPOOL_STT_MODEL: whisper.model,
        OPENAI_BASE_URL: `http://localhost:${whisper.port}/v1`,
        SPOOL_DATA_DIR: DATA_DIRECTORY,
        TMPDIR: DATA_DIRECTORY,
        SPOOL_METRICS: 'emf',
      },
      secrets: { ...props.secrets },
      logging: logging('worker'),
      readonlyRootFilesystem: true,
      linuxParameters: linux,
      stopTimeout: Duration.seconds(STOP_SECONDS),
    });
    worker.addMountPoints({ containerPath: DATA_DIRECTORY, sourceVolume: 'data', readOnly: false });
    // No message is taken before it can be transcribed; and the worker is stopped first.
    worker.addContainerDependencies({ container: server, condition: ecs.ContainerDependencyCondition.HEALTHY });

    acknowledgePull(this.taskDefinition.obtainExecutionRole() as iam.Role);
    grantTaskProtection(this.taskDefinition, cluster);

    this.service = new ecs.FargateService(this, 'Service', {
      cluster,
      taskDefinition: this.taskDefinition,
      vpcSubnets: props.subnets,
      securityGroups: [group],
      capacityProviderStrategies: [{ capacityProvider: this.capacityProvider.capacityProviderName, weight: 1 }],
      circuitBreaker: { rollback: true },
      // A deploy while nothing waits replaces nothing; one while work waits may take the only GPU there is.
      minHealthyPercent: 0,
      maxHealthyPercent: 100,
    });
    this.scaling = new BacklogScaling(this, 'Scaling', {
      service: this.service,
      cluster,
      queues: [...props.queues.values()],
      minTasks: size.minInstances,
      maxTasks: size.maxInstances,
      messagesPerTask: MESSAGES_PER_TASK,
      idleMinutes: Math.max(1, Math.ceil(size.idleSeconds / 60)),
      warmWhile: props.liveMeetings,
    });

    this.runningTasks = new cloudwatch.Metric({ namespace: 'ECS/ContainerInsights', metricName: 'RunningTaskCount', dimensionsMap: { ClusterName: cluster.clusterName, ServiceName: this.service.serviceName }, period: Duration.hours(1), statistic: 'Average' });
    this.alarms = [
      this.runningTasks.with({ period: Duration.hours(1), statistic: 'Minimum' }).createAlarm(this, 'Long', {
        alarmDescription: `A GPU has run for ${size.alarmAfterHours} hours without a pause. See docs/operations.md, GPU.`,
        threshold: 1,
        evaluationPeriods: size.alarmAfterHours,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      }),
    ];
  }
}
