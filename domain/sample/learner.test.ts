import { describe, expect, it } from 'vitest';
import { applyExtraction } from '../interests/ledger.ts';
import { verifiedExtraction } from '../interests/evidence.ts';
import type { InterestRecord } from '../interests/ports.ts';
import { extractByWords } from '../interests/words-extractor.ts';
import { createGuidedInterviewer } from '../interview/guided-interviewer.ts';
import type { ConversationTurn } from '../interview/ports.ts';
import { nextLine } from './learner.ts';
import type { SampleLine } from './learner.ts';
import { ROBIN } from './robin.ts';

const SECONDS_PER_EXCHANGE = 12;
/** The guided interviewer chooses its words by the session's id. */
const SESSIONS = Array.from({ length: 25 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);

interface Held {
  turns: ConversationTurn[];
  lines: SampleLine[];
  closed: boolean;
  interests: InterestRecord[];
}

/** Robin and the guided interviewer, in text. */
async function hold(sessionId: string): Promise<Held> {
  const interviewer = createGuidedInterviewer();
  const held: Held = { turns: [], lines: [], closed: false, interests: [] };
  const found = () => held.interests.filter(({ status }) => status === 'detected');
  while (!held.closed && held.lines.length < 30) {
    const reply = interviewer.reply({ sessionId, kind: 'onboarding', personName: ROBIN.name, turns: held.turns, elapsedMs: held.lines.length * SECONDS_PER_EXCHANGE * 1000, interests: found() });
    let text = '';
    for await (const delta of reply.text) text += delta;
    held.closed = reply.closes();
    const line = nextLine(ROBIN, [...held.turns, { speaker: 'agent', text }]);
    held.turns.push(line?.interrupts ? { speaker: 'agent', text: text.slice(0, 20), unheardText: text.slice(20) } : { speaker: 'agent', text });
    if (!line) break;
    const item = { itemId: `u-${held.lines.length}`, revision: 1, speaker: 'user', text: line.text, startSample: held.lines.length * 32_000, endSample: held.lines.length * 32_000 + 16_000 };
    const extraction = verifiedExtraction(line.text, extractByWords({ text: line.text, question: text, knownTopics: held.interests.map(({ topic }) => topic) }));
    let count = 0;
    held.interests = applyExtraction(held.interests, { item, extraction, extractor: 'words', decisions: [], newId: () => `${item.itemId}-${count++}` }).ledger;
    held.turns.push({ speaker: 'user', text: line.text });
    held.lines.push(line);
  }
  return held;
}

describe('Robin', () => {
  it.each(SESSIONS)('is interviewed to the end, interrupts once, asks for a repetition, corrects the sum-up (%s)', async (sessionId) => {
    const { turns, lines, closed, interests } = await hold(sessionId);
    const transcript = turns.map(({ speaker, text, unheardText }) => `${speaker}: ${text}${unheardText ? ` [${unheardText}]` : ''}`).join('\n');
    expect(closed, transcript).toBe(true);
    expect(lines.length, transcript).toBeLessThanOrEqual(12);
    expect(new Set(lines.map(({ text }) => text)).size, transcript).toBe(lines.length);
    expect(lines.filter(({ interrupts }) => interrupts).map(({ text }) => text), transcript).toEqual([ROBIN.interruption.says]);
    for (const text of [ROBIN.command.says, ROBIN.correction, ROBIN.agreement]) expect(lines.map((line) => line.text), transcript).toContain(text);

    const found = Object.fromEntries(interests.filter(({ status }) => status === 'detected').map(({ topic, sentiment }) => [topic, sentiment]));
    expect(found, transcript).toMatchObject({ astronomy: 'positive', violin: 'negative', italian: 'positive' });
    expect(Object.keys(found).some((topic) => /bread|baking/.test(topic)), transcript).toBe(true);
    // The brother's, and what was taken back.
    expect(Object.keys(found), transcript).not.toContain('chess');
    expect(Object.keys(found), transcript).not.toContain('spanish');
  });

  it('goes on where the conversation is, whoever asks and whenever', async () => {
    const { turns, lines } = await hold(SESSIONS[0]!);
    let count = 0;
    for (const [index, { speaker }] of turns.entries()) {
      if (speaker !== 'agent' || count >= lines.length) continue;
      expect(nextLine(ROBIN, turns.slice(0, index + 1))).toEqual(lines[count]);
      count += 1;
    }
  });

  it('takes words that come again after a break for the same question', () => {
    const opening = { speaker: 'agent', text: 'Hello Robin. What do you enjoy doing most?' } as const;
    expect(nextLine(ROBIN, [opening, opening])).toEqual(nextLine(ROBIN, [opening]));
  });

  it('finds an answer to whatever is asked, says when that was all, and is silent after a goodbye', () => {
    const turns: ConversationTurn[] = [];
    const said: string[] = [];
    for (const question of ['Where were you born?', 'And what colour is it?', 'Do you fish?', 'Why?', 'Oh really?', 'How so?', 'Then what?', 'And now?', 'Yes?', 'Go on?', 'Hm?']) {
      turns.push({ speaker: 'agent', text: question });
      const line = nextLine(ROBIN, turns)!;
      said.push(line.text);
      turns.push({ speaker: 'user', text: line.text });
    }
    expect(said.filter((text) => text === ROBIN.end)).toHaveLength(1);
    expect(nextLine(ROBIN, [...turns, { speaker: 'agent', text: 'Thank you. Goodbye.' }])).toBeNull();
  });
});
