/** From a template to what is paid for: quantities, each with the name of its price. What costs nothing is listed too, so that nothing is forgotten. */
import { AUDIO_HOUR, CODE_RUN_SECONDS, CODE_RUNS_PER_SESSION, INSIGHT_METRICS_PER_SERVICE, LANGFLOW_GB, METRICS_PER_JOB, POLLS_PER_HOUR, PROCESS_METRICS, TRANSITIONS_PER_MEETING } from './assumptions.ts';
import type { Assumptions } from './assumptions.ts';

export interface Line {
  /** The construct it belongs to, e.g. `Realtime`. */
  part: string;
  what: string;
  quantity: number;
  price: string;
}
/** What is read of a resource. */
interface Properties {
  VpcEndpointType?: string;
  SubnetIds?: unknown[];
  Type?: string;
  Scheme?: string;
  Subnets?: unknown[];
  SubnetMappings?: unknown[];
  Rules?: unknown[];
  TaskDefinition?: { Ref: string };
  RedrivePolicy?: unknown;
  Metrics?: { MetricStat?: unknown }[];
  LoggingConfiguration?: unknown;
  MemorySize?: number;
  MinCapacity?: number;
  CapacityProviderStrategy?: { CapacityProvider: unknown; Base?: number }[];
  Cpu?: string;
  Memory?: string;
}
export interface Resource {
  id: string;
  type: string;
  properties: Properties;
}

/** Nothing is paid for these by themselves. */
const FREE = [
  /^AWS::IAM::/, /^AWS::EC2::(?:VPC|Subnet\w*|RouteTable|Route|InternetGateway|VPCGatewayAttachment|SecurityGroup\w*|NetworkAcl|FlowLog|EIP)$/, /^AWS::S3::BucketPolicy$/, /^AWS::SQS::QueuePolicy$/, /^AWS::SNS::/, /^AWS::Budgets::Budget$/,
  /^AWS::ECS::(?:Cluster|ClusterCapacityProviderAssociations|CapacityProvider)$/, /^AWS::ApplicationAutoScaling::/, /^AWS::ElasticLoadBalancingV2::(?:Listener|ListenerRule|TargetGroup)$/, /^AWS::WAFv2::(?:LoggingConfiguration|WebACLAssociation)$/,
  /^AWS::EFS::(?:MountTarget|AccessPoint)$/, /^AWS::CertificateManager::Certificate$/, /^AWS::Route53::RecordSet$/, /^AWS::StepFunctions::Activity$/, /^AWS::ServiceDiscovery::Service$/, /^AWS::CloudFront::(?:Function|VpcOrigin|\w*Policy)$/, /^Custom::/, /^AWS::Lambda::(?:Permission|Version|Alias)$/, /^AWS::Logs::ResourcePolicy$/, /^AWS::CloudWatch::CompositeAlarm$/,
  // By how many people sign in, and that is auth's, whatever the front door adds.
  /^AWS::Cognito::/,
];

