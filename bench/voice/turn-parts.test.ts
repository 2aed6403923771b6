import { describe, expect, it } from 'vitest';
import { partsOf } from './turn-parts.ts';

const metrics = { endpointMs: 320, sttMs: 12, llmFirstTokenMs: 3, ttsFirstByteMs: 25 };

describe('the parts of an answer', () => {
  it('add up to the time from the end of the voice to the first audio back', () => {
    const parts = partsOf({ voiceEndedAtMs: 10_000, takenEndSentAtMs: 10_110, answeredAtMs: 10_475, metrics });
    expect(parts).toEqual({ voiceToVoice: 475, endpoint: 430, transcription: 12, interviewer: 3, speech: 25, rest: 5 });
  });
  it('count the offset of the detector and of frames as endpointing, also when it lets go early', () => {
    const parts = partsOf({ voiceEndedAtMs: 10_000, takenEndSentAtMs: 9_980, answeredAtMs: 10_344, metrics });
    expect(parts.endpoint).toBe(300);
    expect(parts.rest).toBe(4);
  });
});
