/**
 * The one way in from the internet: a load balancer that sends each path to its service. HTTPS always, since a page that
 * came by https may not open `ws://`. With a domain the load balancer has its certificate; without one CloudFront stands in
 * front with its own, and the load balancer has no address outside the network.
 */
import { Duration, Validations } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { DeployedSize } from '../sizing.ts';
import { AccessLogs } from './access-logs.ts';
import { Firewall } from './firewall.ts';
import type { TaskRoute } from './task-route.ts';
import { ViewerEdge, VIEWER_ADDRESS_HEADER } from './viewer-edge.ts';

export interface Domain {
  /** What the certificate is for and browsers ask, e.g. `voice.example.com`. */
  hostName: string;
  /** The zone in which its address is entered and, without `certificateArn`, the certificate proven. */
  hostedZoneId: string;
  zoneName: string;
  certificateArn?: string;
}

export interface FrontDoorProps {
  vpc: ec2.IVpc;
  border: ec2.SubnetSelection;
  tasks: ec2.SubnetSelection;
  domain?: Domain;
  /** Above the interval of the browsers' pings, or silence would end a conversation. */
  idleTimeoutSeconds: number;
  waf: DeployedSize['waf'];
  logDays: number;
  removal: DeployedSize['removal'];
}

/** Where each service begins. Streams are below `/interview` (docs: the realtime server answers there as well). */
export const PATHS = { interview: '/interview', parts: '/parts', langflow: '/langflow' } as const;

export class FrontDoor extends Construct {
  readonly loadBalancer: elb.ApplicationLoadBalancer;
  readonly listener: elb.ApplicationListener;
  readonly firewall: Firewall;
  readonly accessLogs: AccessLogs;
  /** Null with a domain. */
  readonly edge: ViewerEdge | null;
  /** The load balancer itself ends TLS, so that it can ask people to sign in. */
  readonly endsTls: boolean;
  readonly hostName: string;
  readonly alarms: readonly cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: FrontDoorProps) {
    super(scope, id);
    const { vpc, domain } = props;
    this.endsTls = domain !== undefined;
    this.accessLogs = new AccessLogs(this, 'AccessLogs', { days: props.logDays });
    const group = new ec2.SecurityGroup(this, 'Group', { vpc, description: 'The way in from the internet', allowAllOutbound: false });
    this.loadBalancer = new elb.ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc,
      internetFacing: this.endsTls,
      vpcSubnets: this.endsTls ? props.border : props.tasks,
      securityGroup: group,
      idleTimeout: Duration.seconds(props.idleTimeoutSeconds),
      dropInvalidHeaderFields: true,
      desyncMitigationMode: elb.DesyncMitigationMode.STRICTEST,
      deletionProtection: props.removal === 'retain',
    });
    this.accessLogs.ofRequests(this.loadBalancer, 'front-door');
    this.firewall = new Firewall(this, 'Firewall', { size: props.waf, soundPath: PATHS.parts, logDays: props.logDays, ...(this.endsTls ? {} : { addressHeader: VIEWER_ADDRESS_HEADER }) });
    this.firewall.guard(this.loadBalancer.loadBalancerArn);

    const elsewhere = elb.ListenerAction.fixedResponse(404, { contentType: 'text/plain', messageBody: 'Nothing is here.' });
    if (domain) {
      this.edge = null;
      this.hostName = domain.hostName;
      this.listener = this.#listenToEverybody(domain, group, elsewhere);
    } else {
      this.listener = this.loadBalancer.addListener('Viewers', { port: 80, protocol: elb.ApplicationProtocol.HTTP, open: false, defaultAction: elsewhere });
      this.edge = new ViewerEdge(this, 'Edge', { loadBalancer: this.loadBalancer, accessLogs: this.accessLogs });
      group.addIngressRule(this.edge.addresses, ec2.Port.HTTP, 'CloudFront, from inside AWS');
      this.hostName = this.edge.hostName;
    }
    this.alarms = [
      this.loadBalancer.metrics.httpCodeElb(elb.HttpCodeElb.ELB_5XX_COUNT, { period: Duration.minutes(5) }).createAlarm(this, 'Refused', {
        alarmDescription: 'The load balancer itself answers with errors: no task can be reached. See docs/operations.md.',
        threshold: 10,
        evaluationPeriods: 2,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      }),
    ];
  }

  /** `https://…`, without a slash at its end. */
  get url(): string {
    return `https://${this.hostName}`;
  }

  /** What browsers open streams at: the app's SPOOL_REALTIME_PUBLIC_URL. */
  get streamUrl(): string {
    return `wss://${this.hostName}${PATHS.interview}`;
  }

  /** What browsers send parts of files to: the app's SPOOL_UPLOAD_PUBLIC_URL. */
  get partsUrl(): string {
    return `${this.url}${PATHS.parts}`;
  }

  /** Sends what begins with a path to the tasks of a service. */
  route(route: TaskRoute, priority: number): void {
    const forward = elb.ListenerAction.forward([route.targetGroup]);
    const rule = new elb.ApplicationListenerRule(this, `Route${priority}`, {
      listener: this.listener,
      priority,
      conditions: [elb.ListenerCondition.pathPatterns([route.path, `${route.path}/*`])],
      action: route.guard ? route.guard(forward) : forward,
    });
    if (!route.stripsPath) return;
    // The construct has no prop for it yet.
    (rule.node.defaultChild as elb.CfnListenerRule).transforms = [{ type: 'url-rewrite', urlRewriteConfig: { rewrites: [{ regex: `^${route.path}/?(.*)$`, replace: '/$1' }] } }];
  }

  #listenToEverybody(domain: Domain, group: ec2.SecurityGroup, elsewhere: elb.ListenerAction): elb.ApplicationListener {
    const zone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId: domain.hostedZoneId, zoneName: domain.zoneName });
    const certificate = domain.certificateArn
      ? acm.Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn)
      : new acm.Certificate(this, 'Certificate', { domainName: domain.hostName, validation: acm.CertificateValidation.fromDns(zone) });
    new route53.ARecord(this, 'Address', { zone, recordName: `${domain.hostName}.`, target: route53.RecordTarget.fromAlias(new targets.LoadBalancerTarget(this.loadBalancer)) });
    this.loadBalancer.addRedirect({ open: false });
    for (const port of [ec2.Port.HTTP, ec2.Port.HTTPS]) group.addIngressRule(ec2.Peer.anyIpv4(), port, 'People; port 80 only sends them to 443');
    Validations.of(group).acknowledge({ id: 'AwsSolutions-EC23', reason: 'People talk to Spool from everywhere; this is its one door, behind a firewall with rate limits.' });
    return this.loadBalancer.addListener('People', { port: 443, protocol: elb.ApplicationProtocol.HTTPS, certificates: [certificate], sslPolicy: elb.SslPolicy.TLS13_RES, open: false, defaultAction: elsewhere });
  }
}
