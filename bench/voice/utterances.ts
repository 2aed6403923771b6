/** What is said: the spoken fixtures, or somebody's own recordings with what was said beside them. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { levelDbfs } from '#domain/speech/energy-gate.ts';
import { resample } from '#domain/speech/resample.ts';
import { UPLINK_SAMPLE_RATE_HZ, msToSamples } from '#domain/stream/audio-format.ts';
import { parseWav } from '#domain/stream/wav.ts';
import { fixtureSamples, mixSamples, noise, speechFixtures } from '#tests/support/speech.ts';

export interface SpokenUtterance {
  id: string;
  /** `hesitant`: pauses inside, or an end that announces more. Recordings of a folder count as complete. */
  kind: 'complete' | 'hesitant';
  /** What is said, or null when nobody wrote it down. */
  text: string | null;
  /** 16 kHz. */
  samples: Int16Array;
  /** Just behind the last sample of the voice. */
  voiceEndSample: number;
}

/** A quiet room, −65 dBFS: what a microphone hears when nobody speaks. */
export const ROOM_DBFS = -65;
/** Steps of the search for the end of the voice. */
const STEP_MS = 10;
/** Voice lies within this of the loudest step … (weak final consonants are about 30 dB below a vowel) */
const VOICE_RANGE_DB = 35;
/** … and this far above the background, taken to be the quietest tenth of the recording. */
const ABOVE_BACKGROUND_DB = 9;

export function spokenFixtures(): SpokenUtterance[] {
  const room = noise(5_000, ROOM_DBFS);
  return speechFixtures.flatMap(({ id, kind, text, speech }) =>
    kind === 'noise' ? [] : [{ id, kind, text, samples: mixSamples(fixtureSamples(id), room), voiceEndSample: speech.at(-1)!.endSample }],
  );
}

/** Every `name.wav` (PCM16 mono, any rate) of a folder, with the text of `name.txt` if it is there. @throws Error that says what to change */
export function spokenFolder(folder: string): SpokenUtterance[] {
  const names = readdirSync(folder).filter((name) => /\.wav$/i.test(name)).sort();
  if (names.length === 0) throw new Error(`There is no WAV file in ${folder}. Put PCM16 mono WAV files there, each with what is said in a .txt of the same name.`);
  const texts = new Set(readdirSync(folder));
  return names.map((name) => {
    const samples = samplesIn(path.join(folder, name));
    const textName = `${name.slice(0, -4)}.txt`;
    const voiceEndSample = endOfVoice(samples);
    if (voiceEndSample === 0) throw new Error(`There is no voice in ${name}. Take the file out of the folder.`);
    return { id: name.slice(0, -4), kind: 'complete', text: texts.has(textName) ? readFileSync(path.join(folder, textName), 'utf8').trim() : null, samples, voiceEndSample };
  });
}

/** Just behind the last step that is as loud as voice; 0 when nothing is. For 16 kHz samples. */
export function endOfVoice(samples: Int16Array): number {
  const step = msToSamples(STEP_MS);
  const levels: number[] = [];
  for (let start = 0; start + step <= samples.length; start += step) levels.push(Math.max(-100, levelDbfs(samples, start, step)));
  const sorted = [...levels].sort((a, b) => a - b);
  const loudest = sorted.at(-1);
  if (loudest === undefined) return 0;
  const background = sorted[Math.floor(sorted.length / 10)]!;
  // A recording without any pause has no background to be told from.
  const threshold = Math.max(loudest - VOICE_RANGE_DB, Math.min(background + ABOVE_BACKGROUND_DB, loudest - ABOVE_BACKGROUND_DB));
  return loudest <= -60 ? 0 : (levels.findLastIndex((level) => level >= threshold) + 1) * step;
}

function samplesIn(file: string): Int16Array {
  try {
    const { samples, sampleRateHz } = parseWav(readFileSync(file));
    return resample(samples, sampleRateHz, UPLINK_SAMPLE_RATE_HZ);
  } catch (error) {
    throw new Error(`${path.basename(file)} cannot be used: ${(error as Error).message} Convert it with: ffmpeg -i ${path.basename(file)} -ac 1 -ar 16000 -c:a pcm_s16le out.wav`, { cause: error });
  }
}
