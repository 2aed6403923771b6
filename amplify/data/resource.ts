/**
 * Data for other clients, over AppSync on the same Postgres: a person's profile, list of sessions and their results, to read.
 * The views and the database role behind it are in supabase/migrations/0014_graphql_role.sql. Everything else, and every
 * change, goes through the REST interface, which asks the database with the person's own claims.
 */
import { defineData } from '@aws-amplify/backend';
import type { ClientSchema } from '@aws-amplify/backend';
import { schema as generated } from './schema.sql.ts';

/** The owner is the subject of the token; without saying so Amplify would expect `sub::username` in the column. */
const OWNER = 'sub';

const schema = generated
  .renameModels(() => [
    ['graphql_profiles', 'Profile'],
    ['graphql_sessions', 'Session'],
    ['graphql_interests', 'Interest'],
    ['graphql_notes', 'MeetingNotes'],
    ['graphql_scorecards', 'Scorecard'],
    ['graphql_operations', 'Operations'],
  ])
  .setAuthorization((models) => [
    models.Profile.authorization((allow) => [allow.ownerDefinedIn('id').identityClaim(OWNER).to(['read'])]),
    models.Session.authorization((allow) => [allow.ownerDefinedIn('owner_id').identityClaim(OWNER).to(['read'])]),
    models.Interest.authorization((allow) => [allow.ownerDefinedIn('owner_id').identityClaim(OWNER).to(['read'])]),
    models.MeetingNotes.authorization((allow) => [allow.ownerDefinedIn('owner_id').identityClaim(OWNER).to(['read'])]),
    models.Scorecard.authorization((allow) => [allow.ownerDefinedIn('owner_id').identityClaim(OWNER).to(['read'])]),
    models.Operations.authorization((allow) => [allow.group('admin').to(['read'])]),
  ]);

export type Schema = ClientSchema<typeof schema>;

export const data = defineData({
  name: 'spool',
  schema,
  authorizationModes: { defaultAuthorizationMode: 'userPool' },
  logging: { fieldLogLevel: 'error', excludeVerboseContent: true, retention: '3 months' },
});
