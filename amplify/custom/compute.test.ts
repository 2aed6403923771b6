/** What is promised of workers, GPUs and the function that runs code, read from the template. */
import { Match } from 'aws-cdk-lib/assertions';
import type { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { sizing } from '../sizing.ts';
import type { DeployedSize } from '../sizing.ts';
import { CodeExecution } from './code-execution.ts';
import { nagFindings, templateOf } from './testing.ts';
import { Transcription } from './transcription.ts';
import { Workers } from './workers.ts';

const main = sizing({ type: 'branch', name: 'main' }).deployed!;
const staging = sizing({ type: 'branch', name: 'staging' }).deployed!;

/** `world` stands for what other constructs make; findings in it are theirs. */
function build(stack: Stack, size: DeployedSize = main) {
  const vpc = new ec2.Vpc(stack, 'World', { maxAzs: 2, natGateways: 1 });
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc, containerInsightsV2: ecs.ContainerInsights.ENABLED, enableFargateCapacityProviders: true });
  const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'spool-worker');
  const image = ecs.ContainerImage.fromEcrRepository(repository, 'abc');
  const queue = (name: string) => new sqs.Queue(stack, `Queue-${name}`, { enforceSSL: true, deadLetterQueue: { queue: new sqs.Queue(stack, `Dead-${name}`, { enforceSSL: true }), maxReceiveCount: 3 } });
  const subnets = { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
  const workers = new Workers(stack, 'Workers', { cluster, subnets, image, size: size.worker, environment: { SPOOL_ECS_CLUSTER: cluster.clusterName }, secrets: {}, scaleOn: [queue('take-in-file'), queue('write-notes')], logDays: size.retention.logDays, ecsExec: size.ecsExec, uploadPort: 8090 });
  const transcription = new Transcription(stack, 'Transcription', {
    vpc,
    cluster,
    subnets,
    size: size.gpu,
    workerImage: image,
    whisper: { image: 'registry.example/whisper:1@sha256:0', port: 8000, healthPath: '/health', model: 'large-v3' },
    queues: new Map([['transcribe-chunk', queue('transcribe-chunk')]]),
    liveMeetings: new cloudwatch.Metric({ namespace: 'Spool', metricName: 'LiveMeetings', dimensionsMap: { Cluster: cluster.clusterName, Process: 'worker' }, statistic: 'Maximum' }),
    environment: {},
    secrets: {},
    logDays: size.retention.logDays,
  });
  const code = new CodeExecution(stack, 'Code', { functionName: 'spool-main-code', repository: ecr.Repository.fromRepositoryName(stack, 'CodeRepository', 'spool-code'), imageTag: 'abc', size: size.code, logDays: size.retention.logDays });
  return { workers, transcription, code, cluster };
}

type Properties = Record<string, any>;
const all = (template: Template, type: string): Properties[] => Object.values(template.findResources(type)).map(({ Properties: each }) => each as Properties);
const only = (template: Template, type: string, where: (properties: Properties) => boolean): Properties => {
  const found = all(template, type).filter(where);
  expect(found).toHaveLength(1);
  return found[0]!;
};
const template = templateOf(build);
const taskOf = (container: string) => only(template, 'AWS::ECS::TaskDefinition', ({ ContainerDefinitions: each }) => each.some(({ Name }: { Name: string }) => Name === container));

describe('every task', () => {
  it('has no public address, and goes back by itself when a new version does not come up', () => {
    const services = all(template, 'AWS::ECS::Service');
    expect(services).toHaveLength(2);
    for (const { NetworkConfiguration, DeploymentConfiguration } of services) {
      expect(NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp ?? 'DISABLED').toBe('DISABLED');
      expect(DeploymentConfiguration.DeploymentCircuitBreaker).toEqual({ Enable: true, Rollback: true });
    }
  });
  it('leaves the number of its tasks to what scales them: a deploy does not reset it', () => {
    for (const { DesiredCount } of all(template, 'AWS::ECS::Service')) expect(DesiredCount).toBeUndefined();
  });
  it('of ours writes only to its volume, gets the signal to stop, and has its time', () => {
    const workers = all(template, 'AWS::ECS::TaskDefinition').flatMap(({ ContainerDefinitions }) => ContainerDefinitions.filter(({ Name }: { Name: string }) => Name === 'worker') as Properties[]);
    expect(workers).toHaveLength(2);
    for (const worker of workers) {
      expect(worker).toMatchObject({ ReadonlyRootFilesystem: true, LinuxParameters: { InitProcessEnabled: true, Capabilities: { Drop: ['ALL'] } }, MountPoints: [{ ContainerPath: '/data', ReadOnly: false }] });
      expect(worker.StopTimeout).toBeGreaterThan(60);
      expect(worker.StopTimeout).toBeLessThanOrEqual(120);
      expect(worker.Environment).toContainEqual({ Name: 'SPOOL_DATA_DIR', Value: '/data' });
    }
  });
  it('keeps its logs for as long as the environment says, and writes them all somewhere', () => {
    for (const { RetentionInDays } of all(template, 'AWS::Logs::LogGroup')) expect(RetentionInDays).toBe(main.retention.logDays);
    for (const { ContainerDefinitions } of all(template, 'AWS::ECS::TaskDefinition')) for (const { LogConfiguration } of ContainerDefinitions) expect(LogConfiguration.LogDriver).toBe('awslogs');
  });
  it('has two roles: one to start it, one for what it does', () => {
    for (const { TaskRoleArn, ExecutionRoleArn } of all(template, 'AWS::ECS::TaskDefinition')) expect(TaskRoleArn['Fn::GetAtt'][0]).not.toBe(ExecutionRoleArn['Fn::GetAtt'][0]);
  });
  it('opens a shell in staging only', () => {
    for (const { EnableExecuteCommand } of all(template, 'AWS::ECS::Service')) expect(EnableExecuteCommand ?? false).toBe(false);
    const open = all(templateOf((stack) => build(stack, staging)), 'AWS::ECS::Service').filter(({ EnableExecuteCommand }) => EnableExecuteCommand);
    expect(open).toHaveLength(1);
  });
});

