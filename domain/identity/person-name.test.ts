import { expect, test } from 'vitest';
import { uuidSchema } from '../ids.ts';
import { localPersonId, personNameSchema } from './person-name.ts';

test('the same name and role is the same person, however it was typed', async () => {
  const id = await localPersonId('learner', 'Ada Lovelace');
  expect(uuidSchema.parse(id)).toBe(id);
  for (const same of ['ada lovelace', '  Ada   Lovelace ', 'ADA LOVELACE', 'Ａda Lovelace']) expect(await localPersonId('learner', same)).toBe(id);
  expect(await localPersonId('admin', 'Ada Lovelace')).not.toBe(id);
  expect(await localPersonId('learner', 'Ada Lovelac')).not.toBe(id);
});

test('names of all scripts are names; nothing, too much and the invisible are not', () => {
  for (const name of ['Ada', 'Zoë', '李雷', 'नमस्ते', 'O’Neill', '👩‍🚀', 'می‌خواهم', 'a'.repeat(100)]) expect(personNameSchema.safeParse(name).success, name).toBe(true);
  for (const name of ['', '   ', 'a'.repeat(101), 'a\nb', 'a\u0000b', 'a\u202eb', '\ud800', '\u200b', 5, null]) expect(personNameSchema.safeParse(name).success, JSON.stringify(name)).toBe(false);
  expect(personNameSchema.parse('  Ada ')).toBe('Ada');
});
