/** The local models worth fetching: better ears, a better voice, and who speaks in meetings. */

const RELEASES = 'https://github.com/k2-fsa/sherpa-onnx/releases/download';

export interface ModelEntry {
  /** Folder below `<dataDir>/models/`, where the adapters look. */
  name: string;
  what: string;
  url: string;
  /** `archive`: a .tar.bz2 whose single top folder is left out. `file`: stored under its own name. */
  kind: 'archive' | 'file';
  /** About how much it takes on the disk, for the list; the exact size is recorded at the first download. */
  unpackedMegabytes: number;
  /** Known checksum of the download; without it the first one is recorded and holds from then on. */
  sha256?: string;
  license: string;
}

export const MODELS: readonly ModelEntry[] = [
  {
    name: 'moonshine-base',
    what: 'transcribes more accurately than the tiny model from npm',
    url: `${RELEASES}/asr-models/sherpa-onnx-moonshine-base-en-quantized-2026-02-27.tar.bz2`,
    kind: 'archive',
    unpackedMegabytes: 135,
    license: 'MIT',
  },
  {
    name: 'kokoro',
    what: 'speaks more naturally than Flite',
    url: `${RELEASES}/tts-models/kokoro-int8-en-v0_19.tar.bz2`,
    kind: 'archive',
    unpackedMegabytes: 158,
    license: 'Apache-2.0',
  },
  {
    name: 'pyannote-segmentation',
    what: 'finds where one speaker ends and the next begins (meetings)',
    url: `${RELEASES}/speaker-segmentation-models/sherpa-onnx-pyannote-segmentation-3-0.tar.bz2`,
    kind: 'archive',
    unpackedMegabytes: 8,
    license: 'MIT',
  },
  {
    name: 'titanet',
    what: 'tells voices apart (meetings)',
    // The release really is spelled like this.
    url: `${RELEASES}/speaker-recongition-models/nemo_en_titanet_small.onnx`,
    kind: 'file',
    unpackedMegabytes: 40,
    license: 'CC-BY-4.0',
  },
];
