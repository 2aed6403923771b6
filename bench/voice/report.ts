/** The results as a person reads them. */
import type { CapacityRun, CapacityStep } from './capacity.ts';
import type { KindSummary, LatencySummary } from './latency-summary.ts';
import type { Summary } from './statistics.ts';
import type { TurnParts } from './turn-parts.ts';

export interface Machine {
  processor: string;
  cores: number;
  node: string;
  /** Running processes waiting for a core, averaged over a minute, before and after. */
  loadAverageBefore: number;
  loadAverageAfter: number;
}
export interface VoiceResults {
  at: string;
  machine: Machine;
  engines: Record<string, string>;
  utterances: string;
  latency: LatencySummary | null;
  talkers: CapacityRun | null;
  listeners: CapacityRun | null;
  /** Warnings and errors in the server's log, and how often each. */
  complaints: Record<string, number>;
  aims: Aim[];
}
export interface Aim {
  what: string;
  aim: string;
  measured: string;
  reached: boolean;
}

const PART_TITLES: [keyof TurnParts, string][] = [
  ['voiceToVoice', 'voice to voice'],
  ['endpoint', '  endpoint'],
  ['transcription', '  transcription'],
  ['interviewer', '  interviewer'],
  ['speech', '  first speech byte'],
  ['rest', '  rest (transport)'],
];

/** The aims of the issue that the parts that ran can tell about. */
export function aimsOf({ latency, talkers, listeners }: Pick<VoiceResults, 'latency' | 'talkers' | 'listeners'>): Aim[] {
  const aims: Aim[] = [];
  const atMost = (what: string, limit: number, value: number | undefined) =>
    value !== undefined && aims.push({ what, aim: `≤ ${limit} ms`, measured: `${value} ms`, reached: value <= limit });
  const atLeast = (what: string, wanted: number, run: CapacityRun | null) => {
    if (!run) return;
    const tried = Math.max(0, ...run.steps.map((step) => (what.startsWith('talkers') ? step.talkers : step.listeners)));
    aims.push({ what, aim: `≥ ${wanted}`, measured: `${run.held}${run.held === tried ? ' (no more tried)' : ''}`, reached: run.held >= wanted });
  };
  if (latency) {
    atMost('voice to voice p50, complete', 500, latency.complete.parts?.voiceToVoice.p50);
    atMost('voice to voice p95, complete', 900, latency.complete.parts?.voiceToVoice.p95);
    atMost('interest after its final transcript, p95', 1_000, latency.interestMs?.p95);
    atMost('neither endpointing nor an engine, p95', 10, latency.restMs?.p95);
  }
  atLeast('talkers with partials', 12, talkers);
  atLeast('listeners', 500, listeners);
  const ends = [latency, talkers?.end, listeners?.end].filter((end) => end != null);
  const [exact, all] = [ends.reduce((sum, end) => sum + end.exactSessions, 0), ends.reduce((sum, end) => sum + end.sessions, 0)];
  aims.push({ what: 'sessions stored bit for bit', aim: 'all', measured: `${exact} of ${all}`, reached: exact === all });
  return aims;
}

export function tableOf(results: VoiceResults): string {
  const { machine, latency, talkers, listeners } = results;
  return [
    `${machine.cores} cores (${machine.processor}), Node ${machine.node}, load average ${machine.loadAverageBefore.toFixed(1)} before and ${machine.loadAverageAfter.toFixed(1)} after`,
    `${results.utterances}; ${Object.values(results.engines).join(', ')}`,
    ...(latency ? ['', latencyTable(latency)] : []),
    ...(talkers ? ['', `Talkers: ${talkers.held} held`, capacityTable(talkers)] : []),
    ...(listeners ? ['', `Listeners: ${listeners.held} held`, capacityTable(listeners)] : []),
    ...Object.entries(results.complaints).map(([complaint, count]) => `The server complained ${count} ×: ${complaint}`),
    '',
    columns([['aim', 'wanted', 'measured', ''], ...results.aims.map(({ what, aim, measured, reached }) => [what, aim, measured, reached ? 'reached' : 'missed'])], ['left', 'left', 'left', 'left']),
  ].join('\n');
}

