/** What every AudioLog must do. Runs on the real one and on its scripted fake. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AudioLog } from '#domain/session/ports.ts';

export interface AudioLogUnderTest {
  log: AudioLog;
  /** The same storage as a process that starts now would see it. */
  restart(): Promise<AudioLog>;
  dispose(): Promise<void>;
}

export function describeAudioLog(name: string, open: () => Promise<AudioLogUnderTest>): void {
  describe(`the audio log ${name}`, () => {
    let underTest: AudioLogUnderTest;
    let log: AudioLog;
    let sessionId: string;
    beforeEach(async () => {
      underTest = await open();
      log = underTest.log;
      sessionId = randomUUID();
    });
    afterEach(() => underTest.dispose());

    const samples = (...values: number[]) => Int16Array.from(values);
    const everything = (from: AudioLog = log) => from.read(sessionId, 0, 1_000_000);

    it('knows nothing of a session nobody spoke in', async () => {
      expect(await log.durableThrough(sessionId)).toBe(0);
      expect(await everything()).toEqual(samples());
      expect(await log.readUtterance(sessionId, 1)).toBeNull();
      await log.seal(sessionId);
      expect(await everything()).toEqual(samples());
    });

    it('gives back what a person said, sample for sample, and counts it', async () => {
      const writer = await log.openWriter(sessionId, 1);
      expect(writer.durableThroughSample).toBe(0);
      expect(await writer.append(samples(1, -2, 32_767))).toBe(3);
      expect(await Promise.all([writer.append(samples(-32_768)), writer.append(samples()), writer.append(samples(0, 5))])).toSatisfy((ends: number[]) => ends[0] === 4 && ends[2] === 6);
      expect(writer.durableThroughSample).toBe(6);
      expect(await log.durableThrough(sessionId)).toBe(6);
      expect(await everything()).toEqual(samples(1, -2, 32_767, -32_768, 0, 5));
      await writer.close();
    });

    it('reads any window, shorter at the end', async () => {
      const writer = await log.openWriter(sessionId, 1);
      await writer.append(samples(0, 1, 2, 3, 4));
      expect(await log.read(sessionId, 1, 3)).toEqual(samples(1, 2));
      expect(await log.read(sessionId, 3, 99)).toEqual(samples(3, 4));
      expect(await log.read(sessionId, 5, 9)).toEqual(samples());
      expect(await log.read(sessionId, 4, 2)).toEqual(samples());
      await writer.close();
    });

    it('goes on under a new writer where the last one ended', async () => {
      const first = await log.openWriter(sessionId, 1);
      await first.append(samples(1, 2));
      await first.close();
      const later = await underTest.restart();
      const second = await later.openWriter(sessionId, 7);
      expect(second.durableThroughSample).toBe(2);
      expect(await second.append(samples(3))).toBe(3);
      expect(await everything(later)).toEqual(samples(1, 2, 3));
      await second.close();
    });

    it('refuses a writer that was replaced, and never reads what it appends', async () => {
      const stale = await log.openWriter(sessionId, 1);
      await stale.append(samples(1));
      const writer = await log.openWriter(sessionId, 2);
      await expect(stale.append(samples(66))).rejects.toMatchObject({ code: 'lease.lost' });
      await expect(stale.append(samples(67))).rejects.toMatchObject({ code: 'lease.lost' });
      expect(stale.durableThroughSample).toBe(1);
      await writer.append(samples(2));
      expect(await everything()).toEqual(samples(1, 2));
      await Promise.all([stale.close(), writer.close()]);
    });

    it('refuses to open an epoch that was opened before, or an older one', async () => {
      const writer = await log.openWriter(sessionId, 3);
      await expect(log.openWriter(sessionId, 3)).rejects.toMatchObject({ code: 'lease.lost' });
      await expect(log.openWriter(sessionId, 2)).rejects.toMatchObject({ code: 'lease.lost' });
      expect(await writer.append(samples(1))).toBe(1);
      await writer.close();
    });

    it('takes nothing after a writer was closed', async () => {
      const writer = await log.openWriter(sessionId, 1);
      await writer.close();
      await writer.close();
      await expect(writer.append(samples(1))).rejects.toMatchObject({ code: 'audio.write_failed' });
    });

    it('keeps sessions apart', async () => {
      const other = randomUUID();
      const [writer, otherWriter] = await Promise.all([log.openWriter(sessionId, 1), log.openWriter(other, 1)]);
      await Promise.all([writer.append(samples(1)), otherWriter.append(samples(2))]);
      expect([await everything(), await log.read(other, 0, 9)]).toEqual([samples(1), samples(2)]);
      await Promise.all([writer.close(), otherWriter.close()]);
    });

    it('keeps what the interviewer said, and the newer version of it', async () => {
      await log.writeUtterance(sessionId, 4, samples(1, 2));
      await log.writeUtterance(sessionId, 4, samples(3));
      const later = await underTest.restart();
      expect(await later.readUtterance(sessionId, 4)).toEqual(samples(3));
      expect(await later.readUtterance(sessionId, 5)).toBeNull();
    });

    it('reads the same before and after the recording was made, however often', async () => {
      for (const epoch of [1, 2]) {
        const writer = await log.openWriter(sessionId, epoch);
        await writer.append(samples(epoch, epoch, epoch));
        await writer.close();
      }
      await log.writeUtterance(sessionId, 1, samples(9));
      await log.seal(sessionId);
      await log.seal(sessionId);
      expect(await log.durableThrough(sessionId)).toBe(6);
      expect(await log.read(sessionId, 2, 5)).toEqual(samples(1, 2, 2));
      expect(await log.readUtterance(sessionId, 1)).toEqual(samples(9));
    });

    it('acknowledges nothing to a writer whose session was sealed, and loses nothing when it is opened again', async () => {
      const stale = await log.openWriter(sessionId, 1);
      await stale.append(samples(1, 2));
      await log.seal(sessionId);
      await expect(stale.append(samples(66))).rejects.toMatchObject({ code: 'lease.lost' });
      const writer = await log.openWriter(sessionId, 2);
      expect(writer.durableThroughSample).toBe(2);
      await writer.append(samples(3));
      await log.seal(sessionId);
      expect(await everything()).toEqual(samples(1, 2, 3));
      await Promise.all([stale.close(), writer.close()]);
    });

    it('erases a session for good: a server that has not heard of it cannot bring it back', async () => {
      const writer = await log.openWriter(sessionId, 1);
      await writer.append(samples(1));
      await log.writeUtterance(sessionId, 1, samples(2));
      await log.erase(sessionId);
      await log.erase(sessionId);
      await expect(writer.append(samples(3))).rejects.toMatchObject({ code: 'lease.lost' });
      await expect(log.writeUtterance(sessionId, 2, samples(4))).rejects.toMatchObject({ code: 'lease.lost' });
      await expect(log.openWriter(sessionId, 2)).rejects.toMatchObject({ code: 'lease.lost' });
      expect([await log.durableThrough(sessionId), await everything(), await log.readUtterance(sessionId, 1)]).toEqual([0, samples(), null]);
      await writer.close();
    });

    it('takes only UUIDs for sessions, so that no id can name another folder', async () => {
      for (const id of ['', '..', '../../etc', 'journal', `${sessionId}/..`]) {
        await expect(log.openWriter(id, 1)).rejects.toMatchObject({ code: 'session.not_found' });
        await expect(log.read(id, 0, 1)).rejects.toMatchObject({ code: 'session.not_found' });
        await expect(log.erase(id)).rejects.toMatchObject({ code: 'session.not_found' });
      }
    });

    it('gives back any speech, however it was cut into frames, writers and recordings', async () => {
      const step = fc.oneof(
        { weight: 6, arbitrary: fc.record({ do: fc.constant('append' as const), samples: fc.int16Array({ minLength: 1, maxLength: 20 }) }) },
        { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('reopen' as const, 'replace' as const, 'seal' as const) }) },
      );
      await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const id = randomUUID();
        let epoch = 1;
        let writer = await log.openWriter(id, epoch);
        const said: number[] = [];
        for (const each of steps) {
          if (each.do === 'append') {
            expect(await writer.append(each.samples)).toBe(said.push(...each.samples));
            continue;
          }
          const old = writer;
          if (each.do !== 'replace') await old.close();
          if (each.do === 'seal') await log.seal(id);
          writer = await log.openWriter(id, (epoch += 1));
          expect(writer.durableThroughSample).toBe(said.length);
          await old.close();
        }
        await writer.close();
        expect(await log.read(id, 0, said.length + 1)).toEqual(Int16Array.from(said));
      }), { numRuns: 25 });
    });
  });
}
