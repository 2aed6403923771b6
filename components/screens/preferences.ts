/** What a person chose while preparing, kept in this browser: the live page starts with it, the next preparation too. */
import type { VoiceChoice } from '#components/live-session/live-session-types.ts';

export interface Preferences {
  /** False: the person types and wants no microphone. */
  microphone: boolean;
  /** Null: the browser's own choice. */
  deviceId: string | null;
  voice: VoiceChoice;
}

const STORAGE_KEY = 'spool.preferences';
const FALLBACK: Preferences = { microphone: true, deviceId: null, voice: 'server' };

/** The kept choices; the usual ones where nothing (or nonsense) is kept. */
export function readPreferences(storage: Pick<Storage, 'getItem'> | undefined = browserStorage()): Preferences {
  try {
    const kept = JSON.parse(storage?.getItem(STORAGE_KEY) ?? '{}') as Partial<Preferences>;
    return {
      microphone: kept.microphone !== false,
      deviceId: typeof kept.deviceId === 'string' ? kept.deviceId : null,
      voice: kept.voice === 'device' || kept.voice === 'off' ? kept.voice : 'server',
    };
  } catch {
    return FALLBACK;
  }
}

export function keepPreferences(preferences: Preferences, storage: Pick<Storage, 'setItem'> | undefined = browserStorage()): void {
  try {
    storage?.setItem(STORAGE_KEY, JSON.stringify(preferences));
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

function browserStorage(): Storage | undefined {
  return typeof localStorage === 'undefined' ? undefined : localStorage;
}
