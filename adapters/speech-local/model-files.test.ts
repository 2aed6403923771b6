import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { llamaVocabulary } from './data/llama-vocabulary.ts';
import { findDiarizer, findKokoro, findMoonshine, moonshineIn, moonshineTokensFile } from './model-files.ts';
import { MOONSHINE_VOCABULARY_SIZE, moonshineTokensText } from './moonshine-tokens.ts';

describe('the committed vocabulary', () => {
  it('is exactly what the tokenizer package gives', async () => {
    expect(readFileSync(moonshineTokensFile, 'utf8')).toBe(moonshineTokensText(await llamaVocabulary()));
  });

  it('has one line for every output of the model, none twice', () => {
    const lines = readFileSync(moonshineTokensFile, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(MOONSHINE_VOCABULARY_SIZE);
    expect(lines[3]).toBe(`${Buffer.of(0).toString('base64')}\t3`);
  });
});

describe('downloaded models', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(path.join(os.tmpdir(), 'spool-models-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));
  function put(model: string, ...files: string[]): string {
    const directory = path.join(dataDir, 'models', model);
    mkdirSync(directory, { recursive: true });
    for (const file of files) writeFileSync(path.join(directory, file), '');
    return directory;
  }

  it('are not needed: Moonshine tiny comes with the packages', () => {
    expect(findMoonshine(dataDir)).toMatchObject({ name: 'moonshine-tiny', files: { layout: 'v2' } });
    expect(findKokoro(dataDir)).toBeUndefined();
  });

  it('are recognized as Moonshine base in the layout of 2026 (two graphs)', () => {
    const directory = put('moonshine-base', 'encoder_model.ort', 'decoder_model_merged.ort', 'tokens.txt');
    expect(findMoonshine(dataDir)).toMatchObject({ name: 'moonshine-base', files: { layout: 'v2', tokens: path.join(directory, 'tokens.txt') } });
  });

  it('are recognized as Moonshine base in the older layout (four graphs)', () => {
    put('moonshine-base', 'preprocess.onnx', 'encode.int8.onnx', 'uncached_decode.int8.onnx', 'cached_decode.int8.onnx');
    expect(findMoonshine(dataDir)).toMatchObject({ name: 'moonshine-base', files: { layout: 'v1', tokens: moonshineTokensFile } });
  });

  it('are passed over while a file is missing, as in the middle of a download', () => {
    expect(moonshineIn(put('moonshine-base', 'encoder_model.ort'))).toBeUndefined();
    expect(findMoonshine(dataDir)?.name).toBe('moonshine-tiny');
    put('kokoro', 'model.onnx', 'voices.bin', 'tokens.txt');
    expect(findKokoro(dataDir)).toBeUndefined();
  });

  it('tell voices apart only when both are there', () => {
    put('pyannote-segmentation', 'model.onnx', 'model.int8.onnx');
    expect(findDiarizer(dataDir)).toBeUndefined();
    const directory = put('titanet', 'nemo_en_titanet_small.onnx');
    expect(findDiarizer(dataDir)).toMatchObject({ name: 'pyannote+nemo_en_titanet_small', files: { embedding: path.join(directory, 'nemo_en_titanet_small.onnx') } });
  });

  it('are recognized as Kokoro, the smaller of two variants first', () => {
    const directory = put('kokoro', 'model.onnx', 'model.int8.onnx', 'voices.bin', 'tokens.txt', 'espeak-ng-data');
    expect(findKokoro(dataDir)).toEqual({
      model: path.join(directory, 'model.int8.onnx'),
      voices: path.join(directory, 'voices.bin'),
      tokens: path.join(directory, 'tokens.txt'),
      dataDir: path.join(directory, 'espeak-ng-data'),
    });
  });
});
