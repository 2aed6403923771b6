/**
 * Streams of meetings: interchangeable tasks behind one listener. A layer-4 load balancer cannot see which meeting a sender
 * means, so every task takes any valid key; how many run follows the meetings (the worker sets it), and a task with a
 * stream asks not to be taken away.
 */
import { Duration, Validations } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { DeployedSize, ServiceSize } from '../sizing.ts';
import type { AccessLogs } from './access-logs.ts';
import type { Domain } from './front-door.ts';
import type { Realtime } from './realtime.ts';
import { grantTaskProtection } from './task-protection.ts';
import { DATA_DIRECTORY, DATABASE_PORTS, TaskService } from './task-service.ts';

export interface IngestProps {
  cluster: ecs.Cluster;
  border: ec2.SubnetSelection;
  subnets: ec2.SubnetSelection;
  /** Where decoded sound goes. */
  realtime: Realtime;
  image: ecs.ContainerImage;
  size: ServiceSize;
  /** With one, senders speak RTMPS to `rtmp.` before its host name and nothing else is open. */
  domain?: Pick<Domain, 'hostName' | 'hostedZoneId' | 'zoneName'>;
  accessLogs: AccessLogs;
  secrets: Readonly<Record<string, ecs.Secret>>;
  logDays: number;
  removal: DeployedSize['removal'];
  ecsExec: boolean;
}

const NAME = 'ingest';
const RTMP_PORT = 1935;
/** RTMPS has the port of HTTPS, and passes where 1935 does not. */
const RTMPS_PORT = 443;
/** What has arrived is taken into the session before the process ends; longer than its own budget, and than a slow database. */
const STOP_SECONDS = 60;
const DRAIN_SECONDS = 30;

export class Ingest extends Construct {
  readonly tasks: TaskService;
  readonly loadBalancer: elb.NetworkLoadBalancer;
  /** Where senders stream to, without the application and the key: `rtmp://…:1935` or `rtmps://…`. */
  readonly url: string;
  readonly alarms: readonly cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: IngestProps) {
    super(scope, id);
    const { cluster } = props;
    this.tasks = new TaskService(this, 'Tasks', {
      cluster,
      subnets: props.subnets,
      name: NAME,
      image: props.image,
      size: props.size,
      port: RTMP_PORT,
      environment: { SPOOL_HOST: '0.0.0.0', SPOOL_RTMP_PORT: String(RTMP_PORT), SPOOL_DATA_DIR: DATA_DIRECTORY, SPOOL_REALTIME_PUBLIC_URL: props.realtime.internalUrl, SPOOL_ECS_CLUSTER: cluster.clusterName },
      secrets: props.secrets,
      health: { command: ['CMD', 'node', 'workers/meeting-ingest/main.ts', '--health'], startSeconds: 30 },
      stopSeconds: STOP_SECONDS,
      callsPorts: DATABASE_PORTS,
      logDays: props.logDays,
      ecsExec: props.ecsExec,
    });
    grantTaskProtection(this.tasks.taskDefinition, cluster);
    props.realtime.acceptFrom(this.tasks);

    const group = new ec2.SecurityGroup(this, 'Group', { vpc: cluster.vpc, description: 'Senders of meetings', allowAllOutbound: false });
    this.loadBalancer = new elb.NetworkLoadBalancer(this, 'LoadBalancer', { vpc: cluster.vpc, internetFacing: true, vpcSubnets: props.border, securityGroups: [group], crossZoneEnabled: true, deletionProtection: props.removal === 'retain' });
    props.accessLogs.ofConnections(this.loadBalancer, NAME);
    this.tasks.connections.allowFrom(group, ec2.Port.tcp(RTMP_PORT), 'streams of meetings');

    const targetGroup = new elb.NetworkTargetGroup(this, 'Targets', {
      vpc: cluster.vpc,
      targetType: elb.TargetType.IP,
      port: RTMP_PORT,
      protocol: elb.Protocol.TCP,
      preserveClientIp: false,
      targets: [this.tasks.service.loadBalancerTarget({ containerName: NAME, containerPort: RTMP_PORT })],
      healthCheck: { protocol: elb.Protocol.TCP, interval: Duration.seconds(10), healthyThresholdCount: 2, unhealthyThresholdCount: 3 },
      deregistrationDelay: Duration.seconds(DRAIN_SECONDS),
    });
    this.url = props.domain ? this.#listenEncrypted(props.domain, group, targetGroup) : this.#listen(group, targetGroup);
    Validations.of(group).acknowledge({ id: 'AwsSolutions-EC23', reason: 'Zoom and other senders stream from everywhere, with a key of 256 bits; nothing else listens here.' });
    this.alarms = [
      targetGroup.metrics.unHealthyHostCount({ period: Duration.minutes(1), statistic: 'Maximum' }).createAlarm(this, 'Unready', {
        alarmDescription: 'A task does not take in streams of meetings. See docs/operations.md.',
        threshold: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: 5,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      }),
    ];
  }

  /** Without a domain there is no certificate: the key and the sound are readable on the way (docs/security.md). */
  #listen(group: ec2.SecurityGroup, targetGroup: elb.NetworkTargetGroup): string {
    group.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(RTMP_PORT), 'Senders of meetings');
    this.loadBalancer.addListener('Rtmp', { port: RTMP_PORT, protocol: elb.Protocol.TCP, defaultTargetGroups: [targetGroup] });
    return `rtmp://${this.loadBalancer.loadBalancerDnsName}:${RTMP_PORT}`;
  }

  #listenEncrypted(domain: NonNullable<IngestProps['domain']>, group: ec2.SecurityGroup, targetGroup: elb.NetworkTargetGroup): string {
    const hostName = `rtmp.${domain.hostName}`;
    const zone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId: domain.hostedZoneId, zoneName: domain.zoneName });
    const certificate = new acm.Certificate(this, 'Certificate', { domainName: hostName, validation: acm.CertificateValidation.fromDns(zone) });
    new route53.ARecord(this, 'Address', { zone, recordName: `${hostName}.`, target: route53.RecordTarget.fromAlias(new targets.LoadBalancerTarget(this.loadBalancer)) });
    group.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(RTMPS_PORT), 'Senders of meetings, encrypted');
    this.loadBalancer.addListener('Rtmps', { port: RTMPS_PORT, protocol: elb.Protocol.TLS, certificates: [certificate], sslPolicy: elb.SslPolicy.TLS13_RES, defaultTargetGroups: [targetGroup] });
    return `rtmps://${hostName}`;
  }
}
