import { describe, expect, it } from 'vitest';
import { near, scriptedPeople, SCRIPTED_MODEL } from '#tests/support/voices.ts';
import { clusterVoices } from './cluster-voices.ts';
import { effectiveSpeakers } from './effective-speakers.ts';
import { numberSpeakers } from './number-speakers.ts';
import type { LabelledVoices, StoredSpeaker, VoiceGroup } from './voices.ts';

const { person, voice, direction } = scriptedPeople(20);
const stored = (speaker: string, more: Partial<StoredSpeaker> = {}): StoredSpeaker => ({ speaker, name: null, mergedInto: null, centroid: null, model: SCRIPTED_MODEL, ...more });
const group = (centroid: Float32Array, chunk: number): VoiceGroup => ({ model: SCRIPTED_MODEL, centroid, speechSamples: 160_000, members: [{ chunk, voice: 0 }] });
const byChunk = ({ labels }: LabelledVoices): Record<number, string> => Object.fromEntries(labels.map(({ chunk, speaker }) => [chunk, speaker]));

describe('numbers of speakers', () => {
  it('go by first appearance while nobody has named anybody', () => {
    expect(byChunk(numberSpeakers([group(person(0), 0), group(person(1), 1)], [stored('S1', { centroid: person(1) }), stored('S2', { centroid: person(0) })]))).toEqual({ 0: 'S1', 1: 'S2' });
  });

  it('and names stay with the voice when late chunks change who is heard first', () => {
    const before = [voice(0, 10, 0), voice(0, 11, 0), voice(1, 10, 1), voice(1, 12, 0)];
    const first = numberSpeakers(clusterVoices(before), []);
    const named = first.speakers.map(({ speaker, ...more }) => stored(speaker, { ...more, name: speaker === 'S1' ? 'Ada' : null }));
    const again = numberSpeakers(clusterVoices([...before, voice(2, 0, 0), voice(1, 1, 0), voice(0, 2, 0)]), named);
    const labelOf = (chunk: number, ofVoice: number): string | undefined => again.labels.find((label) => label.chunk === chunk && label.voice === ofVoice)?.speaker;
    // Ada was S1 and stays it, though two others now speak before her.
    expect([labelOf(10, 0), labelOf(2, 0), labelOf(0, 0), labelOf(1, 0), labelOf(10, 1)]).toEqual(['S1', 'S1', 'S2', 'S3', 'S3']);
  });

  it('of a named speaker whose voice is gone are given to nobody else', () => {
    const known = [stored('S1', { centroid: person(5), name: 'Ada' }), stored('S2', { name: 'Bob' })];
    expect(byChunk(numberSpeakers([group(person(0), 0), group(person(1), 1)], known))).toEqual({ 0: 'S3', 1: 'S4' });
  });

  it('of a merged speaker and of whom it was merged into stay with their voices', () => {
    const known = [stored('S2', { centroid: person(0), mergedInto: 'S7' }), stored('S7', { centroid: person(1) })];
    expect(byChunk(numberSpeakers([group(person(1), 0), group(person(0), 1), group(person(2), 2)], known))).toEqual({ 0: 'S7', 1: 'S2', 2: 'S1' });
  });

  it('are not carried over on a doubtful likeness, nor between models', () => {
    const between = near(person(0), person(1), Math.SQRT1_2);
    const two = [stored('S1', { centroid: person(0), name: 'Ada' }), stored('S2', { centroid: person(1), name: 'Bob' })];
    expect(byChunk(numberSpeakers([group(between, 0)], two))).toEqual({ 0: 'S3' });
    expect(byChunk(numberSpeakers([group(near(person(0), direction(), 0.4), 0)], two))).toEqual({ 0: 'S3' });
    expect(byChunk(numberSpeakers([group(person(0), 0)], [stored('S1', { centroid: person(0), name: 'Ada', model: 'older@1' })]))).toEqual({ 0: 'S2' });
  });

  it('stay with two named voices that are much alike when the same meeting is told apart again', () => {
    const [ada, twin] = [person(0), near(person(0), direction(), 0.97)];
    const known = [stored('S1', { centroid: ada, name: 'Ada' }), stored('S2', { centroid: twin, name: 'Eve' })];
    expect(byChunk(numberSpeakers([group(twin, 0), group(ada, 1)], known))).toEqual({ 0: 'S2', 1: 'S1' });
  });
});

describe('who a speaker is once merges are followed', () => {
  const known = (speaker: string, mergedInto: string | null = null, name: string | null = null) => ({ speaker, mergedInto, name });
  it('is the end of the chain, under its own name', () => {
    const who = effectiveSpeakers([known('S1', null, 'Ada'), known('S2', 'S1', 'A.'), known('S3', 'S2')]);
    expect([who.get('S3'), who.get('S2'), who.get('S1')]).toEqual(Array(3).fill({ speaker: 'S1', name: 'Ada' }));
    expect(who.get('S9')).toBeUndefined();
  });
  it('keeps a name that only the merged one had', () => {
    expect(effectiveSpeakers([known('S1'), known('S10', 'S1', 'Zoe'), known('S2', 'S1', 'Ada')]).get('S1')).toEqual({ speaker: 'S1', name: 'Ada' });
  });
  it('is itself where rows lead in a circle', () => {
    expect(effectiveSpeakers([known('S1', 'S2'), known('S2', 'S1')]).get('S1')).toEqual({ speaker: 'S1', name: null });
  });
});
