/** One queue of SQS and its dead-letter queue: what we ask of them, in our words. */
import { ChangeMessageVisibilityCommand, DeleteMessageCommand, ReceiveMessageCommand, SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { JobPlace } from '#domain/jobs/job-rows.ts';
import { DEAD_LETTER_SUFFIX } from '#domain/jobs/queue-settings.ts';
import { messageOf, placeOf } from './message.ts';

/** Most that SQS takes or gives in one request. */
export const BATCH = 10;
/** Entries that SQS refuses in an accepted batch are sent again this often; then the row is handed over later. */
const TRIES_PER_ENTRY = 3;

export interface Delivery {
  body: string;
  /** Null: no message of this queue's job. */
  place: JobPlace | null;
  receipt: string;
}

export class Queue {
  readonly name: string;
  readonly #client: SQSClient;
  readonly #url: string;

  /** @param prefix what stands before the job's name in the queue's address */
  constructor(client: SQSClient, prefix: string, name: string) {
    this.#client = client;
    this.#url = prefix + name;
    this.name = name;
  }

  /**
   * At most ten; those the queue has taken. @throws what the SDK throws when the batch as a whole was not taken,
   * after its own retries
   */
  async send(places: readonly JobPlace[]): Promise<JobPlace[]> {
    const taken: JobPlace[] = [];
    let left = [...places];
    for (let attempt = 0; attempt < TRIES_PER_ENTRY && left.length > 0; attempt += 1) {
      const { Successful = [] } = await this.#client.send(new SendMessageBatchCommand({ QueueUrl: this.#url, Entries: left.map((place, index) => ({ Id: String(index), MessageBody: messageOf(place) })) }));
      const indices = new Set(Successful.map(({ Id }) => Number(Id)));
      taken.push(...left.filter((_place, index) => indices.has(index)));
      left = left.filter((_place, index) => !indices.has(index));
    }
    return taken;
  }

  receive(options: { most: number; waitS: number; visibilityS: number; signal: AbortSignal }): Promise<Delivery[]> {
    return this.#receive(this.#url, options);
  }
  receiveDead(options: { most: number; waitS: number; visibilityS: number; signal: AbortSignal }): Promise<Delivery[]> {
    return this.#receive(this.#url + DEAD_LETTER_SUFFIX, options);
  }

  /** From now on nobody else gets the message for that long; 0: the next one who asks gets it. */
  async hide({ receipt }: Delivery, forS: number): Promise<void> {
    await this.#client.send(new ChangeMessageVisibilityCommand({ QueueUrl: this.#url, ReceiptHandle: receipt, VisibilityTimeout: forS }));
  }
  async hideDead({ receipt }: Delivery, forS: number): Promise<void> {
    await this.#client.send(new ChangeMessageVisibilityCommand({ QueueUrl: this.#url + DEAD_LETTER_SUFFIX, ReceiptHandle: receipt, VisibilityTimeout: forS }));
  }

  async remove({ receipt }: Delivery): Promise<void> {
    await this.#client.send(new DeleteMessageCommand({ QueueUrl: this.#url, ReceiptHandle: receipt }));
  }
  async removeDead({ receipt }: Delivery): Promise<void> {
    await this.#client.send(new DeleteMessageCommand({ QueueUrl: this.#url + DEAD_LETTER_SUFFIX, ReceiptHandle: receipt }));
  }

  /** What is nobody's job lies where a person looks, instead of coming back again and again. */
  async setAside(delivery: Delivery): Promise<void> {
    await this.#client.send(new SendMessageCommand({ QueueUrl: this.#url + DEAD_LETTER_SUFFIX, MessageBody: delivery.body }));
    await this.remove(delivery);
  }

  async #receive(url: string, { most, waitS, visibilityS, signal }: { most: number; waitS: number; visibilityS: number; signal: AbortSignal }): Promise<Delivery[]> {
    const { Messages = [] } = await this.#client.send(
      new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: Math.min(most, BATCH), WaitTimeSeconds: waitS, VisibilityTimeout: visibilityS }),
      { abortSignal: signal },
    );
    return Messages.map(({ Body = '', ReceiptHandle = '' }) => ({ body: Body, place: placeOf(Body, this.name), receipt: ReceiptHandle }));
  }
}
