/** Documents for word processors. The package is loaded with the first one: most processes never write any. */
import type { IParagraphOptions, Paragraph } from 'docx';
import type { Block } from '#domain/meetings/exports/blocks.ts';
import { placeOf, placesOf } from '#domain/meetings/exports/blocks.ts';
import type { WriteDocx } from '#domain/meetings/exports/ports.ts';

const SOFT = '595959';
const INDENT_TWIPS = 720; // half an inch

export const writeDocx: WriteDocx = async (blocks, { title }) => {
  const { BorderStyle, Document, HeadingLevel, LevelFormat, Packer, Paragraph, TextRun } = await import('docx');

  const soft = (text: string) => new TextRun({ text: printable(text), color: SOFT });
  const bullet = (children: IParagraphOptions['children'], level = 0) => new Paragraph({ children, numbering: { reference: 'points', level }, spacing: { after: 60 } });

  function paragraphsOf(block: Block): Paragraph[] {
    switch (block.kind) {
      case 'title':
        return [new Paragraph({ text: printable(block.text), heading: HeadingLevel.TITLE })];
      case 'byline':
        return [new Paragraph({ children: [soft(block.text)], spacing: { after: 240 } })];
      case 'notice':
        return [new Paragraph({ children: [new TextRun({ text: 'Not complete. ', bold: true }), new TextRun(printable(block.text))], spacing: { before: 120, after: 240 } })];
      case 'heading':
        return [new Paragraph({ text: printable(block.text), heading: HeadingLevel.HEADING_1, keepNext: true })];
      case 'point': {
        const { own, others } = placesOf(block);
        return [
          bullet([new TextRun(printable(block.text)), ...(block.detail === null ? [] : [new TextRun({ text: ` — ${printable(block.detail)}`, bold: true })]), ...(own === null ? [] : [soft(` (${own})`)])]),
          ...others.map((quote) => bullet([new TextRun({ text: `“${printable(quote.text)}”`, italics: true }), soft(` (${placeOf(quote)})`)], 1)),
        ];
      }
      case 'topic':
        return [bullet([soft(`${block.from}–${block.to}  `), new TextRun(printable(block.text))])];
      case 'words':
        return [
          ...(block.at === '' ? [] : [new Paragraph({ children: [...(block.who === null ? [] : [new TextRun({ text: `${printable(block.who)}  `, bold: true })]), soft(block.at)], keepNext: true, spacing: { before: 160 } })]),
          new Paragraph({ children: [new TextRun(printable(block.text))] }),
        ];
      case 'gap':
        return [new Paragraph({ children: [soft(`${block.at}  `), new TextRun({ text: `${printable(block.text)}.`, italics: true, color: SOFT })], border: { left: { style: BorderStyle.DASHED, size: 12, color: SOFT, space: 8 } }, spacing: { before: 160, after: 160 } })];
      case 'small':
        return [new Paragraph({ children: [new TextRun({ text: printable(block.text), italics: true, color: SOFT, size: 18 })], spacing: { before: 240 } })];
    }
  }

  const document = new Document({
    title: printable(title),
    creator: 'Spool',
    numbering: {
      config: [
        {
          reference: 'points',
          levels: [0, 1].map((level) => ({ level, format: LevelFormat.BULLET, text: level === 0 ? '•' : '–', style: { paragraph: { indent: { left: INDENT_TWIPS * (level + 1), hanging: INDENT_TWIPS / 2 } } } })),
        },
      ],
    },
    sections: [{ children: blocks.flatMap(paragraphsOf) }],
  });
  return Uint8Array.from(await Packer.toBuffer(document));
};

/** XML 1.0 knows no control characters and no halves of surrogate pairs: a file with one would not open. */
function printable(text: string): string {
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD');
}
