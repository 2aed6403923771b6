/**
 * One live session in this process: feeds everything that happens to the state machine and executes its effects. Nobody
 * else writes the state. Audio goes to the log and to the ear; text comes back through `apply`.
 */
import type { Clock } from '#domain/clock.ts';
import { isTyping } from '#domain/code/editor-change.ts';
import { SpoolError, asSpoolError } from '#domain/errors.ts';
import type { InterestExtractor } from '#domain/interests/ports.ts';
import type { Conversation, Interviewer, InterviewerReply } from '#domain/interview/ports.ts';
import type { AudioLog, AudioLogWriter, ItemRecord, LiveSessionStore, StoredSession } from '#domain/session/ports.ts';
import type { SessionEvent } from '#domain/session/session.ts';
import { conversationTurns, itemsInOrder, restoreState } from '#domain/session/restore-state.ts';
import { type Effect, type LiveState, type SessionInput, agentStateOf, deadlineMs } from '#domain/session/live-state.ts';
import { transition } from '#domain/session/session-state.ts';
import { playedSamples } from '#domain/session/utterance.ts';
import type { Synthesizer, Transcriber, VoiceDetector } from '#domain/speech/ports.ts';
import { UPLINK_SAMPLE_RATE_HZ, msToSamples, samplesToMs } from '#domain/stream/audio-format.ts';
import { MAX_FRAME_BYTES, type UplinkFrame, encodeUplinkFrame } from '#domain/stream/frames.ts';
import { CLOSE, type ClientMessage, type CloseCode, type EndReason, PROTOCOL_VERSION, type ServerMessage, type SessionStatus, type StreamRole } from '#domain/stream/protocol.ts';
import { MAX_AHEAD_SAMPLES, Uplink } from '#domain/stream/uplink.ts';
import { CodeCompanion, type CodeInterview, shortResult } from './code-companion.ts';
import { Allowance } from './allowance.ts';
import { DurableAudio } from './durable-audio.ts';
import { Hearing } from './hearing.ts';
import { InterestListener } from './interest-listener.ts';
import { MeetingLedger } from './meeting-ledger.ts';
import type { Metrics } from './metrics.ts';
import { ReplySpeaker } from './reply-speaker.ts';
import { SegmentTranscriber } from './segment-transcriber.ts';
import { TranscriptWriter } from './transcript-writer.ts';
import { TurnMeasure } from './turn-measure.ts';
import { UtteranceAudio } from './utterance-audio.ts';

/** A connection that says nothing for this long is closed; clients send audio or `ping`. */
export const IDLE_TIMEOUT_MS = 60_000;
/** Typed answers, over all connections of a session: each is read by rules, answered, and written down. Nobody types faster. */
const TYPED_ANSWERS = { burst: 30, perSecond: 2 };
/** Audio waiting to be judged, above which the socket is not read any further. */
const MAX_BACKLOG_SAMPLES = 30 * UPLINK_SAMPLE_RATE_HZ;
/** Pieces of the log judged at once while catching up after a restart. */
const CATCH_UP_SAMPLES = 5 * UPLINK_SAMPLE_RATE_HZ;
/** A piece that cannot be read is asked for again after this, then after twice the time, CATCH_UP_ATTEMPTS times in all: about 8 s. */
const CATCH_UP_RETRY_MS = 250;
const CATCH_UP_ATTEMPTS = 6;

export interface Engines {
  transcriber: Transcriber;
  /** Null: the interviewer's words are shown, not spoken. */
  synthesizer: Synthesizer | null;
  interviewer: Interviewer;
  voiceDetector: VoiceDetector;
  /** Notices interests in onboarding interviews. */
  interestExtractor: InterestExtractor;
}

