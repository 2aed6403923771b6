/** The person's side of the floor: speech, its text, and what it means while the interviewer speaks. */
import { ECHO_SHARE, echoOf, isBackchannel } from '../interview/readiness.ts';
import { msToSamples } from '../stream/audio-format.ts';
import type { AgentFloor } from './agent-floor.ts';
import { TYPED_ITEM, type ClosingItem, type OpenItem } from './live-state.ts';
import type { TransitionDraft } from './transition-draft.ts';
import { INTERRUPTION_MIN_MS, silenceToEndMs } from './turn-taking.ts';
import { fullText } from './utterance.ts';

/** Fewer words than this are taken for an echo only where an echo was heard before: people answer in one word. */
const ECHO_MIN_WORDS = 3;

export class PersonFloor {
  readonly #draft: TransitionDraft;
  readonly #agent: AgentFloor;

  constructor(draft: TransitionDraft, agent: AgentFloor) {
    this.#draft = draft;
    this.#agent = agent;
  }

  speechStarted(sample: number, segmentStart: number): void {
    const { state } = this.#draft;
    const { agent } = state;
    if (state.phase !== 'live') {
      this.#draft.effects.push({ do: 'closeSegment', floorSample: segmentStart });
      return;
    }
    const audible = agent?.firstFrameAtMs != null;
    state.user = { is: 'talking', item: { itemId: `u-${segmentStart}`, startSample: segmentStart, revision: 0, overAgent: audible } };
    this.#draft.send({ type: 'speech.started', sample });
    if (agent && !agent.held && !(audible && state.echoHeard)) this.#agent.hold(agent);
  }

  speechPaused(endSample: number): void {
    const { state } = this.#draft;
    if (state.user.is !== 'talking') return;
    const { item } = state.user;
    state.user = { is: 'pausing', item, endSample, text: null, deadlineSample: null, sinceMs: this.#draft.nowMs };
    this.#draft.send({ type: 'speech.stopped', sample: endSample });
    this.#draft.effects.push({ do: 'transcribe', itemId: item.itemId, startSample: item.startSample, endSample, final: false });
  }

  speechCut(sample: number): void {
    const { state } = this.#draft;
    if (state.user.is !== 'talking') return;
    this.#awaitFinal({ ...state.user.item, endSample: sample });
    state.user = { is: 'talking', item: { itemId: `u-${sample}`, startSample: sample, revision: 0, overAgent: state.user.item.overAgent } };
  }

  transcribed(itemId: string, endSample: number, final: boolean, text: string): void {
    const { state } = this.#draft;
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
        this.writeUserItem(user.item, user.endSample, text);
        return this.floorFreed(user.endSample);
      }
      this.#agent.interruptBySpeech();
      user.text = text;
      user.deadlineSample = user.endSample + msToSamples(silenceToEndMs(state.policy, text));
      if (user.endSample - user.item.startSample >= msToSamples(state.policy.segmentCutMs)) {
        this.writeUserItem(user.item, user.endSample, text);
        state.turnHasWords = true;
        this.#draft.effects.push({ do: 'closeSegment', floorSample: user.endSample });
        state.user = { is: 'waiting', endSample: user.endSample, deadlineSample: user.deadlineSample, sinceMs: this.#draft.nowMs };
      } else this.#partial(user.item, text);
      return;
    }
    if (verdict !== 'words') return;
    if (endSample - user.item.startSample >= msToSamples(INTERRUPTION_MIN_MS + state.policy.preRollMs)) this.#agent.interruptBySpeech();
    if (state.agent === null || !user.item.overAgent) this.#partial(user.item, text);
  }

