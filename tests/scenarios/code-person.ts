/** Scripted people at a code interview: what they say, type and run, and what must come of it. The format is described in docs/interviewer.md. */
import { readFileSync } from 'node:fs';
import { measureCode } from '#adapters/code-outline/measure-code.ts';
import { type CodeView, lookAt } from '#domain/code/code-view.ts';
import type { Problem } from '#domain/code/problem.ts';
import type { Language } from '#domain/code/run.ts';
import { type FinishedRun, glanceAt, isWorthARemark } from '#domain/code/run-glance.ts';
import { CODE_COMMANDS } from '#domain/interview/code-command-definitions.ts';
import { codeMomentOf } from '#domain/interview/code-guide/code-moment.ts';
import { hintsHeardIn } from '#domain/interview/code-guide/hints.ts';
import type { Conversation, ConversationTurn, Interviewer } from '#domain/interview/ports.ts';
import { recognizeCommand } from '#domain/interview/voice-commands.ts';
import { ScriptedWorkspace, builtInProblem, plainRun, testRun } from '#tests/support/code-room.ts';

/** One of them in each step, in this order. */
export interface Step {
  /** Lines; typed over `seconds`, or pasted with `paste`. */
  code?: string[];
  paste?: boolean;
  seconds?: number;
  /** A run of tests: visible ones that fail with what they give, how many hidden ones there are and fail, an error instead of values. */
  tests?: { failing?: Record<string, unknown>; hidden?: { total: number; failing?: number }; error?: string; doesNotCompile?: string };
  /** Seconds in which nothing happens. */
  silent?: number;
  say?: string;
}
export interface CodePerson {
  id: string;
  person: string;
  personName?: string;
  problem: string;
  language?: Language;
  steps: Step[];
  /** Said when the interviewer's words match and the steps are over, each once. */
  answersTo?: { asks: string; answer: string }[];
  expect: {
    /** Questions that are asked: names of the question bank, `approach:<name>` or `follow:<number>`. */
    asks?: string[];
    neverAsks?: string[];
    /** How many hints are given in all. */
    hints: number;
    says?: string[];
    neverSays?: string[];
    /** The last words of the interview, which sum it up. */
    sumUp?: { contains?: string[]; omits?: string[] };
    /** Replies to the n-th `say`, counted from 0. */
    replies?: Record<string, string>;
    /** Closes by itself, within so many minutes. */
    minutesAtMost?: number;
  };
}

const NOTHING_MORE = ['I think that is what I have to say about it.', 'I would look at the numbers before I decide that.', 'Probably the same way, with a little more memory.', 'No, nothing else.'];
const MAX_EXCHANGES = 80;
const HELP_AFTER_S = 90;

export function loadCodePeople(): CodePerson[] {
  return JSON.parse(readFileSync(new URL('code-people.json', import.meta.url), 'utf8')) as CodePerson[];
}

export interface PlayedInterview {
  problem: Problem;
  turns: ConversationTurn[];
  agent: string[];
  /** Each reply by itself. */
  said: string[];
  /** What the interviewer said right after each `say` of the script. */
  replies: string[];
  asked: string[];
  hints: number;
  minutes: number;
  closed: boolean;
  code: string;
  view: CodeView;
}

