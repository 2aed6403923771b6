/** A thread that speaks one utterance at a time with Flite and keeps the next instance ready while it is idle. */
import { parentPort, workerData } from 'node:worker_threads';
import { parseWav } from '#domain/stream/wav.ts';
import { instantiateFlite } from './flite-wasi.ts';

export interface FliteJob {
  voice: string;
  text: string;
  /** How long everything takes, as a multiple of the voice's own time. */
  stretch: number;
}
export type FliteAnswer = { samples: Int16Array } | { failed: string };

const { module } = workerData as { module: WebAssembly.Module };
let spare = instantiateFlite(module);

function speak({ voice, text, stretch }: FliteJob): FliteAnswer {
  try {
    return { samples: parseWav(spare.speak(voice, text, stretch)).samples };
  } catch (error) {
    return { failed: error instanceof Error ? error.name : 'unknown' };
  }
}

parentPort!.on('message', (job: FliteJob) => {
  const answer = speak(job);
  parentPort!.postMessage(answer, 'samples' in answer ? [answer.samples.buffer as ArrayBuffer] : []);
  // After the answer has left, so that nobody waits for the 21 MB copy.
  spare = instantiateFlite(module);
});
