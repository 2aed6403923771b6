import { type SpeakerNames, speakerName } from '../../session/speaker-names.ts';
import { type KnownSpeaker, effectiveSpeakers } from './effective-speakers.ts';

/** What voices are called in texts, once merges are followed: a joined voice without a name is called like the one it was joined to. */
export function shownNames(known: readonly KnownSpeaker[]): SpeakerNames {
  const shown = [...effectiveSpeakers(known)].flatMap(([voice, { speaker, name }]): [string, string][] => {
    const called = name ?? (speaker === voice ? null : speakerName(speaker, {}, null));
    return called === null ? [] : [[voice, called]];
  });
  return Object.fromEntries(shown);
}
