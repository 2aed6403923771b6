/**
 * The live session as a state machine: `transition(state, event) → {state, effects}`. Pure; the rules are numbered in
 * SPEC.md. `LiveSession` feeds it everything that happens and is the one place that executes effects.
 */
import { CODE_COMMANDS } from '../interview/code-command-definitions.ts';
import { STANDARD_COMMANDS } from '../interview/voice-command-definitions.ts';
import { type CommandContext, type RecognizedCommand, recognizeCommand } from '../interview/voice-commands.ts';
import { NORMAL_PACE, slower } from '../speech/pace.ts';
import type { AgentState, ControlAction, EndReason } from '../stream/protocol.ts';
import { AgentFloor } from './agent-floor.ts';
import { type Effect, type LiveState, type SessionEventInput, type SessionInput, type Step, agentStateOf, falseInterruptionMs, helpDueMs, isTyping } from './live-state.ts';
import { PersonFloor } from './person-floor.ts';
import { TransitionDraft } from './transition-draft.ts';
import { STALL_MS } from './turn-taking.ts';
import { fullText, newUtterance, playedSamples, totalSamples } from './utterance.ts';

export function transition(before: LiveState, event: SessionEventInput): Step {
  // Most audio is silence: it only moves the clock.
  if (event.type === 'listened' && (before.user.is === 'quiet' || before.user.is === 'talking')) {
    return { state: { ...before, heardThroughSample: Math.max(before.heardThroughSample, event.throughSample), lastAudioAtMs: event.nowMs }, effects: [] };
  }
  const step = new Transition(before, event.nowMs);
  step.apply(event);
  return step.finish();
}

/** Of the commands that can be said, those the session carries out. */
const SPOKEN_COMMANDS = STANDARD_COMMANDS.filter(({ name }) => ['repeat', 'skip', 'pause', 'end', 'undo', 'slower'].includes(name));
/** In a code interview, code commands come first: "run it again" asks for no words. */
const SPOKEN_WHILE_CODING = [...CODE_COMMANDS, ...SPOKEN_COMMANDS];
/** What the person's page does when it hears that the command was understood. */
const DONE_BY_THE_PAGE = new Set(['run', 'run-tests', 'next-problem']);

/** Dispatches the event to the two sides of the floor, carries out commands, and settles what follows. */
class Transition {
  readonly #before: AgentState;
  readonly #draft: TransitionDraft;
  readonly #agent: AgentFloor;
  readonly #person: PersonFloor;
  #announce = false;

  constructor(before: LiveState, nowMs: number) {
    this.#before = agentStateOf(before);
    this.#draft = new TransitionDraft(before, nowMs);
    this.#agent = new AgentFloor(this.#draft);
    this.#person = new PersonFloor(this.#draft, this.#agent);
  }

