import { describeAudioLog } from './audio-log-contract.ts';
import { ScriptedAudioLog } from './scripted-audio-log.ts';

describeAudioLog('in memory', async () => {
  const log = new ScriptedAudioLog();
  return { log, restart: async () => log, dispose: async () => {} };
});
