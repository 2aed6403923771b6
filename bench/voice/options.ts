/** What `./spool bench voice` can be asked. */
import { parseArgs } from 'node:util';

export interface VoiceOptions {
  /** Recordings instead of the fixtures. */
  folder: string | null;
  quick: boolean;
  /** How often each complete and each hesitant utterance is said in part A. */
  repeat: number;
  parts: Part[];
  talkers: number[];
  listeners: number[];
  stepSeconds: { talkers: number; listeners: number };
  /** No new step or utterance after this many seconds; what is under way is finished. */
  budgetSeconds: { latency: number; talkers: number; listeners: number };
  /** Where the server writes a processor profile when it ends. */
  profile: string | null;
}
export const PARTS = ['latency', 'talkers', 'listeners'] as const;
export type Part = (typeof PARTS)[number];

const HELP = `Options of ./spool bench voice:
  --folder DIR          say the WAV files of DIR (PCM16 mono; what is said in a .txt of the same name)
  --quick               about a minute: few utterances, one or two steps
  --repeat N            say each utterance N times (2; quick 1)
  --only PART           latency, talkers or listeners; may be given more than once
  --talkers 4,8,12      numbers of talkers to try
  --listeners 100,500   numbers of listeners to try
  --profile DIR         let the server write a processor profile there`;

/** @throws Error with what to write instead */
export function parseVoiceOptions(args: string[]): VoiceOptions {
  const { values } = parse(args);
  const quick = values.quick ?? false;
  return {
    folder: values.folder ?? null,
    quick,
    repeat: values.repeat === undefined ? (quick ? 1 : 2) : counts('--repeat', values.repeat)[0]!,
    parts: values.only === undefined ? [...PARTS] : values.only.map(partOf),
    talkers: values.talkers === undefined ? (quick ? [12] : [4, 8, 12, 16, 24]) : counts('--talkers', values.talkers),
    listeners: values.listeners === undefined ? (quick ? [200] : [250, 500, 750, 1_000]) : counts('--listeners', values.listeners),
    stepSeconds: quick ? { talkers: 9, listeners: 6 } : { talkers: 16, listeners: 15 },
    budgetSeconds: quick ? { latency: 12, talkers: 12, listeners: 12 } : { latency: 115, talkers: 85, listeners: 75 },
    profile: values.profile ?? null,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        folder: { type: 'string' },
        quick: { type: 'boolean' },
        repeat: { type: 'string' },
        only: { type: 'string', multiple: true },
        talkers: { type: 'string' },
        listeners: { type: 'string' },
        profile: { type: 'string' },
      },
    });
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${HELP}`, { cause: error });
  }
}

function partOf(name: string): Part {
  const part = PARTS.find((each) => each === name);
  if (!part) throw new Error(`There is no part "${name}".\n${HELP}`);
  return part;
}

function counts(option: string, text: string): number[] {
  const numbers = text.split(',').map(Number);
  if (!numbers.every((each) => Number.isInteger(each) && each >= 1 && each <= 1_900)) throw new Error(`${option} takes whole numbers from 1 to 1900, e.g. ${option} 4,8.\n${HELP}`);
  return numbers.sort((a, b) => a - b);
}
