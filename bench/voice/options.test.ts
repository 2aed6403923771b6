import { describe, expect, it } from 'vitest';
import { parseVoiceOptions } from './options.ts';

describe('options of the voice benchmark', () => {
  it('measure everything when nothing is asked, for at most six minutes', () => {
    const options = parseVoiceOptions([]);
    expect(options.parts).toEqual(['latency', 'talkers', 'listeners']);
    expect(options.talkers).toContain(12);
    expect(options.listeners).toContain(500);
    const { latency, talkers, listeners } = options.budgetSeconds;
    expect(latency + talkers + listeners).toBeLessThanOrEqual(360);
  });
  it('take recordings, one part and numbers of people', () => {
    expect(parseVoiceOptions(['--folder', 'wavs', '--only', 'talkers', '--talkers', '8,4', '--repeat', '3'])).toMatchObject({ folder: 'wavs', parts: ['talkers'], talkers: [4, 8], repeat: 3 });
  });
  it('say what there is when one is wrong', () => {
    expect(() => parseVoiceOptions(['--only', 'music'])).toThrow('There is no part "music".\nOptions of ./spool bench voice:');
    expect(() => parseVoiceOptions(['--talkers', 'many'])).toThrow('--talkers takes whole numbers');
    expect(() => parseVoiceOptions(['--fast'])).toThrow('Options of ./spool bench voice:');
  });
});
