import { describe, expect, it } from 'vitest';
import { ManualClock, settle } from '#tests/support/manual-clock.ts';
import { SpoolError } from '../errors.ts';
import type { TranscriptionPurpose, TranscriptionRequest } from './ports.ts';
import { PARTIAL_ROOM_PER_SLOT, PATIENCE, RESERVED_FOR_FINALS_PER_SLOT, TranscriptionQueue, WAITING_PER_SLOT } from './transcription-queue.ts';

/** A queue over an engine whose every decode ends when the test says so. */
function queueWithSlots(slots: number) {
  const started: string[] = [];
  const queueTimes: number[] = [];
  const running: { name: string; resolve(text: string): void; reject(error: unknown): void }[] = [];
  const clock = new ManualClock();
  const names = new Map<TranscriptionRequest, string>();
  const queue = new TranscriptionQueue<string>({
    slots,
    clock,
    run(request, queueMs) {
      const name = names.get(request)!;
      started.push(name);
      queueTimes.push(queueMs);
      return new Promise((resolve, reject) => running.push({ name, resolve, reject }));
    },
  });
  const outcomes: Record<string, string> = {};
  /** Submits a request called `name`; its outcome becomes the text or the error's code. */
  function ask(name: string, sessionId: string, purpose: TranscriptionPurpose, signal?: AbortSignal): void {
    const request = { sessionId, purpose, samples: new Int16Array(1) };
    names.set(request, name);
    queue.submit(request, signal).then(
      (text) => (outcomes[name] = text),
      (error: unknown) => (outcomes[name] = error instanceof SpoolError ? error.code : String((error as Error).message)),
    );
  }
  /** Ends the oldest running decode and lets everything that follows from it happen. */
  async function finishOne(): Promise<void> {
    const done = running.shift()!;
    done.resolve(`text of ${done.name}`);
    await settle();
  }
  async function finishAll(): Promise<void> {
    while (running.length > 0) await finishOne();
  }
  return { queue, ask, finishOne, finishAll, started, running, outcomes, queueTimes, advance: (ms: number) => clock.advance(ms) };
}

