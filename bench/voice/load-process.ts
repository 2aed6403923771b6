/** A process that makes load, so that its share of the processors is told apart. Asked and answering over IPC. */
import { createFilesystemAudioLog } from '#adapters/filesystem/audio-log.ts';
import { systemClock } from '#domain/clock.ts';
import { silentLog } from '#domain/log.ts';
import { Listeners } from './listeners.ts';
import type { LoadRequest } from './load-report.ts';
import { openSeats } from './seats.ts';
import { Talkers } from './talkers.ts';
import { spokenFixtures, spokenFolder } from './utterances.ts';

let crowd: Talkers | Listeners | undefined;

async function answer(request: LoadRequest): Promise<unknown> {
  if (request.ask === 'open') {
    const options = {
      url: request.url,
      seats: await openSeats(request.databaseUrl),
      audio: createFilesystemAudioLog({ directory: request.dataDir, clock: systemClock, log: silentLog }),
    };
    const utterances = () => (request.folder === null ? spokenFixtures() : spokenFolder(request.folder)).filter(({ kind }) => kind === 'complete');
    crowd = request.role === 'talkers' ? new Talkers({ ...options, utterances: utterances() }) : new Listeners(options);
    return null;
  }
  if (!crowd) throw new Error('Nobody is here yet.');
  switch (request.ask) {
    case 'add':
      return crowd.add(request.count, request.overMs);
    case 'report':
      return crowd.report(request.fromMs, request.toMs);
    case 'finish':
      return crowd.finish();
  }
}

process.on('message', ({ id, request }: { id: number; request: LoadRequest }) => {
  answer(request).then(
    (value) => process.send?.({ id, value }),
    (error: unknown) => process.send?.({ id, failed: (error as Error).message }),
  );
});
process.on('disconnect', () => process.exit(0));
