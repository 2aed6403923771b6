import { type Block, placeOf, placesOf } from './blocks.ts';

/** For reading anywhere; ends in a line break. */
export function plainTextOf(blocks: readonly Block[]): string {
  const lines: string[] = [];
  for (const [index, block] of blocks.entries()) {
    const listed = (block.kind === 'point' || block.kind === 'topic' || block.kind === 'byline') && ['point', 'topic', 'title'].includes(blocks[index - 1]?.kind ?? '');
    if (index > 0 && !listed) lines.push('');
    lines.push(...linesOf(block));
  }
  return `${lines.join('\n')}\n`;
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
  }
}
