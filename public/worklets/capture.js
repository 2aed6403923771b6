/** The microphone's end in the audio thread: posts an Int16Array of 640 samples (40 ms at 16 kHz) at a time. */
import { CaptureFrames } from './capture-frames.js';

class CaptureProcessor extends AudioWorkletProcessor {
  constructor() {
    super();
    this.frames = new CaptureFrames(sampleRate, (frame) => this.port.postMessage(frame, [frame.buffer]));
    this.port.onmessage = () => {
      this.stopped = true;
    };
  }
  process(inputs) {
    if (this.stopped) return false;
    this.frames.push(inputs[0]);
    return true;
  }
}
registerProcessor('spool-capture', CaptureProcessor);
