/**
 * The live session as a state machine: `transition(state, event) → {state, effects}`. Pure; the rules are numbered in
 * SPEC.md. `LiveSession` feeds it everything that happens and is the one place that executes effects.
 */
import { echoOf, isBackchannel } from '../interview/readiness.ts';
import { UPLINK_SAMPLE_RATE_HZ, msToSamples } from '../stream/audio-format.ts';
import type { AgentState, ControlAction, EndReason, ServerMessage } from '../stream/protocol.ts';
import type { EventRecord, ItemRecord } from './ports.ts';
import type { SpeechEvent } from './segmenter.ts';
import type { SessionKind } from './session.ts';
import { ECHO_SHARE, FALSE_INTERRUPTION_MS, INTERRUPTION_MIN_MS, STALL_MS, TURN_POLICIES, type TurnPolicy, silenceToEndMs } from './turn-taking.ts';
import { type Utterance, fullText, newUtterance, playbackDeadlineMs, playedSamples, splitHeard, totalSamples } from './utterance.ts';

/** What the person is doing. A turn may span several items (segments with a transcript each). */
export type UserFloor =
  | { is: 'quiet' }
  | { is: 'talking'; item: OpenItem }
  /** Silence since `endSample`; `text` once transcribed; the turn ends when silence reaches `deadlineSample`. */
  | { is: 'pausing'; item: OpenItem; endSample: number; text: string | null; deadlineSample: number | null; sinceMs: number }
  /** The item is closed, the turn is not. */
  | { is: 'waiting'; endSample: number; deadlineSample: number; sinceMs: number };

export interface OpenItem {
  itemId: string;
  startSample: number;
  revision: number;
  /** It began while the interviewer could be heard. */
  overAgent: boolean;
}
/** An item whose audio is complete and whose final text is awaited. */
export interface ClosingItem extends OpenItem {
  endSample: number;
}
/** What the interviewer still has to say as soon as the floor is free. */
export type Owed = { kind: 'opening' | 'answer' | 'skip' } | { kind: 'repeat'; text: string; /** It is the goodbye. */ closes?: boolean };

export interface LiveState {
  phase: 'live' | 'paused' | 'closing' | 'ended';
  policy: TurnPolicy;
  connected: boolean;
  draining: boolean;
  downlinkRateHz: number;
  user: UserFloor;
  agent: Utterance | null;
  closing: ClosingItem[];
  owed: Owed | null;
  /** What speech made it withdraw or break off: owed again if that speech turns out to hold no words. */
  withdrawn: Owed | null;
  /** Words were written down since the last turn ended: silence will end a turn, whatever sounds come first. */
  turnHasWords: boolean;
  turn: number;
  nextUtterance: number;
  /** The number of samples heard so far, silence included. */
  heardThroughSample: number;
  lastAudioAtMs: number;
  /** Where the interviewer was last heard, and what it said: nothing of its may overlap, and echoes are measured on it. */
  lastAgent: { endSample: number; text: string };
  /** No item lies beyond: typed answers and unspoken words, which have no length, are placed after it. */
  placedThroughSample: number;
  /** Its own voice came back through the microphone: speech over it no longer stops it before words are known. */
  echoHeard: boolean;
  flushes: { id: string | number; throughSample: number }[];
  skipped: string | null;
  endReason: EndReason | null;
}

export type SessionInput =
  | { type: 'joined'; downlinkRateHz: number }
  | { type: 'left' }
  | SpeechEvent
  /** All windows before `throughSample` were judged. */
  | { type: 'listened'; throughSample: number }
  | { type: 'transcribed'; itemId: string; endSample: number; final: boolean; text: string }
  | { type: 'transcription.failed'; itemId: string; endSample: number; final: boolean }
  | { type: 'typed'; text: string; uplinkSample: number }
  | { type: 'control'; action: ControlAction; throughSample: number }
  | { type: 'flush'; id: string | number; throughSample: number }
  | { type: 'reply.text'; utterance: number; text: string }
  | { type: 'reply.audio'; utterance: number; samples: number; uplinkSample: number }
  | { type: 'reply.complete'; utterance: number; closes: boolean }
  | { type: 'reply.failed'; utterance: number }
  | { type: 'playback'; utterance: number; playedSamples: number; uplinkSample: number }
  | { type: 'end'; reason: EndReason; throughSample: number }
  | { type: 'drain' }
  | { type: 'tick' };
