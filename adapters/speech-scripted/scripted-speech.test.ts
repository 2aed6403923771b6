import { describe } from 'vitest';
import { synthesizerContract } from '#adapters/speech-contract/synthesizer-contract.ts';
import { transcriberContract } from '#adapters/speech-contract/transcriber-contract.ts';
import { voiceDetectorContract } from '#adapters/speech-contract/voice-detector-contract.ts';
import { speechFixture } from '#tests/support/speech.ts';
import { createScriptedSynthesizer } from './scripted-synthesizer.ts';
import { createScriptedTranscriber } from './scripted-transcriber.ts';
import { createScriptedVoiceDetector } from './scripted-voice-detector.ts';

describe('the scripted engines', () => {
  transcriberContract('scripted', () => createScriptedTranscriber((request) => speechFixture(request.sessionId === 'ada' ? 'learn-more' : request.sessionId).text));
  synthesizerContract('scripted', () => createScriptedSynthesizer());
  voiceDetectorContract('scripted', () => createScriptedVoiceDetector());
});