describe('the transcription queue', () => {
  it('runs finals before speculative requests before partials', async () => {
    const q = queueWithSlots(1);
    q.ask('busy', 'zoe', 'final');
    q.ask('caption', 'ada', 'partial');
    q.ask('suspicion', 'bob', 'speculative');
    q.ask('sentence', 'cyd', 'final');
    await q.finishAll();
    expect(q.started).toEqual(['busy', 'sentence', 'suspicion', 'caption']);
  });

  it('lets sessions take turns, so that one with many requests does not hold up one with a single request', async () => {
    const q = queueWithSlots(1);
    for (let index = 1; index <= 4; index++) q.ask(`ada ${index}`, 'ada', 'final');
    q.ask('bob 1', 'bob', 'final');
    await q.finishAll();
    expect(q.started).toEqual(['ada 1', 'ada 2', 'bob 1', 'ada 3', 'ada 4']);
  });

  it('puts the newer partial of a session in the place of its waiting one', async () => {
    const q = queueWithSlots(1);
    q.ask('busy', 'zoe', 'final');
    q.ask('ada old', 'ada', 'partial');
    q.ask('bob', 'bob', 'partial');
    q.ask('ada new', 'ada', 'partial');
    await q.finishAll();
    expect(q.started).toEqual(['busy', 'ada new', 'bob']);
    expect(q.outcomes['ada old']).toBe('engine.superseded');
  });

  it.each<TranscriptionPurpose>(['final', 'speculative'])('drops the waiting partial of a session whose %s request arrives', async (purpose) => {
    const q = queueWithSlots(1);
    q.ask('busy', 'zoe', 'final');
    q.ask('caption', 'ada', 'partial');
    q.ask('better', 'ada', purpose);
    await q.finishAll();
    expect(q.started).toEqual(['busy', 'better']);
    expect(q.outcomes['caption']).toBe('engine.superseded');
  });

  it('leaves a running partial alone when a newer one arrives', async () => {
    const q = queueWithSlots(1);
    q.ask('running', 'ada', 'partial');
    q.ask('newer', 'ada', 'partial');
    await q.finishAll();
    expect(q.outcomes).toEqual({ running: 'text of running', newer: 'text of newer' });
  });

  it('refuses partials first, then speculative requests, and keeps room for finals', async () => {
    const q = queueWithSlots(1);
    q.ask('busy', 'zoe', 'final');
    for (let index = 0; index <= PARTIAL_ROOM_PER_SLOT; index++) q.ask(`partial ${index}`, `listener ${index}`, 'partial');
    await settle();
    expect(q.outcomes[`partial ${PARTIAL_ROOM_PER_SLOT}`]).toBe('engine.busy');
    expect(q.queue.load()).toBe(1);
    const speculativeRoom = WAITING_PER_SLOT - RESERVED_FOR_FINALS_PER_SLOT;
    for (let index = 0; index <= speculativeRoom; index++) q.ask(`speculative ${index}`, `talker ${index}`, 'speculative');
    await settle();
    expect(q.outcomes[`speculative ${speculativeRoom}`]).toBe('engine.busy');
    q.ask('final', 'ada', 'final');
    await settle();
    expect(q.outcomes['final']).toBeUndefined();
  });

  it('turns a preview away rather than a final when everything is full', async () => {
    const q = queueWithSlots(1);
    q.ask('busy', 'zoe', 'final');
    q.ask('caption', 'eve', 'partial');
    for (let index = 1; index < WAITING_PER_SLOT; index++) q.ask(`final ${index}`, `talker ${index}`, 'final');
    q.ask('last final', 'ada', 'final');
    await settle();
    expect(q.outcomes).toEqual({ caption: 'engine.busy' });
    q.ask('one too many', 'bob', 'final');
    await settle();
    expect(q.outcomes['one too many']).toBe('engine.busy');
  });

  it('does not starve a partial: after so many finals one caption gets its turn', async () => {
    const q = queueWithSlots(1);
    q.ask('busy', 'zoe', 'final');
    q.ask('caption', 'eve', 'partial');
    for (let index = 1; index <= 12; index++) q.ask(`final ${index}`, `talker ${index}`, 'final');
    await q.finishAll();
    expect(q.started.indexOf('caption')).toBe(1 + PATIENCE.partial);
    expect(q.started).toHaveLength(14);
  });

  it('removes a waiting request when its caller gives up, and never runs it', async () => {
    const q = queueWithSlots(1);
    const gone = new AbortController();
    q.ask('busy', 'zoe', 'final');
    q.ask('unwanted', 'ada', 'final', gone.signal);
    gone.abort(new Error('barge-in'));
    await q.finishAll();
    expect(q.outcomes['unwanted']).toBe('barge-in');
    expect(q.started).toEqual(['busy']);
  });

  it('answers a caller that gives up at once, but keeps the slot until the engine is done', async () => {
    const q = queueWithSlots(1);
    const gone = new AbortController();
    q.ask('running', 'ada', 'final', gone.signal);
    q.ask('next', 'bob', 'final');
    gone.abort(new Error('barge-in'));
    await settle();
    expect(q.outcomes['running']).toBe('barge-in');
    expect(q.started).toEqual(['running']);
    await q.finishAll();
    expect(q.started).toEqual(['running', 'next']);
  });

  it('goes on after a decode that failed', async () => {
    const q = queueWithSlots(1);
    q.ask('poison', 'ada', 'final');
    q.ask('healthy', 'bob', 'final');
    q.running.shift()!.reject(new SpoolError('engine.failed'));
    await settle();
    await q.finishAll();
    expect(q.outcomes).toEqual({ poison: 'engine.failed', healthy: 'text of healthy' });
  });

  it('runs as many at once as it has slots, and says how long each waited', async () => {
    const q = queueWithSlots(2);
    for (const name of ['one', 'two', 'three']) q.ask(name, name, 'final');
    expect(q.started).toEqual(['one', 'two']);
    await q.advance(70);
    await q.finishOne();
    expect(q.started).toEqual(['one', 'two', 'three']);
    expect(q.queueTimes).toEqual([0, 0, 70]);
    await q.finishAll();
    expect(q.queue.load()).toBe(0);
  });

  it('rejects all that waits when it is cleared', async () => {
    const q = queueWithSlots(1);
    q.ask('running', 'ada', 'final');
    q.ask('waiting', 'bob', 'final');
    q.ask('caption', 'cyd', 'partial');
    q.queue.clear(new SpoolError('engine.failed'));
    await q.finishAll();
    expect(q.outcomes).toEqual({ waiting: 'engine.failed', caption: 'engine.failed', running: 'text of running' });
  });
});
