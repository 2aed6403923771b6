/**
 * Candidates' programs run in a function that can reach nothing: a network of its own without a way out and without names,
 * one machine per session, and a role whose few rights are denied to the code inside.
 */
import { ArnFormat, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { DeployedSize } from '../sizing.ts';

export interface CodeExecutionProps {
  functionName: string;
  /** Holds the image with the four languages. */
  repository: ecr.IRepository;
  /** An input of synthesis: never `latest`. */
  imageTag: string;
  size: DeployedSize['code'];
  logDays: number;
}

/** Amplify Hosting ends a request after 30 s; a function that may take longer would answer nobody. */
const LONGEST_SECONDS = 29;
/** What the service does with the role, for the function, while the function's own code may not. */
const INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses', 'ec2:DescribeSubnets',
];

export class CodeExecution extends Construct {
  readonly function: lambda.Function;
  readonly vpc: ec2.Vpc;
  readonly alarms: readonly cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: CodeExecutionProps) {
    super(scope, id);
    const { size } = props;
    if (size.timeoutSeconds > LONGEST_SECONDS) throw new Error(`The function may take ${size.timeoutSeconds} s, but whoever asks is cut off after 30 s. Set code.timeoutSeconds in amplify/sizing.ts to ${LONGEST_SECONDS} or less.`);

    // Of its own, since in a shared one the name server of the network answers every address: a way out for whoever
    // puts what they know into names. No rule of a security group reaches it; leaving it out does.
    this.vpc = new ec2.Vpc(this, 'Nowhere', {
      ipAddresses: ec2.IpAddresses.cidr('10.255.0.0/24'),
      maxAzs: 2,
      natGateways: 0,
      createInternetGateway: false,
      enableDnsSupport: false,
      enableDnsHostnames: false,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 26 }],
    });
    const attempts = new logs.LogGroup(this, 'Attempts', { retention: props.logDays as logs.RetentionDays, removalPolicy: RemovalPolicy.DESTROY });
    this.vpc.addFlowLog('Attempts', { destination: ec2.FlowLogDestination.toCloudWatchLogs(attempts), trafficType: ec2.FlowLogTrafficType.ALL });
    // A list of its own that allows nothing, also not between two machines of these subnets.
    new ec2.NetworkAcl(this, 'NoTraffic', { vpc: this.vpc, subnetSelection: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
    Validations.of(this).acknowledge({ id: 'AwsSolutions-VPC3', reason: 'The list has no entry: it denies all, to machines that need nothing. Security groups alone cannot deny.' });
    const group = new ec2.SecurityGroup(this, 'Group', { vpc: this.vpc, allowAllOutbound: false, description: 'Nothing goes out, nothing comes in' });

    const stack = Stack.of(this);
    const functionArn = stack.formatArn({ service: 'lambda', resource: 'function', resourceName: props.functionName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: 'Puts the function into its network. Writes no logs: what a program prints is nobody elses business.',
      inlinePolicies: {
        network: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({ sid: 'JoinTheNetwork', actions: INTERFACE_ACTIONS, resources: ['*'] }),
            // The programs could read the credentials of the role and carry them out with what they print.
            new iam.PolicyStatement({ sid: 'NothingForTheCodeInside', effect: iam.Effect.DENY, actions: ['*'], resources: ['*'], conditions: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn } } }),
          ],
        }),
      },
    });
    Validations.of(role).acknowledge({ id: 'AwsSolutions-IAM5[Resource::*]', reason: 'Lambda makes the interfaces before they have names, and checks for exactly these actions on all resources when the function is made; the second statement denies them to the code.' });

    this.function = new lambda.Function(this, 'Function', {
      functionName: props.functionName,
      description: 'Runs candidates programs, one environment per session',
      code: lambda.Code.fromEcrImage(props.repository, { tagOrDigest: props.imageTag }),
      handler: lambda.Handler.FROM_IMAGE,
      runtime: lambda.Runtime.FROM_IMAGE,
      architecture: lambda.Architecture.X86_64,
      memorySize: size.memoryMiB,
      timeout: Duration.seconds(size.timeoutSeconds),
      reservedConcurrentExecutions: size.reservedConcurrency,
      tenancyConfig: lambda.TenancyConfig.PER_TENANT,
      role,
      vpc: this.vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      securityGroups: [group],
      // Without tracing: it would add rights to the role, and a daemon beside the programs.
      tracing: lambda.Tracing.DISABLED,
    });

    const alarm = (name: string, metric: cloudwatch.Metric, threshold: number, words: string) =>
      metric.createAlarm(this, name, { alarmDescription: `${words} See docs/operations.md, code runs.`, threshold, evaluationPeriods: 1, comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING });
    const period = Duration.minutes(5);
    this.alarms = [
      alarm('Errors', this.function.metricErrors({ period }), 3, 'The function that runs code failed: a program that fails is an answer, not an error.'),
      alarm('Throttles', this.function.metricThrottles({ period }), 10, 'More programs wait than may run at once.'),
    ];
  }

  /** Whoever may have programs run: with a tenant, which the service asks for. */
  grantInvoke(grantee: iam.IGrantable): void {
    iam.Grant.addToPrincipal({ grantee, actions: ['lambda:InvokeFunction'], resourceArns: [this.function.functionArn] });
  }
}
