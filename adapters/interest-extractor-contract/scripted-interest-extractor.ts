/** An extractor that finds what the test wrote, by the words it is shown, and can fail or wait wherever the test wants. */
import { DEFAULT_CATEGORY } from '#domain/interests/categories.ts';
import type { Extraction, Sentiment } from '#domain/interests/interest.ts';
import type { ExtractionRequest, InterestExtractor } from '#domain/interests/ports.ts';

export interface ScriptedFinding {
  /** The text it belongs to. */
  text: string;
  claims?: { topic: string; sentiment?: Sentiment; quote: string; category?: string; confidence?: number }[];
  retractions?: { topic: string; quote: string }[];
  /** Thrown, or waited for before the answer. */
  first?: Error | Promise<unknown>;
}

/** Finds nothing in texts that are not scripted. Quotes that do not occur stand at offset 0, as a liar's would. */
export function scriptedInterestExtractor(findings: ScriptedFinding[], name = 'scripted/1'): InterestExtractor & { asked: ExtractionRequest[] } {
  const asked: ExtractionRequest[] = [];
  return {
    name,
    asked,
    async extract(request, signal): Promise<Extraction> {
      signal?.throwIfAborted();
      asked.push(structuredClone(request));
      const { text } = request;
      const { claims = [], retractions = [], first } = findings.find((finding) => finding.text === text) ?? {};
      if (first instanceof Error) throw first;
      if (first) await Promise.race([first, rejectedBy(signal)]);
      const placed = <T extends { quote: string }>(each: T) => ({ ...each, from: Math.max(0, text.indexOf(each.quote)), to: Math.max(0, text.indexOf(each.quote)) + each.quote.length });
      return {
        claims: claims.map((claim) => ({ sentiment: 'positive' as const, confidence: 0.8, ...placed(claim), category: claim.category ?? DEFAULT_CATEGORY })),
        retractions: retractions.map(placed),
      };
    },
  };
}

function rejectedBy(signal: AbortSignal | undefined): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {});
  signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  return promise;
}
