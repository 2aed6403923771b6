/** Lezer's grammars of the four languages: real parsers, tolerant of what is not finished yet, milliseconds for an answer of an interview. */
import type { Parser, Tree } from '@lezer/common';
import { parser as cppParser } from '@lezer/cpp';
import { parser as javaParser } from '@lezer/java';
import { parser as javascriptParser } from '@lezer/javascript';
import { parser as pythonParser } from '@lezer/python';
import type { Language } from '#domain/code/run.ts';

const PARSERS: Record<Language, Parser> = { python: pythonParser, javascript: javascriptParser, java: javaParser, cpp: cppParser };

/** Null once `isOver` says so: what is no code of the language at all can take its parser seconds to make sense of. */
export function parseWithin(language: Language, source: string, isOver: () => boolean): Tree | null {
  const parse = PARSERS[language].startParse(source);
  for (;;) {
    const tree = parse.advance();
    if (tree) return tree;
    if (isOver()) return null;
  }
}