  finish(): Step {
    this.#settle();
    const after = agentStateOf(this.#draft.state);
    if ((after !== this.#before || this.#announce) && this.#draft.state.phase !== 'ended') {
      const { pace } = this.#draft.state;
      const effect: Effect = { do: 'send', message: { type: 'agent.state', state: after, ...(pace === NORMAL_PACE ? {} : { pace }) } };
      // A player that must stop is told before anything else.
      if (after === 'paused') this.#draft.effects.unshift(effect);
      else this.#draft.effects.push(effect);
    }
    return { state: this.#draft.state, effects: this.#draft.effects };
  }

  apply(event: SessionInput): void {
    const { state } = this.#draft;
    if (state.phase === 'ended') return;
    switch (event.type) {
      case 'joined':
        state.connected = true;
        state.downlinkRateHz = event.downlinkRateHz;
        state.lastAudioAtMs = this.#draft.nowMs;
        state.activeAtMs = this.#draft.nowMs;
        this.#announce = true;
        return;
      case 'left':
        state.connected = false;
        this.#agent.breakOffReply('left');
        return;
      case 'speech.started':
        state.activeAtMs = this.#draft.nowMs;
        return this.#person.speechStarted(event.sample, event.segmentStart);
      case 'speech.paused':
        state.activeAtMs = this.#draft.nowMs;
        return this.#person.speechPaused(event.endSample);
      case 'speech.resumed':
        if (state.user.is === 'pausing') state.user = { is: 'talking', item: state.user.item };
        return;
      case 'speech.cut':
        return this.#person.speechCut(event.sample);
      case 'listened':
        state.heardThroughSample = Math.max(state.heardThroughSample, event.throughSample);
        state.lastAudioAtMs = this.#draft.nowMs;
        return;
      case 'transcribed':
        return this.#person.transcribed(event.itemId, event.endSample, event.final, event.text);
      case 'transcription.failed':
        return this.#person.transcriptionFailed(event.itemId, event.endSample, event.final);
      case 'typed':
        if (state.phase === 'closing') return;
        state.activeAtMs = this.#draft.nowMs;
        this.#person.typed(event.text, event.uplinkSample);
        if (state.policy.interviewer) this.#answerOrObey(event.text, 'asked');
        return;
      case 'edited':
        return this.#edited();
      case 'ran':
        state.activeAtMs = this.#draft.nowMs;
        if (event.remark && state.policy.interviewer && state.phase !== 'closing') state.owed ??= { kind: 'remark' };
        return;
      case 'control':
        return this.#control(event.action, event.throughSample);
      case 'flush':
        this.#person.closeOpenItem(event.throughSample);
        state.flushes.push({ id: event.id, throughSample: event.throughSample });
        return;
      case 'reply.text':
      case 'reply.audio':
      case 'reply.complete':
      case 'reply.failed':
        if (state.agent?.number === event.utterance) this.#agent.reply(state.agent, event);
        return;
      case 'playback':
        if (state.agent?.number === event.utterance) this.#agent.playback(state.agent, event.playedSamples, event.uplinkSample);
        return;
      case 'end':
        return this.#end(event.reason, event.throughSample);
      case 'drain':
        state.draining = true;
        if (state.agent) this.#draft.effects.push({ do: 'finishSentence', utterance: state.agent.number });
        return;
      case 'tick':
        return this.#tick();
      default:
        event satisfies never;
    }
  }

  /** What the interviewer has not begun to say waits until the person has stopped typing; what it is saying goes on. */
  #edited(): void {
    const { state } = this.#draft;
    if (state.policy.typingPauseMs === null) return;
    state.typedAtMs = this.#draft.nowMs;
    state.activeAtMs = this.#draft.nowMs;
    if (state.agent && state.agent.firstFrameAtMs === null && !state.agent.held) this.#agent.hold(state.agent);
  }

  #control(action: ControlAction, throughSample: number): void {
    const { state } = this.#draft;
    switch (action) {
      case 'pause':
        // Who asked for what is so already waits for an answer all the same.
        if (state.phase === 'paused') return this.#draft.send({ type: 'session.status', status: 'paused' });
        if (state.phase !== 'live') return;
        this.#person.closeOpenItem(throughSample);
        if (state.agent) this.#agent.hold(state.agent);
        state.phase = 'paused';
        return this.#status('paused');
      case 'resume':
        if (state.phase === 'live') return this.#draft.send({ type: 'session.status', status: 'live' });
        if (state.phase !== 'paused') return;
        state.phase = 'live';
        state.activeAtMs = this.#draft.nowMs;
        state.lastAudioAtMs = this.#draft.nowMs;
        this.#status('live');
        return this.#agent.release();
      case 'skip':
        if (!state.policy.interviewer || state.phase !== 'live') return;
        state.skipped = state.agent ? fullText(state.agent) : state.lastAgent.text;
        state.paceBefore = null;
        this.#agent.interrupt();
        state.owed = { kind: 'skip' };
        return;
      case 'repeat': {
        if (!state.policy.interviewer || state.phase !== 'live') return;
        const text = state.agent ? fullText(state.agent) : state.lastAgent.text;
        const closes = state.agent?.closes ?? false;
        this.#agent.interrupt();
        state.owed = text === '' ? { kind: 'opening' } : { kind: 'repeat', text, closes };
        return;
      }
      case 'undo':
        if (!this.#canUndo()) return;
        if (state.paceBefore !== null) return this.#undoPace(state.paceBefore);
        this.#agent.interrupt();
        state.owed = { kind: 'repeat', text: state.skipped! };
        state.skipped = null;
        return;
      case 'end':
        return this.#end('ended_by_person', throughSample);
    }
  }

  #canUndo(): boolean {
    const { phase, skipped, paceBefore } = this.#draft.state;
    return phase !== 'closing' && (paceBefore !== null || (skipped !== null && skipped !== ''));
  }

  #speakSlower(): void {
    const { state } = this.#draft;
    const pace = slower(state.pace);
    if (pace === state.pace) return;
    state.paceBefore = state.pace;
    this.#setPace(pace);
  }

