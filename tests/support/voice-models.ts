/**
 * Models for telling voices apart, small enough to be made on the spot: same inputs, outputs and metadata as pyannote's
 * segmentation and NeMo's TitaNet, so that the real engine runs on real audio, but no training in them. They tell a low
 * voice from a high one by its pitch and the shape of its spectrum, and nothing else.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { intAttribute, intsAttribute, model, node, tensor, value } from './onnx.ts';

const SAMPLE_RATE_HZ = 16_000;
const WINDOW_SAMPLES = 160_000;
/** Of pyannote segmentation 3.0: one frame every 270 samples, from 991. */
const FRAME_SAMPLES = 991;
const FRAME_SHIFT = 270;
/** Pitches of Flite's voices `rms` and `slt`. */
const LOW_HZ = [80, 92, 104, 116, 128];
const HIGH_HZ = [170, 184, 198, 212, 226];
/** A low voice has its second harmonic where a high one has its pitch, so its first counts more. */
const LOW_GAIN = 30;
/** Energy below which nobody speaks. */
const SILENCE = 3e-5;

/** Writes both models where `./spool models` would put them. */
export function writeVoiceModels(dataDir: string): void {
  write(path.join(dataDir, 'models', 'pyannote-segmentation', 'model.onnx'), segmentationModel());
  write(path.join(dataDir, 'models', 'titanet', 'nemo_en_titanet_small.onnx'), embeddingModel());
}

function write(file: string, bytes: Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}

/** [1, 1, samples] to [1, frames, 7 powerset classes]: nobody, the low voice, the high one, and four that never win. */
function segmentationModel(): Uint8Array {
  const pitches = [...LOW_HZ, ...HIGH_HZ];
  const kernels = pitches.flatMap((hz) => [Math.cos, Math.sin].flatMap((wave) => Array.from({ length: FRAME_SAMPLES }, (_, index) => hann(index, FRAME_SAMPLES) * wave((2 * Math.PI * hz * index) / SAMPLE_RATE_HZ))));
  const isLow = pitches.flatMap((_, index) => [index < LOW_HZ.length, index < LOW_HZ.length]);
  const bands = [isLow.map((low) => (low ? LOW_GAIN : 0)), isLow.map((low) => (low ? 0 : 1))].flat();
  const never = Array.from({ length: 4 }, () => -100);
  return model({
    nodes: [
      node('Conv', ['x', 'kernels'], ['waves'], [intsAttribute('strides', [FRAME_SHIFT])]),
      node('Mul', ['waves', 'waves'], ['power']),
      node('Conv', ['power', 'bands'], ['energy']),
      // Half a second, so that a breath is no silence.
      node('AveragePool', ['energy'], ['smooth'], [intsAttribute('kernel_shape', [31]), intsAttribute('pads', [15, 15])]),
      node('Add', ['smooth', 'epsilon'], ['positive']),
      node('Log', ['positive'], ['loudness']),
      node('Conv', ['loudness', 'classes', 'bias'], ['scores']),
      node('Transpose', ['scores'], ['y'], [intsAttribute('perm', [0, 2, 1])]),
    ],
    initializers: [
      tensor('kernels', [pitches.length * 2, 1, FRAME_SAMPLES], kernels),
      tensor('bands', [2, pitches.length * 2, 1], bands),
      tensor('epsilon', [1], [1e-9]),
      tensor('classes', [7, 2, 1], [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
      tensor('bias', [7], [Math.log(SILENCE), 0, 0, ...never]),
    ],
    inputs: [value('x', 'float', ['N', 1, 'T'])],
    outputs: [value('y', 'float', ['N', 'F', 7])],
    metadata: { num_speakers: 3, powerset_max_classes: 2, num_classes: 7, sample_rate: SAMPLE_RATE_HZ, window_size: WINDOW_SAMPLES, receptive_field_size: FRAME_SAMPLES, receptive_field_shift: FRAME_SHIFT },
  });
}

const MEL_BANDS = 80;
/** Cosine transform of the mean spectrum without its level and tilt, which all speech shares. */
const COEFFICIENTS = Array.from({ length: 16 }, (_, index) => index + 4);

/** [1, 80, frames] of log mel energies to [1, 16]. */
function embeddingModel(): Uint8Array {
  const transform = Array.from({ length: MEL_BANDS }, (_, band) => COEFFICIENTS.map((order) => Math.cos((Math.PI * order * (band + 0.5)) / MEL_BANDS))).flat();
  return model({
    nodes: [
      node('ReduceMean', ['audio_signal'], ['spectrum'], [intsAttribute('axes', [2]), intAttribute('keepdims', 0)]),
      node('MatMul', ['spectrum', 'transform'], ['embs']),
      node('Identity', ['embs'], ['logits']),
    ],
    initializers: [tensor('transform', [MEL_BANDS, COEFFICIENTS.length], transform)],
    inputs: [value('audio_signal', 'float', ['N', MEL_BANDS, 'T']), value('length', 'int64', ['N'])],
    outputs: [value('logits', 'float', ['N', COEFFICIENTS.length]), value('embs', 'float', ['N', COEFFICIENTS.length])],
    metadata: { framework: 'nemo', output_dim: COEFFICIENTS.length, feat_dim: MEL_BANDS, sample_rate: SAMPLE_RATE_HZ, window_size_ms: 25, window_stride_ms: 10, window_type: 'hann', language: 'English', feature_normalize_type: '' },
  });
}

function hann(index: number, length: number): number {
  return (0.5 - 0.5 * Math.cos((2 * Math.PI * index) / (length - 1))) / length;
}
