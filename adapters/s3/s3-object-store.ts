/** The object store of AWS. Region, credentials and another address (AWS_ENDPOINT_URL) the SDK finds itself. */
import * as s3 from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { StoreError } from './object-store.ts';
import type { ObjectStore, UploadedPart } from './object-store.ts';
import { MAX_REQUESTS } from './write-pool.ts';

/** A request that takes longer is given up and sent again; in the same region one takes tens of milliseconds. */
const REQUEST_TIMEOUT_MS = 8_000;
const CONNECTION_TIMEOUT_MS = 2_000;
/** Those of writers, and as many again for readers. */
const MAX_SOCKETS = 2 * MAX_REQUESTS;

/** For tests: `client` is what of the client is not as the SDK finds it, `pageKeys` how many keys a list answers with at most, `requestTimeoutMs` how long an answer is waited for. */
export function createS3ObjectStore({ bucket, client: settings = {}, pageKeys, requestTimeoutMs = REQUEST_TIMEOUT_MS }: { bucket: string; client?: s3.S3ClientConfig; pageKeys?: number; requestTimeoutMs?: number }): ObjectStore {
  const client = createClient(settings, requestTimeoutMs);
  const at = (key: string) => ({ Bucket: bucket, Key: key });
  return {
    async create(key, body, mark, contentType) {
      const answer = await orStatus(client.send(new s3.PutObjectCommand({ ...at(key), Body: body, ContentType: contentType, IfNoneMatch: '*', Metadata: { mark } })), 412);
      return answer === 412 ? 'exists' : 'created';
    },
    async put(key, body) {
      await told(client.send(new s3.PutObjectCommand({ ...at(key), Body: body })));
    },
    async head(key) {
      const answer = await orStatus(client.send(new s3.HeadObjectCommand(at(key))), 404);
      return answer === 404 ? null : { sizeBytes: answer.ContentLength ?? 0, mark: answer.Metadata?.mark };
    },
    async get(key, range) {
      const answer = await orStatus(client.send(new s3.GetObjectCommand({ ...at(key), Range: range && `bytes=${range.from}-${range.to - 1}` })), 404);
      return answer === 404 ? null : told(answer.Body!.transformToByteArray());
    },
    async list(prefix, after) {
      const answer = await told(client.send(new s3.ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, StartAfter: after, MaxKeys: pageKeys })));
      return { objects: (answer.Contents ?? []).map(({ Key, Size }) => ({ key: Key!, sizeBytes: Size ?? 0 })), more: answer.IsTruncated === true };
    },
    async remove(keys) {
      const answer = await told(client.send(new s3.DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: keys.map((Key) => ({ Key })), Quiet: true } })));
      const [failed] = answer.Errors ?? [];
      if (failed) throw new StoreError(failed.Code ?? 'DeleteObjects', failed.Code !== 'AccessDenied');
    },

    async beginUpload(key, contentType, mark) {
      return (await told(client.send(new s3.CreateMultipartUploadCommand({ ...at(key), ContentType: contentType, Metadata: { mark }, ChecksumAlgorithm: 'CRC32' })))).UploadId!;
    },
    async uploads(prefix) {
      const found: { key: string; uploadId: string; begunMs: number }[] = [];
      for (let marker: { KeyMarker?: string; UploadIdMarker?: string } = {}; ; ) {
        const answer = await told(client.send(new s3.ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix, ...marker })));
        for (const { Key, UploadId, Initiated } of answer.Uploads ?? []) found.push({ key: Key!, uploadId: UploadId!, begunMs: Initiated?.getTime() ?? 0 });
        if (!answer.IsTruncated) return found.toSorted((a, b) => a.begunMs - b.begunMs);
        marker = { KeyMarker: answer.NextKeyMarker, UploadIdMarker: answer.NextUploadIdMarker };
      }
    },
    async uploadedParts(key, uploadId) {
      const found: UploadedPart[] = [];
      for (let marker: string | undefined; ; ) {
        const answer = await orStatus(client.send(new s3.ListPartsCommand({ ...at(key), UploadId: uploadId, PartNumberMarker: marker })), 404);
        if (answer === 404) return null;
        for (const part of answer.Parts ?? []) found.push({ number: part.PartNumber!, sizeBytes: part.Size ?? 0, etag: part.ETag!, checksum: part.ChecksumCRC32 });
        if (!answer.IsTruncated) return found;
        marker = answer.NextPartNumberMarker;
      }
    },
    async putPart(key, uploadId, number, body) {
      const answer = await orStatus(client.send(new s3.UploadPartCommand({ ...at(key), UploadId: uploadId, PartNumber: number, Body: body, ChecksumAlgorithm: 'CRC32' })), 404);
      return answer === 404 ? null : { number, sizeBytes: body.byteLength, etag: answer.ETag!, checksum: answer.ChecksumCRC32 };
    },
    async completeUpload(key, uploadId, parts) {
      const Parts = parts.map((part) => ({ PartNumber: part.number, ETag: part.etag, ChecksumCRC32: part.checksum }));
      const answer = await orStatus(client.send(new s3.CompleteMultipartUploadCommand({ ...at(key), UploadId: uploadId, MultipartUpload: { Parts }, IfNoneMatch: '*' })), 412, 404);
      return answer === 412 ? 'exists' : answer === 404 ? 'gone' : 'created';
    },
    async abortUpload(key, uploadId) {
      await orStatus(client.send(new s3.AbortMultipartUploadCommand({ ...at(key), UploadId: uploadId })), 404);
    },

    address: (key, { expiresS, disposition }) => told(getSignedUrl(client, new s3.GetObjectCommand({ ...at(key), ResponseContentDisposition: disposition }), { expiresIn: expiresS })),
    close: () => client.destroy(),
  };
}

/** One try each: what is repeated, how often and after what pause is decided in object-store.ts, by our own clock. */
function createClient(settings: s3.S3ClientConfig, requestTimeout: number): s3.S3Client {
  const agent = { maxSockets: MAX_SOCKETS, keepAlive: true };
  return new s3.S3Client({
    maxAttempts: 1,
    // The first limit is over once an answer begins; one may fall silent in the middle, too.
    requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS, requestTimeout, socketTimeout: requestTimeout, throwOnRequestTimeout: true, httpAgent: agent, httpsAgent: agent },
    ...settings,
  });
}

/** @throws StoreError; repeating helps but where S3 refused us */
const told = <T>(answer: Promise<T>): Promise<T> => orStatus<T, never>(answer);

/** The answer, or its status where that is one of `expected`. @throws StoreError */
async function orStatus<T, Status extends number>(answer: Promise<T>, ...expected: Status[]): Promise<T | Status> {
  try {
    return await answer;
  } catch (error) {
    const status = error instanceof s3.S3ServiceException ? error.$metadata.httpStatusCode : undefined;
    const reason = error instanceof Error ? error.name : typeof error;
    const known = expected.find((each) => each === status);
    if (known !== undefined && reason !== 'NoSuchBucket') return known;
    // No status: the network. 409: two conditional writes met. 400 RequestTimeout: the body came too slowly.
    const retryable = status === undefined ? reason !== 'CredentialsProviderError' : status >= 500 || status === 429 || status === 409 || reason === 'RequestTimeout';
    throw new StoreError(reason, retryable, error);
  }
}
