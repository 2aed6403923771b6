/**
 * What Cognito adds to a person's tokens before it signs them (event version 2: also to access tokens). Supabase takes
 * its database role from `role`, and our policies the person's role from `app_metadata`; app users become nothing by it that
 * their groups do not say.
 */
interface TokenEvent {
  request: { groupConfiguration?: { groupsToOverride?: string[] } };
  response: Record<string, unknown>;
}

/** From the least to the most; somebody in several groups is the last of them, somebody in none a learner. */
const ROLES = ['learner', 'interviewer', 'admin'];

export async function handler(event: TokenEvent): Promise<TokenEvent> {
  const groups = event.request.groupConfiguration?.groupsToOverride ?? [];
  const role = ROLES.findLast((name) => groups.includes(name)) ?? 'learner';
  const added = { claimsToAddOrOverride: { role: 'authenticated', app_metadata: { role } } };
  return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: added, idTokenGeneration: added } } };
}
