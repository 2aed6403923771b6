/**
 * A microphone as the live session wants it: frames of 40 ms, a state the person can understand, and a way back from
 * every failure. It knows no browser: `browser-audio.ts` gives it one, tests another.
 */
import type { Clock } from '#domain/clock.ts';
import { loudness } from './level.ts';
import type { MicrophoneDevice, MicrophoneState, Problem } from './live-session-types.ts';
import { clientProblem } from './problems.ts';

/** No frame for so long: the device is gone, although nobody said so (sleep, a driver that hangs). */
export const FRAMES_STOPPED_MS = 3_000;
/** Digital silence for so long: a switch on the cable, or a muted device in the system settings. Real rooms are never exactly zero. */
export const SILENT_AFTER_MS = 6_000;
const FRAME_MS = 40;
const LEVEL_STALE_MS = 250;

/** An open capture; `onEnded` is called when its device goes away. */
export interface Capture {
  deviceId: string | null;
  /** Stops delivering sound (true) at the source, so that the browser shows it too. */
  setSilent(silent: boolean): void;
  close(): void;
}
export interface MicrophonePorts {
  clock: Clock;
  /**
   * Asks for permission and opens the device (null: the default one), 16 kHz mono frames of 640 samples.
   * @throws DOMException as getUserMedia does
   */
  openCapture(deviceId: string | null, onFrame: (samples: Int16Array) => void, onEnded: () => void): Promise<Capture>;
  listDevices(): Promise<MicrophoneDevice[]>;
  /** Calls back when devices come or go; returns a way to stop. */
  watchDevices(onChange: () => void): () => void;
}
export interface MicrophoneListener {
  /** A frame to keep: captured while not paused. Muted frames are zeros. */
  onFrame(samples: Int16Array): void;
  /** State, device or device list changed. */
  onChange(): void;
  /** Something worth knowing although the state is `on`; null takes it back. */
  onProblem(problem: Problem | null): void;
}

export class Microphone {
  state: MicrophoneState = 'off';
  deviceId: string | null = null;
  devices: MicrophoneDevice[] = [];
  readonly #ports: MicrophonePorts;
  readonly #listener: MicrophoneListener;
  #capture: Capture | null = null;
  #wantedDeviceId: string | null = null;
  #wanted = false;
  #muted = false;
  #paused = false;
  /** Rises with every opening and closing, so that a late answer of an earlier one is recognized. */
  #attempt = 0;
  #level = 0;
  #levelAtMs = 0;
  #lastFrameMs = 0;
  #silentFrames = 0;
  #toldSilent = false;
  #cancelWatch: (() => void) | null = null;
  #stopDevices: (() => void) | null = null;

  constructor(ports: MicrophonePorts, listener: MicrophoneListener) {
    this.#ports = ports;
    this.#listener = listener;
  }

  /** Loudness now, 0…1. */
  level(): number {
    return this.#ports.clock.monotonicMs() - this.#levelAtMs > LEVEL_STALE_MS ? 0 : this.#level;
  }

  /** Opens the chosen or the default microphone. Never rejects: a failure becomes a state. */
  async open(deviceId: string | null = this.#wantedDeviceId): Promise<void> {
    this.#wanted = true;
    this.#wantedDeviceId = deviceId;
    this.#stopDevices ??= this.#ports.watchDevices(() => void this.#devicesChanged());
    await this.#openCapture(deviceId, 'asking');
  }

