/** Says of everything a meeting's voices said who it was. */
import { SpoolError } from '../../errors.ts';
import { clusterVoices } from './cluster-voices.ts';
import { numberSpeakers } from './number-speakers.ts';
import type { SpeakerStore } from './ports.ts';
import { provisionalGroups } from './provisional-speakers.ts';

/** A chunk that is settled, or a name that is given, in the milliseconds between reading and writing makes it start over. */
const MAX_ATTEMPTS = 5;

/**
 * Labels the items of all told-apart voices: `provisional` while the meeting goes on (after each chunk), else by one
 * clustering of all of it. May be done again at any time; names and merges stay with the voices they were given to.
 * A meeting without voices is left as it is. Answers how many speakers there are.
 * @throws SpoolError `unavailable` when the meeting changes faster than it can be told apart
 */
export async function tellSpeakers({ store, sessionId, provisional }: { store: SpeakerStore; sessionId: string; provisional: boolean }): Promise<number> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const material = await store.material(sessionId);
    if (!material || material.voices.length === 0) return 0;
    // All of it is told apart at once by now, or will be.
    if (provisional && material.over) return 0;
    const groups = provisional ? provisionalGroups(material.voices) : clusterVoices(material.voices);
    const labelled = numberSpeakers(groups, material.speakers);
    if (await store.save(sessionId, labelled, material.version)) return labelled.speakers.length;
    // Whoever changed it, by settling a chunk, tells it apart with this one.
    if (provisional && attempt > 0) return labelled.speakers.length;
  }
  throw new SpoolError('unavailable', 'The voices of a meeting kept changing while they were told apart.');
}
