/** What Prometheus may scrape (`GET /metrics`). No label ever holds an id, a name or words. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 5];

export function createMetrics(counts: { sessions: () => number; connections: () => number }) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({ name: 'spool_live_sessions', help: 'Sessions this process writes', registers, collect() { this.set(counts.sessions()); } });
  new Gauge({ name: 'spool_connections', help: 'Open WebSocket connections', registers, collect() { this.set(counts.connections()); } });
  return {
    registry,
    ackDelay: new Histogram({ name: 'spool_ack_delay_seconds', help: 'From audio received to audio durable', buckets: SECONDS, registers }),
    voiceToVoice: new Histogram({ name: 'spool_voice_to_voice_seconds', help: 'From end of speech to the first audio of the answer', buckets: SECONDS, registers }),
    protocolErrors: new Counter({ name: 'spool_protocol_errors_total', help: 'Malformed or unexpected messages', labelNames: ['code'], registers }),
    engineFailures: new Counter({ name: 'spool_engine_failures_total', help: 'Engine errors that reached a session', labelNames: ['code'], registers }),
    discardedClaims: new Counter({ name: 'spool_discarded_claims_total', help: 'Claims of interest whose quote was not said, thrown away', registers }),
    topicPlacements: new Counter({ name: 'spool_topic_placements_total', help: 'Answers with topics the taxonomy does not list, by whether their meaning was asked for in time', labelNames: ['outcome'], registers }),
  };
}
