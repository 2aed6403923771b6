/** What is promised of the network, its door, and the services people's voices go through, read from the templates. */
import { describe, expect, it } from 'vitest';
import type { Stack } from 'aws-cdk-lib';
import { DEAD_AFTER_MS, PING_INTERVAL_MS } from '../../components/live-session/stream-client.ts';
import { INGEST_STOP_BUDGET_MS, REALTIME_STOP_BUDGET_MS } from '../../config/stop-budget.ts';
import { keepAliveMs } from '../../domain/operations/idle-connections.ts';
import { sizing } from '../sizing.ts';
import { AudioStore } from './audio.ts';
import { type Domain, FrontDoor, PATHS } from './front-door.ts';
import { Images } from './images.ts';
import { parseImageTags } from './image-tags.ts';
import { Ingest } from './ingest.ts';
import { LANGFLOW_SECRETS, Langflow } from './langflow.ts';
import { Network } from './network.ts';
import { Realtime } from './realtime.ts';
import { Secrets } from './secrets.ts';
import { TaskCluster } from './task-cluster.ts';
import { TaskRoute } from './task-route.ts';
import { type Properties, nagFindings, openToTheWorld, resourceOf, resourcesOf, statementsOf, templateOf } from './testing.ts';
import { VIEWER_ADDRESS_HEADER } from './viewer-edge.ts';

const DOMAIN: Domain = { hostName: 'voice.example.com', hostedZoneId: 'Z1', zoneName: 'example.com' };
const SECRETS_PATH = '/amplify/app/main-branch-1234';

/** As backend.ts composes them. */
function build(stack: Stack, name: 'main' | 'staging', domain?: Domain): void {
  const size = sizing({ type: 'branch', name }).deployed!;
  const { logDays } = size.retention;
  const common = { logDays, removal: size.removal, ecsExec: size.ecsExec };
  const network = new Network(stack, 'Network', { size, logDays });
  const cluster = new TaskCluster(stack, 'Cluster', { vpc: network.vpc, domain: 'spool.internal' });
  const secrets = new Secrets(stack, 'Secrets', { path: `${SECRETS_PATH}/` });
  const images = new Images(stack, 'Images', { tags: parseImageTags('c0ffee') });
  const audio = new AudioStore(stack, 'Audio', { recordingDays: 30, logDays, removal: size.removal, ownKey: false });
  const frontDoor = new FrontDoor(stack, 'FrontDoor', { vpc: network.vpc, border: network.border, tasks: network.tasks, domain, idleTimeoutSeconds: size.realtime.idleTimeoutSeconds, waf: size.waf, ...common });
  const service = { subnets: network.tasks, ...common };
  const realtime = new Realtime(stack, 'Realtime', { ...service, environment: {}, cluster, frontDoor, image: images.task('realtime'), size: size.realtime, audio, secrets: secrets.forTask(['DATABASE_URL']) });
  new Ingest(stack, 'Ingest', { ...service, cluster: cluster.cluster, border: network.border, realtime, image: images.task('ingest'), size: size.ingest, domain, accessLogs: frontDoor.accessLogs, secrets: secrets.forTask(['DATABASE_URL']) });
  new Langflow(stack, 'Langflow', { ...service, cluster, frontDoor, image: images.task('langflow'), size: size.langflow, environmentName: name, secrets: secrets.forTask(LANGFLOW_SECRETS) });
  // The worker's port of parts hangs here too; what runs behind it does not matter to the door.
  frontDoor.route(new TaskRoute(stack, 'Parts', { vpc: network.vpc, service: realtime.tasks.service, containerName: 'realtime', port: 8080, path: PATHS.parts, stripsPath: true, healthPath: '/health', drainSeconds: 30 }), 20);
}

