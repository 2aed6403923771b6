/**
 * A live session in a page, without React: ties the stream client, the outbox, the microphone and the interviewer's voice
 * together and keeps one immutable view of it all.
 */
import type { Clock } from '#domain/clock.ts';
import type { Interest } from '#domain/interests/interest.ts';
import { samplesToMs } from '#domain/stream/audio-format.ts';
import type { TranscriptItem } from '#domain/session/session.ts';
import type { ServerMessage } from '#domain/stream/protocol.ts';
import { SilentVoice } from './agent-voice.ts';
import type { AgentVoice } from './agent-voice.ts';
import { NO_CAPTIONS, withHistory, withMessage, withoutUnfinished } from './captions.ts';
import type { CaptionState } from './captions.ts';
import { NO_INTERESTS, withInterestList, withInterestMessage } from './interests.ts';
import type { InterestState } from './interests.ts';
import { DeviceVoice } from './device-voice.ts';
import type { DeviceSpeaker } from './device-voice.ts';
import type { LiveSessionActions, LiveSessionView, Problem, VoiceChoice } from './live-session-types.ts';
import { Microphone } from './microphone.ts';
import type { MicrophonePorts } from './microphone.ts';
import { Outbox } from './outbox.ts';
import type { OutboxStorage } from './outbox.ts';
import { Player } from './player.ts';
import type { Loudspeaker, OpenLoudspeaker } from './player.ts';
import { clientProblem } from './problems.ts';
import type { ClientProblemCode } from './problems.ts';
import { StreamClient } from './stream-client.ts';
import type { Ready, StreamClientPorts, StreamEnd } from './stream-client.ts';

export interface LiveSessionPorts extends Pick<StreamClientPorts, 'clock' | 'random' | 'openSocket' | 'getTicket' | 'online'> {
  clock: Clock;
  /** Everything said so far. @throws ProblemError */
  getTranscript(signal?: AbortSignal): Promise<TranscriptItem[]>;
  /** Every interest noticed so far. @throws ProblemError */
  getInterests(signal?: AbortSignal): Promise<Interest[]>;
  /**
   * Becomes the one page of this browser that writes the session's audio. `onTakenOver`: another page asked for it;
   * call `release` when the last write is done. `storage` null: this browser keeps nothing.
   */
  openStorage(onTakenOver: () => void): Promise<{ storage: OutboxStorage | null; release(): void }>;
  /** Tells when the network comes and goes and when the page may be about to vanish; returns a way to stop. */
  watchPage(events: { onOnline(): void; onOffline(): void; onLeaving(): void }): () => void;
  microphone: MicrophonePorts;
  openLoudspeaker: OpenLoudspeaker;
  deviceSpeaker: DeviceSpeaker | null;
}

export const IDLE_VIEW: LiveSessionView = {
  connection: 'idle', status: 'created', agentState: 'listening', microphone: 'off', deviceId: null, devices: [], captions: [], agentText: '',
  announcement: '', interests: [], interestAnnouncement: '', command: null, finishedRunId: null, personSpeaking: false, unacknowledgedMs: 0, elapsedMs: 0, warmingMs: 0, restored: null, notice: null, ended: null, voice: 'server', soundBlocked: false,
};
const TICK_MS = 250;
type NoticeSource = 'stream' | 'microphone' | 'storage' | 'outbox' | 'voice' | 'page';

/** What exists between `start` and `stop`. */
interface Run {
  outbox: Outbox;
  client: StreamClient;
  releaseStorage: () => void;
  stopWatching: () => void;
  cancelTick: () => void;
}

export class LiveSessionController {
  readonly actions: LiveSessionActions;
  readonly #ports: LiveSessionPorts;
  readonly #microphone: Microphone;
  readonly #subscribers = new Set<() => void>();
  #view: LiveSessionView = IDLE_VIEW;
  #captions: CaptionState = NO_CAPTIONS;
  #interests: InterestState = NO_INTERESTS;
  #commands = 0;
  #run: Run | null = null;
  /** Rises with every start and stop, so that a start that was overtaken notices. */
  #generation = 0;
  #starting = false;
  #microphoneWanted = false;
  #pauseWanted: boolean | null = null;
  #loudspeaker: Loudspeaker | null = null;
  #voice: AgentVoice | null = null;
  #rateHz = 16_000;
  #pace = 1;
  #utterance = -1;
  /** The utterance during which the voice was changed: its rest is read, not heard. */
  #skippedUtterance = -1;
  #noticeSource: NoticeSource | null = null;
  #elapsedMs = 0;
  #warmingSinceMs: number | null = null;
  #tickedAtMs = 0;
  #users = 0;

