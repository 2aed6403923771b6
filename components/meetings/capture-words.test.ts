import { describe, expect, test } from 'vitest';
import { IDLE_VIEW } from '#components/live-session/live-session-controller.ts';
import type { LiveSessionView } from '#components/live-session/live-session-types.ts';
import { clientProblem } from '#components/live-session/problems.ts';
import { captureNotices, captureState } from './capture-words.ts';

const view = (change: Partial<LiveSessionView>): LiveSessionView => ({ ...IDLE_VIEW, connection: 'live', status: 'live', ...change });
const titles = (of: LiveSessionView, source: 'tab' | 'microphone') => captureNotices(of, source, 0, 'Chrome/1').map(({ title }) => title);

describe('the sound of a meeting that this browser captures', () => {
  test('a tab without sound says how to share it with sound', () => {
    const [notice] = captureNotices(view({ microphone: 'missing' }), 'tab-and-microphone', 0, '');
    expect(notice).toMatchObject({ title: 'There is no sound in what was shared', action: 'retry' });
    expect(notice?.text).toContain('Also share tab audio');
  });
  test('sharing that was ended in the browser’s bar is not called a lost microphone', () => {
    expect(titles(view({ microphone: 'lost' }), 'tab')).toEqual(['Sharing has stopped']);
    expect(titles(view({ microphone: 'lost' }), 'microphone')).toEqual(['The microphone is gone']);
  });
  test('a tab in which nobody talks is told as what it may be', () => {
    expect(titles(view({ microphone: 'on', notice: clientProblem('microphone.silent') }), 'tab')).toEqual(['Nothing is to be heard']);
  });
  test('trouble with the connection keeps its words', () => {
    expect(titles(view({ microphone: 'on', connection: 'reconnecting' }), 'tab')).toEqual(['Connecting again…']);
  });
  test('one line says what is being done', () => {
    expect([{ microphone: 'on' as const }, { microphone: 'on' as const, personSpeaking: true }, { microphone: 'muted' as const }, { microphone: 'lost' as const }, { status: 'paused' as const }].map((change) => captureState(view(change)))).toEqual(['Listening', 'Somebody is speaking', 'Muted', 'Nothing is captured', 'Paused']);
  });
});
