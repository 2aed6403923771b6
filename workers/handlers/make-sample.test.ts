/** The job that makes a sample, against a scripted realtime server: what it says, and what becomes of it when things break. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import type { Clock } from '#domain/clock.ts';
import type { ConversationTurn } from '#domain/interview/ports.ts';
import { newId } from '#domain/ids.ts';
import type { SampleScript } from '#domain/sample/learner.ts';
import type { ServerMessage } from '#domain/stream/protocol.ts';
import { encodeDownlinkFrame } from '#domain/stream/frames.ts';
import { CLOSE } from '#domain/stream/protocol.ts';
import { ScriptedStreamServer } from '#tests/support/scripted-stream-server.ts';
import type { SampleSessions } from '../ports.ts';
import { TRIES, UNANSWERED_MS } from '../sample/hold-conversation.ts';
import { makeSampleHandler } from './make-sample.ts';

const SCRIPT: SampleScript = {
  name: 'Robin',
  answers: [{ asks: /first/, says: ['To the first.'] }, { asks: /second/, says: ['To the second.'] }],
  anything: ['Whatever.'],
  interruption: { atTurn: 0, says: '' },
  command: { atTurn: 0, says: '' },
  answersBeforeEnd: 5,
  end: 'That is all.',
  correction: 'Not quite.',
  agreement: 'Yes.',
  sumsUp: /sum up/,
  leaves: /goodbye/i,
};
const sessionId = newId();
/** Every sample of a line has the line's own value, so that what arrives tells what was said. */
const LOUD = 10_000;
const WAIT_MS = 10_000;

