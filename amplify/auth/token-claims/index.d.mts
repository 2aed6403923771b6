/** Of Cognito's event before it signs tokens, version 2, what is read and written here. */
export interface TokenEvent {
  request: { groupConfiguration?: { groupsToOverride?: string[] } };
  response: {
    claimsAndScopeOverrideDetails?: Record<'accessTokenGeneration' | 'idTokenGeneration', { claimsToAddOrOverride: Record<string, unknown> }> | null;
  };
}
export function handler(event: TokenEvent): Promise<TokenEvent>;
