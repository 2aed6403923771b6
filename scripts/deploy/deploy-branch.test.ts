import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseEnvironment } from '../../config/environment.ts';
import type { Aws } from './aws.ts';
import { repositoryRoot } from '../support/paths.ts';
import { branchDeploy } from './deploy-branch.ts';
import { productionEnvironment } from './production-environment.ts';

describe('The back-end of a branch', () => {
  const asked: string[] = [];
  const deploy = (branch: string, tags: string | null = 'realtime=abc') => {
    asked.length = 0;
    const call: Aws = async (...words) => {
      asked.push(words.join(' '));
      if (tags === null) throw new Error('An error occurred (ParameterNotFound)');
      return tags;
    };
    return branchDeploy({ branch, appId: 'd1', call });
  };

  it.each(['main', 'staging'])('of %s is deployed with the images that are written down', async (branch) => {
    expect(await deploy(branch)).toEqual({ words: ['pipeline-deploy', '--branch', branch, '--app-id', 'd1'], environment: { IMAGE_TAG: 'realtime=abc' } });
    expect(asked).toEqual([`ssm get-parameter --name /spool/${branch}/image-tags --query Parameter.Value`]);
  });

  it('of main without images says how to get some', async () => {
    await expect(deploy('main', null)).rejects.toThrow(/workflow "Deploy"/);
  });

  it('of development is deployed, and shared by every preview', async () => {
    expect((await deploy('development')).words).toEqual(['pipeline-deploy', '--branch', 'development', '--app-id', 'd1']);
    for (const branch of ['pr-7', 'feature/captions', 'Main']) {
      expect(await deploy(branch)).toEqual({ words: ['generate', 'outputs', '--branch', 'development', '--app-id', 'd1'], environment: {} });
    }
    expect(asked).toEqual([]);
  });
});

describe('What the web app is told in Amplify Hosting', () => {
  const auth = { user_pool_id: 'eu-central-1_abc', user_pool_client_id: '1client' };
  const told = (custom?: object) => productionEnvironment(JSON.stringify({ version: '1.4', auth, custom }));

  it('is who signs people in, and where everything is', () => {
    const text = told({ realtimeUrl: 'x', appEnvironment: { SPOOL_REALTIME_PUBLIC_URL: 'wss://live.example.com/interview', SPOOL_S3_BUCKET: 'bucket-1', SPOOL_SECRETS_FROM: 'ssm:/amplify/d1/main-branch-0/' } });
    expect(text).toBe(
      'COGNITO_USER_POOL_ID=eu-central-1_abc\nCOGNITO_CLIENT_ID=1client\nSPOOL_TRUSTED_PROXIES=1\nSPOOL_REALTIME_PUBLIC_URL=wss://live.example.com/interview\nSPOOL_S3_BUCKET=bucket-1\nSPOOL_SECRETS_FROM=ssm:/amplify/d1/main-branch-0/\n',
    );
  });

  it('of a preview is who signs people in', () => {
    expect(told()).toBe('COGNITO_USER_POOL_ID=eu-central-1_abc\nCOGNITO_CLIENT_ID=1client\nSPOOL_TRUSTED_PROXIES=1\n');
  });

  it('holds nothing that a file of settings would read as something else', () => {
    for (const value of ['a\nDATABASE_URL=postgres://x', 'a b', '$HOME', '"a"', "a'", 'a#b']) expect(() => told({ appEnvironment: { SPOOL_S3_BUCKET: value } })).toThrow(/SPOOL_S3_BUCKET/);
    expect(() => told({ appEnvironment: { 'A=b\nC': 'x' } })).toThrow();
  });

  it('is what the deployment puts out, and settings the app knows', () => {
    const source = fs.readFileSync(path.join(repositoryRoot, 'amplify/custom/deployment.ts'), 'utf8');
    const names = [.../this\.appEnvironment = \{([^}]*\})+?;/s.exec(source)![0].matchAll(/^ +([A-Z][A-Z0-9_]+):/gm)].map((match) => match[1]!);
    expect(names).toContain('SPOOL_SECRETS_FROM');
    // A name the app does not know is left out of what it has parsed.
    const known = Object.keys(parseEnvironment({
      SPOOL_REALTIME_PUBLIC_URL: 'wss://a.example.com/interview', SPOOL_UPLOAD_PUBLIC_URL: 'https://a.example.com/parts', SPOOL_RTMP_PUBLIC_URL: 'rtmps://rtmp.example.com', SPOOL_S3_BUCKET: 'bucket-1',
      SPOOL_ECS_CLUSTER: 'cluster', SPOOL_ECS_REALTIME_SERVICE: 'realtime', SPOOL_CODE_FUNCTION: 'spool-main-code', SPOOL_SECRETS_FROM: 'ssm:/amplify/d1/main/',
    }));
    for (const name of names) expect(known).toContain(name);
  });
});