  constructor(ports: LiveSessionPorts) {
    this.#ports = ports;
    this.#microphone = new Microphone(ports.microphone, {
      onFrame: (samples) => this.#run?.client.sendAudio(samples),
      onChange: () => {
        const { state, deviceId, devices } = this.#microphone;
        this.#patch({ microphone: state, deviceId, devices });
      },
      onProblem: (problem) => this.#notice('microphone', problem),
    });
    this.actions = {
      start: (options) => this.#start(options),
      mute: () => this.#microphone.setMuted(true),
      unmute: () => this.#microphone.setMuted(false),
      pause: () => this.#pause(true),
      resume: () => this.#pause(false),
      skip: () => this.#control('skip'),
      repeat: () => this.#control('repeat'),
      undo: () => this.#undo(),
      dismissCommand: () => this.#patch({ command: null }),
      sendEditor: (message) => this.#run?.client.send({ type: 'editor', ...message }) ?? false,
      sendText: (text) => this.#run?.client.sendText(text),
      end: () => this.#end(),
      chooseMicrophone: (deviceId) => this.#microphone.choose(deviceId),
      setVoice: (voice) => this.#setVoice(voice),
      dismissNotice: () => this.#notice('page', null, true),
      retry: () => this.#retry(),
    };
  }

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#subscribers.add(onChange);
    return () => this.#subscribers.delete(onChange);
  };
  readonly getView = (): LiveSessionView => this.#view;
  readonly level = (): number => this.#microphone.level();

  /** Somebody shows this session. The returned function takes that back; when nobody is left the session is left. */
  use(): () => void {
    this.#users += 1;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#users -= 1;
      // React may unmount and mount again in the same breath (strict mode): only a lasting absence counts.
      this.#ports.clock.schedule(0, () => {
        if (this.#users === 0) this.stop();
      });
    };
  }

  /** Leaves without ending the session. What is not acknowledged stays in this browser. */
  stop(): void {
    this.#generation += 1;
    this.#starting = false;
    this.#microphone.close();
    this.#voice?.close();
    this.#voice = null;
    this.#loudspeaker?.close();
    this.#loudspeaker = null;
    const run = this.#run;
    this.#run = null;
    if (!run) return;
    run.cancelTick();
    run.stopWatching();
    run.client.close();
    void run.outbox.release().then(run.releaseStorage);
  }

  async #start({ microphone }: { microphone: boolean }): Promise<void> {
    this.#openVoice();
    void this.#loudspeaker?.unlock();
    if (this.#run || this.#starting) {
      if (microphone && !this.#microphoneWanted) {
        this.#microphoneWanted = true;
        // While it still starts, nobody would keep what is heard.
        if (this.#run) await this.#microphone.open();
      }
      return;
    }
    const generation = ++this.#generation;
    this.#starting = true;
    this.#microphoneWanted = microphone;
    this.#patch({ connection: 'connecting', ended: null });
    const { outbox, client } = this.#createClient();
    const { storage, release } = await this.#ports.openStorage(() => this.#takenOver(generation)).catch(() => ({ storage: null, release: () => {} }));
    if (storage) await outbox.open(storage);
    else this.#notice('storage', clientProblem('storage.unavailable'));
    if (generation !== this.#generation) {
      release();
      return;
    }
    this.#starting = false;
    const stopWatching = this.#ports.watchPage({
      onOnline: () => client.retryNow(),
      onOffline: () => client.networkLost(),
      onLeaving: () => void outbox.flush(),
    });
    this.#tickedAtMs = this.#ports.clock.monotonicMs();
    this.#run = { outbox, client, releaseStorage: release, stopWatching, cancelTick: () => {} };
    this.#tick(this.#run);
    client.open();
    void this.#loadHistory(generation);
    void this.#loadInterests(generation);
    if (this.#microphoneWanted) await this.#microphone.open();
  }

  #createClient(): { outbox: Outbox; client: StreamClient } {
    const outbox = new Outbox({
      onStorageLost: (error) => this.#notice('storage', clientProblem(error instanceof Error && error.name === 'QuotaExceededError' ? 'storage.full' : 'storage.unavailable')),
      onFull: (full) => this.#notice('outbox', full ? clientProblem('outbox.full') : null),
    });
    const { clock, random, openSocket, getTicket, online, getTranscript } = this.#ports;
    const loadAnswers = async (signal: AbortSignal) => (await getTranscript(signal)).filter((item) => item.speaker === 'user');
    const client = new StreamClient({ clock, random, openSocket, getTicket, online, loadAnswers }, outbox, {
      onConnection: (connection) => {
        this.#warmingSinceMs = connection === 'warming' ? clock.monotonicMs() : null;
        this.#patch({ connection, warmingMs: 0 });
      },
      onReady: (ready, info) => this.#ready(ready, info),
      onMessage: (message) => this.#message(message),
      onAudio: (frame) => {
        this.#utterance = frame.utterance;
        if (frame.utterance !== this.#skippedUtterance) this.#voice?.frame(frame);
      },
      onProblem: (problem) => this.#notice('stream', problem),
      onEnded: (end) => this.#ended(end),
    });
    return { outbox, client };
  }

  #ready(ready: Ready, { again, pendingSamples }: { again: boolean; pendingSamples: number }): void {
    this.#rateHz = ready.downlink.sampleRate;
    // What was being said is repeated by the server as far as it was not heard.
    this.#voice?.flush();
    this.#voice?.setRate(this.#rateHz);
    this.#captions = withoutUnfinished(this.#captions);
    if (!again) this.#elapsedMs = samplesToMs(ready.durableThroughSample);
    else {
      void this.#loadHistory(this.#generation);
      void this.#loadInterests(this.#generation);
    }
    const reloaded = !again && ready.durableThroughSample > 0;
    if (again || reloaded) this.#patch({ restored: { at: this.#ports.clock.nowMs(), resentMs: samplesToMs(pendingSamples) } });
    this.#showCaptions({ status: ready.status, agentState: 'listening', personSpeaking: false });
    if (this.#pauseWanted !== null && this.#pauseWanted !== (ready.status === 'paused')) this.#run?.client.control(this.#pauseWanted ? 'pause' : 'resume');
    else {
      this.#pauseWanted = null;
      this.#microphone.setPaused(ready.status === 'paused');
    }
  }

  #message(message: ServerMessage): void {
    this.#captions = withMessage(this.#captions, message);
    switch (message.type) {
      case 'agent.state':
        this.#pace = message.pace ?? 1;
        this.#voice?.setPace(this.#pace);
        this.#voice?.state(message.state);
        this.#showCaptions({ agentState: message.state });
        return;
      case 'agent.text':
        this.#utterance = message.utterance;
        if (message.utterance !== this.#skippedUtterance) this.#voice?.text(message.utterance, message.text);
        break;
      case 'agent.interrupted':
        this.#voice?.interrupted(message.utterance);
        break;
      case 'speech.started':
        this.#showCaptions({ personSpeaking: true });
        return;
      case 'speech.stopped':
        this.#showCaptions({ personSpeaking: false });
        return;
      case 'session.status':
        // The answer to an earlier wish; that to the newest is on its way.
        if (this.#pauseWanted !== null && message.status === (this.#pauseWanted ? 'live' : 'paused')) return;
        this.#pauseWanted = null;
        this.#microphone.setPaused(message.status === 'paused');
        this.#showCaptions({ status: message.status });
        return;
      case 'interest.detected':
      case 'interest.retracted':
        this.#showInterests(withInterestMessage(this.#interests, message));
        return;
      case 'run.result':
        if ('runId' in message && typeof message.runId === 'string') this.#patch({ finishedRunId: message.runId });
        return;
      case 'command.recognized':
        this.#commands += 1;
        this.#patch({ command: { number: this.#commands, command: message.command, text: message.text } });
        return;
      default:
        break;
    }
    this.#showCaptions({});
  }

  #ended(end: StreamEnd): void {
    const run = this.#run;
    this.#microphone.close();
    this.#patch({ ended: end, personSpeaking: false, agentState: 'listening' });
    if (!run) return;
    if (end.reason === 'replaced') {
      this.stop();
      return;
    }
    if (end.reason === 'over' && run.client.unacknowledgedSamples > 0) this.#notice('stream', clientProblem('audio.undelivered'));
    run.cancelTick();
    // The session cannot take it any more, and other people may use this browser.
    void run.outbox.clear();
    this.#patch({ unacknowledgedMs: 0 });
  }

  /** Another page of this browser has taken the session. */
  #takenOver(generation: number): void {
    if (generation !== this.#generation) return;
    if (this.#run) return this.#run.client.replaced();
    // While it still starts: it never connects.
    this.stop();
    this.#patch({ connection: 'closed', ended: { reason: 'replaced', summary: null } });
  }

  #pause(paused: boolean): void {
    if (!this.#run) return;
    this.#pauseWanted = paused;
    this.#microphone.setPaused(paused);
    if (paused) this.#voice?.state('paused');
    this.#run.client.control(paused ? 'pause' : 'resume');
    this.#patch({ status: paused ? 'paused' : 'live', personSpeaking: false });
  }

  #control(action: 'skip' | 'repeat' | 'undo'): boolean {
    const sent = this.#run?.client.control(action) ?? false;
    if (!sent) this.#notice('page', clientProblem('connection.needed'));
    return sent;
  }

  #undo(): void {
    if (this.#control('undo')) this.#patch({ command: null });
  }

  #end(): void {
    this.#microphone.close();
    this.#voice?.flush();
    this.#run?.client.control('end');
  }

  #retry(): void {
    void this.#loudspeaker?.unlock();
    this.#notice('page', null, true);
    if (this.#view.ended?.reason === 'replaced' || !this.#run) {
      this.#patch({ ended: null });
      void this.#start({ microphone: this.#microphoneWanted });
      return;
    }
    this.#run.client.retryNow();
    void this.#microphone.retry();
  }

  #setVoice(voice: VoiceChoice): void {
    if (voice === this.#view.voice) return;
    if (voice === 'device' && !this.#ports.deviceSpeaker?.hasVoices()) {
      this.#notice('voice', clientProblem('voice.none'));
      return;
    }
    this.#patch({ voice });
    if (!this.#voice) return;
    this.#voice.close();
    this.#voice = null;
    if (this.#view.agentText) this.#skippedUtterance = this.#utterance;
    this.#openVoice();
  }

  /** Opens whoever speaks. From a click, so that the browser allows sound. */
  #openVoice(): void {
    if (this.#voice) return;
    const report = (utterance: number, playedSamples: number) => this.#run?.client.sendPlayback(utterance, playedSamples);
    const speaker = this.#ports.deviceSpeaker;
    if (this.#view.voice === 'off') {
      this.#voice = new SilentVoice(this.#ports.clock, report);
    } else if (this.#view.voice === 'device' && speaker) {
      this.#voice = new DeviceVoice(this.#ports.clock, speaker, report, () => this.#voiceFailed('voice.none', 'server'));
    } else {
      this.#loudspeaker ??= this.#ports.openLoudspeaker({
        onReport: Player.reporter(report),
        onBlocked: (soundBlocked) => this.#patch({ soundBlocked }),
        onFailed: () => this.#voiceFailed('sound.unsupported', 'off'),
      });
      this.#voice = new Player(this.#loudspeaker);
    }
    this.#voice.setRate(this.#rateHz);
    this.#voice.setPace(this.#pace);
  }

  #voiceFailed(code: ClientProblemCode, instead: VoiceChoice): void {
    this.#notice('voice', clientProblem(code));
    this.#setVoice(instead);
  }

  async #loadHistory(generation: number): Promise<void> {
    let items: TranscriptItem[];
    try {
      items = await this.#ports.getTranscript();
    } catch {
      // The lines so far are a convenience here; the review shows all of them.
      return;
    }
    if (generation !== this.#generation) return;
    this.#run?.client.knowItems(items.filter((item) => item.speaker === 'user'));
    this.#captions = withHistory(this.#captions, items);
    this.#elapsedMs = Math.max(this.#elapsedMs, ...items.map((item) => item.endMs));
    this.#showCaptions({});
  }

  async #loadInterests(generation: number): Promise<void> {
    const asOf = this.#interests.serial;
    let interests: Interest[];
    try {
      interests = await this.#ports.getInterests();
    } catch {
      // As with the lines: new ones come by the stream, and the review shows all of them.
      return;
    }
    if (generation === this.#generation) this.#showInterests(withInterestList(this.#interests, interests, asOf));
  }

  #tick(run: Run): void {
    const now = this.#ports.clock.monotonicMs();
    if (this.#view.status === 'live' && this.#view.connection !== 'connecting' && this.#view.connection !== 'warming') this.#elapsedMs += now - this.#tickedAtMs;
    this.#tickedAtMs = now;
    // Rounded to what a screen shows, so that nothing is drawn in vain.
    this.#patch({ unacknowledgedMs: Math.floor(samplesToMs(run.client.unacknowledgedSamples) / 100) * 100, elapsedMs: Math.floor(this.#elapsedMs / 1000) * 1000, warmingMs: this.#warmingSinceMs === null ? 0 : Math.floor((now - this.#warmingSinceMs) / 1000) * 1000 });
    run.cancelTick = this.#ports.clock.schedule(TICK_MS, () => this.#tick(run));
  }

  /** A newer notice takes the older one's place; only its own source (or the person, `anyway`) takes it back. */
  #notice(source: NoticeSource, problem: Problem | null, anyway = false): void {
    if (!problem && this.#noticeSource !== source && !anyway) return;
    this.#noticeSource = problem ? source : null;
    this.#patch({ notice: problem });
  }

  #showCaptions(change: Partial<LiveSessionView>): void {
    const { captions, agentText, announcement } = this.#captions;
    this.#patch({ captions, agentText, announcement, ...change });
  }

  #showInterests(interests: InterestState): void {
    this.#interests = interests;
    this.#patch({ interests: interests.interests, interestAnnouncement: interests.announcement });
  }

  #patch(change: Partial<LiveSessionView>): void {
    const view = this.#view;
    if ((Object.keys(change) as (keyof LiveSessionView)[]).every((key) => Object.is(view[key], change[key]))) return;
    this.#view = { ...view, ...change };
    for (const notify of this.#subscribers) notify();
  }
}