const main = templateOf((stack) => build(stack, 'main', DOMAIN));
const staging = templateOf((stack) => build(stack, 'staging'));
const both = [
  ['main, with a domain', main],
  ['staging, without one', staging],
] as const;
const attributesOf = (resource: Properties, key: 'LoadBalancerAttributes' | 'TargetGroupAttributes'): Record<string, unknown> => Object.fromEntries((resource[key] as { Key: string; Value: unknown }[]).map(({ Key, Value }) => [Key, Value]));
const containerOf = (template: typeof main, service: string): Properties => resourceOf(template, 'AWS::ECS::TaskDefinition', service).ContainerDefinitions[0];

describe.each(both)('every service of %s', (_name, template) => {
  const services = [...resourcesOf(template, 'AWS::ECS::Service').values()];
  const tasks = [...resourcesOf(template, 'AWS::ECS::TaskDefinition').values()];

  it('runs tasks that nobody reaches by an address of their own', () => {
    expect(services).toHaveLength(3);
    for (const { NetworkConfiguration } of services) expect(NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp).toBe('DISABLED');
    for (const [, { MapPublicIpOnLaunch = false }] of resourcesOf(template, 'AWS::EC2::Subnet')) expect(MapPublicIpOnLaunch).toBe(false);
  });

  it('goes back by itself when a version does not come up, and keeps the number of tasks that whoever scales it set', () => {
    for (const { DeploymentConfiguration, DesiredCount } of services) {
      expect(DeploymentConfiguration.DeploymentCircuitBreaker).toEqual({ Enable: true, Rollback: true });
      expect(DesiredCount).toBeUndefined();
    }
  });

  it('has a role to be started with and another one to work with', () => {
    for (const { TaskRoleArn, ExecutionRoleArn } of tasks) expect(TaskRoleArn).not.toEqual(ExecutionRoleArn);
    expect(new Set(tasks.flatMap(({ TaskRoleArn, ExecutionRoleArn }) => [JSON.stringify(TaskRoleArn), JSON.stringify(ExecutionRoleArn)])).size).toBe(2 * tasks.length);
  });

  it('hears the signal to end, holds no rights of the system, and writes to its volume alone where no shell is let in', () => {
    for (const { ContainerDefinitions } of tasks) {
      const [container, ...others] = ContainerDefinitions as Properties[];
      expect(others).toEqual([]);
      expect(container!.LinuxParameters).toEqual({ Capabilities: { Drop: ['ALL'] }, InitProcessEnabled: true });
      expect(container!.ReadonlyRootFilesystem).toBe(template === main);
      expect(container!.MountPoints).toEqual([{ ContainerPath: '/data', ReadOnly: false, SourceVolume: 'data' }]);
    }
    for (const { EnableExecuteCommand } of services) expect(EnableExecuteCommand).toBe(template !== main);
  });

  it('gets its secrets from the parameter store of the branch, and has none in its settings', () => {
    for (const { ContainerDefinitions } of tasks) {
      const [{ Environment, Secrets }] = ContainerDefinitions;
      for (const { ValueFrom } of Secrets) expect(JSON.stringify(ValueFrom)).toContain(`:parameter${SECRETS_PATH}/`);
      const names = (Environment as { Name: string }[]).map(({ Name }) => Name).filter((name) => name !== 'LANGFLOW_API_KEY_SOURCE');
      expect(names.filter((name) => /KEY|PASSWORD|SECRET|TOKEN|DATABASE_URL/.test(name))).toEqual([]);
    }
    expect(containerOf(template, 'Langflow').Secrets.map(({ Name }: { Name: string }) => Name)).toEqual([...LANGFLOW_SECRETS]);
  });

  it('takes the image of the commit that was named', () => {
    for (const { ContainerDefinitions } of tasks) expect(JSON.stringify(ContainerDefinitions[0].Image)).toMatch(/spool\/(realtime|ingest|langflow):c0ffee/);
  });
});

