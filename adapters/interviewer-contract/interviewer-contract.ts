/** What every interviewer must do, remote or local, real or scripted. Run it with `describeInterviewer`. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Conversation, ConversationTurn, Interviewer } from '#domain/interview/ports.ts';

export interface InterviewerUnderTest {
  interviewer: Interviewer;
  close?: () => Promise<void>;
}

export function conversation(turns: ConversationTurn[] = [], rest: Partial<Conversation> = {}): Conversation {
  return { sessionId: '6f9f2a5c-1f0b-4c39-9c7f-0d3a5d1c2b11', kind: 'onboarding', personName: 'Ada Lovelace', turns, elapsedMs: turns.length * 10_000, ...rest };
}

export async function said(interviewer: Interviewer, about: Conversation, signal?: AbortSignal): Promise<{ text: string; closes: boolean }> {
  const reply = interviewer.reply(about, signal);
  let text = '';
  for await (const delta of reply.text) text += delta;
  return { text, closes: reply.closes() };
}

export function describeInterviewer(name: string, open: () => Promise<InterviewerUnderTest>): void {
  describe(`${name} keeps the interviewer's contract`, () => {
    let subject: InterviewerUnderTest;
    beforeAll(async () => {
      subject = await open();
    });
    afterAll(async () => {
      await subject.close?.();
    });

    it('has a name for doctor and metrics', () => {
      expect(subject.interviewer.name).toMatch(/^[a-z0-9]/);
    });

    it('opens an empty conversation with words and does not close it', async () => {
      const { text, closes } = await said(subject.interviewer, conversation());
      expect(text.trim().length).toBeGreaterThan(10);
      expect(closes).toBe(false);
    });

    it('answers what the person said', async () => {
      const opening = await said(subject.interviewer, conversation());
      const { text } = await said(subject.interviewer, conversation([{ speaker: 'agent', text: opening.text }, { speaker: 'user', text: 'I love building robots with my brother.' }]));
      expect(text.trim()).not.toBe('');
      expect(text).not.toBe(opening.text);
    });

    it('goes on after a turn that was interrupted', async () => {
      const turns: ConversationTurn[] = [
        { speaker: 'agent', text: 'Hello Ada, good to', unheardText: 'meet you. To begin with, what do you enjoy doing most?' },
        { speaker: 'user', text: 'Wait, one moment please.' },
      ];
      expect((await said(subject.interviewer, conversation(turns))).text.trim()).not.toBe('');
    });

    it('speaks plain words, without markup or markers', async () => {
      const { text } = await said(subject.interviewer, conversation());
      expect(text).not.toMatch(/[*#`<>[\]{}|]/);
    });

    it('does not know that it closes before its words are over', async () => {
      const reply = subject.interviewer.reply(conversation());
      expect(reply.closes()).toBe(false);
      for await (const delta of reply.text) expect(typeof delta).toBe('string');
    });

    it('says nothing when it was stopped before it began', async () => {
      const stopped = AbortSignal.abort();
      expect(await said(subject.interviewer, conversation(), stopped)).toEqual({ text: '', closes: false });
    });

    it('stops quietly when it is stopped in the middle', async () => {
      const stop = new AbortController();
      const reply = subject.interviewer.reply(conversation(), stop.signal);
      let deltas = 0;
      for await (const delta of reply.text) {
        deltas += delta === '' ? 0 : 1;
        stop.abort();
      }
      expect(deltas).toBeLessThanOrEqual(2);
      expect(reply.closes()).toBe(false);
    });

    it('serves two people at once without mixing them up', async () => {
      const [ada, bob] = await Promise.all([said(subject.interviewer, conversation()), said(subject.interviewer, conversation([], { sessionId: '0d3a5d1c-1f0b-4c39-9c7f-6f9f2a5c2b12', personName: 'Bob' }))]);
      expect(ada.text).not.toContain('Bob');
      expect(bob.text).not.toContain('Ada');
    });
  });
}
