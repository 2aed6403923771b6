/**
 * What Cognito adds to a person's tokens before it signs them (version 2 of the event: also to access tokens). Supabase takes
 * its database role from `role`, and our policies the person's role from `app_metadata`; nobody becomes anything by it that
 * their groups do not say. Plain JavaScript: this file is the function, nothing bundles it.
 */

/** From the least to the most; somebody in several groups is the last of them, somebody in none a learner. */
const ROLES = ['learner', 'interviewer', 'admin'];

/** @param {import('./index.mjs').TokenEvent} event */
export async function handler(event) {
  const groups = event.request.groupConfiguration?.groupsToOverride ?? [];
  const role = ROLES.findLast((name) => groups.includes(name)) ?? 'learner';
  const added = { claimsToAddOrOverride: { role: 'authenticated', app_metadata: { role } } };
  return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: added, idTokenGeneration: added } } };
}
