import { createGuidedInterviewer } from '#domain/interview/guided-interviewer.ts';
import { describeInterviewer } from './interviewer-contract.ts';
import { scriptedInterviewer } from './scripted-interviewer.ts';

describeInterviewer('The guided interviewer', async () => ({ interviewer: createGuidedInterviewer() }));
describeInterviewer('The scripted interviewer', async () => {
  const opening = { steps: ['Good day. ', 'What do you enjoy?'] };
  const scripted = scriptedInterviewer([opening]);
  // Scripted by the state of the conversation, so that the suite may call it in any order.
  const answering = scriptedInterviewer([{ steps: ['I see. ', 'Tell me more.'] }]);
  return { interviewer: { name: 'scripted', reply: (about, signal) => (about.turns.length === 0 ? scripted : answering).reply(about, signal) } };
});