describe.each(both)('what %s may do', (_name, template) => {
  const statements = statementsOf(template);

  it('names what it is about, but for the questions that AWS knows no resource for', () => {
    const anywhere = statements.filter(({ resources }) => resources.includes('*')).flatMap(({ actions }) => actions);
    const known = template === main ? ['ecr:GetAuthorizationToken'] : ['ecr:GetAuthorizationToken', 'ec2:DescribeManagedPrefixLists', 'ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel', 'ssmmessages:OpenControlChannel', 'ssmmessages:OpenDataChannel'];
    expect([...new Set(anywhere)].sort()).toEqual(known.sort());
    expect(statements.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual([]);
  });

  it('is, for live sessions: their kinds of objects, and to keep their own task', () => {
    const ofRealtime = statements.filter(({ policy }) => /^(AudioForRealtime|RealtimeTasksTask)/.test(policy)).flatMap(({ actions }) => actions);
    expect(ofRealtime.filter((action) => !action.startsWith('ssmmessages:')).sort()).toEqual(['ecs:GetTaskProtection', 'ecs:UpdateTaskProtection', 's3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject']);
  });

  it('is, for the intake of streams: to keep its own task, and nothing else', () => {
    const ofIngest = statements.filter(({ policy }) => /^IngestTasksTask/.test(policy)).flatMap(({ actions }) => actions);
    expect(ofIngest.filter((action) => !action.startsWith('ssmmessages:'))).toEqual(['ecs:GetTaskProtection', 'ecs:UpdateTaskProtection']);
  });
});

describe('the way in', () => {
  it('is, with a domain, the two load balancers on the ports of https and of its redirect; streams come encrypted', () => {
    expect(openToTheWorld(main)).toEqual(['FrontDoor:443', 'FrontDoor:80', 'Ingest:443']);
    const listeners = [...resourcesOf(main, 'AWS::ElasticLoadBalancingV2::Listener').values()];
    const byPort = listeners.map(({ Port, Protocol, SslPolicy, DefaultActions }) => [Protocol, Port, SslPolicy, DefaultActions[0].Type]);
    expect(byPort).toEqual(expect.arrayContaining([['HTTP', 80, undefined, 'redirect'], ['HTTPS', 443, 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06', 'fixed-response'], ['TLS', 443, 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06', 'forward']]));
    expect(listeners).toHaveLength(3);
    expect(listeners.find(({ Port }) => Port === 80)!.DefaultActions[0].RedirectConfig).toMatchObject({ Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' });
    for (const certificate of resourcesOf(main, 'AWS::CertificateManager::Certificate').values()) expect(certificate.ValidationMethod).toBe('DNS');
  });

  it('is, without one, CloudFront by https, to a load balancer that has no public address', () => {
    expect(openToTheWorld(staging)).toEqual(['Ingest:1935']);
    expect(resourceOf(staging, 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'FrontDoor').Scheme).toBe('internal');
    const { DistributionConfig } = resourceOf(staging, 'AWS::CloudFront::Distribution');
    expect(DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy).toBe('https-only');
    expect(DistributionConfig.Origins).toHaveLength(1);
    expect(DistributionConfig.Origins[0].VpcOriginConfig.VpcOriginId).toBeTruthy();
    const fromCloudFront = [...resourcesOf(staging, 'AWS::EC2::SecurityGroupIngress').values()].filter(({ SourcePrefixListId }) => SourcePrefixListId);
    expect(fromCloudFront.map(({ FromPort, ToPort }) => [FromPort, ToPort])).toEqual([[80, 80]]);
    // Its managed policies: nothing is cached, and all headers get through, or no stream would be opened.
    expect(DistributionConfig.DefaultCacheBehavior).toMatchObject({ CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', OriginRequestPolicyId: '216adef6-5c7f-47e4-b989-5492eafa07d3' });
  });

  it.each(both)('of %s is written down, refuses headers that are none, and stays open for longer than silence between pings', (_name, template) => {
    for (const balancer of resourcesOf(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer').values()) {
      expect(attributesOf(balancer, 'LoadBalancerAttributes')).toMatchObject({ 'access_logs.s3.enabled': 'true', 'deletion_protection.enabled': String(template === main) });
    }
    const attributes = attributesOf(resourceOf(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'FrontDoor'), 'LoadBalancerAttributes');
    expect(attributes['routing.http.drop_invalid_header_fields.enabled']).toBe('true');
    const idleMs = Number(attributes['idle_timeout.timeout_seconds']) * 1000;
    expect(idleMs).toBeGreaterThan(PING_INTERVAL_MS);
    // A browser notices a dead connection itself, and comes back, long before the load balancer gives it up.
    expect(idleMs).toBeGreaterThan(DEAD_AFTER_MS);
    // And gives up a silent one before the server behind it does, which would lose a request on its way.
    expect(keepAliveMs(1, 0)).toBeGreaterThan(idleMs);
  });

  it.each(both)('of %s leads by path to the services, and to nothing else', (_name, template) => {
    const rules = [...resourcesOf(template, 'AWS::ElasticLoadBalancingV2::ListenerRule').values()];
    const byPath = new Map(rules.map(({ Conditions, Actions, Transforms = [] }) => [Conditions[0].PathPatternConfig.Values[1], { actions: Actions.map(({ Type }: { Type: string }) => Type), transforms: Transforms }]));
    expect([...byPath.keys()].sort()).toEqual(template === main ? ['/interview/*', '/langflow/*', '/parts/*'] : ['/interview/*', '/parts/*']);
    expect(byPath.get('/interview/*')).toEqual({ actions: ['forward'], transforms: [] });
    const [{ UrlRewriteConfig }] = byPath.get('/parts/*')!.transforms;
    const [{ Regex, Replace }] = UrlRewriteConfig.Rewrites;
    const seen = (path: string) => path.replace(new RegExp(Regex), Replace);
    expect([seen('/parts/v1/uploads/1/parts/2'), seen('/parts'), seen('/parts/')]).toEqual(['/v1/uploads/1/parts/2', '/', '/']);
  });

  it('tells the firewall the address CloudFront sees, whatever a person claims', () => {
    const { FunctionCode } = resourceOf(staging, 'AWS::CloudFront::Function');
    const handler = new Function(`${FunctionCode}; return handler;`)() as (event: object) => { headers: Record<string, { value: string }> };
    const request = { headers: { [VIEWER_ADDRESS_HEADER]: { value: '10.9.9.9' }, host: { value: 'x' } } };
    expect(handler({ viewer: { ip: '198.51.100.7' }, request }).headers).toEqual({ [VIEWER_ADDRESS_HEADER]: { value: '198.51.100.7' }, host: { value: 'x' } });
  });
});

describe.each(both)('the firewall of %s', (_name, template) => {
  const { Rules, Scope } = resourceOf(template, 'AWS::WAFv2::WebACL');
  const rates = (Rules as Properties[]).filter(({ Statement }) => Statement.RateBasedStatement);

  it('stands before the load balancer and bounds what one address may ask, streams more tightly', () => {
    expect(Scope).toBe('REGIONAL');
    expect(JSON.stringify(resourceOf(template, 'AWS::WAFv2::WebACLAssociation').ResourceArn)).toContain('FrontDoorLoadBalancer');
    const { waf } = sizing({ type: 'branch', name: template === main ? 'main' : 'staging' }).deployed!;
    const limits = rates.map(({ Statement }) => Statement.RateBasedStatement.Limit);
    expect(limits[0]).toBe(waf.requestsPerFiveMinutes);
    expect(limits[1]).toBeLessThan(limits[0]);
    for (const { Action } of rates) expect(Action.Block).toBeTruthy();
    const keys = rates.map(({ Statement }) => [Statement.RateBasedStatement.AggregateKeyType, Statement.RateBasedStatement.ForwardedIPConfig?.HeaderName]);
    expect(keys).toEqual(template === main ? [['IP', undefined], ['IP', undefined]] : [['FORWARDED_IP', VIEWER_ADDRESS_HEADER], ['FORWARDED_IP', VIEWER_ADDRESS_HEADER]]);
  });

  it('writes down whom it refused, without what signs people in', () => {
    const { LogDestinationConfigs, RedactedFields } = resourceOf(template, 'AWS::WAFv2::LoggingConfiguration');
    expect(JSON.stringify(LogDestinationConfigs)).not.toContain(':*');
    expect(RedactedFields).toEqual([{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }, { QueryString: {} }]);
    expect(resourceOf(template, 'AWS::Logs::LogGroup', 'FrontDoorFirewall').LogGroupName).toMatch(/^aws-waf-logs-/);
  });
});

describe.each(both)('live sessions of %s', (_name, template) => {
  const targets = resourceOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup', 'Realtime');

  it('go to the task with the fewest, are bound to none, and are asked after on the path they answer', () => {
    const attributes = attributesOf(targets, 'TargetGroupAttributes');
    expect(attributes).toMatchObject({ 'load_balancing.algorithm.type': 'least_outstanding_requests', 'stickiness.enabled': 'false' });
    expect(targets).toMatchObject({ Port: 8080, TargetType: 'ip', HealthCheckPath: '/interview/ready' });
    // A database that fails over for three minutes does not have every task replaced.
    expect(targets.HealthCheckIntervalSeconds * targets.UnhealthyThresholdCount).toBeGreaterThanOrEqual(180);
  });

  it('have time to end: first nothing new comes, then the process has more than it takes', () => {
    const { StopTimeout } = containerOf(template, 'Realtime');
    expect(StopTimeout * 1000).toBeGreaterThan(REALTIME_STOP_BUDGET_MS);
    expect(StopTimeout).toBeLessThanOrEqual(120);
    expect(Number(attributesOf(targets, 'TargetGroupAttributes')['deregistration_delay.timeout_seconds'])).toBeLessThanOrEqual(60);
    expect(containerOf(template, 'Ingest').StopTimeout * 1000).toBeGreaterThan(INGEST_STOP_BUDGET_MS);
  });

  it('have tasks by how many there are and how busy they keep them', () => {
    const { realtime } = sizing({ type: 'branch', name: template === main ? 'main' : 'staging' }).deployed!;
    expect(resourceOf(template, 'AWS::ApplicationAutoScaling::ScalableTarget')).toMatchObject({ MinCapacity: realtime.fromZero ? 0 : realtime.minTasks, MaxCapacity: realtime.maxTasks });
    const policies = [...resourcesOf(template, 'AWS::ApplicationAutoScaling::ScalingPolicy').values()].map(({ TargetTrackingScalingPolicyConfiguration: policy }) => policy);
    expect(policies).toHaveLength(2);
    const sessions = policies.find(({ CustomizedMetricSpecification }) => CustomizedMetricSpecification)!;
    expect(sessions).toMatchObject({ TargetValue: realtime.sessionsPerTask, CustomizedMetricSpecification: { Namespace: 'Spool', MetricName: 'Sessions', Statistic: 'Average' } });
    expect(sessions.CustomizedMetricSpecification.Dimensions.map(({ Name }: { Name: string }) => Name).sort()).toEqual(['Cluster', 'Process']);
    const busy = policies.find(({ PredefinedMetricSpecification }) => PredefinedMetricSpecification)!;
    expect(busy.PredefinedMetricSpecification.PredefinedMetricType).toBe('ECSServiceAverageCPUUtilization');
    // Rounded up, a little work of one task is one task: it would never go to sleep.
    expect(busy.DisableScaleIn).toBe(realtime.fromZero);
  });
});

describe.each(both)('streams of meetings in %s', (_name, template) => {
  it('come to one listener, any task of which may take them', () => {
    const targets = resourceOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup', 'Ingest');
    expect(targets).toMatchObject({ Port: 1935, Protocol: 'TCP', TargetType: 'ip' });
    const balancer = resourceOf(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'Ingest');
    expect(balancer).toMatchObject({ Type: 'network', Scheme: 'internet-facing' });
    expect(balancer.SecurityGroups).toHaveLength(1);
    expect(attributesOf(balancer, 'LoadBalancerAttributes')['load_balancing.cross_zone.enabled']).toBe('true');
  });

  it('are handed on inside the network', () => {
    const environment = Object.fromEntries(containerOf(template, 'Ingest').Environment.map(({ Name, Value }: { Name: string; Value: unknown }) => [Name, Value]));
    expect(environment.SPOOL_REALTIME_PUBLIC_URL).toBe('ws://realtime.spool.internal:8080');
    const callers = [...resourcesOf(template, 'AWS::EC2::SecurityGroupIngress')].filter(([id]) => id.startsWith('RealtimeTasks')).map(([, rule]) => JSON.stringify(rule.SourceSecurityGroupId));
    expect(callers.map((group) => /FrontDoor|Ingest/.exec(group)?.[0]).sort()).toEqual(['FrontDoor', 'Ingest']);
  });
});

describe('LangFlow', () => {
  it.each(both)('of %s keeps its files encrypted, backed up, and for its task alone', (_name, template) => {
    const files = resourceOf(template, 'AWS::EFS::FileSystem');
    expect(files).toMatchObject({ Encrypted: true, BackupPolicy: { Status: 'ENABLED' } });
    const policy = files.FileSystemPolicy.Statement as Properties[];
    expect(policy.filter(({ Effect }) => Effect === 'Allow').map(({ Principal }) => JSON.stringify(Principal))).toEqual([expect.stringContaining('LangflowTasksTaskRole')]);
    expect(policy.filter(({ Effect }) => Effect === 'Deny').map(({ Condition }) => Condition)).toEqual([{ Bool: { 'aws:SecureTransport': 'false' } }, { Null: { 'elasticfilesystem:AccessPointArn': 'true' } }]);
    const { Volumes } = resourceOf(template, 'AWS::ECS::TaskDefinition', 'Langflow');
    expect(Volumes[0].EFSVolumeConfiguration).toMatchObject({ TransitEncryption: 'ENABLED', AuthorizationConfig: { IAM: 'ENABLED' } });
    expect(resourceOf(template, 'AWS::EFS::AccessPoint').PosixUser).toEqual({ Uid: '1000', Gid: '1000' });
  });

  it.each(both)('of %s never has two tasks write the same files', (_name, template) => {
    expect(resourceOf(template, 'AWS::ECS::Service', 'Langflow').DeploymentConfiguration).toMatchObject({ MinimumHealthyPercent: 0, MaximumPercent: 100 });
  });

  it('lets nobody to its editor who has not signed in as an operator, and nobody at all where none can be asked', () => {
    const rule = [...resourcesOf(main, 'AWS::ElasticLoadBalancingV2::ListenerRule').values()].find(({ Conditions }) => Conditions[0].PathPatternConfig.Values.includes('/langflow/*'))!;
    expect(rule.Actions.map(({ Type, Order }: Properties) => [Order, Type])).toEqual([[1, 'authenticate-cognito'], [2, 'forward']]);
    expect(resourceOf(main, 'AWS::Cognito::UserPool')).toMatchObject({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true }, MfaConfiguration: 'ON', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] });
    expect(resourceOf(main, 'AWS::Cognito::UserPoolClient').CallbackURLs).toEqual(['https://voice.example.com/oauth2/idpresponse']);
    expect(resourcesOf(staging, 'AWS::Cognito::UserPool').size).toBe(0);
    const callers = [...resourcesOf(staging, 'AWS::EC2::SecurityGroupIngress')].filter(([id]) => id.startsWith('LangflowTasks'));
    expect(callers).toEqual([]);
  });

  it('says which secrets it needs rather than making its own', () => {
    expect(() => templateOf((stack) => {
      const network = new Network(stack, 'Network', { size: sizing({ type: 'branch', name: 'staging' }).deployed!, logDays: 14 });
      const cluster = new TaskCluster(stack, 'Cluster', { vpc: network.vpc, domain: 'spool.internal' });
      new Langflow(stack, 'Langflow', { cluster, secrets: {} } as unknown as ConstructorParameters<typeof Langflow>[2]);
    })).toThrow(/LANGFLOW_SECRET_KEY/);
  });
});

describe('the network', () => {
  it('has two zones, and as many ways out as the environment pays for', () => {
    expect([...resourcesOf(main, 'AWS::EC2::NatGateway').keys()]).toHaveLength(2);
    expect([...resourcesOf(staging, 'AWS::EC2::NatGateway').keys()]).toHaveLength(1);
    for (const [, template] of both) expect(resourcesOf(template, 'AWS::EC2::Subnet').size).toBe(4);
  });

  it('reaches S3 without a way out, and other services so only where that is wanted', () => {
    const endpoints = (template: typeof main) => [...resourcesOf(template, 'AWS::EC2::VPCEndpoint').values()].map(({ VpcEndpointType }) => VpcEndpointType);
    for (const [, template] of both) expect(endpoints(template)).toEqual(['Gateway']);
    const wanted = templateOf((stack) => void new Network(stack, 'Network', { size: { ...sizing({ type: 'branch', name: 'main' }).deployed!, interfaceEndpoints: true }, logDays: 7 }));
    expect(endpoints(wanted).sort()).toEqual(['Gateway', 'Interface', 'Interface', 'Interface', 'Interface']);
    for (const { PrivateDnsEnabled, SubnetIds = [] } of resourcesOf(wanted, 'AWS::EC2::VPCEndpoint').values()) if (PrivateDnsEnabled) expect(SubnetIds).toHaveLength(2);
    expect(openToTheWorld(wanted)).toEqual([]);
  });

  it('writes down what it refused', () => {
    for (const [, template] of both) expect(resourceOf(template, 'AWS::EC2::FlowLog')).toMatchObject({ TrafficType: 'REJECT', LogDestinationType: 'cloud-watch-logs' });
  });
});

describe.each(both)('all of %s', (_name, template) => {
  it('forgets its logs after a time', () => {
    const groups = [...resourcesOf(template, 'AWS::Logs::LogGroup').values()];
    expect(groups.length).toBeGreaterThanOrEqual(5);
    for (const { RetentionInDays } of groups) expect(RetentionInDays).toBeGreaterThan(0);
  });

  it('keeps access logs where nobody but the services that deliver them writes', () => {
    const bucket = [...resourcesOf(template, 'AWS::S3::Bucket')].find(([id]) => id.startsWith('FrontDoorAccessLogs'))!;
    expect(bucket[1]).toMatchObject({ PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true } });
    const { PolicyDocument } = resourceOf(template, 'AWS::S3::BucketPolicy', 'FrontDoorAccessLogs');
    const writers = (PolicyDocument.Statement as Properties[]).filter(({ Effect }) => Effect === 'Allow').map(({ Principal, Action }) => `${Principal.Service} ${Action}`);
    expect(writers.sort()).toEqual(['delivery.logs.amazonaws.com s3:GetBucketAcl', 'delivery.logs.amazonaws.com s3:PutObject', 'logdelivery.elasticloadbalancing.amazonaws.com s3:PutObject']);
  });

  it('has nothing that AWS has a rule against and we have no reason for', () => {
    expect(nagFindings((stack) => build(stack, template === main ? 'main' : 'staging', template === main ? DOMAIN : undefined))).toEqual([]);
  });
});
