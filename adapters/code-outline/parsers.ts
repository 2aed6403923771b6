/** Lezer's grammars of the four languages: real parsers, tolerant of what is not finished yet, milliseconds for an answer of an interview. */
import type { Tree } from '@lezer/common';
import { parser as cppParser } from '@lezer/cpp';
import { parser as javaParser } from '@lezer/java';
import { parser as javascriptParser } from '@lezer/javascript';
import { parser as pythonParser } from '@lezer/python';
import type { Language } from '#domain/code/run.ts';

const PARSERS: Record<Language, { parse(source: string): Tree }> = { python: pythonParser, javascript: javascriptParser, java: javaParser, cpp: cppParser };

export function parseSource(language: Language, source: string): Tree {
  return PARSERS[language].parse(source);
}
