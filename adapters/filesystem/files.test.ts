import fs from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { SpoolError } from '#domain/errors.ts';
import { asAudioError, forEachBounded, writeFully } from './files.ts';

const fullDevice = await fs.open('/dev/full', 'w').catch(() => undefined);

describe('a failing file operation', () => {
  it.skipIf(!fullDevice)('on a full disk says that the disk is full (needs /dev/full, which Linux has)', async () => {
    const error = await writeFully(fullDevice!, Buffer.from('x'), 0).catch(asAudioError);
    expect(error).toMatchObject({ code: 'audio.disk_full', retryable: true });
    await fullDevice!.close();
  });

  it('of any other kind says that audio could not be stored, and which error it was', () => {
    const eio = Object.assign(new Error('i/o error'), { code: 'EIO' });
    expect(asAudioError(eio)).toMatchObject({ code: 'audio.write_failed', fields: { errno: 'EIO' }, cause: eio });
    expect(asAudioError(Object.assign(new Error(), { code: 'EDQUOT' })).code).toBe('audio.disk_full');
    const known = new SpoolError('lease.lost');
    expect(asAudioError(known)).toBe(known);
  });
});

describe('work with a bound', () => {
  it('never has more under way, does all of it and then throws the first error', async () => {
    let underWay = 0;
    let most = 0;
    const done: number[] = [];
    const work = forEachBounded([1, 2, 3, 4, 5, 6], 2, async (item) => {
      most = Math.max(most, (underWay += 1));
      await Promise.resolve();
      underWay -= 1;
      if (item === 2) throw new Error('two');
      done.push(item);
    });
    await expect(work).rejects.toThrow('two');
    expect([most, done]).toEqual([2, [1, 3, 4, 5, 6]]);
  });
});
