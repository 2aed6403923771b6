import { describe, expect, it } from 'vitest';
import { ENVIRONMENTS, exampleDeployment } from '../example-deployment.ts';
import { nagFindings, templateOf } from './testing.ts';

describe.each(ENVIRONMENTS)('The deployment of %s', { timeout: 120_000 }, (name) => {
  it('has nothing AWS’s own rules object to without a reason beside it', () => {
    expect(nagFindings(exampleDeployment(name))).toEqual([]);
  });
});

it('gives keys of engines to tasks that have engines, and not to those that take in streams of strangers', { timeout: 120_000 }, () => {
  const template = templateOf(exampleDeployment('staging', { SPOOL_SECRETS: 'OPENAI_API_KEY' }));
  const containers = Object.values(template.findResources('AWS::ECS::TaskDefinition')).flatMap(({ Properties }) => Properties.ContainerDefinitions as { Name: string; Secrets?: { Name: string }[] }[]);
  const secretsOf = (name: string) => containers.filter(({ Name }) => Name === name).map(({ Secrets = [] }) => Secrets.map((secret) => secret.Name));
  expect(secretsOf('ingest')).toEqual([['DATABASE_URL']]);
  expect(secretsOf('realtime')).toEqual([['DATABASE_URL', 'OPENAI_API_KEY']]);
});