function latencyTable(latency: LatencySummary): string {
  const rows: string[][] = [['ms', 'n', 'p50', 'p95', 'p25–p75', 'min–max']];
  const add = (title: string, summary: Summary | null) =>
    summary && rows.push([title, String(summary.count), whole(summary.p50), whole(summary.p95), `${whole(summary.p25)}–${whole(summary.p75)}`, `${whole(summary.min)}–${whole(summary.max)}`]);
  for (const kind of ['complete', 'hesitant'] as const) {
    const { parts } = latency[kind];
    if (!parts) continue;
    rows.push([`${kind} utterances`, '', '', '', '', '']);
    for (const [name, title] of PART_TITLES) add(`  ${title}`, parts[name]);
  }
  add('acknowledgement', latency.acknowledgementMs);
  add('interest after final', latency.interestMs);
  const words = (kind: KindSummary) =>
    `${kind.utterances} said, ${kind.answered} answered, ${kind.cutOffs} false cut-offs, word error rate ${kind.wordErrorRate === null ? 'unknown' : `${(kind.wordErrorRate * 100).toFixed(1)} % of ${kind.words} words`}`;
  return [
    columns(rows, ['left', 'right', 'right', 'right', 'right', 'right']),
    `complete: ${words(latency.complete)}`,
    `hesitant: ${words(latency.hesitant)}`,
    ...(latency.leftOut > 0 ? [`${latency.leftOut} utterances were left out because the time was over.`] : []),
  ].join('\n');
}

function capacityTable(run: CapacityRun): string {
  const rows = [
    ['talkers', 'listeners', 'turns', 'v2v p50', 'v2v p95', 'stt p95', 'rest p95', 'ack p95', 'ack max', 'server', 'loop', 'stt', 'vad', 'db', 'generator', 'others', 'loop p99', 'load', ''],
    ...run.steps.map(stepRow),
  ];
  const left = run.leftOut.length > 0 ? [`Not tried, because the time was over: ${run.leftOut.join(', ')}.`] : [];
  return [columns(rows, rows[0]!.map((_, index) => (index === 18 ? 'left' : 'right'))), ...left].join('\n');
}

function stepRow(step: CapacityStep): string[] {
  const { consumption, voiceToVoiceMs, talkerAcknowledgements: talking, listenerAcknowledgements: listening } = step;
  const slowest = (name: 'p95Ms' | 'maxMs') => Math.max(talking[name] ?? 0, listening?.[name] ?? 0);
  return [
    String(step.talkers),
    String(step.listeners),
    String(step.turns),
    whole(voiceToVoiceMs?.p50),
    whole(voiceToVoiceMs?.p95),
    whole(step.transcriptionP95Ms),
    whole(step.restP95Ms),
    whole(slowest('p95Ms')),
    whole(slowest('maxMs')),
    percent(consumption.server),
    percent(consumption.serverEventLoop),
    percent(consumption.transcription),
    percent(consumption.voiceActivity),
    percent(consumption.database),
    percent(consumption.generator),
    percent(consumption.others),
    whole(consumption.eventLoopP99Ms),
    step.loadAverage.toFixed(1),
    step.tooMuch.length === 0 ? 'holds' : `too much: ${step.tooMuch.join(', ')}`,
  ];
}

function whole(value: number | null | undefined): string {
  return value == null ? '–' : value < 10 ? value.toFixed(1) : String(Math.round(value));
}

function percent(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 100)} %`;
}

function columns(rows: string[][], align: ('left' | 'right')[]): string {
  const widths = align.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const cell = (text: string, column: number) => (align[column] === 'left' ? text.padEnd(widths[column]!) : text.padStart(widths[column]!));
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}