describe('Making a sample', () => {
  let server: ScriptedStreamServer;
  let turns: ConversationTurn[] | null;
  let spoken: string[];
  let calls: string[];
  beforeEach(async () => {
    server = await ScriptedStreamServer.start();
    turns = [];
    spoken = [];
    calls = [];
  });
  afterEach(() => server.stop());

  const samples: SampleSessions = {
    conversation: async () => turns,
    issueTicket: async () => (turns ? (await server.issueTicket()).ticket : null),
    giveUp: async (id) => void calls.push(`gave up ${id === sessionId ? 'it' : id}`),
  };
  /** Speaks every line in 200 ms. */
  const voice = () => ({
    name: 'scripted',
    sampleRateHz: 16_000,
    async *synthesize({ text }: { text: string }) {
      spoken.push(text);
      yield new Int16Array(3_200).fill(LOUD);
    },
    async stop() {
      calls.push('voice stopped');
    },
  });
  const handler = (openVoice: () => ReturnType<typeof voice> | null = voice, clock = systemClock) => makeSampleHandler({ samples, script: SCRIPT, openVoice, voiceName: 'rms', url: server.url, clock });
  const start = (signal = new AbortController().signal, attempt = { lastTry: false }) => handler().handle({ sessionId }, signal, attempt);

  let utterance = 0;
  /** The interviewer says something, in half a second of sound, and is heard to the end. */
  async function asks(text: string): Promise<void> {
    utterance += 1;
    server.send({ type: 'agent.text', utterance, text } satisfies ServerMessage);
    server.send({ type: 'agent.state', state: 'speaking' } satisfies ServerMessage);
    server.connections.at(-1)!.send(encodeDownlinkFrame({ utterance, seq: 0, firstSample: 0, last: true, samples: new Int16Array(8_000) }));
    const heard = utterance;
    await until(() => server.received.some((message) => message.type === 'playback' && message.utterance === heard && message.playedSamples === 8_000));
    server.send({ type: 'agent.done', utterance } satisfies ServerMessage);
  }
  const said = async (...lines: string[]) => {
    await until(() => spoken.length >= lines.length);
    expect(spoken).toEqual(lines);
  };
  const inSeat = (times = 1) => until(() => server.hellos === times);
  const ends = () => {
    turns = null;
    server.close(CLOSE.ended);
  };

  it('answers what is asked, aloud, into a microphone that never stops, and is done when the session is over', async () => {
    const done = start();
    await inSeat();
    await asks('The first question?');
    await said('To the first.');
    await until(() => server.samples.filter((sample) => sample === LOUD).length === 3_200);
    await asks('And the second?');
    await said('To the first.', 'To the second.');
    await asks('Goodbye.');
    ends();
    await done;
    expect(server.samples.length).toBeGreaterThan(16_000);
    // A quiet room, not digital silence.
    expect(server.samples.slice(0, 1_600).some((sample) => sample !== 0)).toBe(true);
    expect(calls).toEqual(['voice stopped']);
  });

  it('has nothing to do for a sample that is gone or over', async () => {
    turns = null;
    await start();
    expect(server.hellos).toBe(0);
  });

  it('keeps its seat over a lost connection, and what was not acknowledged arrives once', async () => {
    const done = start();
    await inSeat();
    await until(() => server.samples.length > 8_000);
    server.cut();
    await inSeat(2);
    await asks('The first question?');
    await said('To the first.');
    await until(() => server.samples.filter((sample) => sample === LOUD).length === 3_200);
    ends();
    await done;
    const gaps = server.frames.filter(({ firstSample, length }, index) => index > 0 && firstSample > server.frames[index - 1]!.firstSample + length);
    expect(gaps).toEqual([]);
  });

  it('goes on in another worker where a dead one stopped: what was answered is not answered again', async () => {
    turns = [{ speaker: 'agent', text: 'The first question?' }, { speaker: 'user', text: 'To the furst' }];
    const done = start();
    await inSeat();
    await asks('And now the first again, and the second?');
    await said('To the second.');
    ends();
    await done;
  });

  it('answers a question that was left waiting', async () => {
    turns = [{ speaker: 'agent', text: 'The first question?' }];
    const done = start();
    await inSeat();
    await said('To the first.');
    ends();
    await done;
  });

  it('says again what drew no word, and ends the session when that does not help', async () => {
    const hurried: Clock = { ...systemClock, schedule: (delayMs, run) => systemClock.schedule(delayMs === UNANSWERED_MS ? 100 : delayMs, run) };
    turns = [{ speaker: 'agent', text: 'The first question?' }];
    const done = handler(voice, hurried).handle({ sessionId }, new AbortController().signal, { lastTry: false });
    await until(() => server.received.some((message) => message.type === 'control' && message.action === 'end'));
    expect(spoken).toEqual(Array.from({ length: TRIES }, () => 'To the first.'));
    ends();
    await done;
  });

  it('leaves at once when the worker stops, and is tried again', async () => {
    const stopping = new AbortController();
    const done = start(stopping.signal);
    await inSeat();
    stopping.abort();
    await expect(done).rejects.toMatchObject({ name: 'AbortError' });
    await until(() => server.connections[0]!.readyState === server.connections[0]!.CLOSED);
    expect(calls).toEqual(['voice stopped']);
  });

  it('ends with what there is when the last try fails, too', async () => {
    const stopping = new AbortController();
    stopping.abort();
    await expect(start(stopping.signal, { lastTry: true })).rejects.toMatchObject({ name: 'AbortError' });
    expect(calls).toEqual(['voice stopped', 'gave up it']);
  });

  it('tells apart that the server let go of the session and that it is over', async () => {
    const done = start();
    await inSeat();
    server.close(CLOSE.sessionOver);
    await expect(done).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('is not silent about a missing voice', async () => {
    await expect(handler(() => null).handle({ sessionId }, new AbortController().signal, { lastTry: true })).rejects.toMatchObject({ code: 'engine.missing' });
    expect(calls).toEqual(['gave up it']);
  });

  it('survives a server that speaks nonsense, and gives the job back', async () => {
    const done = start();
    await inSeat();
    server.connections[0]!.send('{');
    await expect(done).rejects.toBeInstanceOf(SyntaxError);
  });
});

function until(holds: () => boolean): Promise<void> {
  return vi.waitFor(() => expect(holds()).toBe(true), { timeout: WAIT_MS, interval: 10 });
}
