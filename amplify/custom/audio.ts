/**
 * Where audio is kept: one private bucket. What is in it is a person's voice, so every request is encrypted on its way, every
 * object where it lies, and who read what is written down. Nothing but the lifecycle below throws anything away by itself.
 */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { DeployedSize } from '../sizing.ts';

export interface AudioStoreProps {
  /** Days a recording is kept; a person may have it erased sooner. */
  recordingDays: number;
  /** Days the record of who read the bucket is kept. */
  logDays: number;
  removal: DeployedSize['removal'];
  /** Origins that may send parts of an upload straight to the bucket, e.g. `https://app.example.com`. None: no page may. */
  pageOrigins: readonly string[];
  /**
   * A key of our own costs a dollar a month, and makes reading audio need two rights in place of one: a bucket policy gone
   * wrong shows nothing, and disabling the key locks every voice at once. Without it S3's own key encrypts.
   */
  ownKey: boolean;
}

/** Objects that carry this tag have been assembled into a recording, see docs/decisions/cloud-storage.md. */
export const ASSEMBLED_TAG = { key: 'spool', value: 'assembled' } as const;
/** A recording's name begins with this. */
export const RECORDINGS_PREFIX = 'recordings/';

export class AudioStore extends Construct {
  readonly bucket: s3.Bucket;
  /** Null where S3's own key encrypts. */
  readonly key: kms.Key | null;

  constructor(scope: Construct, id: string, props: AudioStoreProps) {
    super(scope, id);
    const removalPolicy = props.removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const safe = {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy,
    };
    const readers = new s3.Bucket(this, 'Readers', {
      ...safe,
      encryption: s3.BucketEncryption.S3_MANAGED,
      // Log delivery writes with a grant of the service, not with an access list.
      lifecycleRules: [{ id: 'forget', expiration: Duration.days(props.logDays), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    Validations.of(readers).acknowledge({ id: 'AwsSolutions-S1', reason: 'It is itself where access is written down; a log of the log would have no end.' });

    this.key = props.ownKey ? new kms.Key(this, 'Key', { enableKeyRotation: true, description: 'Encrypts voices.', removalPolicy }) : null;
    this.bucket = new s3.Bucket(this, 'Bucket', {
      ...safe,
      ...(this.key ? { encryption: s3.BucketEncryption.KMS, encryptionKey: this.key, bucketKeyEnabled: true } : { encryption: s3.BucketEncryption.S3_MANAGED }),
      serverAccessLogsBucket: readers,
      serverAccessLogsPrefix: 'audio/',
      // Not versioned: what a person has erased must be gone, and no object is ever written twice.
      lifecycleRules: [
        { id: 'assembled', tagFilters: { [ASSEMBLED_TAG.key]: ASSEMBLED_TAG.value }, expiration: Duration.days(1) },
        { id: 'recordings', prefix: RECORDINGS_PREFIX, expiration: Duration.days(props.recordingDays) },
        { id: 'unfinished', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      ...(props.pageOrigins.length > 0
        ? { cors: [{ allowedMethods: [s3.HttpMethods.PUT, s3.HttpMethods.GET], allowedOrigins: [...props.pageOrigins], allowedHeaders: ['content-type', 'range'], exposedHeaders: ['etag'], maxAge: 3600 }] }
        : {}),
    });
  }
}
