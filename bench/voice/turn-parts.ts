/** What one answer to one utterance consisted of: from the end of the voice to the first audio frame of the answer. */
import type { MessageOf } from '#tests/support/stream-client.ts';

export interface TurnObservation {
  /** When the microphone had captured the last sample of the voice (the true end), on the generator's clock. */
  voiceEndedAtMs: number;
  /** When the frame with the sample at which the server took the speech to have ended was sent. */
  takenEndSentAtMs: number;
  /** When the first audio frame of the answer arrived. */
  answeredAtMs: number;
  metrics: Pick<MessageOf<'turn.metrics'>, 'endpointMs' | 'sttMs' | 'llmFirstTokenMs' | 'ttsFirstByteMs'>;
}

/** Milliseconds. `endpoint + transcription + interviewer + speech + rest = voiceToVoice`. */
export interface TurnParts {
  voiceToVoice: number;
  /** From the true end of the voice until silence had lasted long enough: the detector's offset, frames of 40 ms, the policy's silence. */
  endpoint: number;
  /** From then until the turn was decided: what is left of detection and decoding, which began on suspicion. */
  transcription: number;
  interviewer: number;
  /** From the first words to the first synthesized samples. */
  speech: number;
  /** Neither endpointing nor an engine: the way of a frame to the server and of the first answer frame back. */
  rest: number;
}

export function partsOf({ voiceEndedAtMs, takenEndSentAtMs, answeredAtMs, metrics }: TurnObservation): TurnParts {
  const voiceToVoice = answeredAtMs - voiceEndedAtMs;
  // The server counts from its own end of speech; what that lies off the true end belongs to endpointing too.
  const endpoint = metrics.endpointMs + takenEndSentAtMs - voiceEndedAtMs;
  const { sttMs: transcription, llmFirstTokenMs: interviewer, ttsFirstByteMs: speech } = metrics;
  return { voiceToVoice, endpoint, transcription, interviewer, speech, rest: voiceToVoice - endpoint - transcription - interviewer - speech };
}
