/** Where load balancers and CloudFront write down who asked for what: one bucket that only they write to, for a while. */
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface AccessLogsProps {
  days: number;
}

export class AccessLogs extends Construct {
  readonly bucket: s3.Bucket;

  constructor(scope: Construct, id: string, props: AccessLogsProps) {
    super(scope, id);
    this.bucket = new s3.Bucket(this, 'Bucket', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      // CloudFront still hands its log over by an access list; the owner of the bucket owns the file at once.
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED,
      // Load balancers can write to no other encryption.
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: [{ id: 'forget', expiration: Duration.days(props.days), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.bucket).acknowledge({ id: 'AwsSolutions-S1', reason: 'It is itself where access is written down; a log of the log would have no end.' });
  }

  /** Of people's requests. CDK's own way needs a region known at synthesis; the service that delivers has one name in all. */
  ofRequests(balancer: elb.ApplicationLoadBalancer, prefix: string): void {
    this.#enable(balancer, prefix, 'logdelivery.elasticloadbalancing.amazonaws.com');
  }

  /** Of connections; a network load balancer tells only of those it ends TLS for. */
  ofConnections(balancer: elb.NetworkLoadBalancer, prefix: string): void {
    this.#enable(balancer, prefix, 'delivery.logs.amazonaws.com', { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': Stack.of(this).account } });
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['s3:GetBucketAcl'],
        principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
        resources: [this.bucket.bucketArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }

  #enable(balancer: elb.BaseLoadBalancer, prefix: string, writer: string, conditions?: Record<string, unknown>): void {
    const { policyDependable } = this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({ actions: ['s3:PutObject'], principals: [new iam.ServicePrincipal(writer)], resources: [this.bucket.arnForObjects(`${prefix}/AWSLogs/${Stack.of(this).account}/*`)], ...(conditions ? { conditions } : {}) }),
    );
    // The balancer tries to write when it is told to: what may not yet is refused.
    if (policyDependable) balancer.node.addDependency(policyDependable);
    balancer.setAttribute('access_logs.s3.enabled', 'true');
    balancer.setAttribute('access_logs.s3.bucket', this.bucket.bucketName);
    balancer.setAttribute('access_logs.s3.prefix', prefix);
  }
}
