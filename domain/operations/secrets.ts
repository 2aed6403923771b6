/** Where settings are kept that must not stand in a task's definition. Implemented in adapters/secrets. */
export interface SecretReader {
  /**
   * All variables a source holds, name → value. `ssm:/path/`: every SecureString below it, by its last segment.
   * `secretsmanager:<id>`: a JSON object. @throws SpoolError `unavailable` whose message names the source and what is wrong with
   * it, and never a value
   */
  read(source: string): Promise<Record<string, string>>;
}
