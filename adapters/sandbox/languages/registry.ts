/** The languages there are. A new one is a file beside this and a line here. */
import type { Clock } from '#domain/clock.ts';
import type { Language } from '#domain/code/run.ts';
import type { Log } from '#domain/log.ts';
import type { Host } from '../host.ts';
import type { Spares } from '../spares.ts';
import { findCpp } from './cpp.ts';
import type { Found } from './language.ts';
import { findJava } from './java.ts';
import { findJavaScript } from './javascript.ts';
import { findPython } from './python.ts';

export interface Surroundings {
  host: Host;
  spares: Spares;
  /** For this runner alone. */
  folder: string;
  nodeProgram: string;
  log: Log;
  clock: Clock;
}

const FINDERS: Record<Language, (surroundings: Surroundings) => Promise<Found>> = {
  python: findPython,
  javascript: findJavaScript,
  java: findJava,
  cpp: findCpp,
};

export function findLanguage(language: Language, surroundings: Surroundings): Promise<Found> {
  return FINDERS[language](surroundings);
}
