/** Who says the segments of a recording, by the same steps as in a meeting: chunk by chunk, then all chunks at once. */
import type { HeardSegment } from '#domain/evaluation/evaluate-transcript.ts';
import { assignVoices } from '#domain/meetings/speakers/assign-voices.ts';
import { clusterVoices } from '#domain/meetings/speakers/cluster-voices.ts';
import { numberSpeakers } from '#domain/meetings/speakers/number-speakers.ts';
import type { Diarizer } from '#domain/meetings/speakers/ports.ts';
import type { ChunkVoice } from '#domain/meetings/speakers/voices.ts';
import { UPLINK_SAMPLE_RATE_HZ, msToSamples } from '#domain/stream/audio-format.ts';

const CHUNK_SAMPLES = 30 * UPLINK_SAMPLE_RATE_HZ;

/** In order; without a speaker where nobody could be told. A segment belongs to the chunk its middle lies in. @throws SpoolError `engine.*` */
export async function nameSpeakers(samples: Int16Array, segments: readonly HeardSegment[], diarizer: Diarizer): Promise<HeardSegment[]> {
  const voices: ChunkVoice[] = [];
  const heard: { segment: HeardSegment; chunk: number; voice: number | undefined }[] = [];
  for (let chunk = 0; chunk * CHUNK_SAMPLES < samples.length; chunk += 1) {
    const [from, to] = [chunk * CHUNK_SAMPLES, (chunk + 1) * CHUNK_SAMPLES];
    const told = await diarizer.tellApart({ sessionId: 'evaluation', samples: samples.slice(from, to) });
    voices.push(...told.voices.map((voice) => ({ ...voice, chunk })));
    const own = segments.map(({ startMs, endMs, text }, index) => ({ itemId: String(index), text, startSample: msToSamples(startMs), endSample: msToSamples(endMs) })).filter(({ startSample, endSample }) => {
      const middle = (startSample + endSample) / 2;
      return middle >= from && middle < to;
    });
    heard.push(...assignVoices(own, told.turns, from).map(({ itemId, voice }) => ({ segment: segments[Number(itemId)]!, chunk, voice })));
  }
  const { labels } = numberSpeakers(clusterVoices(voices), []);
  return heard.map(({ segment, chunk, voice }) => {
    const speaker = labels.find((label) => label.chunk === chunk && label.voice === voice)?.speaker;
    return speaker === undefined ? segment : { ...segment, speaker };
  });
}
