/** A `VoiceDetector` that calls every window voice whose level is high enough: exact, with no onset or offset delay. */
import { levelDbfs } from '#domain/speech/energy-gate.ts';
import { SpoolError } from '#domain/errors.ts';
import { VAD_WINDOW_SAMPLES, type VoiceDetector } from '#domain/speech/ports.ts';

export interface ScriptedVoiceDetector extends VoiceDetector {
  /** Streams that are open now. */
  readonly openStreams: ReadonlySet<string>;
}

export function createScriptedVoiceDetector(options: { name?: string; voiceAboveDbfs?: number } = {}): ScriptedVoiceDetector {
  const { name = 'scripted', voiceAboveDbfs = -40 } = options;
  const openStreams = new Set<string>();
  return {
    name,
    openStreams,
    open(sessionId) {
      let closed = false;
      openStreams.add(sessionId);
      return {
        async detect(samples) {
          if (closed) throw new SpoolError('engine.failed', 'The voice stream is closed.');
          if (samples.length % VAD_WINDOW_SAMPLES !== 0) throw new RangeError(`Voice detection takes whole windows of ${VAD_WINDOW_SAMPLES} samples.`);
          return Array.from({ length: samples.length / VAD_WINDOW_SAMPLES }, (_, index) => levelDbfs(samples, index * VAD_WINDOW_SAMPLES, VAD_WINDOW_SAMPLES) > voiceAboveDbfs);
        },
        reset: () => {},
        close() {
          closed = true;
          openStreams.delete(sessionId);
        },
      };
    },
  };
}
