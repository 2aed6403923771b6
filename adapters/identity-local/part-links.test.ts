import { expect, test } from 'vitest';
import { newId } from '#domain/ids.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { PART_LINK_LIFETIME_MS, createPartLinks } from './part-links.ts';

const SECRET = new Uint8Array(32).fill(7);

test('a link is good for its part of its upload, for an hour, where the secret is known', async () => {
  const clock = new ManualClock();
  const links = createPartLinks(SECRET, clock);
  const uploadId = newId();
  const url = new URL(links.partUrl('http://localhost:8090', uploadId, 3));
  expect(url.pathname).toBe(`/v1/uploads/${uploadId}/parts/3`);
  const query = url.searchParams;
  expect(links.allows(uploadId, 3, query)).toBe(true);
  expect(links.allows(uploadId, 2, query)).toBe(false);
  expect(links.allows(newId(), 3, query)).toBe(false);
  expect(createPartLinks(new Uint8Array(32).fill(8), clock).allows(uploadId, 3, query)).toBe(false);
  await clock.advance(PART_LINK_LIFETIME_MS - 1_000);
  expect(links.allows(uploadId, 3, query)).toBe(true);
  await clock.advance(2_000);
  expect(links.allows(uploadId, 3, query)).toBe(false);
});

test('nothing that is left out, made longer or put off is let in', () => {
  const links = createPartLinks(SECRET, new ManualClock());
  const uploadId = newId();
  const query = () => new URL(links.partUrl('http://h', uploadId, 1)).searchParams;
  for (const change of [
    (q: URLSearchParams) => q.delete('token'),
    (q: URLSearchParams) => q.delete('expires'),
    (q: URLSearchParams) => q.set('token', ''),
    (q: URLSearchParams) => q.set('token', `${q.get('token')}AA`),
    (q: URLSearchParams) => q.set('expires', String(Number(q.get('expires')) + 1)),
    (q: URLSearchParams) => q.set('expires', '9'.repeat(40)),
    (q: URLSearchParams) => q.set('expires', '1e9'),
  ]) {
    const changed = query();
    change(changed);
    expect(links.allows(uploadId, 1, changed)).toBe(false);
  }
});
