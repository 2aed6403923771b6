/**
 * Where everything of ours runs: two availability zones; tasks in private subnets that reach out through a NAT gateway,
 * load balancers in public ones. Strangers' programs run in an isolated network of their own (code-execution.ts): the
 * name server that every network has would be a way out that no security group closes.
 */
import { RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { DeployedSize } from '../sizing.ts';

export interface NetworkProps {
  size: Pick<DeployedSize, 'availabilityZones' | 'natGateways' | 'interfaceEndpoints'>;
  /** Days what was refused at the borders is kept. */
  logDays: number;
}

/**
 * Where `interfaceEndpoints` asks for them: what tasks call most beside S3, whose gateway endpoint costs nothing and carries the
 * heavy part (image layers, audio). docs/costs.md says from how many GB on one pays for itself; neither environment has as many.
 * They make nobody independent of a NAT gateway either: the database is outside.
 */
const INTERFACES = {
  Logs: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
  Queues: ec2.InterfaceVpcEndpointAwsService.SQS,
  Registry: ec2.InterfaceVpcEndpointAwsService.ECR,
  Images: ec2.InterfaceVpcEndpointAwsService.ECR_DOCKER,
} as const;

/** 65 536 addresses of this network's own; a network it is ever joined with must have others. */
const RANGE = '10.0.0.0/16';

export class Network extends Construct {
  readonly vpc: ec2.Vpc;
  /** For tasks: a way out, none in. */
  readonly tasks: ec2.SubnetSelection = { subnetGroupName: 'tasks' };
  /** For load balancers that the world reaches. */
  readonly border: ec2.SubnetSelection = { subnetGroupName: 'border' };

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { size } = props;
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr(RANGE),
      maxAzs: size.availabilityZones,
      natGateways: size.natGateways,
      // Its own custom resource would need rights on all security groups; nothing here uses the default one.
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        { name: 'border', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: 'tasks', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 },
      ],
      gatewayEndpoints: { Storage: { service: ec2.GatewayVpcEndpointAwsService.S3, subnets: [{ subnetGroupName: 'tasks' }] } },
    });

    // What was let through is in the logs of the load balancers; what was refused is only here.
    const refused = new logs.LogGroup(this, 'Refused', { retention: props.logDays as logs.RetentionDays, removalPolicy: RemovalPolicy.DESTROY });
    this.vpc.addFlowLog('Flow', { destination: ec2.FlowLogDestination.toCloudWatchLogs(refused), trafficType: ec2.FlowLogTrafficType.REJECT });

    if (size.interfaceEndpoints) this.#addInterfaces();
  }

  #addInterfaces(): void {
    const group = new ec2.SecurityGroup(this, 'Interfaces', { vpc: this.vpc, description: 'Endpoints of AWS services: called from this network only', allowAllOutbound: false });
    group.addIngressRule(ec2.Peer.ipv4(RANGE), ec2.Port.HTTPS, 'Tasks call AWS');
    for (const [name, service] of Object.entries(INTERFACES)) {
      this.vpc.addInterfaceEndpoint(name, { service, subnets: this.tasks, securityGroups: [group], open: false });
    }
  }
}
