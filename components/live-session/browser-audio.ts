/** The browser's microphone, loudspeaker and voices, as the ports of microphone.ts, player.ts and device-voice.ts want them. */
import { systemClock } from '#domain/clock.ts';
import { UPLINK_SAMPLE_RATE_HZ } from '#domain/stream/audio-format.ts';
import type { DeviceSpeaker } from './device-voice.ts';
import type { MicrophonePorts } from './microphone.ts';
import type { OpenLoudspeaker, PlaybackOrder, PlaybackReport } from './player.ts';

/** A context that may start does so within a few milliseconds. */
const UNLOCK_PATIENCE_MS = 500;

export const browserMicrophone: MicrophonePorts = {
  clock: systemClock,
  async openCapture(deviceId, onFrame, onEnded) {
    if (!navigator.mediaDevices?.getUserMedia || typeof AudioWorkletNode === 'undefined') throw new DOMException('No capture here.', 'NotSupportedError');
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1, ...(deviceId ? { deviceId: { exact: deviceId } } : {}) },
    });
    const track = stream.getAudioTracks()[0];
    let context: AudioContext | null = null;
    const close = () => {
      track?.removeEventListener('ended', onEnded);
      for (const one of stream.getTracks()) one.stop();
      void context?.close().catch(() => {});
    };
    try {
      context = await framesOf([stream], onFrame);
    } catch (error) {
      close();
      throw error;
    }
    track?.addEventListener('ended', onEnded);
    return {
      deviceId: track?.getSettings().deviceId ?? deviceId,
      setSilent: (silent) => {
        if (track) track.enabled = !silent;
      },
      close,
    };
  },
  async listDevices() {
    const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    return devices.filter((device) => device.kind === 'audioinput' && device.deviceId !== '').map(({ deviceId, label }, index) => ({ deviceId, label: label || `Microphone ${index + 1}` }));
  },
  watchDevices(onChange) {
    const media = navigator.mediaDevices;
    media?.addEventListener('devicechange', onChange);
    return () => media?.removeEventListener('devicechange', onChange);
  },
};

/** What the streams sound like together, as frames of 640 samples at 16 kHz, until the context is closed. */
export async function framesOf(streams: readonly MediaStream[], onFrame: (samples: Int16Array) => void): Promise<AudioContext> {
  const { context, sources } = captureContext(streams);
  try {
    await context.audioWorklet.addModule('/worklets/capture.js');
    const node = new AudioWorkletNode(context, 'spool-capture', { numberOfInputs: 1, numberOfOutputs: 1, outputChannelCount: [1] });
    node.port.onmessage = (event: MessageEvent<Int16Array>) => onFrame(event.data);
    for (const source of sources) source.connect(node);
    // Its output stays silent; without a way to the destination some browsers would not run it.
    node.connect(context.destination);
    if (context.state !== 'running') void context.resume().catch(() => {});
    return context;
  } catch (error) {
    void context.close().catch(() => {});
    throw error;
  }
}

/** At 16 kHz where the browser can connect a microphone to that; else at its own rate, and the worklet resamples. */
function captureContext(streams: readonly MediaStream[]): { context: AudioContext; sources: MediaStreamAudioSourceNode[] } {
  let context: AudioContext | null = null;
  try {
    context = new AudioContext({ sampleRate: UPLINK_SAMPLE_RATE_HZ });
    return { context, sources: sourcesIn(context, streams) };
  } catch {
    void context?.close().catch(() => {});
    const own = new AudioContext();
    return { context: own, sources: sourcesIn(own, streams) };
  }
}
function sourcesIn(context: AudioContext, streams: readonly MediaStream[]): MediaStreamAudioSourceNode[] {
  return streams.map((stream) => context.createMediaStreamSource(stream));
}

export const openBrowserLoudspeaker: OpenLoudspeaker = ({ onReport, onBlocked, onFailed }) => {
  if (typeof AudioWorkletNode === 'undefined') {
    queueMicrotask(onFailed);
    return { order() {}, unlock: () => Promise.resolve(false), close() {} };
  }
  const context = new AudioContext({ latencyHint: 'interactive' });
  let waiting: PlaybackOrder[] | null = [];
  let port: MessagePort | null = null;
  let closed = false;
  context.addEventListener('statechange', () => {
    if (context.state === 'running') onBlocked(false);
  });
  context.audioWorklet.addModule('/worklets/playback.js').then(
    () => {
      if (closed) return;
      const node = new AudioWorkletNode(context, 'spool-playback', { numberOfInputs: 0, numberOfOutputs: 1, outputChannelCount: [1] });
      node.port.onmessage = (event: MessageEvent<PlaybackReport>) => onReport(event.data);
      node.connect(context.destination);
      port = node.port;
      for (const order of waiting ?? []) send(port, order);
      waiting = null;
    },
    () => closed || onFailed(),
  );
  return {
    order(order) {
      if (port) send(port, order);
      else waiting?.push(order);
    },
    async unlock() {
      if (context.state === 'running' || closed) return !closed;
      // Where a click is wanted, resume neither resolves nor rejects.
      await Promise.race([context.resume().catch(() => {}), new Promise<void>((resolve) => systemClock.schedule(UNLOCK_PATIENCE_MS, resolve))]);
      const running = (context.state as string) === 'running';
      if (!closed) onBlocked(!running);
      return running;
    },
    close() {
      closed = true;
      waiting = null;
      if (port) send(port, { type: 'close' });
      void context.close().catch(() => {});
    },
  };
};

function send(port: MessagePort, order: PlaybackOrder): void {
  // The samples' buffer belongs to the frame alone, so it moves instead of being copied.
  if (order.type === 'frame') port.postMessage(order, [order.frame.samples.buffer]);
  else port.postMessage(order);
}

/** This device's voices. Null: the browser has no speech synthesis. */
export function browserSpeaker(): DeviceSpeaker | null {
  if (typeof speechSynthesis === 'undefined') return null;
  // Browsers load their list on the first question.
  speechSynthesis.getVoices();
  let current: SpeechSynthesisUtterance | null = null;
  return {
    hasVoices: () => speechSynthesis.getVoices().length > 0,
    speak(text, { onBoundary, onEnd, onError }, pace) {
      const utterance = new SpeechSynthesisUtterance(text);
      current = utterance;
      utterance.rate = pace;
      utterance.voice = bestVoice(speechSynthesis.getVoices());
      utterance.lang = utterance.voice?.lang ?? 'en';
      utterance.onboundary = (event) => current === utterance && onBoundary(event.charIndex);
      utterance.onend = () => current === utterance && onEnd();
      utterance.onerror = (event) => current === utterance && event.error !== 'canceled' && event.error !== 'interrupted' && onError();
      speechSynthesis.speak(utterance);
    },
    cancel() {
      current = null;
      speechSynthesis.cancel();
    },
  };
}

/** An English voice of the device itself, its default one if there is a choice; voices of remote services tell no word boundaries. */
function bestVoice(voices: SpeechSynthesisVoice[]): SpeechSynthesisVoice | null {
  const worth = (voice: SpeechSynthesisVoice) => (voice.lang.toLowerCase().startsWith('en') ? 4 : 0) + (voice.localService ? 2 : 0) + (voice.default ? 1 : 0);
  return voices.toSorted((a, b) => worth(b) - worth(a))[0] ?? null;
}