/** A connection as the session sees it. */
export interface Peer {
  readonly role: StreamRole;
  /** Who it is; observers are told who else watches. */
  readonly person?: { id: string; name: string };
  /** Of an observer: wants the person's voice as well, as the frames they came in. */
  readonly hearsPerson?: boolean;
  /** Rises with every connection of this process, in the order they came. */
  readonly arrival?: number;
  readonly closed: boolean;
  send(message: ServerMessage): void;
  sendFrame(frame: Uint8Array): void;
  fail(error: SpoolError): void;
  close(code: CloseCode): void;
  /** Stops and resumes reading from the socket: backpressure to the sender. */
  pauseReading(): void;
  resumeReading(): void;
}

export interface LiveSessionOptions {
  stored: StoredSession;
  epoch: number;
  audio: AudioLog;
  writer: AudioLogWriter;
  store: LiveSessionStore;
  engines: Engines;
  /** What code interviews need beyond the rest. */
  code?: CodeInterview;
  /** Length of a meeting's chunks. */
  chunkSamples: number;
  clock: Clock;
  metrics: Metrics;
  /** Whether this process may still speak for the session: nothing is acknowledged otherwise. */
  holdsLease: () => boolean;
  /** The session leaves this process: it is over, lost to another writer, or cannot be written any more. `closed`: its files are. */
  onGone: (session: LiveSession, closed: Promise<void>) => void;
}

export class LiveSession {
  readonly sessionId: string;
  readonly epoch: number;
  readonly #options: LiveSessionOptions;
  readonly #uplink: Uplink;
  readonly #hearing: Hearing;
  readonly #transcript: TranscriptWriter;
  readonly #durable: DurableAudio;
  readonly #transcriber: SegmentTranscriber;
  readonly #measure = new TurnMeasure();
  readonly #interests: InterestListener | null;
  readonly #code: CodeCompanion | null;
  readonly #ledger: MeetingLedger | null;
  readonly #typedAnswers: Allowance;
  readonly #abort = new AbortController();
  readonly #items: Map<string, ItemRecord>;
  readonly #observers = new Set<Peer>();
  #relayed = 0;
  #participant: Peer | null = null;
  #state: LiveState;
  #status: SessionStatus;
  #speaker: ReplySpeaker | null = null;
  /** Utterances that are being spoken, or whose sound is not stored yet. */
  readonly #utterances = new Set<Promise<void>>();
  #queue: SessionInput[] = [];
  #applying = false;
  #cancelTick: () => void = () => {};
  #catchUp: Promise<void>;
  /** Words are missing, in this process or since an earlier one. */
  #incomplete: boolean;
  #gone = false;
  #onDrained: (() => void) | null = null;
  /** The last utterance with which the interviewer says it gave a hint. */
  #hintUtterance: number | null = null;

