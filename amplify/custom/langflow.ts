/**
 * LangFlow, which makes more of finished interviews: one task that keeps what people made in a file system of its own.
 * Our worker reaches it by its name inside the network. Its editor is open to operators alone, at `/langflow`, and only
 * where the load balancer ends TLS (a domain is given): there alone it can ask them to sign in. LangFlow then asks again.
 */
import { RemovalPolicy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { DeployedSize, ServiceSize } from '../sizing.ts';
import { type FrontDoor, PATHS } from './front-door.ts';
import { Operators } from './operators.ts';
import type { TaskCluster } from './task-cluster.ts';
import { TaskRoute } from './task-route.ts';
import { DATA_DIRECTORY, TaskService } from './task-service.ts';

export interface LangflowProps {
  cluster: TaskCluster;
  subnets: ec2.SubnetSelection;
  frontDoor: FrontDoor;
  image: ecs.ContainerImage;
  size: ServiceSize;
  /** E.g. `main`. */
  environmentName: string;
  /** At least those of LANGFLOW_SECRETS. */
  secrets: Readonly<Record<string, ecs.Secret>>;
  logDays: number;
  removal: DeployedSize['removal'];
  ecsExec: boolean;
}

/** Its own sign-in, what it signs and encrypts with, and the key our worker shows (the worker's LANGFLOW_API_KEY is the same). */
export const LANGFLOW_SECRETS = ['LANGFLOW_SUPERUSER_PASSWORD', 'LANGFLOW_SECRET_KEY', 'LANGFLOW_API_KEY'] as const;

const NAME = 'langflow';
const PORT = 7860;
/** The user of its image. */
const USER = '1000';
/** Imports alone take most of a minute on one processor; the first start also makes its database. */
const START_SECONDS = 300;
const ROUTE_PRIORITY = 30;

export class Langflow extends Construct {
  readonly tasks: TaskService;
  readonly fileSystem: efs.FileSystem;
  /** Null where nobody can be asked to sign in, and `/langflow` answers 404. */
  readonly operators: Operators | null;
  /** The worker's LANGFLOW_URL. */
  readonly internalUrl: string;
  readonly alarms: readonly cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: LangflowProps) {
    super(scope, id);
    const missing = LANGFLOW_SECRETS.filter((name) => !(name in props.secrets));
    if (missing.length > 0) throw new Error(`LangFlow needs ${missing.join(', ')}: without them it makes its own, which nobody knows and which a new task forgets.`);
    const { cluster, frontDoor } = props;
    const { vpc } = cluster.cluster;
    this.fileSystem = new efs.FileSystem(this, 'Files', {
      vpc,
      vpcSubnets: props.subnets,
      encrypted: true,
      enableAutomaticBackups: true,
      throughputMode: efs.ThroughputMode.ELASTIC,
      lifecyclePolicy: efs.LifecyclePolicy.AFTER_30_DAYS,
      securityGroup: new ec2.SecurityGroup(this, 'FilesGroup', { vpc, description: 'Files of LangFlow', allowAllOutbound: false }),
      removalPolicy: props.removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const home = this.fileSystem.addAccessPoint('Home', { path: `/${NAME}`, posixUser: { uid: USER, gid: USER }, createAcl: { ownerUid: USER, ownerGid: USER, permissions: '700' } });

    this.tasks = new TaskService(this, 'Tasks', {
      cluster: cluster.cluster,
      subnets: props.subnets,
      name: NAME,
      image: props.image,
      size: props.size,
      port: PORT,
      environment: {
        LANGFLOW_HOST: '0.0.0.0',
        LANGFLOW_PORT: String(PORT),
        LANGFLOW_CONFIG_DIR: DATA_DIRECTORY,
        LANGFLOW_SAVE_DB_IN_CONFIG_DIR: 'true',
        LANGFLOW_AUTO_LOGIN: 'false',
        LANGFLOW_ENABLE_SIGNUP: 'false',
        LANGFLOW_SUPERUSER: 'spool',
        LANGFLOW_API_KEY_SOURCE: 'env',
        LANGFLOW_ROOT_PATH: PATHS.langflow,
        LANGFLOW_LOG_FILE: `${DATA_DIRECTORY}/langflow.log`,
        LANGFLOW_ALEMBIC_LOG_TO_STDOUT: 'true',
        DO_NOT_TRACK: 'true',
        HOME: DATA_DIRECTORY,
        PYTHONDONTWRITEBYTECODE: '1',
      },
      secrets: props.secrets,
      volume: { fileSystemId: this.fileSystem.fileSystemId, transitEncryption: 'ENABLED', authorizationConfig: { accessPointId: home.accessPointId, iam: 'ENABLED' } },
      health: { command: ['CMD', 'python', '-c', `import urllib.request; urllib.request.urlopen('http://127.0.0.1:${PORT}/health', timeout=4)`], startSeconds: START_SECONDS },
      stopSeconds: 30,
      // Models of other companies, by HTTPS.
      callsPorts: [],
      logDays: props.logDays,
      ecsExec: props.ecsExec,
      discoverable: true,
      // Its database is one file: two tasks would write over each other.
      single: true,
      ...(frontDoor.endsTls ? { graceSeconds: START_SECONDS } : {}),
    });
    this.internalUrl = `http://${NAME}.${cluster.namespace.namespaceName}:${PORT}`;
    this.fileSystem.connections.allowDefaultPortFrom(this.tasks, 'files of LangFlow');
    this.#admit(home);
    // A task that starts before its file system can be reached fails.
    this.tasks.service.node.addDependency(this.fileSystem.mountTargetsAvailable);

    this.operators = frontDoor.endsTls ? new Operators(this, 'Operators', { hostName: frontDoor.hostName, environment: props.environmentName, removal: props.removal }) : null;
    if (this.operators) this.#open(frontDoor, vpc, this.operators);
    this.alarms = [
      this.tasks.service.metricMemoryUtilization({ statistic: 'Maximum' }).createAlarm(this, 'Memory', {
        alarmDescription: 'LangFlow is about to run out of memory, and would begin anew. See docs/operations.md.',
        threshold: 90,
        evaluationPeriods: 3,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      }),
    ];
  }

  /** Processes of this network that hand it interviews. */
  acceptFrom(caller: ec2.IConnectable): void {
    this.tasks.connections.allowFrom(caller, this.tasks.connections.defaultPort!, 'hands over finished interviews');
  }

  /** This task alone, at its own folder, encrypted: a file system without a policy lets in whoever reaches its port. */
  #admit(home: efs.AccessPoint): void {
    const actions = ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'];
    const never = (conditions: Record<string, unknown>) =>
      new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: [...actions, 'elasticfilesystem:ClientRootAccess'], principals: [new iam.AnyPrincipal()], conditions });
    this.tasks.taskRole.addToPolicy(new iam.PolicyStatement({ actions, resources: [this.fileSystem.fileSystemArn], conditions: { StringEquals: { 'elasticfilesystem:AccessPointArn': home.accessPointArn } } }));
    this.fileSystem.addToResourcePolicy(new iam.PolicyStatement({ actions, principals: [this.tasks.taskRole] }));
    this.fileSystem.addToResourcePolicy(never({ Bool: { 'aws:SecureTransport': 'false' } }));
    // Which access point cannot be said here: it is made after the policy. There is one.
    this.fileSystem.addToResourcePolicy(never({ Null: { 'elasticfilesystem:AccessPointArn': 'true' } }));
  }

  #open(frontDoor: FrontDoor, vpc: ec2.IVpc, operators: Operators): void {
    const route = new TaskRoute(this, 'Route', { vpc, service: this.tasks.service, containerName: NAME, port: PORT, path: PATHS.langflow, stripsPath: true, healthPath: '/health', drainSeconds: 10, guard: (next) => operators.ask(next) });
    frontDoor.route(route, ROUTE_PRIORITY);
  }
}