export type SessionEventInput = SessionInput & { nowMs: number };

export type Effect =
  | { do: 'send'; message: ServerMessage }
  | { do: 'record'; items?: ItemRecord[]; events?: EventRecord[]; status?: 'live' | 'paused' }
  /** Transcribe `[startSample, endSample)` and come back with `transcribed`. `final`: the last word on this item. */
  | { do: 'transcribe'; itemId: string; startSample: number; endSample: number; final: boolean }
  /** The segmenter forgets its open segment; the next may not reach back before `floorSample`. */
  | { do: 'closeSegment'; floorSample: number }
  /** Ask the interviewer (`request`), or say `text` as it is. */
  | { do: 'reply'; utterance: number; request: 'skip' | null; text: string | null; closes: boolean }
  | { do: 'holdReply' | 'releaseReply' | 'stopReply' | 'finishSentence'; utterance: number }
  | { do: 'turnEnded'; turn: number; utterance: number; endSample: number; deadlineSample: number }
  /** Everything is said and written down. */
  | { do: 'finish'; reason: EndReason }
  /** The sentence is finished: the process may let go of the session. */
  | { do: 'drained' };

export interface Step {
  state: LiveState;
  effects: Effect[];
}

/** Fewer words than this are taken for an echo only where an echo was heard before: people answer in one word. */
const ECHO_MIN_WORDS = 3;
/** The uplink clock stands still when no audio came for this long: longer than anybody waits for an answer. */
const CLOCK_STANDS_MS = 5_000;
/** An overlap of two things the interviewer said is rounding below this, and a clock that stood still above it. */
const ROUNDING_SAMPLES = UPLINK_SAMPLE_RATE_HZ;

export function initialState(kind: SessionKind, nowMs: number, overrides: Partial<LiveState> = {}): LiveState {
  const policy = TURN_POLICIES[kind];
  return {
    phase: 'live',
    policy,
    connected: false,
    draining: false,
    downlinkRateHz: UPLINK_SAMPLE_RATE_HZ,
    user: { is: 'quiet' },
    agent: null,
    closing: [],
    owed: policy.interviewer ? { kind: 'opening' } : null,
    withdrawn: null,
    turnHasWords: false,
    turn: 0,
    nextUtterance: 1,
    heardThroughSample: 0,
    lastAudioAtMs: nowMs,
    lastAgent: { endSample: 0, text: '' },
    placedThroughSample: 0,
    echoHeard: false,
    flushes: [],
    skipped: null,
    endReason: null,
    ...overrides,
  };
}

/** What the person sees of the interviewer. */
export function agentStateOf(state: LiveState): AgentState {
  if (state.phase === 'paused') return 'paused';
  if (state.agent === null) return 'listening';
  if (state.agent.firstFrameAtMs === null) return 'thinking';
  return state.agent.held ? 'paused' : 'speaking';
}

