import { expect, test } from 'vitest';
import type { LiveSessionView } from '#components/live-session/live-session-types.ts';
import { END_REASONS } from '#domain/stream/protocol.ts';
import { RESTORED_SHOWN_MS, WARMING_TOO_LONG_MS, endingWords, liveNotices, stateWords } from './live-notices.ts';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';
const calm: LiveSessionView = {
  connection: 'live', status: 'live', agentState: 'listening', microphone: 'on', deviceId: null, devices: [], captions: [], agentText: '',
  announcement: '', interests: [], interestAnnouncement: '', command: null, finishedRunId: null, personSpeaking: false, unacknowledgedMs: 300, elapsedMs: 0, warmingMs: 0, restored: null, notice: null, ended: null, voice: 'server', soundBlocked: false,
};
const shown = (change: Partial<LiveSessionView>, nowMs = 0) => liveNotices({ ...calm, ...change }, nowMs, CHROME);

test('a session that runs well says nothing', () => {
  expect(shown({})).toEqual([]);
});

test('a person cut off from the server reads that their words are safe and may go on talking', () => {
  const [notice] = shown({ connection: 'reconnecting', unacknowledgedMs: 7_000 });
  expect(notice).toMatchObject({ title: 'Connecting again…', text: expect.stringContaining('the last 7 seconds are safe in this browser'), action: 'retry' });
});

test('a person who comes while the server is being started reads how long that takes, and that they may talk', () => {
  expect(shown({ connection: 'warming' })).toMatchObject([{ title: 'Warming up…', tone: 'calm', text: expect.stringContaining('takes a minute or two. It goes on by itself') }]);
  expect(shown({ connection: 'warming', warmingMs: 37_000 })[0]!.text).toContain('a minute or two (37 seconds so far)');
  expect(shown({ connection: 'warming', warmingMs: WARMING_TOO_LONG_MS })[0]!.text).toContain('should have started by now (5 minutes so far). Tell whoever runs Spool.');
  expect(stateWords({ ...calm, connection: 'warming' })).toBe('Warming up…');
});

test('after a reconnect a person reads that nothing was lost, for a while', () => {
  const restored = { at: 1_000, resentMs: 7_000 };
  expect(shown({ restored }, 1_500)[0]).toMatchObject({ title: 'Reconnected. Nothing was lost.', text: '7 seconds of audio that waited in this browser were sent.' });
  expect(shown({ restored }, 1_000 + RESTORED_SHOWN_MS)).toEqual([]);
});

test('audio on its way is worth a word only when much of it waits and nothing else is the matter', () => {
  expect(shown({ unacknowledgedMs: 2_000 })).toEqual([]);
  expect(shown({ unacknowledgedMs: 9_000 })[0]).toMatchObject({ id: 'waiting', title: '9 s not yet stored' });
  expect(shown({ unacknowledgedMs: 9_000, microphone: 'lost' }).map(({ id }) => id)).toEqual(['microphone-lost']);
});

test('a person who blocked the microphone reads how to allow it in their browser', () => {
  expect(shown({ microphone: 'denied' })[0]).toMatchObject({ title: 'The browser may not use the microphone', text: expect.stringContaining('set Microphone to Allow'), urgent: true });
});

test('a microphone that went away can be replaced by another one on the spot', () => {
  expect(shown({ microphone: 'lost', devices: [{ deviceId: 'a', label: 'Headset' }] })[0]).toMatchObject({ chooseMicrophone: true, action: 'retry' });
});

test('what stops the session comes first and is not repeated as a closed connection', () => {
  const notice = { code: 'engine.missing', message: 'An engine is missing', next: 'Run ./spool doctor.', fatal: true };
  expect(shown({ connection: 'closed', notice })).toEqual([{ id: 'engine.missing', tone: 'bad', title: 'An engine is missing', text: 'Run ./spool doctor.', action: 'retry', urgent: true }]);
});

test('a server that does not answer is told once, with the way to try again', () => {
  const notice = { code: 'server.unreachable', message: 'Spool does not answer.', next: 'Trying again.', fatal: false };
  expect(shown({ connection: 'reconnecting', notice })).toEqual([{ id: 'server.unreachable', tone: 'warn', title: 'Spool does not answer.', text: 'Trying again.', action: 'retry', urgent: false }]);
});

test('every ending has its own words, and only one taken over elsewhere can be taken back', () => {
  const reasons = [...END_REASONS, 'replaced', 'over', 'erased'] as const;
  expect(new Set(reasons.map((reason) => endingWords(reason).title)).size).toBe(reasons.length);
  expect(reasons.filter((reason) => endingWords(reason).takeBack)).toEqual(['replaced']);
  expect(shown({ ended: { reason: 'idle', summary: null }, connection: 'closed' })).toEqual([]);
});

test('the line beside the thread says who has the word', () => {
  const said = (change: Partial<LiveSessionView>) => stateWords({ ...calm, ...change });
  expect(said({})).toBe('Listening to you');
  expect(said({ agentState: 'speaking' })).toBe('The interviewer is speaking');
  expect(said({ agentState: 'speaking', personSpeaking: true })).toBe('You are speaking');
  expect(said({ microphone: 'off' })).toBe('Type your answer');
  expect(said({ status: 'paused', personSpeaking: true })).toBe('Paused');
  expect(said({ connection: 'offline' })).toBe('Not connected');
});
