import { type Block, placeOf, placesOf, textOf } from './blocks.ts';

/** For reading anywhere. */
export function plainTextOf(blocks: readonly Block[]): string {
  return textOf(blocks, linesOf, (before, block) => ['point', 'topic', 'byline'].includes(block) && ['point', 'topic', 'title'].includes(before));
}

function linesOf(block: Block): string[] {
  switch (block.kind) {
    case 'title':
    case 'byline':
    case 'small':
      return [block.text];
    case 'notice':
      return [`NOT COMPLETE: ${block.text}`];
    case 'heading':
      return [block.text.toUpperCase()];
    case 'point': {
      const { own, others } = placesOf(block);
      return [`- ${block.text}${block.detail === null ? '' : ` [${block.detail}]`}${own === null ? '' : ` (${own})`}`, ...others.map((quote) => `    "${quote.text}" (${placeOf(quote)})`)];
    }
    case 'topic':
      return [`- ${block.from}–${block.to} ${block.text}`];
    case 'words':
      return [block.at === '' ? block.text : `[${placeOf(block)}] ${block.text}`];
    case 'gap':
      return [`[${block.at}: ${block.text}]`];
  }
}
