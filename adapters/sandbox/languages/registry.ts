/** The languages there are. A new one is a file beside this and a line here. */
import type { Language } from '#domain/code/run.ts';
import type { Log } from '#domain/log.ts';
import type { Host } from '../host.ts';
import type { Found } from './language.ts';
import { findJavaScript } from './javascript.ts';
import { findPython } from './python.ts';

export interface Surroundings {
  host: Host;
  /** The harnesses, on the host. */
  tools: string;
  /** For this runner alone. */
  folder: string;
  nodeProgram: string;
  log: Log;
}

const FINDERS: Partial<Record<Language, (surroundings: Surroundings) => Promise<Found>>> = {
  python: findPython,
  javascript: findJavaScript,
};

export async function findLanguages(languages: readonly Language[], surroundings: Surroundings): Promise<[Language, Found][]> {
  return Promise.all(languages.map(async (language): Promise<[Language, Found]> => [language, (await FINDERS[language]?.(surroundings)) ?? { missing: 'Not built yet.' }]));
}
