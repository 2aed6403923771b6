import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { Block } from '#domain/meetings/exports/blocks.ts';
import { writeDocx } from './write-docx.ts';

async function documentOf(blocks: Block[]): Promise<string> {
  return new TextDecoder().decode(unzipSync(await writeDocx(blocks, { title: 'T' }))['word/document.xml']);
}
const textIn = (xml: string) => [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text);

test('every kind of block has its words, quotes and places in the document', async () => {
  const xml = await documentOf([
    { kind: 'title', text: 'Roof' },
    { kind: 'byline', text: '4 March' },
    { kind: 'notice', text: 'A minute is missing.' },
    { kind: 'heading', text: 'Decisions' },
    { kind: 'point', text: 'Replace it', detail: 'Ada, by Friday', quotes: [{ text: "Let's do that.", who: 'Ada', at: '0:10' }, { text: 'Replace it.', who: null, at: '0:20' }] },
    { kind: 'topic', text: 'The roof', from: '0:00', to: '1:00' },
    { kind: 'words', text: 'Hello.', who: 'Ben', at: '0:30' },
    { kind: 'gap', text: '40 s missing here: the stream had stopped', at: '0:32' },
    { kind: 'small', text: 'Version 1.' },
  ]);
  expect(textIn(xml)).toEqual(['Roof', '4 March', 'Not complete. ', 'A minute is missing.', 'Decisions', 'Replace it', ' — Ada, by Friday', ' (0:20)', '“Let&apos;s do that.”', ' (Ada, 0:10)', '0:00–1:00  ', 'The roof', 'Ben  ', '0:30', 'Hello.', '0:32  ', '40 s missing here: the stream had stopped.', 'Version 1.']);
});
test('what XML does not know is replaced, so that the file opens', async () => {
  const [text] = textIn(await documentOf([{ kind: 'small', text: 'a\0b\u0007c\uD800d\uFFFFe <&> 😀' }]));
  expect(text).toBe('a\uFFFDb\uFFFDc\uFFFDd\uFFFDe &lt;&amp;&gt; 😀');
});
