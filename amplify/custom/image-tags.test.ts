import { describe, expect, it } from 'vitest';
import { formatImageTags, IMAGE_NAMES, parseImageTags, REPOSITORIES } from './image-tags.ts';

describe('Tags of images', () => {
  it('are one for all, or one for each', () => {
    expect(parseImageTags('abc')).toEqual({ realtime: 'abc', worker: 'abc', ingest: 'abc', codeFunction: 'abc', langflow: 'abc' });
    const each = { realtime: 'a', worker: 'b', ingest: 'c', codeFunction: 'd', langflow: 'e' };
    expect(parseImageTags(formatImageTags(each))).toEqual(each);
  });

  it.each(['', 'latest', 'a b', 'realtime=abc', 'realtime=latest,worker=b,ingest=c,codeFunction=d,langflow=e', 'realtime=a,worker=b,ingest=c,codeFunction=d,langflow=e,other=f'])('that say too little or too much are refused: "%s"', (text) => {
    expect(() => parseImageTags(text)).toThrow('Set IMAGE_TAG');
  });

  it('know every repository', () => {
    expect(Object.keys(REPOSITORIES).sort()).toEqual([...IMAGE_NAMES].sort());
  });
});