/** @throws naming a type of resource that has no price here and is not known to be free */
export function count(resources: readonly Resource[], assumed: Assumptions): Line[] {
  const lines: Line[] = [];
  const tasks = new Map(resources.filter(({ type }) => type === 'AWS::ECS::TaskDefinition').map(({ id, properties }) => [id, properties]));
  const least = new Map(resources.filter(({ type }) => type === 'AWS::ApplicationAutoScaling::ScalableTarget').map(({ id, properties }) => [partOf(id), Number(properties.MinCapacity)]));
  for (const { id, type, properties } of resources) {
    const part = partOf(id);
    const add = (what: string, quantity: number, price: string): void => void lines.push({ part, what, quantity, price });
    switch (type) {
      case 'AWS::EC2::NatGateway':
        add('NAT gateway', assumed.month, 'natHour');
        add('address of the NAT gateway', assumed.month, 'publicIpHour');
        break;
      case 'AWS::EC2::VPCEndpoint':
        if (properties.VpcEndpointType === 'Interface') add('interface endpoint', assumed.month * properties.SubnetIds!.length, 'endpointHour');
        break;
      case 'AWS::ElasticLoadBalancingV2::LoadBalancer': {
        const network = properties.Type === 'network';
        add(network ? 'network load balancer' : 'application load balancer', assumed.month, 'loadBalancerHour');
        if (properties.Scheme === 'internet-facing') add('addresses of the load balancer', assumed.month * zonesOf(properties), 'publicIpHour');
        add('capacity of the load balancer', assumed.sessionHours * AUDIO_HOUR.capacityUnits, network ? 'nlbCapacityHour' : 'albCapacityHour');
        if (!network) add('audio to people', assumed.sessionHours * AUDIO_HOUR.downlinkGb, 'egressGb');
        break;
      }
      case 'AWS::WAFv2::WebACL':
        add('web ACL', 1, 'wafAcl');
        add('rules', properties.Rules!.length, 'wafRule');
        add('requests looked at', assumed.requestsMillions, 'wafMillion');
        break;
      case 'AWS::ECS::Service':
        lines.push(...serviceLines(part, properties, tasks.get(properties.TaskDefinition!.Ref)!, least.get(part) ?? 1, assumed));
        add('Container Insights', INSIGHT_METRICS_PER_SERVICE, 'metric');
        break;
      case 'AWS::SQS::Queue':
        if (properties.RedrivePolicy) {
          add('asking the queue for work', (POLLS_PER_HOUR * assumed.up) / 1e6, 'sqsMillion');
          add('measurements of the job', METRICS_PER_JOB, 'metric');
        }
        break;
      case 'AWS::CloudWatch::Alarm':
        add('alarms', properties.Metrics ? properties.Metrics.filter((each) => each.MetricStat).length : 1, 'alarmMetric');
        break;
      case 'AWS::CloudWatch::Dashboard':
        add('dashboard', 1, 'dashboard');
        add('measurements of processes', PROCESS_METRICS, 'metric');
        break;
      case 'AWS::KMS::Key':
        add('key', 1, 'kmsKey');
        break;
      case 'AWS::S3::Bucket':
        // Of the buckets one holds audio; the others hold who asked for it.
        if (part !== 'Audio' || !properties.LoggingConfiguration) break;
        add('writing audio', (assumed.sessionHours * AUDIO_HOUR.puts) / 1000, 's3Put');
        add('reading audio', (assumed.sessionHours * AUDIO_HOUR.gets) / 1000, 's3Get');
        add('recordings', assumed.sessionHours * AUDIO_HOUR.gb * assumed.recordingMonths, 's3Gb');
        break;
      case 'AWS::EFS::FileSystem':
        add('files', LANGFLOW_GB, 'efsGb');
        break;
      case 'AWS::Lambda::Function':
        if (part !== 'Code') break;
        add('code runs', (assumed.codeRuns * CODE_RUN_SECONDS * properties.MemorySize!) / 1024, 'lambdaGbSecond');
        add('environments of sessions', ((assumed.codeRuns / CODE_RUNS_PER_SESSION) * properties.MemorySize!) / 1024, 'tenantEnvironment');
        break;
      case 'AWS::StepFunctions::StateMachine':
        add('closing meetings', (assumed.meetings * TRANSITIONS_PER_MEETING) / 1000, 'stateTransition');
        break;
      case 'AWS::ServiceDiscovery::PrivateDnsNamespace':
        add('names of services', 1, 'hostedZone');
        break;
      case 'AWS::Scheduler::Schedule':
        add('calls of the night', 22 / 1e6, 'scheduleMillion');
        break;
      case 'AWS::CloudFront::Distribution':
        // What it carries is counted at the load balancer behind it, which then pays for none.
        break;
      case 'AWS::Logs::LogGroup':
        if (part === 'Realtime') add('logs, all of them', assumed.logGb, 'logGb');
        if (part === 'Realtime') add('traffic through NAT', assumed.natGb, 'natGb');
        break;
      case 'AWS::ECS::TaskDefinition':
        break;
      default:
        if (!FREE.some((each) => each.test(type))) throw new Error(`amplify/cost/count.ts does not know what ${type} (${id}) costs. Give it a line, or list it as free.`);
    }
  }
  return lines;
}

function serviceLines(part: string, { CapacityProviderStrategy: strategy }: Properties, task: Properties, least: number, assumed: Assumptions): Line[] {
  const fargate = strategy!.every(({ CapacityProvider }) => typeof CapacityProvider === 'string');
  if (!fargate) return [{ part, what: 'GPU', quantity: assumed.gpuHours, price: 'gpuInstanceHour' }, { part, what: 'management of the GPU instance', quantity: assumed.gpuHours, price: 'managedInstanceFeeHour' }];
  const hours = assumed.awake[part] ?? least * assumed.up;
  const base = strategy!.find(({ CapacityProvider }) => CapacityProvider === 'FARGATE');
  const onDemand = base?.Base ? Math.min(hours, base.Base * assumed.up) : base ? hours : 0;
  const lines: Line[] = [];
  for (const [share, spot] of [[onDemand, false], [hours - onDemand, true]] as const) {
    if (share <= 0) continue;
    const factor = spot ? ' (Spot)' : '';
    lines.push({ part, what: `processors of tasks${factor}`, quantity: (share * Number(task.Cpu)) / 1024, price: 'fargateVcpuHour' });
    lines.push({ part, what: `memory of tasks${factor}`, quantity: (share * Number(task.Memory)) / 1024, price: 'fargateGbHour' });
  }
  return lines;
}

function zonesOf({ Subnets, SubnetMappings }: Properties): number {
  return (Subnets ?? SubnetMappings)!.length;
}

/** `SpoolFrontDoorLoadBalancer9C5FF54F` → `FrontDoor`: the construct's name below the deployment. */
function partOf(id: string): string {
  return /^Spool(FrontDoor|WebApp|[A-Z][a-z]+)/.exec(id)?.[1] ?? 'other';
}
