/**
 * Live sessions: tasks that hold the streams. A person's next connection may reach any of them: the session's writer gives
 * it up to the task that asks (a lease in Postgres) and its audio lies in S3, so nobody is bound to a task by a cookie,
 * which a page of another site could not rely on anyway. A task with a live session asks not to be taken away.
 */
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { CLUSTER_DIMENSION, METRICS, METRICS_NAMESPACE, PROCESS_DIMENSION } from '../../domain/operations/metrics.ts';
import type { DeployedSize } from '../sizing.ts';
import type { AudioStore } from './audio.ts';
import { type FrontDoor, PATHS } from './front-door.ts';
import type { TaskCluster } from './task-cluster.ts';
import { grantTaskProtection } from './task-protection.ts';
import { TaskRoute } from './task-route.ts';
import { DATA_DIRECTORY, DATABASE_PORTS, TaskService } from './task-service.ts';

export interface RealtimeProps {
  cluster: TaskCluster;
  subnets: ec2.SubnetSelection;
  frontDoor: FrontDoor;
  image: ecs.ContainerImage;
  size: DeployedSize['realtime'];
  audio: AudioStore;
  environment: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, ecs.Secret>>;
  logDays: number;
  ecsExec: boolean;
}

const NAME = 'realtime';
const PORT = 8080;
/** The process ends within its budget of 3.8 s; what is left is for a disk or database that is slow to take the last of it. */
const STOP_SECONDS = 30;
/** Live sessions hold their task; who is left has nothing to lose, and comes back elsewhere within seconds. */
const DRAIN_SECONDS = 30;
/** Models are read into memory before it is ready. */
const START_SECONDS = 120;
const ROUTE_PRIORITY = 10;

export class Realtime extends Construct {
  readonly tasks: TaskService;
  readonly route: TaskRoute;
  readonly scaling: ecs.ScalableTaskCount;
  /** Where processes of this network reach it, e.g. as their SPOOL_REALTIME_PUBLIC_URL. */
  readonly internalUrl: string;
  readonly alarms: readonly cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: RealtimeProps) {
    super(scope, id);
    const { cluster, size } = props;
    this.tasks = new TaskService(this, 'Tasks', {
      cluster: cluster.cluster,
      subnets: props.subnets,
      name: NAME,
      image: props.image,
      size,
      port: PORT,
      environment: { ...props.environment, SPOOL_HOST: '0.0.0.0', SPOOL_REALTIME_PORT: String(PORT), SPOOL_DATA_DIR: DATA_DIRECTORY, SPOOL_METRICS: 'emf', SPOOL_S3_BUCKET: props.audio.bucket.bucketName, SPOOL_ECS_CLUSTER: cluster.cluster.clusterName },
      secrets: props.secrets,
      health: { command: ['CMD', 'node', '-e', `fetch('http://127.0.0.1:${PORT}/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))`], startSeconds: 60 },
      stopSeconds: STOP_SECONDS,
      callsPorts: DATABASE_PORTS,
      logDays: props.logDays,
      ecsExec: props.ecsExec,
      discoverable: true,
      graceSeconds: START_SECONDS,
    });
    this.internalUrl = `ws://${NAME}.${cluster.namespace.namespaceName}:${PORT}`;
    grantTaskProtection(this.tasks.taskDefinition, cluster.cluster);
    props.audio.grantRealtime(this.tasks.taskRole);

    this.route = new TaskRoute(this, 'Route', { vpc: cluster.cluster.vpc, service: this.tasks.service, containerName: NAME, port: PORT, path: PATHS.interview, healthPath: `${PATHS.interview}/ready`, drainSeconds: DRAIN_SECONDS });
    props.frontDoor.route(this.route, ROUTE_PRIORITY);
    this.scaling = this.#scale(props);
    this.alarms = [
      this.route.targetGroup.metrics.unhealthyHostCount({ period: Duration.minutes(1), statistic: 'Maximum' }).createAlarm(this, 'Unready', {
        alarmDescription: 'A task of the live sessions is not ready: its engines do not load, or it does not reach the database. See docs/operations.md.',
        threshold: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: 5,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      }),
      this.route.targetGroup.metrics.httpCodeTarget(elb.HttpCodeTarget.TARGET_5XX_COUNT, { period: Duration.minutes(5) }).createAlarm(this, 'Full', {
        alarmDescription: 'Tasks turn people away: they hold as many connections as they take. See docs/operations.md.',
        threshold: 20,
        evaluationPeriods: 1,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      }),
    ];
  }

  /** Processes of this network that speak to sessions directly, without the way over the internet. */
  acceptFrom(caller: ec2.IConnectable): void {
    this.tasks.connections.allowFrom(caller, this.tasks.connections.defaultPort!, 'speaks to live sessions');
  }

  #scale({ cluster, size }: RealtimeProps): ecs.ScalableTaskCount {
    const scaling = this.tasks.service.autoScaleTaskCount({ minCapacity: size.fromZero ? 0 : size.minTasks, maxCapacity: size.maxTasks });
    const sessions = new cloudwatch.Metric({
      namespace: METRICS_NAMESPACE,
      metricName: METRICS.sessions.name,
      dimensionsMap: { [CLUSTER_DIMENSION]: cluster.cluster.clusterName, [PROCESS_DIMENSION]: NAME },
      statistic: METRICS.sessions.statistic,
      period: Duration.minutes(1),
    });
    // Without sessions it goes back to the least there may be, after a quarter of an hour; from none it is woken.
    scaling.scaleToTrackCustomMetric('Sessions', { metric: sessions, targetValue: size.sessionsPerTask, scaleOutCooldown: Duration.minutes(1), scaleInCooldown: Duration.minutes(10) });
    // It only raises where none may be left: what it computes is rounded up, and would hold the last task for ever.
    scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60, disableScaleIn: size.fromZero, scaleOutCooldown: Duration.minutes(1), scaleInCooldown: Duration.minutes(10) });
    return scaling;
  }
}
