/**
 * Looks for interests in an answer through chat completions with structured output. Servers that refuse a JSON schema are asked
 * for a JSON object, and those that refuse that for plain text. Nothing of a reply counts that the answer does not bear out.
 */
import type OpenAI from 'openai';
import { SpoolError } from '#domain/errors.ts';
import { CATEGORIES, DEFAULT_CATEGORY } from '#domain/interests/categories.ts';
import type { Extraction } from '#domain/interests/interest.ts';
import type { ExtractionRequest, InterestExtractor } from '#domain/interests/ports.ts';
import { findTopic, topicKey } from '#domain/interests/taxonomy.ts';
import { EXTRACTION_PROMPT_VERSION, checkedExtraction, extractionJsonSchema, extractionMessages } from '#domain/interview/extraction-prompt.ts';
import { engineError } from './engine-errors.ts';
import { jsonIn } from './json-reply.ts';
import { EXTRACTOR_LIMITS, MAX_EXTRACTION_CHARS } from './limits.ts';
import { callStreaming, type RemoteCallOptions } from './remote-call.ts';
import { plainName, type RemoteEngineOptions } from './remote-engine.ts';

type ResponseFormat = NonNullable<OpenAI.ChatCompletionCreateParamsStreaming['response_format']>;

const CATEGORY_IDS: string[] = CATEGORIES.map(({ id }) => id);
const SCHEMA_FORMAT: ResponseFormat = { type: 'json_schema', json_schema: { name: 'interests', strict: true, schema: extractionJsonSchema(CATEGORY_IDS) } };
/** From the strictest on; the last one every server takes. */
const FORMATS: (ResponseFormat | undefined)[] = [SCHEMA_FORMAT, { type: 'json_object' }, undefined];
/** Without a schema at the server the prompt carries it. */
const SCHEMA_IN_WORDS = `The JSON schema of your reply: ${JSON.stringify(extractionJsonSchema(CATEGORY_IDS))}`;
/** A reply that is no JSON of the schema is asked for once more. */
const MAX_REPLIES = 2;

export function createOpenAiInterestExtractor({ client, model, clock, log, limits = EXTRACTOR_LIMITS }: RemoteEngineOptions): InterestExtractor {
  const name = `model:${plainName(model)}/${EXTRACTION_PROMPT_VERSION}`;
  /** The strictest the server is known to take. */
  let format = 0;

  return {
    name,
    async extract(request, signal) {
      signal?.throwIfAborted();
      const deadlineMs = clock.monotonicMs() + limits.totalMs;
      let tried = format;
      for (let replies = 0; replies < MAX_REPLIES; ) {
        const options: RemoteCallOptions = { engine: name, limits: { ...limits, totalMs: Math.max(0, deadlineMs - clock.monotonicMs()) }, clock, log, signal };
        let reply: string;
        try {
          reply = await replyOf(client, model, request, FORMATS[tried], options);
        } catch (error) {
          signal?.throwIfAborted();
          if (!refusesFormat(engineError(error, name)) || tried >= FORMATS.length - 1) throw error;
          tried += 1;
          continue;
        }
        format = Math.max(format, tried);
        replies += 1;
        const checked = checkedExtraction(jsonIn(reply), request.text, CATEGORY_IDS, DEFAULT_CATEGORY);
        if (!checked) continue;
        if (checked.discarded > 0) log.warn({ engine: name, discarded: checked.discarded }, 'A language model claimed what was not said; it was thrown away.');
        return { ...inOurWords(checked.extraction, request.knownTopics), discarded: checked.discarded };
      }
      throw failure('The reply of the remote engine is not of the schema.', name, 'malformed');
    },
  };
}

/** The whole text of one reply. @throws SpoolError `engine.*` when it is refused, cut off, too long or empty */
async function replyOf(client: OpenAI, model: string, request: ExtractionRequest, format: ResponseFormat | undefined, options: RemoteCallOptions): Promise<string> {
  const messages = extractionMessages(request, CATEGORY_IDS);
  if (format !== SCHEMA_FORMAT) messages[0]!.content += `\n${SCHEMA_IN_WORDS}`;
  const open = async (signal: AbortSignal) => {
    const stream = await client.chat.completions.create({ model, messages, stream: true, ...(format ? { response_format: format } : {}) }, { signal });
    return stream[Symbol.asyncIterator]();
  };
  let text = '';
  let finish: string | undefined;
  for await (const chunk of callStreaming(open, options)) {
    const choice = chunk.choices?.[0];
    if (typeof choice?.delta?.refusal === 'string' && choice.delta.refusal !== '') throw failure('The remote engine declined.', options.engine, 'refusal');
    if (typeof choice?.delta?.content === 'string') text += choice.delta.content;
    if (typeof choice?.finish_reason === 'string') finish = choice.finish_reason;
    if (text.length > MAX_EXTRACTION_CHARS) throw failure('The reply of the remote engine is too long.', options.engine, 'too_long');
  }
  if (finish === undefined) throw failure("The remote engine's reply broke off.", options.engine, 'broke_off');
  if (finish === 'length') throw failure("The remote engine's reply was cut off.", options.engine, 'length');
  if (finish === 'content_filter') throw failure('The remote engine declined.', options.engine, 'content_filter');
  return text;
}

function failure(message: string, engine: string, reason: string): SpoolError {
  return new SpoolError('engine.failed', message, { fields: { engine, reason } });
}

/** What servers answer to a `response_format` they do not know, and to other things: then the plain request fails as well. */
function refusesFormat({ code, fields }: SpoolError): boolean {
  return (code === 'engine.rejected' && [400, 404, 415, 422].includes(Number(fields?.status))) || (code === 'engine.failed' && fields?.status === 501);
}

/** Topics by the names that are known in the session or the taxonomy, each once, as said last; what is claimed is not taken back. */
function inOurWords({ claims, retractions }: Extraction, knownTopics: readonly string[]): Extraction {
  const bare = (topic: string) => topic.toLowerCase().replace(/^(?:the|an?|my|our) (?=\S)/, '');
  const nameOf = (topic: string) => findTopic(bare(topic))?.name ?? knownTopics.find((known) => topicKey(known) === topicKey(bare(topic))) ?? bare(topic);
  const byTopic = new Map(claims.map((claim) => [nameOf(claim.topic), { ...claim, topic: nameOf(claim.topic), category: findTopic(bare(claim.topic))?.category ?? claim.category }]));
  return {
    claims: [...byTopic.values()],
    retractions: retractions.map((retraction) => ({ ...retraction, topic: nameOf(retraction.topic) })).filter(({ topic }) => !byTopic.has(topic)),
  };
}