  constructor(options: LiveSessionOptions) {
    const { stored, writer, clock, engines } = options;
    const restored = restoreState(stored, clock.monotonicMs());
    this.#options = options;
    this.#typedAnswers = new Allowance(clock, TYPED_ANSWERS);
    this.sessionId = stored.session.id;
    this.epoch = options.epoch;
    this.#state = restored.state;
    this.#status = stored.session.status;
    this.#incomplete = stored.events.some((event) => event.type === 'transcription.failed');
    this.#items = itemsInOrder(stored);
    this.#uplink = new Uplink(writer.durableThroughSample, clock.monotonicMs());
    this.#durable = new DurableAudio({
      writer,
      clock,
      metrics: options.metrics,
      holdsLease: options.holdsLease,
      onDurable: (durableThroughSample) => {
        this.#participant?.send({ type: 'ack', durableThroughSample });
        this.#ledger?.durable(durableThroughSample);
      },
      onFailure: (error) => this.#audioFailed(error),
    });
    const fromSample = Math.min(restored.heardThroughSample, writer.durableThroughSample);
    this.#hearing = new Hearing({
      sessionId: this.sessionId,
      policy: this.#state.policy,
      detector: engines.voiceDetector,
      clock,
      fromSample,
      onEvent: (event) => {
        this.apply(event);
        const { user, heardThroughSample } = this.#state;
        if (event.type === 'listened' && user.is === 'talking') this.#transcriber.maybeCaption(user.item.itemId, user.item.startSample, heardThroughSample);
      },
      onFailure: (error) => this.#engineFailed(error),
    });
    this.#transcriber = new SegmentTranscriber({
      sessionId: this.sessionId,
      transcriber: engines.transcriber,
      clock,
      preRollSamples: msToSamples(this.#state.policy.preRollMs),
      signal: this.#abort.signal,
      kept: (startSample, endSample) => this.#hearing.segment(startSample, endSample),
      stored: async (startSample, endSample) => {
        await this.#durable.through(endSample);
        return options.audio.read(this.sessionId, startSample, endSample);
      },
      heardThroughSample: () => this.#hearing.throughSample,
      onText: (itemId, endSample, final, text) => this.apply({ type: 'transcribed', itemId, endSample, final, text }),
      onFailure: (itemId, endSample, final, error) => {
        if (final) this.#engineFailed(error);
        this.apply({ type: 'transcription.failed', itemId, endSample, final });
      },
    });
    this.#interests =
      stored.session.kind === 'onboarding'
        ? new InterestListener({
            sessionId: this.sessionId,
            extractor: engines.interestExtractor,
            stored: stored.interests,
            decisions: stored.decisions,
            clock,
            signal: this.#abort.signal,
            onChanges: (changes, messages) => {
              this.#transcript.write(changes);
              for (const message of messages) this.#broadcast(message);
            },
            onDiscarded: (count) => options.metrics.discardedClaims.inc(count),
            onFailure: (error) => options.metrics.engineFailures.inc({ code: asSpoolError(error).code }),
          })
        : null;
    this.#code =
      stored.session.kind === 'code' && options.code
        ? new CodeCompanion({ sessionId: this.sessionId, stored: stored.events, clock, interview: options.code, onFailure: (error) => options.metrics.engineFailures.inc({ code: asSpoolError(error).code }) })
        : null;
    this.#transcript = new TranscriptWriter({
      sessionId: this.sessionId,
      epoch: options.epoch,
      store: options.store,
      clock,
      audioDurable: (sample) => this.#durable.through(sample),
      onLost: (error) => (error.code === 'lease.lost' ? this.lose() : this.#failed(error)),
    });
    this.#ledger =
      stored.session.kind === 'meeting'
        ? new MeetingLedger({ chunkSamples: options.chunkSamples, throughSample: writer.durableThroughSample, write: (captured) => this.#transcript.write({ captured }) })
        : null;
    this.#catchUp = this.#hearLog(fromSample, writer.durableThroughSample).catch((error: unknown) => this.#engineFailed(error));
  }

  get hasPeers(): boolean {
    return this.#participant !== null;
  }

  /** As people see it: with somebody in it, it is under way. */
  get status(): SessionStatus {
    return this.#status === 'created' ? 'live' : this.#status;
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** Its end had been asked for before this process opened it. */
  get endRequested(): boolean {
    return this.#options.stored.endRequested;
  }

  // ---- people come and go ------------------------------------------------------------------------------------------

  /** The participant's connection; of two the older one is closed with 4409, also where it was let in more slowly. */
  join(peer: Peer): void {
    const older = this.#participant;
    if (older && (older.arrival ?? 0) > (peer.arrival ?? 0)) return peer.close(CLOSE.replaced);
    if (older) {
      this.#participant = null;
      older.close(CLOSE.replaced);
      this.apply({ type: 'left' });
    }
    this.#participant = peer;
    this.#ready(peer);
    if (this.#status === 'created') {
      this.#status = 'live';
      this.#transcript.write({ status: 'live', startedAt: 'now', events: [{ type: 'session.status', data: { status: 'live' } }] });
      this.#broadcast({ type: 'session.status', status: 'live' });
    }
    this.apply({ type: 'joined', downlinkRateHz: this.#downlinkRateHz });
  }

  observe(peer: Peer): void {
    this.#observers.add(peer);
    this.#ready(peer);
    peer.send({ type: 'agent.state', state: agentStateOf(this.#state) });
  }

  /** The names of everybody who watches here, each once, by the alphabet. */
  get watching(): string[] {
    return [...new Map([...this.#observers].flatMap(({ person }) => (person ? [[person.id, person.name]] : []))).values()].toSorted();
  }

  leave(peer: Peer): void {
    this.#observers.delete(peer);
    if (this.#participant !== peer) return;
    this.#participant = null;
    this.apply({ type: 'left' });
  }

  // ---- what the participant sends ----------------------------------------------------------------------------------

  receiveAudio(frame: UplinkFrame): void {
    if (this.#gone || this.#state.phase === 'ended') return;
    const nowMs = this.#options.clock.monotonicMs();
    const decision = this.#uplink.accept(frame, this.#options.writer.durableThroughSample, nowMs);
    switch (decision.kind) {
      case 'duplicate':
        return this.#durable.acknowledge();
      case 'gap':
        if (decision.report) this.#participant?.fail(new SpoolError('audio.gap', undefined, { fields: { fromSample: decision.fromSample } }));
        return;
      case 'too_fast':
        this.#participant?.fail(new SpoolError('stream.too_fast'));
        return this.#participant?.close(CLOSE.tooFast);
      case 'accept':
        return this.#accept(decision.samples, nowMs);
    }
  }

  /** `playback`, `text`, `control`, `editor` and `flush`; the rest belongs to the connection. */
  receive(message: Exclude<ClientMessage, { type: 'hello' | 'ping' }>): void {
    switch (message.type) {
      case 'playback':
        this.#state.agent?.number === message.utterance && this.#speaker?.played();
        return this.apply({ ...message, uplinkSample: this.#uplink.nextSample });
      case 'text':
        if (message.text.trim() === '') return this.#participant?.fail(new SpoolError('protocol.malformed', 'Empty text.', { personMessage: 'Type a few words before sending.' }));
        if (!this.#typedAnswers.spend(1)) return this.#participant?.fail(new SpoolError('rate.limited', 'Too many typed answers.', { personMessage: 'That was too much at once. Wait a second, then send it again.' }));
        return this.apply({ type: 'typed', text: message.text.trim(), uplinkSample: this.#uplink.nextSample });
      case 'control':
        return this.#afterHearing(() => this.apply({ type: 'control', action: message.action, throughSample: this.#uplink.nextSample }));
      case 'flush':
        return this.#afterHearing(() => this.apply({ type: 'flush', id: message.id, throughSample: this.#uplink.nextSample }));
      case 'editor':
        if (this.#options.stored.session.kind !== 'code') return this.#participant?.fail(new SpoolError('protocol.unexpected', 'Editor changes outside a code session.'));
        if (this.#state.phase === 'closing' || this.#state.phase === 'ended') return;
        // Not when only the cursor moved, or a file was opened.
        if (isTyping(message.changes)) {
          this.#code?.typed(message.changes);
          this.apply({ type: 'edited' });
        }
        return this.#transcript.write({ events: [{ type: 'editor', sample: this.#uplink.nextSample, data: { path: message.path, version: message.version, changes: message.changes } }] });
    }
  }

  /** Something a person should know that concerns this session's engines. */
  notify(error: SpoolError): void {
    this.#participant?.fail(error);
  }

  end(reason: EndReason): void {
    this.#afterHearing(() => {
      // Hearing what an earlier process stored takes a while: somebody may have come back.
      if (reason === 'idle' && this.hasPeers) return;
      this.apply({ type: 'end', reason, throughSample: this.#uplink.nextSample });
    });
  }

  // ---- what code runs tell -----------------------------------------------------------------------------------------

  /** How far the session's log was followed for what other processes append; null: nobody needs to. */
  get followedSeq(): number | null {
    return this.#code && !this.#gone && this.#state.phase !== 'ended' ? this.#code.followedSeq : null;
  }

  /** `run.*` events of the log, in order. */
  follow(events: readonly SessionEvent[], throughSeq: number): void {
    if (this.#gone) return;
    for (const { runId, result, remark } of this.#code?.follow(events, throughSeq) ?? []) {
      this.#broadcast({ type: 'run.result', ...shortResult(result), runId });
      this.apply({ type: 'ran', runId, remark });
    }
  }

  // ---- the state machine -------------------------------------------------------------------------------------------

  apply(event: SessionInput): void {
    this.#queue.push(event);
    if (this.#applying || this.#gone) return;
    this.#applying = true;
    try {
      for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
        const step = transition(this.#state, { ...next, nowMs: this.#options.clock.monotonicMs() });
        this.#state = step.state;
        for (const effect of step.effects) this.#execute(effect);
      }
    } finally {
      this.#applying = false;
    }
    this.#scheduleTick();
  }

  #execute(effect: Effect): void {
    switch (effect.do) {
      case 'send':
        return this.#broadcast(effect.message);
      case 'record':
        return this.#record(effect);
      case 'transcribe':
        void this.#transcriber.transcribe(effect.itemId, effect.startSample, effect.endSample, effect.final ? 'final' : 'speculative');
        return;
      case 'closeSegment':
        return this.#hearing.closeSegment(effect.floorSample);
      case 'reply':
        return this.#speaking(this.#speak(effect));
      case 'holdReply':
        return this.#speaker?.hold();
      case 'releaseReply':
        return this.#speaker?.release();
      case 'stopReply':
        return this.#speaker?.stop();
      case 'finishSentence':
        return this.#speaker?.finishSentence();
      case 'turnEnded':
        return this.#measure.ended(effect, this.#options.clock.monotonicMs());
      case 'finish':
        void this.#finish(effect.reason);
        return;
      case 'drained':
        this.#onDrained?.();
        return;
      default:
        effect satisfies never;
    }
  }

  #record(effect: Extract<Effect, { do: 'record' }>): void {
    for (const item of effect.items ?? []) {
      this.#items.set(item.itemId, item);
      if (this.#code) this.#noteForCode(this.#code, item);
    }
    if (effect.status) this.#status = effect.status;
    if (effect.events?.some((event) => event.type === 'transcription.failed')) this.#incomplete = true;
    const spoken = (effect.items ?? []).filter((item) => item.speaker !== 'agent').map((item) => item.endSample);
    for (const item of effect.items ?? []) if (item.speaker !== 'agent') this.#interests?.heard(item, this.#question());
    // A typed answer lies where the interviewer was last heard, which may be beyond the audio received.
    this.#transcript.write({ items: effect.items, events: effect.events, status: effect.status }, Math.min(this.#uplink.nextSample, Math.max(0, ...spoken)));
  }

  /** A hint that was heard is written down, whoever asked for it. */
  #noteForCode(code: CodeCompanion, item: ItemRecord): void {
    if (item.speaker !== 'agent') return code.heard();
    const step = code.said(item.text, this.#hintUtterance !== null && item.itemId === `a-${this.#hintUtterance}`);
    if (step !== null) this.#transcript.write({ events: [{ type: 'hint.given', sample: item.startSample, data: { problemId: code.problemId, step, itemId: item.itemId } }] });
  }

  #scheduleTick(): void {
    this.#cancelTick();
    if (this.#gone) return;
    const nowMs = this.#options.clock.monotonicMs();
    const atMs = deadlineMs(this.#state, nowMs);
    this.#cancelTick = atMs === null ? () => {} : this.#options.clock.schedule(Math.max(1, Math.ceil(atMs - nowMs)), () => this.apply({ type: 'tick' }));
  }

  // ---- audio in ----------------------------------------------------------------------------------------------------

  #accept(samples: Int16Array, nowMs: number): void {
    this.#measure.arrivals.note(this.#uplink.nextSample, nowMs);
    this.#durable.append(samples, nowMs);
    this.#relay(samples);
    void this.#catchUp.then(() => {
      if (this.#gone) return;
      this.#hearing.push(samples);
      if (this.#hearing.backlogSamples > MAX_BACKLOG_SAMPLES) this.#waitForHearing();
    });
  }

  /** Observers hear the person as the frames they came in, once each sample. */
  #relay(samples: Int16Array): void {
    const hearing = [...this.#observers].filter((observer) => observer.hearsPerson);
    if (hearing.length === 0) return;
    const frame = encodeUplinkFrame({ seq: this.#relayed++, firstSample: this.#uplink.nextSample - samples.length, samples });
    for (const observer of hearing) observer.sendFrame(frame);
  }

  #waitForHearing(): void {
    const peer = this.#participant;
    peer?.pauseReading();
    void this.#hearing.drained().then(() => peer?.resumeReading());
  }

  #audioFailed(error: unknown): void {
    if (this.#gone) return;
    const known = asSpoolError(error);
    if (known.code === 'lease.lost') return this.lose();
    this.#failed(known);
  }

  /** This process cannot keep the session as it is: the next begins at what is really stored; until then the browser keeps everything. */
  #failed(error: SpoolError): void {
    this.#participant?.fail(error);
    this.#leave(CLOSE.overloaded);
  }

  /** After a restart: hears what was stored but not understood before the process ended. */
  async #hearLog(fromSample: number, toSample: number): Promise<void> {
    for (let sample = fromSample; sample < toSample && !this.#gone; ) {
      const samples = await this.#readLog(sample, Math.min(toSample, sample + CATCH_UP_SAMPLES));
      if (this.#gone || samples.length === 0) return;
      this.#hearing.push(samples);
      sample += samples.length;
      await this.#hearing.drained();
    }
  }

  /** Storage that fails for a moment is asked again. What cannot be read is marked, and silence keeps the clock: all that follows would else be heard too early. */
  async #readLog(fromSample: number, toSample: number): Promise<Int16Array> {
    const silence = new Int16Array(toSample - fromSample);
    for (let attempt = 1; !this.#gone; attempt += 1) {
      try {
        return await this.#options.audio.read(this.sessionId, fromSample, toSample);
      } catch (error) {
        if (attempt === CATCH_UP_ATTEMPTS) {
          this.#engineFailed(error);
          this.#record({ do: 'record', events: [{ type: 'transcription.failed', sample: fromSample, data: { startSample: fromSample, endSample: toSample } }] });
          return silence;
        }
        await new Promise<void>((resolve) => this.#options.clock.schedule(CATCH_UP_RETRY_MS * 2 ** (attempt - 1), resolve));
      }
    }
    return silence;
  }

  /** Runs once all audio received so far was judged. */
  #afterHearing(run: () => void): void {
    void this.#catchUp.then(() => this.#hearing.drained()).then(run);
  }

  #engineFailed(error: unknown): void {
    const known = asSpoolError(error);
    this.#options.metrics.engineFailures.inc({ code: known.code });
    this.#participant?.fail(known);
  }

  // ---- speech out --------------------------------------------------------------------------------------------------

  async #speak(effect: Extract<Effect, { do: 'reply' }>): Promise<void> {
    const { engines, clock, stored } = this.#options;
    const utterance = effect.utterance;
    const sound = new UtteranceAudio(this.#downlinkRateHz);
    const speaker = new ReplySpeaker({
      sessionId: this.sessionId,
      utterance,
      synthesizer: engines.synthesizer,
      pace: () => this.#state.pace,
      clock,
      events: {
        text: (text) => this.apply({ type: 'reply.text', utterance, text }),
        audio: (samples) => {
          sound.add(samples);
          this.#measureTurn(utterance, speaker);
          this.apply({ type: 'reply.audio', utterance, samples: samples.length, uplinkSample: this.#uplink.nextSample });
        },
        complete: () => {
          if (reply?.gaveHint?.()) this.#hintUtterance = utterance;
          const prompt = reply?.promptVersion?.() ?? null;
          if (prompt !== null) this.#transcript.write({ events: [{ type: 'agent.prompted', data: { utterance, prompt } }] });
          this.apply({ type: 'reply.complete', utterance, closes: reply?.closes() ?? effect.closes });
        },
        failed: (error, silent) => {
          this.#engineFailed(error);
          if (!silent) this.apply({ type: 'reply.failed', utterance });
        },
        sendFrame: (frame) => this.#broadcastFrame(frame),
        playedSamples: () => (this.#state.agent?.number === utterance ? playedSamples(this.#state.agent, clock.monotonicMs(), this.#state.downlinkRateHz) : 0),
      },
    });
    this.#speaker = speaker;
    const conversation: Conversation = {
      sessionId: this.sessionId,
      kind: stored.session.kind,
      personName: stored.ownerName,
      turns: conversationTurns(this.#items.values()),
      elapsedMs: Math.max(0, clock.nowMs() - Date.parse(stored.session.startedAt ?? stored.session.createdAt)),
      ...(effect.request ? { request: effect.request } : {}),
      ...(this.#interests ? { interests: this.#interests.interests } : {}),
    };
    let reply: InterviewerReply | null = null;
    const code = this.#code;
    // Asked from inside, so that an interviewer that refuses at once fails like one that fails later.
    const words = async function* (): AsyncGenerator<string> {
      if (effect.text !== null) {
        yield effect.text;
        return;
      }
      if (code) conversation.code = await code.look();
      reply = engines.interviewer.reply(conversation, speaker.signal);
      yield* reply.text;
    };
    await speaker.speak(words());
    if (this.#speaker === speaker) this.#speaker = null;
    const samples = sound.at16kHz();
    if (samples.length === 0) return;
    await this.#options.audio.writeUtterance(this.sessionId, utterance, samples).catch((error: unknown) => this.#engineFailed(error));
  }

  #speaking(utterance: Promise<void>): void {
    this.#utterances.add(utterance);
    void utterance.finally(() => this.#utterances.delete(utterance));
  }

  /** Resolves when what the interviewer said up to now is stored for the recording. */
  async soundStored(): Promise<void> {
    await Promise.allSettled(this.#utterances);
  }

  /** What the interviewer asked last, heard or not. */
  #question(): string {
    const last = [...this.#items.values()].findLast((item) => item.speaker === 'agent');
    return last ? `${last.text} ${last.unheardText ?? ''}`.trim() : '';
  }

  get #downlinkRateHz(): number {
    return this.#options.engines.synthesizer?.sampleRateHz ?? UPLINK_SAMPLE_RATE_HZ;
  }

  /** On the first samples of the answer to a turn. */
  #measureTurn(utterance: number, speaker: ReplySpeaker): void {
    const metrics = this.#measure.answered(utterance, speaker.firstTextAtMs, this.#options.clock.monotonicMs());
    if (!metrics) return;
    this.#options.metrics.voiceToVoice.observe(metrics.totalMs / 1000);
    this.#broadcast({ type: 'turn.metrics', ...metrics });
    this.#transcript.write({ events: [{ type: 'turn.metrics', data: metrics }] });
  }

  // ---- the ways out ------------------------------------------------------------------------------------------------

  async #finish(reason: EndReason): Promise<void> {
    const { writer, clock } = this.#options;
    await this.#durable.through(this.#uplink.nextSample);
    // Not all of it came to the disk: the session ends when it is sent again.
    if (this.#gone) return;
    await writer.close().catch(() => {});
    await this.#interests?.settled();
    // A meeting is transcribed once more, chunk by chunk; how complete it is shows when that is done.
    const status: SessionStatus = this.#ledger ? 'processing' : this.#incomplete ? 'partial' : 'completed';
    this.#status = status;
    const durationMs = samplesToMs(Math.max(this.#uplink.nextSample, this.#state.lastAgent.endSample));
    const userItems = [...this.#items.values()].filter((item) => item.speaker !== 'agent');
    const summary = { durationMs, turns: this.#state.turn, words: userItems.reduce((sum, item) => sum + item.text.split(/\s+/).filter(Boolean).length, 0), endedAtMs: clock.nowMs() };
    this.#transcript.write({
      status,
      ended: { reason, durationMs },
      ...(this.#ledger ? { captured: { ...this.#ledger.captured, throughSample: this.#durable.throughSample } } : {}),
      events: [
        { type: 'session.status', data: { status } },
        { type: 'session.ended', data: { reason, summary } },
      ],
    });
    await this.#transcript.settled();
    if (this.#gone) return;
    this.#broadcast({ type: 'session.status', status });
    this.#broadcast({ type: 'session.ended', reason, summary });
    this.#leave(CLOSE.ended);
  }

  /** What could not be acknowledged while the lease was in doubt is acknowledged now. */
  leaseRenewed(): void {
    this.#durable.leaseRenewed();
  }

  /** Another process has the session, or it was erased. Nothing is taken any more; which it was people hear a moment later. */
  lose(): void {
    this.#transcript.abandon();
    const peers = this.#depart();
    if (peers.length === 0) return;
    void this.#options.store
      .exists(this.sessionId)
      .catch(() => true)
      .then((exists) => {
        for (const peer of peers) {
          if (!exists) peer.fail(new SpoolError('session.not_found', 'The session was erased while it was live.', { personMessage: 'The session was erased.' }));
          peer.close(exists ? CLOSE.replaced : CLOSE.sessionOver);
        }
      });
  }

  /** Hands the session over in good order: finish the sentence, write everything down, tell people to reconnect. */
  async drain(code: CloseCode, sentenceBudgetMs: number): Promise<void> {
    if (this.#gone) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#options.clock.schedule(sentenceBudgetMs, resolve);
      this.#onDrained = () => {
        cancel();
        resolve();
      };
      this.apply({ type: 'drain' });
    });
    this.apply({ type: 'left' });
    await this.#durable.through(this.#uplink.nextSample);
    await this.#interests?.settled(0);
    await this.#transcript.settled();
    this.#leave(code);
  }

  #leave(code: CloseCode): void {
    for (const peer of this.#depart()) peer.close(code);
  }

  /** Stops everything; the people who are left are still to be told. */
  #depart(): Peer[] {
    if (this.#gone) return [];
    this.#gone = true;
    this.#cancelTick();
    this.#abort.abort(new SpoolError('lease.lost', 'The session left this process.'));
    this.#onDrained?.();
    this.#speaker?.stop();
    this.#hearing.close();
    this.#durable.leave();
    const peers = [this.#participant, ...this.#observers].filter((peer) => peer !== null);
    this.#participant = null;
    this.#observers.clear();
    const closed = Promise.allSettled([this.#options.writer.close(), this.#transcript.settled()]);
    this.#options.onGone(this, closed.then(() => {}));
    return peers;
  }

  #ready(peer: Peer): void {
    peer.send({
      type: 'ready',
      protocol: PROTOCOL_VERSION,
      sessionId: this.sessionId,
      role: peer.role,
      status: this.status,
      durableThroughSample: this.#options.writer.durableThroughSample,
      downlink: { encoding: 'pcm_s16le', sampleRate: this.#downlinkRateHz },
      limits: { maxFrameBytes: MAX_FRAME_BYTES, maxAheadSamples: MAX_AHEAD_SAMPLES, idleTimeoutMs: IDLE_TIMEOUT_MS },
    });
  }

  #broadcast(message: ServerMessage): void {
    this.#participant?.send(message);
    for (const observer of this.#observers) observer.send(message);
  }

  #broadcastFrame(frame: Uint8Array): void {
    this.#participant?.sendFrame(frame);
    for (const observer of this.#observers) observer.sendFrame(frame);
  }
}