describe('background workers', () => {
  it('run on spare capacity; where people wait one does not', () => {
    const strategies = (each: Template) => only(each, 'AWS::ECS::Service', ({ CapacityProviderStrategy }) => CapacityProviderStrategy.some(({ CapacityProvider }: Properties) => String(CapacityProvider).startsWith('FARGATE'))).CapacityProviderStrategy;
    expect(strategies(template)).toEqual([{ CapacityProvider: 'FARGATE', Base: 1, Weight: 0 }, { CapacityProvider: 'FARGATE_SPOT', Weight: 1 }]);
    expect(strategies(templateOf((stack) => build(stack, staging)))).toEqual([{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }]);
  });
});

describe('GPUs', () => {
  const idle = () => only(template, 'AWS::CloudWatch::Alarm', ({ AlarmActions, ComparisonOperator, Metrics }) => AlarmActions && ComparisonOperator === 'LessThanOrEqualToThreshold' && JSON.stringify(Metrics).includes('LiveMeetings'));
  const work = () => only(template, 'AWS::CloudWatch::Alarm', ({ AlarmActions, ComparisonOperator, Metrics }) => AlarmActions && ComparisonOperator === 'GreaterThanOrEqualToThreshold' && JSON.stringify(Metrics ?? '').includes('LiveMeetings'));
  const policyOf = (alarm: Properties) => (template.findResources('AWS::ApplicationAutoScaling::ScalingPolicy')[alarm.AlarmActions[0].Ref] as { Properties: Properties }).Properties.StepScalingPolicyConfiguration;

  it('come from nothing with the first message, counted while it is worked on too, or with a live meeting', () => {
    const target = only(template, 'AWS::ApplicationAutoScaling::ScalableTarget', ({ MinCapacity }) => MinCapacity === 0);
    expect(target.MaxCapacity).toBe(main.gpu.maxInstances);
    for (const alarm of [idle(), work()]) {
      const { Expression } = (alarm.Metrics as Properties[]).find(({ Expression: each }) => each)!;
      const names = (alarm.Metrics as Properties[]).map(({ MetricStat }) => MetricStat?.Metric.MetricName as string).filter(Boolean);
      expect(names.sort()).toEqual(['ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesVisible', 'LiveMeetings']);
      expect(Expression).toBe('FILL(v0, 0) + FILL(f0, 0) + IF(FILL(warm, 0) > 0, 1, 0)');
    }
    expect(work().Threshold).toBe(1);
    const { AdjustmentType, StepAdjustments } = policyOf(work());
    expect(AdjustmentType).toBe('ExactCapacity');
    expect(StepAdjustments.map(({ ScalingAdjustment, MetricIntervalLowerBound }: Properties) => [ScalingAdjustment, MetricIntervalLowerBound])).toEqual([[1, 0], [2, 40], [3, 80], [4, 120]]);
    expect(StepAdjustments.at(-1).MetricIntervalUpperBound).toBeUndefined();
  });
  it('are given back when nothing was there for a while, though no message says so', () => {
    expect(idle()).toMatchObject({ Threshold: 0, EvaluationPeriods: main.gpu.idleSeconds / 60, TreatMissingData: 'breaching' });
    expect(policyOf(idle()).StepAdjustments).toEqual([{ MetricIntervalUpperBound: 0, ScalingAdjustment: 0 }]);
    const provider = only(template, 'AWS::ECS::CapacityProvider', () => true).ManagedInstancesProvider;
    expect(provider.InfrastructureOptimization).toEqual({ ScaleInAfter: main.gpu.idleSeconds });
    expect(provider.InstanceLaunchTemplate).toMatchObject({ CapacityOptionType: 'SPOT', InstanceRequirements: { AcceleratorTypes: ['gpu'], AcceleratorCount: { Min: 1, Max: 1 } } });
  });
  it('run our worker beside a Whisper server that is pinned, healthy first, and reached without leaving the task', () => {
    const { ContainerDefinitions } = taskOf('whisper');
    const [whisper, worker] = ContainerDefinitions as Properties[];
    expect(whisper).toMatchObject({ Name: 'whisper', Image: expect.stringContaining('@sha256:'), ResourceRequirements: [{ Type: 'GPU', Value: '1' }], HealthCheck: { StartPeriod: 300 } });
    expect(whisper!.PortMappings ?? []).toEqual([]);
    expect(worker!.DependsOn).toEqual([{ Condition: 'HEALTHY', ContainerName: 'whisper' }]);
    const environment = Object.fromEntries((worker!.Environment as Properties[]).map(({ Name, Value }) => [Name, Value]));
    expect(environment).toMatchObject({ OPENAI_BASE_URL: 'http://localhost:8000/v1', SPOOL_JOBS: 'transcribe-chunk', SPOOL_STT: 'openai', SPOOL_STT_MODEL: 'large-v3' });
  });
  it('that never pause raise an alarm', () => {
    const long = only(template, 'AWS::CloudWatch::Alarm', ({ MetricName }) => MetricName === 'RunningTaskCount');
    expect(long).toMatchObject({ Period: 3600, EvaluationPeriods: main.gpu.alarmAfterHours, Statistic: 'Minimum' });
  });
});

