import { expect, test } from 'vitest';
import { containerOf } from './sniff-container.ts';

const bytes = (text: string) => Buffer.from(text.padEnd(16, '\0'), 'latin1');

test('what we take is known by its first bytes', () => {
  expect(containerOf(bytes('RIFF\x10\0\0\0WAVE'))).toBe('wav');
  expect(containerOf(bytes('RF64\xff\xff\xff\xffWAVE'))).toBe('wav');
  expect(containerOf(bytes('fLaC'))).toBe('flac');
  expect(containerOf(bytes('OggS'))).toBe('ogg');
  expect(containerOf(bytes('\x1a\x45\xdf\xa3'))).toBe('matroska');
  expect(containerOf(bytes('\0\0\0\x18ftypM4A '))).toBe('mov');
  expect(containerOf(bytes('\0\0\0\x08wide'))).toBe('mov');
  expect(containerOf(bytes('\xff\xfb\x90'))).toBe('mp3');
  expect(containerOf(bytes('\xff\xf3\x40'))).toBe('mp3');
  expect(containerOf(bytes('\xff\xf1\x50'))).toBe('aac');
});

test('and nothing else is, whatever ffmpeg would make of it', () => {
  for (const text of ['', '#EXTM3U', 'ffconcat version 1', 'RIFF\x10\0\0\0AVI ', '<?xml', '<SMIL', 'GIF89a', '\x47\x40\0', 'Good morning', '\xff\xd8\xff\xe0', '\xff\xfe<\0', '%PDF-1.7', 'MThd', 'caff', 'FORM']) {
    expect([text, containerOf(bytes(text))]).toEqual([text, null]);
  }
});
