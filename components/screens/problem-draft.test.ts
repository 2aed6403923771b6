import { expect, test } from 'vitest';
import { publicPart } from '#domain/code/get-template.ts';
import { problemDraftSchema } from '#domain/code/problem.ts';
import { builtInProblem } from '#tests/support/code-room.ts';
import { draftText, readDraft } from './problem-draft.ts';

test('a whole problem is edited as it is, without its id', async () => {
  const { id: _id, ...rest } = await builtInProblem('two-sum');
  expect(readDraft(draftText({ ...rest, id: 'own-1' }))).toEqual({ draft: rest, message: null });
});

test('what a public part does not have is there to be filled in, and asked for', async () => {
  const { draft } = readDraft(draftText(publicPart(await builtInProblem('two-sum'))));
  expect(Object.keys(draft as object).toSorted()).toEqual(Object.keys(problemDraftSchema.shape).toSorted());
  const missing = new Set(problemDraftSchema.safeParse(draft).error!.issues.map(({ path }) => path[0]));
  expect([...missing].toSorted()).toEqual(['approaches', 'complexity', 'followUps', 'hiddenTests', 'hints', 'rubric', 'spoken']);
});

test('what is no JSON says so', () => {
  expect(readDraft('{"title": }').message).toMatch(/^This is not JSON: /);
});