describe('candidates programs', () => {
  const code = templateOf((stack) => new CodeExecution(stack, 'Code', { functionName: 'spool-main-code', repository: ecr.Repository.fromRepositoryName(stack, 'Repository', 'spool-code'), imageTag: 'abc', size: main.code, logDays: 30 }));

  it('have a machine for each session, for less time than whoever asks is kept', () => {
    const [properties] = all(code, 'AWS::Lambda::Function');
    expect(all(code, 'AWS::Lambda::Function')).toHaveLength(1);
    expect(properties).toMatchObject({ TenancyConfig: { TenantIsolationMode: 'PER_TENANT' }, PackageType: 'Image', ReservedConcurrentExecutions: main.code.reservedConcurrency, VpcConfig: { SubnetIds: [expect.anything(), expect.anything()] } });
    expect(properties!.Timeout).toBeLessThan(30);
    expect(properties!.Environment).toBeUndefined();
    expect(() => templateOf((stack) => new CodeExecution(stack, 'Code', { functionName: 'x', repository: ecr.Repository.fromRepositoryName(stack, 'Repository', 'r'), imageTag: 'abc', size: { ...main.code, timeoutSeconds: 150 }, logDays: 30 }))).toThrow(/sizing/);
  });
  it('reach nothing: no route, no gateway, no endpoint, no name server, no rule that lets anything through', () => {
    for (const type of ['AWS::EC2::Route', 'AWS::EC2::InternetGateway', 'AWS::EC2::NatGateway', 'AWS::EC2::VPCEndpoint', 'AWS::EC2::NetworkAclEntry', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::VPCPeeringConnection', 'AWS::EC2::VPCGatewayAttachment', 'AWS::EC2::EgressOnlyInternetGateway']) code.resourceCountIs(type, 0);
    expect(all(code, 'AWS::EC2::VPC')).toEqual([expect.objectContaining({ EnableDnsSupport: false, EnableDnsHostnames: false })]);
    expect(all(code, 'AWS::EC2::SubnetNetworkAclAssociation')).toHaveLength(all(code, 'AWS::EC2::Subnet').length);
    const [group] = all(code, 'AWS::EC2::SecurityGroup');
    expect(group!.SecurityGroupIngress).toBeUndefined();
    expect(group!.SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32' })]);
  });
  it('have no rights: what the service needs to join its network is denied to the code inside, and nothing else is there', () => {
    const role = only(code, 'AWS::IAM::Role', ({ AssumeRolePolicyDocument }) => JSON.stringify(AssumeRolePolicyDocument).includes('lambda.amazonaws.com'));
    expect(role.ManagedPolicyArns).toBeUndefined();
    const statements = role.Policies.flatMap(({ PolicyDocument }: Properties) => PolicyDocument.Statement) as Properties[];
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action as string[]);
    expect(allowed.filter((action) => !/^ec2:(?:\w+NetworkInterfaces?|\w+PrivateIpAddresses|DescribeSubnets)$/.test(action))).toEqual([]);
    const [denied] = statements.filter(({ Effect }) => Effect === 'Deny');
    expect(denied).toMatchObject({ Action: '*', Resource: '*' });
    expect(JSON.stringify(denied!.Condition)).toContain(':function:spool-main-code');
    expect(JSON.stringify(all(code, 'AWS::IAM::Policy'))).not.toContain('FunctionRole');
  });
  it('may be started by whoever was given that, and by nobody else', () => {
    code.resourceCountIs('AWS::Lambda::Permission', 0);
    code.resourceCountIs('AWS::Lambda::Url', 0);
    const granted = templateOf((stack) => build(stack).code.grantInvoke(new iam.Role(stack, 'Asker', { assumedBy: new iam.ServicePrincipal('amplify.amazonaws.com') })));
    granted.hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: [Match.objectLike({ Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^CodeFunction'), 'Arn'] } })] } });
  });
});

it('the rules of AWS find nothing that has no reason', () => {
  const ours = nagFindings(build).filter(({ constructPath }) => !/^Spool\/(?:World|Cluster)\//.test(constructPath));
  expect(ours).toEqual([]);
});
