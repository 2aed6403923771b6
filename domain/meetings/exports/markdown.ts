import { escapeMarkdown } from '../../session/transcript-formats.ts';
import { type Block, placeOf, placesOf, textOf } from './blocks.ts';

/** Whatever was said is text, never markup. */
export function markdownOf(blocks: readonly Block[]): string {
  return textOf(blocks, linesOf, (before, block) => before === block && (block === 'point' || block === 'topic'));
}

function linesOf(block: Block): string[] {
  switch (block.kind) {
    case 'title':
      return [`# ${escapeMarkdown(block.text)}`];
    case 'byline':
      return [escapeMarkdown(block.text)];
    case 'notice':
      return [`> **Not complete.** ${escapeMarkdown(block.text)}`];
    case 'heading':
      return [`## ${escapeMarkdown(block.text)}`];
    case 'point': {
      const { own, others } = placesOf(block);
      const detail = block.detail === null ? '' : ` — ${escapeMarkdown(block.detail)}`;
      return [`- ${escapeMarkdown(block.text)}${detail}${own === null ? '' : ` (${escapeMarkdown(own)})`}`, ...others.map((quote) => `  - “${escapeMarkdown(quote.text)}” (${escapeMarkdown(placeOf(quote))})`)];
    }
    case 'topic':
      return [`- ${block.from}–${block.to} ${escapeMarkdown(block.text)}`];
    case 'words':
      return block.at === '' ? [escapeMarkdown(block.text)] : [`${block.who === null ? '' : `**${escapeMarkdown(block.who)}** · `}${block.at}`, '', escapeMarkdown(block.text)];
    case 'gap':
      return [`*${block.at} · ${escapeMarkdown(block.text)}.*`];
    case 'small':
      return [`*${escapeMarkdown(block.text)}*`];
  }
}
