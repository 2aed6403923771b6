'use client';

import Markdown from 'markdown-to-jsx/react';
import { Fragment, type ComponentProps } from 'react';

/** A link to elsewhere, in a window of its own, so that the session stays. */
function OutwardLink({ children, ...link }: ComponentProps<'a'>) {
  return (
    <a {...link} target="_blank" rel="noopener noreferrer" className="text-accent underline underline-offset-3">
      {children}
    </a>
  );
}
/** Nothing is fetched from elsewhere: a picture is its description. */
function NoPicture({ alt }: ComponentProps<'img'>) {
  return <span className="text-faint">[{alt || 'picture'}]</span>;
}
function WideTable(table: ComponentProps<'table'>) {
  return (
    <div className="overflow-x-auto" role="region" aria-label="Table" tabIndex={0}>
      <table {...table} />
    </div>
  );
}

/** Markdown as somebody wrote it: raw HTML stays text. `level`: what its first headings are on this page. */
export function SafeMarkdown({ text, level = 3 }: { text: string; level?: 2 | 3 | 4 }) {
  const heading = { component: `h${level}` as 'h2' | 'h3' | 'h4' };
  const lower = { component: `h${level + 1}` as 'h3' | 'h4' | 'h5' };
  return (
    <div className="markdown">
      <Markdown
        options={{
          disableParsingRawHTML: true,
          forceBlock: true,
          wrapper: Fragment,
          overrides: { a: OutwardLink, img: NoPicture, table: WideTable, h1: heading, h2: heading, h3: lower, h4: lower },
        }}
      >
        {text}
      </Markdown>
    </div>
  );
}
