import type { CSSProperties } from 'react';
import { parseAnsi, type AnsiRun } from './ansi.ts';

function lookOf({ color, background, bold, faint, italic, underline, inverse }: AnsiRun): CSSProperties {
  const ink = colour(color) ?? (inverse ? 'var(--ink)' : undefined);
  const paper = colour(background) ?? (inverse ? 'var(--raised)' : undefined);
  return {
    color: inverse ? paper : ink,
    backgroundColor: inverse ? ink : paper,
    fontWeight: bold ? 700 : undefined,
    opacity: faint ? 0.75 : undefined,
    fontStyle: italic ? 'italic' : undefined,
    textDecoration: underline ? 'underline' : undefined,
  };
}
function colour(value: number | string | undefined): string | undefined {
  return typeof value === 'number' ? `var(--ansi-${value})` : value;
}

/** What a program wrote, in the colours it asked for. */
export function AnsiText({ text }: { text: string }) {
  return parseAnsi(text).map((run, index) => (
    // The runs of one text never change places.
    // oxlint-disable-next-line react/no-array-index-key
    <span key={index} style={lookOf(run)}>
      {run.text}
    </span>
  ));
}