  /** What is being said goes on at the former pace; after a silence the last words are said again, so that it is heard. */
  #undoPace(pace: number): void {
    const { state } = this.#draft;
    state.paceBefore = null;
    this.#setPace(pace);
    if (state.agent === null && state.lastAgent.text !== '') state.owed = { kind: 'repeat', text: state.lastAgent.text };
  }

  #setPace(pace: number): void {
    this.#draft.state.pace = pace;
    this.#draft.record([], [{ type: 'agent.pace', sample: this.#draft.state.heardThroughSample, data: { pace } }]);
    this.#announce = true;
  }

  #status(status: 'live' | 'paused'): void {
    this.#draft.effects.push({ do: 'record', status, events: [{ type: 'session.status', data: { status } }] });
    this.#draft.send({ type: 'session.status', status });
  }

  #end(reason: EndReason, throughSample: number): void {
    const { state } = this.#draft;
    if (state.phase === 'closing') return;
    this.#person.closeOpenItem(throughSample);
    state.phase = 'closing';
    state.endReason = reason;
    this.#agent.endReply('interrupted');
    state.owed = null;
  }

  #tick(): void {
    const { state } = this.#draft;
    const { user } = state;
    if (user.is === 'talking' && this.#stalled()) this.#person.closeOpenItem(state.heardThroughSample);
  }

  #stalled(): boolean {
    const { state } = this.#draft;
    return state.connected && state.phase === 'live' && this.#draft.nowMs - state.lastAudioAtMs >= STALL_MS;
  }

  /** What follows from the state alone, after any event: turns that are over, answers that are due, the end. */
  #settle(): void {
    const { state } = this.#draft;
    if (state.phase === 'ended') return;
    const { agent } = state;
    if (agent?.complete && !agent.held && playedSamples(agent, this.#draft.nowMs, state.downlinkRateHz) >= totalSamples(agent)) {
      this.#agent.finishReply(agent);
      if (agent.closes && state.phase === 'live') this.#end('ended_by_interviewer', state.heardThroughSample);
    }
    this.#settleTurn();
    const releaseAtMs = falseInterruptionMs(state);
    if (releaseAtMs !== null && this.#draft.nowMs >= releaseAtMs) this.#agent.release();
    if (state.closing.length === 0) {
      for (const { id, throughSample } of state.flushes.splice(0)) this.#draft.send({ type: 'flushed', id, throughSample });
      if (state.phase === 'closing' && state.endReason) {
        state.phase = 'ended';
        this.#draft.effects.push({ do: 'finish', reason: state.endReason });
        return;
      }
    }
    if (state.draining) return this.#settleDrain();
    this.#settleHelp();
    this.#settleOwed();
  }

  #settleTurn(): void {
    const { state } = this.#draft;
    const { user } = state;
    if (state.phase !== 'live' || (user.is !== 'pausing' && user.is !== 'waiting')) return;
    if (user.deadlineSample === null || state.closing.length > 0) return;
    if (state.heardThroughSample < user.deadlineSample && !this.#stalled()) return;
    // Closed items that turned out to hold no words make no turn.
    if (user.is === 'waiting' && !state.turnHasWords) return this.#person.floorFreed(user.endSample);
    if (this.#waitsForTyping(user)) return;
    if (user.is === 'pausing') this.#person.writeUserItem(user.item, user.endSample, user.text ?? '');
    const said = state.turnText;
    const context = state.withdrawn === null ? 'asked' : 'speaking';
    state.user = { is: 'quiet' };
    state.turnHasWords = false;
    state.turnText = '';
    state.withdrawn = null;
    this.#draft.effects.push({ do: 'closeSegment', floorSample: user.endSample });
    state.turn += 1;
    this.#draft.record([], [{ type: 'turn.ended', sample: user.endSample, data: { turn: state.turn } }]);
    if (!state.policy.interviewer) return;
    this.#draft.effects.push({ do: 'turnEnded', turn: state.turn, utterance: state.nextUtterance, endSample: user.endSample, deadlineSample: user.deadlineSample });
    this.#answerOrObey(said, context);
  }

  /** Whoever types goes on thinking; but what they asked to be done is done at once. */
  #waitsForTyping(user: Extract<LiveState['user'], { is: 'pausing' | 'waiting' }>): boolean {
    const { state } = this.#draft;
    if (!isTyping(state, this.#draft.nowMs)) return false;
    if (user.waitsForTyping) return true;
    const said = user.is === 'pausing' ? `${state.turnText} ${user.text ?? ''}`.trim() : state.turnText;
    if (this.#commandIn(said, state.withdrawn === null ? 'asked' : 'speaking')) return false;
    user.waitsForTyping = true;
    return true;
  }

  #commandIn(text: string, context: CommandContext): RecognizedCommand | null {
    return recognizeCommand(text, { context, commands: this.#draft.state.kind === 'code' ? SPOKEN_WHILE_CODING : SPOKEN_COMMANDS });
  }

  /** Somebody who says, types and runs nothing for long may be stuck. */
  #settleHelp(): void {
    const { state, nowMs } = this.#draft;
    const dueMs = helpDueMs(state);
    if (dueMs === null || nowMs < dueMs) return;
    state.helpedAtMs = nowMs;
    state.owed = { kind: 'help' };
    this.#draft.record([], [{ type: 'help.offered', sample: state.heardThroughSample, data: {} }]);
  }

  /** A turn is answered, unless it asked for something that the session itself can do. */
  #answerOrObey(text: string, context: CommandContext): void {
    const { state } = this.#draft;
    state.owed = { kind: 'answer' };
    const meant = this.#commandIn(text, context);
    // What was said of an answer cannot be unsaid here: the interviewer answers.
    if (!meant || (meant.command === 'undo' && !this.#canUndo())) return;
    this.#draft.send({ type: 'command.recognized', ...meant });
    // Where nothing is heard, it stands at what was typed.
    const sample = Math.max(state.heardThroughSample, state.placedThroughSample);
    this.#draft.record([], [{ type: 'command.recognized', sample, data: meant }]);
    if (meant.command === 'end') {
      // The interviewer says goodbye, and the session ends once that was heard; until then it can be undone.
      state.skipped = state.lastAgent.text;
      state.paceBefore = null;
      return;
    }
    if (meant.command === 'hint' || meant.command === 'read-problem' || meant.command === 'time-left') {
      state.owed = { kind: meant.command };
      return;
    }
    if (DONE_BY_THE_PAGE.has(meant.command)) {
      state.owed = null;
      return;
    }
    // It says so and asks again, at the new pace.
    if (meant.command === 'slower') return this.#speakSlower();
    state.owed = null;
    this.#control(meant.command as ControlAction, sample);
  }

  /** Nothing new is begun; the sentence under way is heard to its end. */
  #settleDrain(): void {
    if (this.#draft.state.agent?.firstFrameAtMs != null && !this.#draft.state.agent.held) return;
    this.#agent.breakOffReply('drained');
    this.#draft.effects.push({ do: 'drained' });
  }

  #settleOwed(): void {
    const { state } = this.#draft;
    const { owed } = state;
    if (!owed || state.agent || !state.connected || state.phase !== 'live' || state.user.is !== 'quiet' || state.closing.length > 0) return;
    if (isTyping(state, this.#draft.nowMs)) return;
    state.owed = null;
    const number = state.nextUtterance;
    state.nextUtterance += 1;
    state.agent = newUtterance(number, owed.kind === 'opening' ? 0 : state.turn, this.#draft.nowMs, owed.kind);
    // So that no later process uses its number again.
    this.#draft.record([], [{ type: 'agent.began', data: { utterance: number, turn: state.agent.turn } }]);
    const repeat = owed.kind === 'repeat' ? owed : null;
    this.#draft.effects.push({ do: 'reply', utterance: number, request: owed.kind === 'opening' || owed.kind === 'answer' || owed.kind === 'repeat' ? null : owed.kind, text: repeat?.text ?? null, closes: repeat?.closes ?? false });
  }


}
