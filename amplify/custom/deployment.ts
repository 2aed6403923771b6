/** Everything an environment has beside sign-in and data, put together: which construct gets what of which other. */
import { Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { CLUSTER_DIMENSION, METRICS, METRICS_NAMESPACE, PROCESS_DIMENSION } from '../../domain/operations/metrics.ts';
import type { Inputs } from '../inputs.ts';
import type { DeployedSize } from '../sizing.ts';
import { AudioStore } from './audio.ts';
import { CodeExecution } from './code-execution.ts';
import { FrontDoor, PATHS } from './front-door.ts';
import { Images } from './images.ts';
import { Ingest } from './ingest.ts';
import { Jobs } from './jobs.ts';
import type { JobQueueSettings, JobsProps } from './jobs.ts';
import { LANGFLOW_SECRETS, Langflow } from './langflow.ts';
import { Network } from './network.ts';
import { NightlyStop } from './nightly-stop.ts';
import { Operations } from './operations.ts';
import { Realtime } from './realtime.ts';
import { Secrets } from './secrets.ts';
import { TaskCluster } from './task-cluster.ts';
import { TaskRoute } from './task-route.ts';
import { Transcription } from './transcription.ts';
import { WebAppRole } from './web-app-role.ts';
import { Workers } from './workers.ts';

/** What is worked at, and how it is spread over services. */
export interface Workload {
  queues: readonly JobQueueSettings[];
  /** Jobs that take long: how many workers run follows them. */
  heavyJobs: readonly string[];
  /** The job that GPUs do. */
  gpuJob: string;
  closing: Pick<JobsProps['closing'], 'definition'> & { activityNames(stateMachineName: string): Readonly<Record<string, string>> };
}

export interface DeploymentProps {
  /** Of the environment, e.g. `main`: part of every name that has to be fixed. */
  name: string;
  size: DeployedSize;
  inputs: Inputs;
  /** Who signs in: the pool whose tokens are let in. */
  userPool: { id: string; clientId: string };
  /** Where the branch's secrets lie in the parameter store. */
  secretsPath: string;
  workload: Workload;
}

const UPLOAD_PORT = 8090;
const PARTS_PRIORITY = 20;
/** Of what the operator names in SPOOL_SECRETS, what flows use: the model, and where LangFlow may show its key (docs/langflow.md). */
const OF_FLOWS = /^(?:OPENAI_API_KEY|OPENAI_BASE_URL|SPOOL_LLM_MODEL|LANGFLOW_(?!API_KEY$)\w+)$/;
/** Speaks OpenAI's protocol; the model is loaded when it starts. */
const WHISPER = { port: 8000, healthPath: '/health', model: 'Systran/faster-distil-whisper-large-v3' };

export class Deployment extends Construct {
  /** Settings of the web app, which runs outside this stack: name → value, all public. */
  readonly appEnvironment: Readonly<Record<string, string>>;
  /** For `amplify_outputs.json`. */
  readonly outputs: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: DeploymentProps) {
    super(scope, id);
    const { name, size, inputs, workload } = props;
    const { logDays } = size.retention;
    const network = new Network(this, 'Network', { size, logDays });
    const subnets = network.tasks;
    const tasks = new TaskCluster(this, 'Cluster', { vpc: network.vpc, domain: 'spool.internal' });
    const images = new Images(this, 'Images', { tags: inputs.images });
    const secrets = new Secrets(this, 'Secrets', { path: props.secretsPath });
    // Of those who have engines. Whoever takes in streams of strangers has none, and no key.
    const ours = secrets.forTask(['DATABASE_URL', ...inputs.secretNames]);

    const audio = new AudioStore(this, 'Audio', { recordingDays: size.retention.recordingDays, logDays, removal: size.removal, ownKey: size.removal === 'retain' });
    const stateMachineName = `spool-${name}-closing`;
    const jobs = new Jobs(this, 'Jobs', {
      namePrefix: `spool-${name}-`,
      queues: workload.queues,
      closing: { stateMachineName, definition: workload.closing.definition, activityNames: workload.closing.activityNames(stateMachineName) },
      logDays,
    });
    const code = new CodeExecution(this, 'Code', { functionName: `spool-${name}-code`, repository: images.repository('codeFunction'), imageTag: inputs.images.codeFunction, size: size.code, logDays });

    const frontDoor = new FrontDoor(this, 'FrontDoor', { vpc: network.vpc, border: network.border, tasks: subnets, domain: inputs.domain, idleTimeoutSeconds: size.realtime.idleTimeoutSeconds, waf: size.waf, logDays, removal: size.removal });
    const common = {
      COGNITO_USER_POOL_ID: props.userPool.id,
      COGNITO_CLIENT_ID: props.userPool.clientId,
      SPOOL_ALLOWED_ORIGINS: inputs.pageOrigins.join(','),
      // The load balancer, and CloudFront where that is in front.
      SPOOL_TRUSTED_PROXIES: frontDoor.endsTls ? '1' : '2',
    };
    const settings = { cluster: tasks, subnets, frontDoor, logDays, removal: size.removal, ecsExec: size.ecsExec };
    const realtime = new Realtime(this, 'Realtime', { ...settings, image: images.task('realtime'), size: size.realtime, audio, environment: common, secrets: ours });
    const ingest = new Ingest(this, 'Ingest', { ...settings, cluster: tasks.cluster, border: network.border, realtime, image: images.task('ingest'), size: size.ingest, domain: inputs.domain, accessLogs: frontDoor.accessLogs, secrets: secrets.forTask(['DATABASE_URL']) });
    const langflow = new Langflow(this, 'Langflow', { ...settings, image: images.task('langflow'), size: size.langflow, environmentName: name, secrets: secrets.forTask([...LANGFLOW_SECRETS, ...inputs.secretNames.filter((secret) => OF_FLOWS.test(secret))]) });

    const store = { SPOOL_S3_BUCKET: audio.bucket.bucketName, SPOOL_SQS_PREFIX: jobs.queueUrlPrefix, SPOOL_ECS_CLUSTER: tasks.cluster.clusterName, SPOOL_REALTIME_PUBLIC_URL: realtime.internalUrl };
    const liveMeetings = new Metric({ namespace: METRICS_NAMESPACE, metricName: METRICS.liveMeetings.name, dimensionsMap: { [CLUSTER_DIMENSION]: tasks.cluster.clusterName, [PROCESS_DIMENSION]: 'worker' }, statistic: METRICS.liveMeetings.statistic });
    const gpu = new Transcription(this, 'Transcription', {
      vpc: network.vpc,
      cluster: tasks.cluster,
      subnets,
      size: size.gpu,
      workerImage: images.task('worker'),
      whisper: { ...WHISPER, image: inputs.whisperImage },
      queues: new Map([[workload.gpuJob, jobs.queues.get(workload.gpuJob)!]]),
      liveMeetings,
      environment: { ...common, ...store },
      secrets: ours,
      logDays,
    });
    const workers = new Workers(this, 'Workers', {
      cluster: tasks.cluster,
      subnets,
      image: images.task('worker'),
      size: size.worker,
      // Without SPOOL_JOBS it does all jobs: chunks too, while GPUs are not there yet, or not to be had.
      environment: {
        ...common,
        ...store,
        SPOOL_UPLOAD_PUBLIC_URL: frontDoor.partsUrl,
        SPOOL_CLOSING_STATE_MACHINE: jobs.closing.stateMachineArn,
        SPOOL_ECS_REALTIME_SERVICE: realtime.tasks.service.serviceName,
        SPOOL_ECS_CHUNK_SERVICE: gpu.service.serviceName,
        SPOOL_ECS_INGEST_SERVICE: ingest.tasks.service.serviceName,
        LANGFLOW_URL: langflow.internalUrl,
      },
      secrets: { ...ours, ...secrets.forTask(['LANGFLOW_API_KEY', 'SPOOL_SIGNING_SECRET']) },
      scaleOn: workload.heavyJobs.map((job) => jobs.queues.get(job)!),
      logDays,
      ecsExec: size.ecsExec,
      uploadPort: UPLOAD_PORT,
    });
    frontDoor.route(new TaskRoute(this, 'Parts', { vpc: network.vpc, service: workers.task.service, containerName: 'worker', port: UPLOAD_PORT, path: PATHS.parts, stripsPath: true, healthPath: '/health', drainSeconds: 30 }), PARTS_PRIORITY);

    realtime.acceptFrom(workers);
    langflow.acceptFrom(workers);
    audio.grantWorker(workers.task.taskRole);
    audio.grantTranscription(gpu.taskDefinition.taskRole);
    jobs.grantSend(workers.task.taskRole);
    jobs.grantConsume(workers.task.taskRole);
    jobs.grantClosing(workers.task.taskRole);
    jobs.grantSend(gpu.taskDefinition.taskRole);
    jobs.grantConsume(gpu.taskDefinition.taskRole, [workload.gpuJob]);
    // Who takes a queue's work also looks after its dead letters, and puts there what is no work.
    for (const [job, dead] of jobs.deadLetters) {
      for (const role of job === workload.gpuJob ? [workers.task.taskRole, gpu.taskDefinition.taskRole] : [workers.task.taskRole]) {
        dead.grantSendMessages(role);
        dead.grantConsumeMessages(role);
      }
    }
    const capacity = [realtime.tasks.service, ingest.tasks.service, gpu.service];
    const web = new WebAppRole(this, 'WebApp', { secretsPath: props.secretsPath });
    web.maySetTasks('Wake', workers.task.taskRole, capacity);
    web.maySetTasks('WakeFromTheApp', web.role, [realtime.tasks.service]);
    code.grantInvoke(web.role);
    audio.grantWebApp(web.role);

    if (size.nightlyStop) {
      const services = [
        { name: 'worker', service: workers.task.service, tasks: size.worker.minTasks, scales: true },
        { name: 'ingest', service: ingest.tasks.service, tasks: size.ingest.minTasks, scales: false },
        { name: 'realtime', service: realtime.tasks.service, tasks: size.realtime.minTasks, scales: true },
        { name: 'langflow', service: langflow.tasks.service, tasks: size.langflow.minTasks, scales: false },
      ];
      new NightlyStop(this, 'Night', { cluster: tasks.cluster, services, ...size.nightlyStop });
    }
    new Operations(this, 'Operations', {
      name: `spool-${name}`,
      email: inputs.alarmEmail,
      budgetDollarsPerMonth: size.budgetDollarsPerMonth,
      clusterName: tasks.cluster.clusterName,
      jobs: workload.queues.map((queue) => queue.name),
      gpuTasks: gpu.runningTasks,
      codeFunction: code.function,
      alarms: [jobs, code, frontDoor, realtime, ingest, langflow, gpu].flatMap(({ alarms }) => alarms),
    });

    this.appEnvironment = {
      SPOOL_REALTIME_PUBLIC_URL: frontDoor.streamUrl,
      SPOOL_UPLOAD_PUBLIC_URL: frontDoor.partsUrl,
      SPOOL_RTMP_PUBLIC_URL: ingest.url,
      SPOOL_S3_BUCKET: audio.bucket.bucketName,
      SPOOL_ECS_CLUSTER: tasks.cluster.clusterName,
      SPOOL_ECS_REALTIME_SERVICE: realtime.tasks.service.serviceName,
      SPOOL_CODE_FUNCTION: code.function.functionName,
      SPOOL_SECRETS_FROM: `ssm:${props.secretsPath}/`,
    };
    this.outputs = {
      realtimeUrl: frontDoor.streamUrl,
      uploadUrl: frontDoor.partsUrl,
      rtmpUrl: ingest.url,
      bucket: audio.bucket.bucketName,
      queuePrefix: jobs.queueUrlPrefix,
      coordinator: jobs.closing.stateMachineArn,
      webAppRole: web.role.roleArn,
      region: Stack.of(this).region,
    };
  }
}
