import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_CUE_LINE_CHARS, cuesOf } from './cues.ts';
import type { Session, TranscriptItem } from './session.ts';
import { fileName, formatTranscript } from './transcript-formats.ts';
import type { TranscriptFileFormat } from './transcript-formats.ts';

const session: Session = {
  id: '0f8f6a3e-5a53-4f0c-9a39-0d2ac8a0b001',
  kind: 'onboarding',
  status: 'completed',
  title: 'A talk about *stars*',
  templateId: null,
  consent: { recording: true },
  createdAt: '2026-03-04T09:05:00.000Z',
  startedAt: '2026-03-04T09:06:00.000Z',
  endedAt: '2026-03-04T10:08:09.000Z',
  durationMs: 3_729_000,
  endReason: 'ended_by_person',
  sample: false,
};
function item(speaker: string, text: string, startMs: number, endMs: number): TranscriptItem {
  return { itemId: `${speaker}-${startMs}`, revision: 1, speaker, text, startSample: startMs * 16, endSample: endMs * 16, startMs, endMs };
}
const format = (items: TranscriptItem[], kind: TranscriptFileFormat) => formatTranscript({ session, items, personName: 'Ada <Lovelace>' }, kind);
const dialogue = [item('agent', 'What do you like?', 500, 2_000), item('user', 'Stars  &\nplanets.', 2_500, 4_125)];

describe('plain text', () => {
  test('is words only, a paragraph for each item, when one person speaks', () => {
    expect(format([item('user', 'Hello there.', 0, 900), item('user', 'It is me.', 1_000, 2_000)], 'txt')).toBe('Hello there.\n\nIt is me.\n');
  });
  test('names the speakers when there are two', () => {
    expect(format(dialogue, 'txt')).toBe('Interviewer: What do you like?\n\nAda <Lovelace>: Stars & planets.\n');
  });
  test('leaves out items in which nothing was understood, and does not count their speaker', () => {
    expect(format([item('agent', ' ', 0, 100), item('user', 'Hello.', 200, 900)], 'txt')).toBe('Hello.\n');
  });
  test('of an empty transcript is empty', () => {
    expect(format([], 'txt')).toBe('');
  });
  test('numbers the voices of a meeting', () => {
    expect(format([item('S1', 'Hi.', 0, 100), item('S2', 'Hello.', 200, 900)], 'txt')).toBe('Speaker 1: Hi.\n\nSpeaker 2: Hello.\n');
  });
});

describe('Markdown', () => {
  test('has title, date, length, speakers and times, and nothing a person said turns into markup', () => {
    expect(format([...dialogue, item('user', '# 1. not *bold*', 3_600_000, 3_601_000)], 'md')).toBe(
      [
        '# A talk about \\*stars\\*',
        '4 March 2026, 09:06 UTC · 1:02:09',
        '**Interviewer** · 0:00',
        'What do you like?',
        '**Ada \\<Lovelace\\>** · 0:02',
        'Stars \\& planets.',
        '**Ada \\<Lovelace\\>** · 1:00:00',
        '\\# 1. not \\*bold\\*',
      ].join('\n\n') + '\n',
    );
  });
});

