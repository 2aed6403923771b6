/**
 * HTTPS without a domain: CloudFront's own name and certificate, in front of a load balancer that has no public address
 * (a VPC origin; streams pass through it since May 2026). From there on the way lies inside AWS's network.
 */
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as custom from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import type { AccessLogs } from './access-logs.ts';

export interface ViewerEdgeProps {
  loadBalancer: elb.ApplicationLoadBalancer;
  accessLogs: AccessLogs;
}

/** Who asks, in CloudFront's own words: what a person writes into a header of this name does not get through. */
export const VIEWER_ADDRESS_HEADER = 'x-viewer-address';
const TELL_ADDRESS = `function handler(event) {
  var request = event.request;
  request.headers['${VIEWER_ADDRESS_HEADER}'] = { value: event.viewer.ip };
  return request;
}`;
/** AWS's list of the addresses from which CloudFront calls origins; its id differs between regions. */
const CLOUDFRONT_LIST = 'com.amazonaws.global.cloudfront.origin-facing';

export class ViewerEdge extends Construct {
  readonly distribution: cloudfront.Distribution;
  readonly hostName: string;
  /** From where CloudFront calls. */
  readonly addresses: ec2.IPeer;

  constructor(scope: Construct, id: string, props: ViewerEdgeProps) {
    super(scope, id);
    const tellAddress = new cloudfront.Function(this, 'TellAddress', { code: cloudfront.FunctionCode.fromInline(TELL_ADDRESS), runtime: cloudfront.FunctionRuntime.JS_2_0 });
    this.distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: 'Spool: streams and files',
      defaultBehavior: {
        origin: origins.VpcOrigin.withApplicationLoadBalancer(props.loadBalancer, { protocolPolicy: cloudfront.OriginProtocolPolicy.HTTP_ONLY, httpPort: 80, keepaliveTimeout: Duration.seconds(60) }),
        allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
        cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
        // With all headers of the viewer the upgrade to a stream gets through.
        originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER,
        compress: false,
        functionAssociations: [{ function: tellAddress, eventType: cloudfront.FunctionEventType.VIEWER_REQUEST }],
      },
      enableLogging: true,
      logBucket: props.accessLogs.bucket,
      logFilePrefix: 'edge/',
      logIncludesCookies: false,
    });
    this.hostName = this.distribution.distributionDomainName;
    Validations.of(this.distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'People talk to Spool from everywhere.' },
      { id: 'AwsSolutions-CFR2', reason: 'The firewall stands before the load balancer, which CloudFront alone can reach; one of its own must be made in us-east-1, wherever this stack is.' },
      { id: 'AwsSolutions-CFR4', reason: "CloudFront's own certificate leaves no choice of the oldest TLS; a domain of one's own does." },
      { id: 'AwsSolutions-CFR5', reason: 'A load balancer without a domain has no certificate; the origin is in private subnets and reached inside AWS alone.' },
    );
    this.addresses = ec2.Peer.prefixList(this.#listId());
  }

  #listId(): string {
    const logGroup = new logs.LogGroup(this, 'LookUpLog', { retention: logs.RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.DESTROY });
    const call: custom.AwsSdkCall = {
      service: 'EC2',
      action: 'describeManagedPrefixLists',
      parameters: { Filters: [{ Name: 'prefix-list-name', Values: [CLOUDFRONT_LIST] }] },
      physicalResourceId: custom.PhysicalResourceId.of(CLOUDFRONT_LIST),
      outputPaths: ['PrefixLists.0.PrefixListId'],
    };
    const lookUp = new custom.AwsCustomResource(this, 'LookUp', {
      onUpdate: call,
      installLatestAwsSdk: false,
      logGroup,
      policy: custom.AwsCustomResourcePolicy.fromSdkCalls({ resources: custom.AwsCustomResourcePolicy.ANY_RESOURCE }),
    });
    Validations.of(lookUp).acknowledge({ id: 'AwsSolutions-IAM5[Resource::*]', reason: 'ec2:DescribeManagedPrefixLists knows no resource; it only reads the names of lists.' });
    const provider = Stack.of(this).node.tryFindChild(`AWS${custom.AwsCustomResource.PROVIDER_FUNCTION_UUID.replaceAll('-', '')}`);
    if (provider) {
      Validations.of(provider).acknowledge(
        { id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]', reason: "CDK's own function for calls like this one: writing its log is all the policy allows." },
        { id: 'AwsSolutions-L1', reason: "CDK's own function; its version of Node comes with the version of CDK." },
      );
    }
    return lookUp.getResponseField('PrefixLists.0.PrefixListId');
  }
}