/** When `tick` must come next, after `nowMs`; null: nothing is waited for. */
export function deadlineMs(state: LiveState, nowMs: number): number | null {
  const times: number[] = [];
  const { agent, user } = state;
  if (agent) {
    const playback = playbackDeadlineMs(agent, state.downlinkRateHz);
    if (playback !== null) times.push(playback);
    const releaseAtMs = falseInterruptionMs(state);
    if (releaseAtMs !== null) times.push(releaseAtMs);
  }
  if (state.connected && state.phase === 'live' && user.is !== 'quiet') times.push(state.lastAudioAtMs + STALL_MS);
  const ahead = times.filter((time) => time > nowMs);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

/** When held playback goes on at the latest: counted from the end of the sound that stopped it; null while it lasts. */
function falseInterruptionMs({ agent, user, phase }: LiveState): number | null {
  if (!agent?.held || phase !== 'live' || user.is === 'talking') return null;
  return Math.max(agent.played.atMs, user.is === 'quiet' ? 0 : user.sinceMs) + FALSE_INTERRUPTION_MS;
}

export function transition(before: LiveState, event: SessionEventInput): Step {
  // Most audio is silence: it only moves the clock.
  if (event.type === 'listened' && (before.user.is === 'quiet' || before.user.is === 'talking')) {
    return { state: { ...before, heardThroughSample: Math.max(before.heardThroughSample, event.throughSample), lastAudioAtMs: event.nowMs }, effects: [] };
  }
  const step = new Transition(before, event.nowMs);
  step.apply(event);
  return step.finish();
}

/** One transition in the making: a private copy of the state, and the effects so far. */
class Transition {
  readonly #before: AgentState;
  readonly state: LiveState;
  readonly effects: Effect[] = [];
  readonly nowMs: number;
  #announce = false;

  constructor(before: LiveState, nowMs: number) {
    this.#before = agentStateOf(before);
    this.state = structuredClone(before);
    this.nowMs = nowMs;
  }

  finish(): Step {
    this.#settle();
    const after = agentStateOf(this.state);
    if ((after !== this.#before || this.#announce) && this.state.phase !== 'ended') {
      const effect: Effect = { do: 'send', message: { type: 'agent.state', state: after } };
      // A player that must stop is told before anything else.
      if (after === 'paused') this.effects.unshift(effect);
      else this.effects.push(effect);
    }
    return { state: this.state, effects: this.effects };
  }

  apply(event: SessionInput): void {
    const { state } = this;
    if (state.phase === 'ended') return;
    switch (event.type) {
      case 'joined':
        state.connected = true;
        state.downlinkRateHz = event.downlinkRateHz;
        state.lastAudioAtMs = this.nowMs;
        this.#announce = true;
        return;
      case 'left':
        state.connected = false;
        this.#breakOffReply('left');
        return;
      case 'speech.started':
        return this.#speechStarted(event.sample, event.segmentStart);
      case 'speech.paused':
        return this.#speechPaused(event.endSample);
      case 'speech.resumed':
        if (state.user.is === 'pausing') state.user = { is: 'talking', item: state.user.item };
        return;
      case 'speech.cut':
        return this.#speechCut(event.sample);
      case 'listened':
        state.heardThroughSample = Math.max(state.heardThroughSample, event.throughSample);
        state.lastAudioAtMs = this.nowMs;
        return;
      case 'transcribed':
        return this.#transcribed(event.itemId, event.endSample, event.final, event.text);
      case 'transcription.failed':
        return this.#transcriptionFailed(event.itemId, event.endSample, event.final);
      case 'typed':
        return this.#typed(event.text, event.uplinkSample);
      case 'control':
        return this.#control(event.action, event.throughSample);
      case 'flush':
        this.#closeOpenItem(event.throughSample);
        state.flushes.push({ id: event.id, throughSample: event.throughSample });
        return;
      case 'reply.text':
      case 'reply.audio':
      case 'reply.complete':
      case 'reply.failed':
        if (state.agent?.number === event.utterance) this.#reply(state.agent, event);
        return;
      case 'playback':
        if (state.agent?.number === event.utterance) this.#playback(state.agent, event.playedSamples, event.uplinkSample);
        return;
      case 'end':
        return this.#end(event.reason, event.throughSample);
      case 'drain':
        state.draining = true;
        if (state.agent) this.effects.push({ do: 'finishSentence', utterance: state.agent.number });
        return;
      case 'tick':
        return this.#tick();
      default:
        event satisfies never;
    }
  }

  // ---- the person speaks -------------------------------------------------------------------------------------------

  #speechStarted(sample: number, segmentStart: number): void {
    const { state } = this;
    const { agent } = state;
    if (state.phase !== 'live') {
      this.effects.push({ do: 'closeSegment', floorSample: segmentStart });
      return;
    }
    const audible = agent?.firstFrameAtMs != null;
    state.user = { is: 'talking', item: { itemId: `u-${segmentStart}`, startSample: segmentStart, revision: 0, overAgent: audible } };
    this.#send({ type: 'speech.started', sample });
    if (agent && !agent.held && !(audible && state.echoHeard)) this.#hold(agent);
  }

  #speechPaused(endSample: number): void {
    const { state } = this;
    if (state.user.is !== 'talking') return;
    const { item } = state.user;
    state.user = { is: 'pausing', item, endSample, text: null, deadlineSample: null, sinceMs: this.nowMs };
    this.#send({ type: 'speech.stopped', sample: endSample });
    this.effects.push({ do: 'transcribe', itemId: item.itemId, startSample: item.startSample, endSample, final: false });
  }

  #speechCut(sample: number): void {
    const { state } = this;
    if (state.user.is !== 'talking') return;
    this.#awaitFinal({ ...state.user.item, endSample: sample });
    state.user = { is: 'talking', item: { itemId: `u-${sample}`, startSample: sample, revision: 0, overAgent: state.user.item.overAgent } };
  }

  #transcribed(itemId: string, endSample: number, final: boolean, text: string): void {
    const { state } = this;
    const closing = state.closing.find((item) => item.itemId === itemId);
    if (closing) {
      if (!final) return;
      state.closing = state.closing.filter((item) => item !== closing);
      this.#finalText(closing, text);
      return;
    }
    const { user } = state;
    if (user.is === 'quiet' || user.is === 'waiting' || user.item.itemId !== itemId) return;
    const verdict = this.#verdict(user.item, text);
    if (user.is === 'pausing' && endSample === user.endSample) {
      if (verdict === 'noise' || verdict === 'echo') return this.#ignore(user.item, user.endSample, verdict);
      if (verdict === 'backchannel') {
        this.#writeUserItem(user.item, user.endSample, text);
        return this.#floorFreed(user.endSample);
      }
      this.#interruptBySpeech();
      user.text = text;
      user.deadlineSample = user.endSample + msToSamples(silenceToEndMs(state.policy, text));
      if (user.endSample - user.item.startSample >= msToSamples(state.policy.segmentCutMs)) {
        this.#writeUserItem(user.item, user.endSample, text);
        state.turnHasWords = true;
        this.effects.push({ do: 'closeSegment', floorSample: user.endSample });
        state.user = { is: 'waiting', endSample: user.endSample, deadlineSample: user.deadlineSample, sinceMs: this.nowMs };
      } else this.#partial(user.item, text);
      return;
    }
    if (verdict !== 'words') return;
    if (endSample - user.item.startSample >= msToSamples(INTERRUPTION_MIN_MS + state.policy.preRollMs)) this.#interruptBySpeech();
    if (state.agent === null || !user.item.overAgent) this.#partial(user.item, text);
  }

  #transcriptionFailed(itemId: string, endSample: number, final: boolean): void {
    const { state } = this;
    const { user } = state;
    if (state.closing.some((item) => item.itemId === itemId)) {
      if (!final) return;
      const failed = state.closing.find((item) => item.itemId === itemId)!;
      state.closing = state.closing.filter((item) => item !== failed);
      this.#record([], [{ type: 'transcription.failed', sample: failed.startSample, data: { startSample: failed.startSample, endSample: failed.endSample } }]);
      return;
    }
    // The suspicion could not be confirmed in time: ask again, this time with a final's precedence and retries.
    if (user.is === 'pausing' && user.item.itemId === itemId && endSample === user.endSample && !final) {
      this.#awaitFinal({ ...user.item, endSample: user.endSample });
      this.effects.push({ do: 'closeSegment', floorSample: user.endSample });
      const deadlineSample = user.endSample + msToSamples(state.policy.incompleteSilenceMs);
      state.user = { is: 'waiting', endSample: user.endSample, deadlineSample, sinceMs: this.nowMs };
    }
  }

  /** What a text means while, or just after, the interviewer speaks. */
  #verdict(item: OpenItem, text: string): 'words' | 'noise' | 'backchannel' | 'echo' {
    const { agent, lastAgent } = this.state;
    if (text.trim() === '') return 'noise';
    if (!item.overAgent) return 'words';
    const spoken = agent?.firstFrameAtMs != null ? fullText(agent) : lastAgent.text;
    const wordCount = text.trim().split(/\s+/).length;
    if ((wordCount >= ECHO_MIN_WORDS || this.state.echoHeard) && echoOf(text, spoken) >= ECHO_SHARE) return 'echo';
    // Once the interviewer is done, "yeah" is an answer.
    return agent !== null && isBackchannel(text) ? 'backchannel' : 'words';
  }

  #ignore(item: OpenItem, endSample: number, reason: 'noise' | 'echo'): void {
    if (reason === 'echo') this.state.echoHeard = true;
    this.#record([], [{ type: 'speech.ignored', sample: item.startSample, data: { reason, startSample: item.startSample, endSample } }]);
    this.#floorFreed(endSample);
  }

  /** A sound is over that was no answer: everything is as it was before. */
  #floorFreed(endSample: number): void {
    const { state } = this;
    this.effects.push({ do: 'closeSegment', floorSample: endSample });
    if (state.turnHasWords) {
      const deadlineSample = endSample + msToSamples(state.policy.incompleteSilenceMs);
      state.user = { is: 'waiting', endSample, deadlineSample, sinceMs: this.nowMs };
      return;
    }
    state.user = { is: 'quiet' };
    this.#release();
    state.owed ??= state.agent === null ? state.withdrawn : null;
    state.withdrawn = null;
  }

  #finalText(item: ClosingItem, text: string): void {
    const verdict = this.#verdict(item, text);
    if (verdict === 'noise' || verdict === 'echo') {
      this.#record([], [{ type: 'speech.ignored', sample: item.startSample, data: { reason: verdict, startSample: item.startSample, endSample: item.endSample } }]);
      return;
    }
    if (verdict === 'words') {
      this.#interruptBySpeech();
      this.state.turnHasWords = true;
    }
    this.#writeUserItem(item, item.endSample, text);
  }

  #partial(item: OpenItem, text: string): void {
    item.revision += 1;
    this.#send({ type: 'transcript.partial', itemId: item.itemId, revision: item.revision, speaker: 'user', text, startSample: item.startSample });
  }

  #writeUserItem(item: OpenItem, endSample: number, text: string): void {
    this.#writeItem({ itemId: item.itemId, revision: item.revision + 1, speaker: 'user', text, startSample: item.startSample, endSample });
  }

  /**
   * Where on the uplink clock something at `uplinkSample` lies. While no audio flows (a typed conversation) that clock
   * stands still, so things line up behind what is already there.
   */
  #place(uplinkSample: number, behind: number): number {
    const flowing = this.state.heardThroughSample > 0 && this.nowMs - this.state.lastAudioAtMs < CLOCK_STANDS_MS;
    const overlap = behind - uplinkSample;
    return Math.max(0, flowing && overlap > ROUNDING_SAMPLES ? uplinkSample : Math.max(uplinkSample, behind));
  }

  /** Behind the last item, by one sample so that the order is plain. */
  #nextPlace(): number {
    return this.state.placedThroughSample === 0 ? 0 : this.state.placedThroughSample + 1;
  }

  #writeItem(item: ItemRecord): void {
    this.state.placedThroughSample = Math.max(this.state.placedThroughSample, item.endSample);
    this.#record([item], [{ type: 'transcript.final', sample: item.startSample, data: item }]);
    this.#send({ type: 'transcript.final', ...item });
  }

  /** Closes the item under way at `throughSample`, leaving the turn open. */
  #closeOpenItem(throughSample: number): void {
    const { state } = this;
    const { user } = state;
    if (user.is === 'quiet' || user.is === 'waiting') return;
    const endSample = user.is === 'pausing' ? user.endSample : throughSample;
    if (user.is === 'talking') this.#send({ type: 'speech.stopped', sample: endSample });
    this.effects.push({ do: 'closeSegment', floorSample: endSample });
    if (user.is === 'pausing' && user.text !== null) {
      this.#writeUserItem(user.item, endSample, user.text);
      state.turnHasWords = true;
    } else this.#awaitFinal({ ...user.item, endSample });
    const deadlineSample = endSample + msToSamples(state.policy.incompleteSilenceMs);
    state.user = { is: 'waiting', endSample, deadlineSample, sinceMs: this.nowMs };
  }

  #awaitFinal(item: ClosingItem): void {
    this.state.closing.push(item);
    this.effects.push({ do: 'transcribe', itemId: item.itemId, startSample: item.startSample, endSample: item.endSample, final: true });
  }

  #typed(text: string, uplinkSample: number): void {
    const { state } = this;
    if (state.phase === 'closing') return;
    this.#interrupt();
    // It is a turn of its own, and the answer to it answers what was said before.
    state.turnHasWords = false;
    const sample = this.#place(uplinkSample, this.#nextPlace());
    state.turn += 1;
    this.#writeItem({ itemId: `t-${state.turn}-${sample}`, revision: 1, speaker: 'user', text, startSample: sample, endSample: sample });
    this.#record([], [{ type: 'turn.ended', sample, data: { turn: state.turn, typed: true } }]);
    if (state.policy.interviewer) state.owed = { kind: 'answer' };
  }

  // ---- the interviewer speaks --------------------------------------------------------------------------------------

  #hold(agent: Utterance): void {
    agent.played = { samples: playedSamples(agent, this.nowMs, this.state.downlinkRateHz), atMs: this.nowMs };
    agent.held = true;
    this.effects.push({ do: 'holdReply', utterance: agent.number });
  }

  #release(): void {
    const { agent, phase } = this.state;
    if (!agent?.held || phase !== 'live') return;
    this.#closeStretch(agent);
    agent.held = false;
    agent.played.atMs = this.nowMs;
    if (agent.firstFrameAtMs !== null) this.#openStretch(agent, agent.played.samples, this.state.heardThroughSample, true);
    this.effects.push({ do: 'releaseReply', utterance: agent.number });
  }

  /** The person has the floor: what was not heard stays unsaid. */
  #interrupt(): void {
    this.#endReply('interrupted');
    this.state.owed = null;
    this.state.withdrawn = null;
  }

  /** As above, by words that are not final yet: what they cost is remembered. */
  #interruptBySpeech(): void {
    const { state } = this;
    const { agent, owed, withdrawn } = state;
    const lost = agent ? this.#unheardOf(agent) : owed;
    this.#interrupt();
    state.withdrawn = lost ?? withdrawn;
  }

  #unheardOf(agent: Utterance): Owed | null {
    if (!agent.complete || fullText(agent) === '') return agent.firstFrameAtMs === null ? (agent.turn === 0 ? { kind: 'opening' } : { kind: 'answer' }) : null;
    const { unheardText } = splitHeard(agent, playedSamples(agent, this.nowMs, this.state.downlinkRateHz));
    return unheardText === '' ? null : { kind: 'repeat', text: unheardText, closes: agent.closes };
  }

  /** The listener is gone, or the process is: the answer is owed again. */
  #breakOffReply(reason: 'left' | 'drained'): void {
    const { state } = this;
    const { agent } = state;
    if (!agent) return;
    const text = fullText(agent);
    const known = agent.complete && text !== '';
    this.#endReply(reason);
    state.owed = known ? { kind: 'repeat', text, closes: agent.closes } : agent.turn === 0 ? { kind: 'opening' } : { kind: 'answer' };
  }

  #endReply(reason: 'interrupted' | 'left' | 'drained'): void {
    const { state } = this;
    const { agent } = state;
    if (!agent) return;
    this.#closeStretch(agent);
    const played = playedSamples(agent, this.nowMs, state.downlinkRateHz);
    state.agent = null;
    this.effects.push({ do: 'stopReply', utterance: agent.number });
    if (fullText(agent) === '') return;
    const { heardText, unheardText } = splitHeard(agent, played);
    this.#send({ type: 'agent.interrupted', utterance: agent.number, heardText, playedSamples: played });
    this.#record([], [{ type: 'agent.interrupted', data: { utterance: agent.number, heardText, playedSamples: played, reason } }]);
    if (heardText !== '') this.#writeAgentItem(agent, heardText, unheardText);
  }

  #reply(agent: Utterance, event: Extract<SessionInput, { type: `reply.${string}` }>): void {
    switch (event.type) {
      case 'reply.text':
        agent.chunks.push({ text: event.text, samples: 0 });
        this.#send({ type: 'agent.text', utterance: agent.number, text: event.text });
        return;
      case 'reply.audio': {
        const chunk = agent.chunks.at(-1);
        if (chunk) chunk.samples += event.samples;
        if (agent.firstFrameAtMs !== null) return;
        agent.firstFrameAtMs = this.nowMs;
        agent.played.atMs = this.nowMs;
        this.#openStretch(agent, 0, event.uplinkSample, true);
        return;
      }
      case 'reply.complete':
        agent.complete = true;
        agent.closes = event.closes;
        this.#recordSaid(agent);
        return;
      case 'reply.failed':
        if (fullText(agent) !== '') {
          // What was said stands; the rest is given up.
          agent.complete = true;
          this.#recordSaid(agent);
          return;
        }
        this.state.agent = null;
        return;
    }
  }

  /** From here on a restart knows what was being said, and repeats it if it was not heard to the end. */
  #recordSaid(agent: Utterance): void {
    if (fullText(agent) === '') return;
    this.#record([], [{ type: 'agent.said', data: { utterance: agent.number, turn: agent.turn, text: fullText(agent), closes: agent.closes } }]);
  }

  #playback(agent: Utterance, reported: number, uplinkSample: number): void {
    if (agent.firstFrameAtMs === null) return;
    const samples = Math.min(totalSamples(agent), Math.max(agent.played.samples, reported));
    agent.played = { samples, atMs: agent.held ? agent.played.atMs : this.nowMs };
    const { stretch } = agent;
    if (!stretch?.estimated || samples <= stretch.fromSample) return;
    // The first report places the stretch: it began as long ago as was played since.
    this.#openStretch(agent, stretch.fromSample, uplinkSample - this.#toUplink(samples - stretch.fromSample), false);
  }

  #openStretch(agent: Utterance, fromSample: number, uplinkSample: number, estimated: boolean): void {
    agent.stretch = { fromSample, uplinkSample: this.#place(uplinkSample, Math.max(this.state.lastAgent.endSample, this.state.placedThroughSample)), estimated };
  }

  /** Writes down where on the uplink clock the stretch just played lies. */
  #closeStretch(agent: Utterance): void {
    const { state } = this;
    const { stretch } = agent;
    if (!stretch) return;
    agent.stretch = null;
    const played = playedSamples(agent, this.nowMs, state.downlinkRateHz);
    agent.played = { samples: played, atMs: this.nowMs };
    if (played <= stretch.fromSample) return;
    agent.startSample ??= stretch.uplinkSample;
    const samples = this.#toUplink(played) - this.#toUplink(stretch.fromSample);
    state.lastAgent = { endSample: stretch.uplinkSample + samples, text: fullText(agent) };
    this.#record([], [{ type: 'agent.played', sample: stretch.uplinkSample, data: { utterance: agent.number, fromSample: this.#toUplink(stretch.fromSample), samples } }]);
  }

  #toUplink(downlinkSamples: number): number {
    return Math.round((downlinkSamples * UPLINK_SAMPLE_RATE_HZ) / this.state.downlinkRateHz);
  }

  #writeAgentItem(agent: Utterance, text: string, unheardText: string): void {
    const startSample = agent.startSample ?? this.#nextPlace();
    const endSample = agent.startSample === null ? startSample : Math.max(startSample, this.state.lastAgent.endSample);
    this.#writeItem({ itemId: `a-${agent.number}`, revision: 1, speaker: 'agent', text, ...(unheardText === '' ? {} : { unheardText }), startSample, endSample });
  }

  #finishReply(agent: Utterance): void {
    const { state } = this;
    this.#closeStretch(agent);
    state.agent = null;
    state.lastAgent = { endSample: state.lastAgent.endSample, text: fullText(agent) };
    this.#send({ type: 'agent.done', utterance: agent.number });
    this.#record([], [{ type: 'agent.done', data: { utterance: agent.number } }]);
    if (fullText(agent) !== '') this.#writeAgentItem(agent, fullText(agent), '');
    if (agent.closes && state.phase === 'live') this.#end('ended_by_interviewer', state.heardThroughSample);
  }

  // ---- commands, time, the end -------------------------------------------------------------------------------------

  #control(action: ControlAction, throughSample: number): void {
    const { state } = this;
    switch (action) {
      case 'pause':
        if (state.phase !== 'live') return;
        this.#closeOpenItem(throughSample);
        if (state.agent) this.#hold(state.agent);
        state.phase = 'paused';
        return this.#status('paused');
      case 'resume':
        if (state.phase !== 'paused') return;
        state.phase = 'live';
        state.lastAudioAtMs = this.nowMs;
        this.#status('live');
        return this.#release();
      case 'skip':
        if (!state.policy.interviewer || state.phase !== 'live') return;
        state.skipped = state.agent ? fullText(state.agent) : state.lastAgent.text;
        this.#interrupt();
        state.owed = { kind: 'skip' };
        return;
      case 'repeat': {
        if (!state.policy.interviewer || state.phase !== 'live') return;
        const text = state.agent ? fullText(state.agent) : state.lastAgent.text;
        const closes = state.agent?.closes ?? false;
        this.#interrupt();
        state.owed = text === '' ? { kind: 'opening' } : { kind: 'repeat', text, closes };
        return;
      }
      case 'undo':
        if (state.phase === 'closing' || state.skipped === null || state.skipped === '') return;
        this.#interrupt();
        state.owed = { kind: 'repeat', text: state.skipped };
        state.skipped = null;
        return;
      case 'end':
        return this.#end('ended_by_person', throughSample);
    }
  }

  #status(status: 'live' | 'paused'): void {
    this.effects.push({ do: 'record', status, events: [{ type: 'session.status', data: { status } }] });
    this.#send({ type: 'session.status', status });
  }

  #end(reason: EndReason, throughSample: number): void {
    const { state } = this;
    if (state.phase === 'closing') return;
    this.#closeOpenItem(throughSample);
    state.phase = 'closing';
    state.endReason = reason;
    this.#endReply('interrupted');
    state.owed = null;
  }

  #tick(): void {
    const { state } = this;
    const { user } = state;
    if (user.is === 'talking' && this.#stalled()) this.#closeOpenItem(state.heardThroughSample);
  }

  #stalled(): boolean {
    const { state } = this;
    return state.connected && state.phase === 'live' && this.nowMs - state.lastAudioAtMs >= STALL_MS;
  }

  /** What follows from the state alone, after any event: turns that are over, answers that are due, the end. */
  #settle(): void {
    const { state } = this;
    if (state.phase === 'ended') return;
    const { agent } = state;
    if (agent?.complete && !agent.held && playedSamples(agent, this.nowMs, state.downlinkRateHz) >= totalSamples(agent)) this.#finishReply(agent);
    this.#settleTurn();
    const releaseAtMs = falseInterruptionMs(state);
    if (releaseAtMs !== null && this.nowMs >= releaseAtMs) this.#release();
    if (state.closing.length === 0) {
      for (const { id, throughSample } of state.flushes.splice(0)) this.#send({ type: 'flushed', id, throughSample });
      if (state.phase === 'closing' && state.endReason) {
        state.phase = 'ended';
        this.effects.push({ do: 'finish', reason: state.endReason });
        return;
      }
    }
    if (state.draining) return this.#settleDrain();
    this.#settleOwed();
  }

  #settleTurn(): void {
    const { state } = this;
    const { user } = state;
    if (state.phase !== 'live' || (user.is !== 'pausing' && user.is !== 'waiting')) return;
    if (user.deadlineSample === null || state.closing.length > 0) return;
    if (state.heardThroughSample < user.deadlineSample && !this.#stalled()) return;
    // Closed items that turned out to hold no words make no turn.
    if (user.is === 'waiting' && !state.turnHasWords) return this.#floorFreed(user.endSample);
    if (user.is === 'pausing') this.#writeUserItem(user.item, user.endSample, user.text ?? '');
    state.user = { is: 'quiet' };
    state.turnHasWords = false;
    state.withdrawn = null;
    this.effects.push({ do: 'closeSegment', floorSample: user.endSample });
    state.turn += 1;
    this.#record([], [{ type: 'turn.ended', sample: user.endSample, data: { turn: state.turn } }]);
    if (!state.policy.interviewer) return;
    state.owed = { kind: 'answer' };
    this.effects.push({ do: 'turnEnded', turn: state.turn, utterance: state.nextUtterance, endSample: user.endSample, deadlineSample: user.deadlineSample });
  }

  /** Nothing new is begun; the sentence under way is heard to its end. */
  #settleDrain(): void {
    if (this.state.agent?.firstFrameAtMs != null && !this.state.agent.held) return;
    this.#breakOffReply('drained');
    this.effects.push({ do: 'drained' });
  }

  #settleOwed(): void {
    const { state } = this;
    const { owed } = state;
    if (!owed || state.agent || !state.connected || state.phase !== 'live' || state.user.is !== 'quiet' || state.closing.length > 0) return;
    state.owed = null;
    const number = state.nextUtterance;
    state.nextUtterance += 1;
    state.agent = newUtterance(number, owed.kind === 'opening' ? 0 : state.turn, this.nowMs);
    // So that no later process uses its number again.
    this.#record([], [{ type: 'agent.began', data: { utterance: number, turn: state.agent.turn } }]);
    const repeat = owed.kind === 'repeat' ? owed : null;
    this.effects.push({ do: 'reply', utterance: number, request: owed.kind === 'skip' ? 'skip' : null, text: repeat?.text ?? null, closes: repeat?.closes ?? false });
  }

  #send(message: ServerMessage): void {
    this.effects.push({ do: 'send', message });
  }

  #record(items: ItemRecord[], events: EventRecord[]): void {
    this.effects.push({ do: 'record', ...(items.length > 0 ? { items } : {}), ...(events.length > 0 ? { events } : {}) });
  }
}
