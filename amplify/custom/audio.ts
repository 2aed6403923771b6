/**
 * Where audio is kept: one private bucket. What is in it is a person's voice, so every request is encrypted on its way, every
 * object where it lies, and who read what is written down. Nothing but the lifecycle below throws anything away by itself.
 */
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DEAD_LETTER_DAYS } from '../../domain/jobs/queue-settings.ts';
import type { DeployedSize } from '../sizing.ts';

export interface AudioStoreProps {
  /** Days a recording is kept; a person may have it erased sooner. */
  recordingDays: number;
  /** Days the record of who read the bucket is kept. */
  logDays: number;
  removal: DeployedSize['removal'];
  /**
   * A key of our own costs a dollar a month, and makes reading audio need two rights in place of one: a bucket policy gone
   * wrong shows nothing, and disabling the key locks every voice at once. Without it S3's own key encrypts.
   */
  ownKey: boolean;
}

/** What begins the name of an object, by what it is (docs/decisions/audio-on-s3.md). */
const PREFIXES = { log: 'log/', recordings: 'recordings/', utterances: 'utterances/', uploads: 'uploads/', erased: 'erased/' } as const;
type Kind = keyof typeof PREFIXES;

/**
 * What is recorded is removed from the log when its recording is sealed, seconds after its end. S3 cannot know what was sealed, and
 * audio that was not is the only copy: it stays for longer than the job that gave up can be tried again. The rest is fences.
 */
const LEFTOVER_LOG_DAYS = DEAD_LETTER_DAYS + 30;
/** Parts of files are removed after 7 days by the worker; a day later by the bucket. */
const LEFTOVER_UPLOAD_DAYS = 8;

export class AudioStore extends Construct {
  readonly bucket: s3.Bucket;
  /** Null where S3's own key encrypts. */
  readonly key: kms.Key | null;

  constructor(scope: Construct, id: string, props: AudioStoreProps) {
    super(scope, id);
    // Log delivery by a bucket policy, whichever flags the app sets: access lists are off.
    this.node.setContext('@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy', true);
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
      lifecycleRules: [{ id: 'forget', expiration: Duration.days(props.logDays), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    Validations.of(readers).acknowledge({ id: 'AwsSolutions-S1', reason: 'It is itself where access is written down; a log of the log would have no end.' });

    this.key = props.ownKey ? new kms.Key(this, 'Key', { enableKeyRotation: true, description: 'Encrypts voices.', removalPolicy }) : null;
    this.bucket = new s3.Bucket(this, 'Bucket', {
      ...safe,
      ...(this.key ? { encryption: s3.BucketEncryption.KMS, encryptionKey: this.key, bucketKeyEnabled: true } : { encryption: s3.BucketEncryption.S3_MANAGED }),
      serverAccessLogsBucket: readers,
      serverAccessLogsPrefix: 'audio/',
      // Not versioned: what a person has erased must be gone. Tombstones (erased/) have no rule: they never go.
      lifecycleRules: [
        { id: 'unfinished', abortIncompleteMultipartUploadAfter: Duration.days(1) },
        { id: 'log', prefix: PREFIXES.log, expiration: Duration.days(LEFTOVER_LOG_DAYS) },
        { id: 'uploads', prefix: PREFIXES.uploads, expiration: Duration.days(LEFTOVER_UPLOAD_DAYS) },
        { id: 'utterances', prefix: PREFIXES.utterances, expiration: Duration.days(props.recordingDays) },
        { id: 'recordings', prefix: PREFIXES.recordings, expiration: Duration.days(props.recordingDays), transitions: [{ storageClass: s3.StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(0) }] },
      ],
    });
  }

  /** A live session appends to its log, and keeps what the interviewer said. */
  grantRealtime(role: iam.IRole): void {
    this.#grant('Realtime', role, { 's3:GetObject': ['log', 'recordings', 'utterances', 'erased'], 's3:PutObject': ['log', 'utterances'], 's3:DeleteObject': ['log', 'utterances'] });
  }

  /** A worker seals, erases and takes files in. Tombstones it writes and never takes back. */
  grantWorker(role: iam.IRole): void {
    const kept: Kind[] = ['log', 'recordings', 'utterances', 'uploads'];
    this.#grant('Worker', role, { 's3:GetObject': [...kept, 'erased'], 's3:PutObject': [...kept, 'erased'], 's3:DeleteObject': kept, 's3:AbortMultipartUpload': ['recordings'], 's3:ListMultipartUploadParts': ['recordings'] }, ['s3:ListBucketMultipartUploads']);
  }

  /** Workers that transcribe hear what people said. */
  grantTranscription(role: iam.IRole): void {
    this.#grant('Transcription', role, { 's3:GetObject': ['log', 'recordings', 'erased'] });
  }

  /** The web app signs addresses of recordings, and plays what both said. */
  grantWebApp(role: iam.IRole): void {
    this.#grant('WebApp', role, { 's3:GetObject': ['log', 'recordings', 'utterances', 'erased'] });
  }

  /** A policy here and not on the role, which may belong to another stack. Without ListBucket a missing object answers 403 in place of 404. */
  #grant(id: string, role: iam.IRole, actions: Record<string, Kind[]>, onBucket: string[] = []): void {
    const statements = Object.entries(actions).map(([action, kinds]) => new iam.PolicyStatement({ actions: [action], resources: kinds.map((kind) => this.bucket.arnForObjects(`${PREFIXES[kind]}*`)) }));
    statements.push(new iam.PolicyStatement({ actions: ['s3:ListBucket', ...onBucket], resources: [this.bucket.bucketArn] }));
    const writes = 's3:PutObject' in actions;
    if (this.key) statements.push(new iam.PolicyStatement({ actions: writes ? ['kms:Decrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt'], resources: [this.key.keyArn] }));
    const policy = new iam.Policy(this, `For${id}`, { roles: [role], statements });
    for (const prefix of Object.values(PREFIXES)) {
      const rendered = `<${Stack.of(this).getLogicalId(this.bucket.node.defaultChild as s3.CfnBucket)}.Arn>/${prefix}*`;
      Validations.of(policy).acknowledge({ id: `AwsSolutions-IAM5[Resource::${rendered}]`, reason: 'Objects have the ids of sessions in their names: all of one kind is as exact as it gets. Whose session it is, is asked of the database.' });
    }
  }
}
