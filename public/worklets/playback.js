/** The loudspeaker's end in the audio thread: takes frames and orders, posts how far which utterance was played. */
import { PlaybackBuffer } from './playback-buffer.js';

class PlaybackProcessor extends AudioWorkletProcessor {
  constructor() {
    super();
    const buffer = new PlaybackBuffer(sampleRate, (report) => this.port.postMessage(report));
    this.buffer = buffer;
    this.port.onmessage = ({ data }) => {
      if (data.type === 'frame') buffer.push(data.frame);
      else if (data.type === 'rate') buffer.setRate(data.sampleRateHz);
      else if (data.type === 'pause') buffer.pause();
      else if (data.type === 'resume') buffer.resume();
      else if (data.type === 'flush') buffer.flush();
      else if (data.type === 'close') this.closed = true;
    };
  }
  process(_inputs, outputs) {
    if (this.closed) return false;
    const [first, ...others] = outputs[0];
    this.buffer.render(first);
    for (const channel of others) channel.set(first);
    return true;
  }
}
registerProcessor('spool-playback', PlaybackProcessor);
