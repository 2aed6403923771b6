import { describe, expect, it } from 'vitest';
import { ACCOUNT_ROLES } from '../../domain/actor.ts';
import { handler } from './token-claims/index.mjs';

const claims = async (groups?: string[]) => {
  const event = { version: '2', request: { groupConfiguration: groups && { groupsToOverride: groups } }, response: { claimsAndScopeOverrideDetails: null } };
  const answer = await handler(event);
  expect(answer).toMatchObject({ version: '2', request: event.request });
  const { accessTokenGeneration, idTokenGeneration } = answer.response.claimsAndScopeOverrideDetails!;
  expect(accessTokenGeneration).toEqual(idTokenGeneration);
  return accessTokenGeneration.claimsToAddOrOverride;
};

describe('The claims of a token', () => {
  it.each([
    [undefined, 'learner'],
    [[], 'learner'],
    [['learner'], 'learner'],
    [['interviewer', 'learner'], 'interviewer'],
    [['admin', 'interviewer'], 'admin'],
    [['interviewer', 'admin'], 'admin'],
    [['somebody-else', 'Admin'], 'learner'],
  ])('of somebody in the groups %j are those of a %s', async (groups, role) => {
    // As `Database.asPerson` gives them to the policies.
    expect(await claims(groups)).toEqual({ role: 'authenticated', app_metadata: { role } });
  });

  it('know every role an account can have', async () => {
    for (const role of ACCOUNT_ROLES) expect(await claims([role])).toMatchObject({ app_metadata: { role } });
  });
});
