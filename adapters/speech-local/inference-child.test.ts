import childProcess from 'node:child_process';
import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ManualClock, settle } from '#tests/support/manual-clock.ts';
import { InferenceChild } from './inference-child.ts';
import type { FromChild, ToChild } from './inference-messages.ts';
import { createKokoroSynthesizer } from './kokoro-synthesizer.ts';
import { silentSpeechLog } from './speech-log.ts';

/** A child that says what the test has it say. */
class ScriptedChild extends EventEmitter {
  connected = true;
  exitCode: number | null = null;
  signalCode: string | null = null;
  readonly told: ToChild[] = [];
  send(message: ToChild): void {
    this.told.push(message);
  }
  say(message: FromChild): void {
    this.emit('message', message);
  }
  disconnect(): void {
    this.connected = false;
    this.exit(0);
  }
  kill(): void {
    this.exit(null);
  }
  exit(code: number | null): void {
    this.exitCode = code;
    this.signalCode = code === null ? 'SIGKILL' : null;
    this.emit('exit', code, this.signalCode);
  }
  /** The id of the newest request. */
  get asked(): number {
    return (this.told.findLast((message) => 'id' in message) as { id: number }).id;
  }
}

const { fork } = childProcess;
let children: ScriptedChild[];
let clock: ManualClock;
beforeEach(() => {
  clock = new ManualClock();
  children = [];
  childProcess.fork = (() => {
    children.push(new ScriptedChild());
    return children.at(-1);
  }) as unknown as typeof fork;
  syncBuiltinESMExports();
});
afterEach(() => {
  childProcess.fork = fork;
  syncBuiltinESMExports();
});
const ready = { op: 'ready', loadMs: 1, sampleRateHz: 24_000, speakers: 11 } as const;
const loud = () => new Int16Array(2_400).fill(8_000);

it('a sentence whose child dies in the middle of it is spoken once, from its beginning', async () => {
  const kokoro = createKokoroSynthesizer({ files: { model: 'm', voices: 'v', tokens: 't', dataDir: 'd' }, clock, log: silentSpeechLog });
  const spoken: number[] = [];
  const speaking = (async () => {
    for await (const piece of kokoro.synthesize({ sessionId: 'ada', text: 'Good morning.' })) spoken.push(piece.filter((sample) => sample !== 0).length);
  })();
  await settle();
  const [first] = children;
  first!.say(ready);
  await settle();
  first!.say({ op: 'chunk', id: first!.asked, samples: loud() });
  first!.exit(null);
  await clock.advance(0);
  const second = children[1]!;
  second.say(ready);
  // What was still in the pipe of the dead one.
  first!.say({ op: 'chunk', id: second.asked, samples: loud() });
  for (let chunk = 0; chunk < 2; chunk += 1) second.say({ op: 'chunk', id: second.asked, samples: loud() });
  second.say({ op: 'answer', id: second.asked, value: { sampleRateHz: 24_000 } });
  await speaking;
  expect(spoken).toEqual([2 * loud().length]);
  await kokoro.stop();
});

it('what a dead child had still said does not end the one that took its place', async () => {
  const child = new InferenceChild({ spec: { engine: 'silero', model: 'm' }, clock, log: silentSpeechLog });
  const loaded = child.ready();
  children[0]!.exit(null);
  await clock.advance(0);
  children[0]!.say({ op: 'load_failed', reason: 'out of memory' });
  children[1]!.say(ready);
  expect(await loaded).toMatchObject({ loadMs: 1 });
  expect(children).toHaveLength(2);
  await child.stop();
  expect(clock.pending).toBe(0);
});