export async function playCode(person: CodePerson, interviewer: Interviewer, sessionId: string): Promise<PlayedInterview> {
  const problem = await builtInProblem(person.problem);
  const workspace = new ScriptedWorkspace(problem);
  const language = person.language ?? 'python';
  const turns: ConversationTurn[] = [];
  const runs: FinishedRun[] = [];
  const replies: string[] = [];
  const said: string[] = [];
  const asked: string[] = [];
  let lastLook: { path: string; content: string } | null = null;
  let elapsedS = 0;
  let quietS = 0;
  let closed = false;
  let hints = 0;
  workspace.save(problem.starters[language], language);

  const view = () => lookAt({ workspace: structuredClone(workspace.workspace), lastLook, runs, measure: measureCode, silenceMs: quietS * 1000, sinceTypingMs: null, hintsGiven: hints });
  const conversation = (request?: Conversation['request']): Conversation => ({ sessionId, kind: 'code', personName: person.personName ?? 'Ada', turns: structuredClone(turns), elapsedMs: elapsedS * 1000, ...(request ? { request } : {}), code: view() });
  const asks = async (request?: Conversation['request']): Promise<string> => {
    const about = conversation(request);
    if (workspace.workspace.file) lastLook = { path: workspace.workspace.file.path, content: workspace.workspace.file.content };
    const reply = interviewer.reply(about);
    let text = '';
    for await (const delta of reply.text) text += delta;
    closed = reply.closes();
    if (text !== '') {
      said.push(text);
      if (turns.at(-1)?.speaker === 'agent') turns.at(-1)!.text += ` ${text}`;
      else turns.push({ speaker: 'agent', text });
      hints = Math.max(hints, hintsHeardIn([text], problem.hints));
      const id = codeMomentOf({ ...about, turns: [{ speaker: 'agent', text }] }).last.asked?.id;
      if (id) asked.push(id);
    }
    elapsedS += Math.ceil(text.split(' ').length / 2.5);
    return text;
  };
  const says = async (text: string): Promise<string> => {
    elapsedS += 3 + Math.ceil(text.split(' ').length / 2.2);
    if (turns.at(-1)?.speaker === 'user') turns.at(-1)!.text += ` ${text}`;
    else turns.push({ speaker: 'user', text });
    const command = recognizeCommand(text, { context: 'asked', commands: CODE_COMMANDS })?.command;
    if (command === 'run' || command === 'run-tests' || command === 'next-problem') return '';
    return asks(command === 'hint' || command === 'read-problem' || command === 'time-left' ? command : undefined);
  };

  await asks();
  for (const step of person.steps) {
    if (closed) break;
    if (step.code) {
      elapsedS += step.seconds ?? step.code.length * 8;
      const whole = `${step.code.join('\n')}\n`;
      // Typed in pieces, as a page saves it; a paste comes at once.
      if (!step.paste) for (let at = 1; at < step.code.length; at += 1) workspace.save(`${step.code.slice(0, at).join('\n')}\n`, language);
      workspace.save(whole, language);
      quietS = 0;
    }
    if (step.tests) {
      const { doesNotCompile, ...outcome } = step.tests;
      elapsedS += 5;
      const result = doesNotCompile ? { ...plainRun(language), status: 'compile_error' as const, success: false, compile: { exitCode: 1, stderr: doesNotCompile, timeMs: 300 } } : testRun(problem, outcome);
      const run: FinishedRun = { runId: `r${runs.length + 1}`, request: { fileName: 'solution', language, tests: outcome.hidden ? 'all' : 'visible', versions: {} }, result, atMs: elapsedS * 1000 };
      const worth = isWorthARemark(runs.map((each) => glanceAt(each, problem)), glanceAt(run, problem));
      runs.push(run);
      if (worth) await asks('remark');
    }
    if (step.silent) {
      elapsedS += step.silent;
      quietS = step.silent;
      if (step.silent >= HELP_AFTER_S) await asks('help');
    }
    if (step.say !== undefined && !closed) {
      quietS = 0;
      replies.push(await says(step.say));
    }
  }
  const left = [...(person.answersTo ?? [])];
  for (let exchange = 0; !closed && exchange < MAX_EXCHANGES; exchange += 1) {
    const last = turns.findLast(({ speaker }) => speaker === 'agent')!.text;
    const at = left.findIndex(({ asks: pattern }) => new RegExp(pattern, 'i').test(last));
    elapsedS += 20;
    await says(at >= 0 ? left.splice(at, 1)[0]!.answer : NOTHING_MORE[exchange % NOTHING_MORE.length]!);
  }
  return { problem, turns, agent: turns.filter(({ speaker }) => speaker === 'agent').map(({ text }) => text), said, replies, asked, hints, minutes: elapsedS / 60, closed, code: workspace.workspace.file?.content ?? '', view: view() };
}