  transcriptionFailed(itemId: string, endSample: number, final: boolean): void {
    const { state } = this.#draft;
    const { user } = state;
    if (state.closing.some((item) => item.itemId === itemId)) {
      if (!final) return;
      const failed = state.closing.find((item) => item.itemId === itemId)!;
      state.closing = state.closing.filter((item) => item !== failed);
      this.#draft.record([], [{ type: 'transcription.failed', sample: failed.startSample, data: { startSample: failed.startSample, endSample: failed.endSample } }]);
      return;
    }
    // The suspicion could not be confirmed in time: ask again, this time with a final's precedence and retries.
    if (user.is === 'pausing' && user.item.itemId === itemId && endSample === user.endSample && !final) {
      this.#awaitFinal({ ...user.item, endSample: user.endSample });
      this.#draft.effects.push({ do: 'closeSegment', floorSample: user.endSample });
      const deadlineSample = user.endSample + msToSamples(state.policy.incompleteSilenceMs);
      state.user = { is: 'waiting', endSample: user.endSample, deadlineSample, sinceMs: this.#draft.nowMs };
    }
  }

  /** What a text means while, or just after, the interviewer speaks. */
  #verdict(item: OpenItem, text: string): 'words' | 'noise' | 'backchannel' | 'echo' {
    const { agent, lastAgent } = this.#draft.state;
    if (text.trim() === '') return 'noise';
    if (!item.overAgent) return 'words';
    const spoken = agent?.firstFrameAtMs != null ? fullText(agent) : lastAgent.text;
    const wordCount = text.trim().split(/\s+/).length;
    if ((wordCount >= ECHO_MIN_WORDS || this.#draft.state.echoHeard) && echoOf(text, spoken) >= ECHO_SHARE) return 'echo';
    // Once the interviewer is done, "yeah" is an answer.
    return agent !== null && isBackchannel(text) ? 'backchannel' : 'words';
  }

  #ignore(item: OpenItem, endSample: number, reason: 'noise' | 'echo'): void {
    if (reason === 'echo') this.#draft.state.echoHeard = true;
    this.#draft.record([], [{ type: 'speech.ignored', sample: item.startSample, data: { reason, startSample: item.startSample, endSample } }]);
    this.floorFreed(endSample);
  }

  /** A sound is over that was no answer: everything is as it was before. */
  floorFreed(endSample: number): void {
    const { state } = this.#draft;
    this.#draft.effects.push({ do: 'closeSegment', floorSample: endSample });
    if (state.turnHasWords) {
      const deadlineSample = endSample + msToSamples(state.policy.incompleteSilenceMs);
      state.user = { is: 'waiting', endSample, deadlineSample, sinceMs: this.#draft.nowMs };
      return;
    }
    state.user = { is: 'quiet' };
    this.#agent.release();
    state.owed ??= state.agent === null ? state.withdrawn : null;
    state.withdrawn = null;
  }

  #finalText(item: ClosingItem, text: string): void {
    const verdict = this.#verdict(item, text);
    if (verdict === 'noise' || verdict === 'echo') {
      this.#draft.record([], [{ type: 'speech.ignored', sample: item.startSample, data: { reason: verdict, startSample: item.startSample, endSample: item.endSample } }]);
      return;
    }
    if (verdict === 'words') {
      this.#agent.interruptBySpeech();
      this.#draft.state.turnHasWords = true;
    }
    this.writeUserItem(item, item.endSample, text);
  }

  #partial(item: OpenItem, text: string): void {
    item.revision += 1;
    this.#draft.send({ type: 'transcript.partial', itemId: item.itemId, revision: item.revision, speaker: this.#draft.state.policy.speaker, text, startSample: item.startSample });
  }

  writeUserItem(item: OpenItem, endSample: number, text: string): void {
    this.#draft.state.turnText = `${this.#draft.state.turnText} ${text}`.trim();
    this.#draft.writeItem({ itemId: item.itemId, revision: item.revision + 1, speaker: this.#draft.state.policy.speaker, text, startSample: item.startSample, endSample });
  }




  /** Closes the item under way at `throughSample`, leaving the turn open. */
  closeOpenItem(throughSample: number): void {
    const { state } = this.#draft;
    const { user } = state;
    if (user.is === 'quiet' || user.is === 'waiting') return;
    const endSample = user.is === 'pausing' ? user.endSample : throughSample;
    if (user.is === 'talking') this.#draft.send({ type: 'speech.stopped', sample: endSample });
    this.#draft.effects.push({ do: 'closeSegment', floorSample: endSample });
    if (user.is === 'pausing' && user.text !== null) {
      this.writeUserItem(user.item, endSample, user.text);
      state.turnHasWords = true;
    } else this.#awaitFinal({ ...user.item, endSample });
    const deadlineSample = endSample + msToSamples(state.policy.incompleteSilenceMs);
    state.user = { is: 'waiting', endSample, deadlineSample, sinceMs: this.#draft.nowMs };
  }

  #awaitFinal(item: ClosingItem): void {
    this.#draft.state.closing.push(item);
    this.#draft.effects.push({ do: 'transcribe', itemId: item.itemId, startSample: item.startSample, endSample: item.endSample, final: true });
  }

  typed(text: string, uplinkSample: number): void {
    const { state } = this.#draft;
    if (state.phase === 'closing') return;
    this.#agent.interrupt();
    // It is a turn of its own, and the answer to it answers what was said before.
    state.turnHasWords = false;
    const sample = this.#draft.place(uplinkSample, this.#draft.nextPlace());
    state.turn += 1;
    this.#draft.writeItem({ itemId: `${TYPED_ITEM}${state.turn}-${sample}`, revision: 1, speaker: this.#draft.state.policy.speaker, text, startSample: sample, endSample: sample });
    state.turnText = '';
    this.#draft.record([], [{ type: 'turn.ended', sample, data: { turn: state.turn, typed: true } }]);
  }
}
