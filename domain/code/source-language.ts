import type { Language } from './run.ts';

const EXTENSIONS: Record<string, Language> = { py: 'python', js: 'javascript', mjs: 'javascript', cjs: 'javascript', java: 'java', cpp: 'cpp', cc: 'cpp', cxx: 'cpp' };

/** What a file is written in, by its extension. Undefined: no code that could be run. */
export function languageOf(path: string): Language | undefined {
  const name = path.split('/').at(-1)!;
  const extension = name.includes('.') ? name.split('.').at(-1)!.toLowerCase() : '';
  return Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
}