  /** Remembers the device; switches to it if the microphone is in use. */
  async choose(deviceId: string): Promise<void> {
    this.#wantedDeviceId = deviceId;
    if (this.#wanted) await this.open(deviceId);
    else {
      this.deviceId = deviceId;
      this.#listener.onChange();
    }
  }

  /** Tries again after a failure. */
  async retry(): Promise<void> {
    if (this.#wanted && this.state !== 'on' && this.state !== 'muted' && this.state !== 'asking') await this.open();
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    this.#capture?.setSilent(muted || this.#paused);
    if (this.state === 'on' || this.state === 'muted') this.#setState(muted ? 'muted' : 'on');
    if (muted) this.#tellSilent(false);
  }

  /** A paused session hears nothing: no frames at all. */
  setPaused(paused: boolean): void {
    this.#paused = paused;
    this.#capture?.setSilent(paused || this.#muted);
  }

  close(): void {
    this.#wanted = false;
    this.#attempt += 1;
    this.#dropCapture();
    this.#stopDevices?.();
    this.#stopDevices = null;
    this.#setState('off');
  }

  async #openCapture(deviceId: string | null, meanwhile: MicrophoneState): Promise<void> {
    const attempt = ++this.#attempt;
    this.#dropCapture();
    this.#setState(meanwhile);
    let capture: Capture;
    try {
      capture = await this.#ports.openCapture(deviceId, (samples) => this.#frame(attempt, samples), () => this.#lost(attempt));
    } catch (error) {
      if (attempt !== this.#attempt) return;
      const name = error instanceof Error ? error.name : '';
      // The chosen device is gone, but another may do.
      if (deviceId !== null && (name === 'OverconstrainedError' || name === 'NotFoundError')) return this.#openCapture(null, meanwhile);
      this.#failed(name, meanwhile);
      return;
    }
    if (attempt !== this.#attempt) {
      capture.close();
      return;
    }
    this.#capture = capture;
    this.deviceId = capture.deviceId;
    capture.setSilent(this.#muted || this.#paused);
    this.#lastFrameMs = this.#ports.clock.monotonicMs();
    this.#silentFrames = 0;
    this.#setState(this.#muted ? 'muted' : 'on');
    this.#watchFrames(attempt);
    await this.#readDevices();
  }

  #failed(name: string, meanwhile: MicrophoneState): void {
    switch (name) {
      case 'NotAllowedError':
      case 'SecurityError':
        this.#setState('denied');
        return;
      case 'NotReadableError':
      case 'AbortError':
        this.#setState('busy');
        return;
      case 'NotSupportedError':
      case 'TypeError':
        this.#listener.onProblem(clientProblem('microphone.unsupported'));
        this.#setState('missing');
        return;
      default:
        // A microphone that was there a moment ago is lost rather than missing.
        this.#setState(meanwhile === 'lost' ? 'lost' : 'missing');
    }
  }

  #frame(attempt: number, samples: Int16Array): void {
    if (attempt !== this.#attempt) return;
    const now = this.#ports.clock.monotonicMs();
    this.#lastFrameMs = now;
    if (this.#paused) return;
    if (this.#muted) samples.fill(0);
    this.#level = loudness(samples);
    this.#levelAtMs = now;
    if (!this.#muted) {
      this.#silentFrames = this.#level === 0 && samples.every((sample) => sample === 0) ? this.#silentFrames + 1 : 0;
      this.#tellSilent(this.#silentFrames * FRAME_MS >= SILENT_AFTER_MS);
    }
    this.#listener.onFrame(samples);
  }

  #tellSilent(silent: boolean): void {
    if (silent === this.#toldSilent) return;
    this.#toldSilent = silent;
    this.#silentFrames = 0;
    this.#listener.onProblem(silent ? clientProblem('microphone.silent') : null);
  }

  /** The device went away in mid-session: the default one takes over. */
  #lost(attempt: number): void {
    if (attempt !== this.#attempt || !this.#wanted) return;
    void this.#openCapture(null, 'lost').then(() => {
      if (this.#capture) this.#listener.onProblem(clientProblem('microphone.changed'));
    });
  }

  #watchFrames(attempt: number): void {
    this.#cancelWatch = this.#ports.clock.schedule(FRAMES_STOPPED_MS, () => {
      if (attempt !== this.#attempt) return;
      if (this.#ports.clock.monotonicMs() - this.#lastFrameMs >= FRAMES_STOPPED_MS) void this.#openCapture(this.#wantedDeviceId, 'lost');
      else this.#watchFrames(attempt);
    });
  }

  async #devicesChanged(): Promise<void> {
    await this.#readDevices();
    if (this.#wanted && (this.state === 'lost' || this.state === 'missing') && this.devices.length > 0) await this.#openCapture(this.#wantedDeviceId, this.state);
  }

  async #readDevices(): Promise<void> {
    try {
      this.devices = await this.#ports.listDevices();
    } catch {
      this.devices = [];
    }
    this.#listener.onChange();
  }

  #dropCapture(): void {
    this.#cancelWatch?.();
    this.#cancelWatch = null;
    this.#capture?.close();
    this.#capture = null;
  }

  #setState(state: MicrophoneState): void {
    if (this.state === state) return;
    this.state = state;
    this.#listener.onChange();
  }
}