describe('subtitles', () => {
  test('as SubRip are numbered, with a comma before the milliseconds', () => {
    expect(format(dialogue, 'srt')).toBe('1\n00:00:00,500 --> 00:00:02,000\nInterviewer: What do you like?\n\n2\n00:00:02,500 --> 00:00:04,125\nAda <Lovelace>: Stars & planets.\n');
  });
  test('as WebVTT carry escaped voices and text', () => {
    expect(format(dialogue, 'vtt')).toBe(
      'WEBVTT\n\n00:00:00.500 --> 00:00:02.000\n<v Interviewer>What do you like?\n\n00:00:02.500 --> 00:00:04.125\n<v Ada &lt;Lovelace&gt;>Stars &amp; planets.\n',
    );
  });
  test('cannot be broken by an arrow in the text', () => {
    expect(format([item('user', 'a --> b', 0, 900)], 'srt')).toContain('\na → b\n');
    expect(format([item('user', 'a --> b', 0, 900)], 'vtt')).toContain('\na --&gt; b\n');
  });
  test('of an empty transcript are still a valid file', () => {
    expect(format([], 'vtt')).toBe('WEBVTT\n');
    expect(format([], 'srt')).toBe('');
  });

  test('of a long item are cut at sentences and share its time by their length', () => {
    const text = 'This sentence is the first of them. And this one, which is rather longer, comes second after it. The end.';
    const cues = cuesOf({ text, startMs: 10_000, endMs: 20_000 });
    expect(cues.map((cue) => cue.lines.join(' '))).toEqual(['This sentence is the first of them.', 'And this one, which is rather longer, comes second after it. The end.']);
    expect(cues[0]!.startMs).toBe(10_000);
    expect(cues[0]!.endMs).toBe(13_365); // 35 of 104 characters
    expect(cues[1]!.endMs).toBe(20_000);
  });
  test('of a sentence that hardly fits leave no word alone in a cue', () => {
    const text = 'Since then I have taken apart nearly all the things in our house and most of it still works.';
    expect(cuesOf({ text, startMs: 0, endMs: 5_000 }).map(({ lines }) => lines)).toEqual([['Since then I have taken', 'apart nearly all the things'], ['in our house and most of it still works.']]);
  });
  test('show a typed answer, which takes no time, for a second', () => {
    expect(cuesOf({ text: 'Typed.', startMs: 700, endMs: 700 })).toEqual([{ startMs: 700, endMs: 1_700, lines: ['Typed.'] }]);
  });
  test('keep every word, in order, in cues that follow each other and fit two lines', () => {
    const word = fc.string({ minLength: 1, maxLength: 120, unit: 'grapheme' });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), fc.nat(5_000_000), fc.nat(60_000), (words, startMs, lengthMs) => {
        const text = words.join(' ').replace(/\s+/gu, ' ').trim();
        fc.pre(text !== '');
        const cues = cuesOf({ text, startMs, endMs: startMs + lengthMs });
        expect(cues.flatMap((cue) => cue.lines).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        let lastEndMs = startMs;
        for (const cue of cues) {
          expect(cue.startMs).toBe(lastEndMs);
          expect(cue.endMs).toBeGreaterThan(cue.startMs);
          expect(cue.lines.length).toBeLessThanOrEqual(2);
          for (const line of cue.lines) expect(line.length).toBeLessThanOrEqual(MAX_CUE_LINE_CHARS);
          lastEndMs = cue.endMs;
        }
        if (lengthMs >= cues.length) expect(lastEndMs).toBe(startMs + lengthMs);
      }),
    );
  });
});

test('file names keep letters of every script and lose what systems refuse', () => {
  expect(fileName('Gespräch: Über/Sterne?', 'txt')).toBe('Gespräch Über Sterne.txt');
  expect(fileName('../../etc/passwd', 'txt')).toBe('etc passwd.txt');
  expect(fileName('…', 'wav')).toBe('session.wav');
  expect(fileName('星'.repeat(200), 'md')).toBe(`${'星'.repeat(80)}.md`);
});

describe('the voices of a meeting', () => {
  const said = [item('S1', 'Hello.', 0, 900), item('S2', 'Hi.', 1_000, 2_000), item('S3', 'Me too.', 2_000, 3_000), item('S0', 'Noise?', 3_000, 4_000), item('S4', 'Bye.', 4_000, 5_000)];
  const named = { session, items: said, personName: 'Ada', speakerNames: { S1: 'Grace', S2: 'Grace', S3: 'Ben *B*' } };
  test('have the names people gave them, joined ones alike; whose nobody could be told to be has none', () => {
    expect(formatTranscript(named, 'txt')).toBe('Grace: Hello.\n\nGrace: Hi.\n\nBen *B*: Me too.\n\nNoise?\n\nSpeaker 4: Bye.\n');
    expect(formatTranscript(named, 'md')).toContain('**Ben \\*B\\*** · 0:02\n\nMe too.\n\n0:03\n\nNoise?');
    expect(formatTranscript(named, 'vtt')).toContain('<v Grace>Hello.');
    expect(formatTranscript(named, 'vtt')).toContain('00:00:03.000 --> 00:00:04.000\nNoise?');
    expect(formatTranscript(named, 'srt')).toContain('Grace: Hello.');
  });
  test('that were all joined are one person, who needs no name before each word', () => {
    expect(formatTranscript({ ...named, items: said.slice(0, 2) }, 'txt')).toBe('Hello.\n\nHi.\n');
  });
});

describe('what is missing in a meeting', () => {
  const gaps = [{ startMs: 2_200, endMs: 2_200, missingMs: 40_000, reason: 'stream_away' as const }];
  const [plain, markdown, subRip, webVtt] = (['txt', 'md', 'srt', 'vtt'] as const).map((kind) => [formatTranscript({ session, items: dialogue, personName: 'Ada', gaps }, kind), formatTranscript({ session, items: dialogue, personName: 'Ada' }, kind)]);

  test('stands at its place in Markdown and, as a note, in WebVTT', () => {
    expect(markdown![0]).toContain('What do you like?\n\n*0:02 · 40 s missing here: the stream had stopped.*\n\n**Ada** · 0:02');
    expect(webVtt![0]).toContain('<v Interviewer>What do you like?\n\nNOTE 0:02: 40 s missing here: the stream had stopped\n\n00:00:02.500 -->');
  });
  test('is not said in SubRip, which knows no comments, nor in words only', () => {
    expect(subRip![0]).toBe(subRip![1]);
    expect(plain![0]).toBe(plain![1]);
  });
});
