/** The interviewer's side of the floor: what it says, what of it is heard, and what stops it. */
import { UPLINK_SAMPLE_RATE_HZ } from '../stream/audio-format.ts';
import { type Owed, type SessionInput, isTyping } from './live-state.ts';
import type { TransitionDraft } from './transition-draft.ts';
import { type Utterance, fullText, playedSamples, splitHeard, totalSamples } from './utterance.ts';

export class AgentFloor {
  readonly #draft: TransitionDraft;

  constructor(draft: TransitionDraft) {
    this.#draft = draft;
  }

  hold(agent: Utterance): void {
    agent.played = { samples: playedSamples(agent, this.#draft.nowMs, this.#draft.state.downlinkRateHz), atMs: this.#draft.nowMs };
    agent.held = true;
    this.#draft.effects.push({ do: 'holdReply', utterance: agent.number });
  }

  release(): void {
    const { agent, phase } = this.#draft.state;
    if (!agent?.held || phase !== 'live' || (agent.firstFrameAtMs === null && isTyping(this.#draft.state, this.#draft.nowMs))) return;
    this.#closeStretch(agent);
    agent.held = false;
    agent.played.atMs = this.#draft.nowMs;
    if (agent.firstFrameAtMs !== null) this.#openStretch(agent, agent.played.samples, this.#draft.state.heardThroughSample, true);
    this.#draft.effects.push({ do: 'releaseReply', utterance: agent.number });
  }

  /** The person has the floor: what was not heard stays unsaid. */
  interrupt(): void {
    this.endReply('interrupted');
    this.#draft.state.owed = null;
    this.#draft.state.withdrawn = null;
  }

  /** As above, by words that are not final yet: what they cost is remembered. */
  interruptBySpeech(): void {
    const { state } = this.#draft;
    const { agent, owed, withdrawn } = state;
    const lost = agent ? this.#unheardOf(agent) : owed;
    this.interrupt();
    state.withdrawn = lost ?? withdrawn;
  }

  #unheardOf(agent: Utterance): Owed | null {
    if (!agent.complete || fullText(agent) === '') return agent.firstFrameAtMs === null ? owedAgain(agent) : null;
    const { unheardText } = splitHeard(agent, playedSamples(agent, this.#draft.nowMs, this.#draft.state.downlinkRateHz));
    return unheardText === '' ? null : { kind: 'repeat', text: unheardText, closes: agent.closes };
  }

  /** The listener is gone, or the process is: the answer is owed again. */
  breakOffReply(reason: 'left' | 'drained'): void {
    const { state } = this.#draft;
    const { agent } = state;
    if (!agent) return;
    const text = fullText(agent);
    const known = agent.complete && text !== '';
    this.endReply(reason);
    // What was a remark in passing is not worth coming back to.
    if (!known && (agent.kind === 'remark' || agent.kind === 'help')) return;
    state.owed = known ? { kind: 'repeat', text, closes: agent.closes } : owedAgain(agent);
  }

  endReply(reason: 'interrupted' | 'left' | 'drained'): void {
    const { state } = this.#draft;
    const { agent } = state;
    if (!agent) return;
    this.#closeStretch(agent);
    const played = playedSamples(agent, this.#draft.nowMs, state.downlinkRateHz);
    state.agent = null;
    state.activeAtMs = this.#draft.nowMs;
    this.#draft.effects.push({ do: 'stopReply', utterance: agent.number });
    if (fullText(agent) === '') return;
    const { heardText, unheardText } = splitHeard(agent, played);
    this.#draft.send({ type: 'agent.interrupted', utterance: agent.number, heardText, playedSamples: played });
    this.#draft.record([], [{ type: 'agent.interrupted', data: { utterance: agent.number, heardText, playedSamples: played, reason } }]);
    if (heardText !== '') this.#writeAgentItem(agent, heardText, unheardText);
  }

  reply(agent: Utterance, event: Extract<SessionInput, { type: `reply.${string}` }>): void {
    switch (event.type) {
      case 'reply.text':
        agent.chunks.push({ text: event.text, samples: 0 });
        this.#draft.send({ type: 'agent.text', utterance: agent.number, text: event.text });
        return;
      case 'reply.audio': {
        const chunk = agent.chunks.at(-1);
        if (chunk) chunk.samples += event.samples;
        if (agent.firstFrameAtMs !== null) return;
        agent.firstFrameAtMs = this.#draft.nowMs;
        agent.played.atMs = this.#draft.nowMs;
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
        this.#draft.state.agent = null;
        return;
    }
  }

  /** From here on a restart knows what was being said, and repeats it if it was not heard to the end. */
  #recordSaid(agent: Utterance): void {
    if (fullText(agent) === '') return;
    this.#draft.record([], [{ type: 'agent.said', data: { utterance: agent.number, turn: agent.turn, text: fullText(agent), closes: agent.closes } }]);
  }

  playback(agent: Utterance, reported: number, uplinkSample: number): void {
    if (agent.firstFrameAtMs === null) return;
    const samples = Math.min(totalSamples(agent), Math.max(agent.played.samples, reported));
    agent.played = { samples, atMs: agent.held ? agent.played.atMs : this.#draft.nowMs };
    const { stretch } = agent;
    if (!stretch?.estimated || samples <= stretch.fromSample) return;
    // The first report places the stretch: it began as long ago as was played since.
    this.#openStretch(agent, stretch.fromSample, uplinkSample - this.#toUplink(samples - stretch.fromSample), false);
  }

  #openStretch(agent: Utterance, fromSample: number, uplinkSample: number, estimated: boolean): void {
    agent.stretch = { fromSample, uplinkSample: this.#draft.place(uplinkSample, Math.max(this.#draft.state.lastAgent.endSample, this.#draft.state.placedThroughSample)), estimated };
  }

  /** Writes down where on the uplink clock the stretch just played lies. */
  #closeStretch(agent: Utterance): void {
    const { state } = this.#draft;
    const { stretch } = agent;
    if (!stretch) return;
    agent.stretch = null;
    const played = playedSamples(agent, this.#draft.nowMs, state.downlinkRateHz);
    agent.played = { samples: played, atMs: this.#draft.nowMs };
    if (played <= stretch.fromSample) return;
    agent.startSample ??= stretch.uplinkSample;
    const samples = this.#toUplink(played) - this.#toUplink(stretch.fromSample);
    state.lastAgent = { endSample: stretch.uplinkSample + samples, text: fullText(agent) };
    this.#draft.record([], [{ type: 'agent.played', sample: stretch.uplinkSample, data: { utterance: agent.number, fromSample: this.#toUplink(stretch.fromSample), samples } }]);
  }

  #toUplink(downlinkSamples: number): number {
    return Math.round((downlinkSamples * UPLINK_SAMPLE_RATE_HZ) / this.#draft.state.downlinkRateHz);
  }

  #writeAgentItem(agent: Utterance, text: string, unheardText: string): void {
    const startSample = agent.startSample ?? this.#draft.nextPlace();
    const endSample = agent.startSample === null ? startSample : Math.max(startSample, this.#draft.state.lastAgent.endSample);
    this.#draft.writeItem({ itemId: `a-${agent.number}`, revision: 1, speaker: 'agent', text, ...(unheardText === '' ? {} : { unheardText }), startSample, endSample });
  }

  finishReply(agent: Utterance): void {
    const { state } = this.#draft;
    this.#closeStretch(agent);
    state.agent = null;
    state.activeAtMs = this.#draft.nowMs;
    state.lastAgent = { endSample: state.lastAgent.endSample, text: fullText(agent) };
    this.#draft.send({ type: 'agent.done', utterance: agent.number });
    this.#draft.record([], [{ type: 'agent.done', data: { utterance: agent.number } }]);
    if (fullText(agent) !== '') this.#writeAgentItem(agent, fullText(agent), '');
  }
}

/** To be asked for anew, none of it having been heard. */
function owedAgain({ kind, turn }: Utterance): Owed {
  if (kind === 'remark' || kind === 'help' || kind === 'hint' || kind === 'read-problem' || kind === 'time-left') return { kind };
  return turn === 0 ? { kind: 'opening' } : { kind: 'answer' };
}
