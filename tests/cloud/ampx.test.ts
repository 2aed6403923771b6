/** Amplify's own command line, as people and Amplify Hosting start it, up to where it asks AWS and AWS says no. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { amplifyCompileCache } from '#scripts/deploy/amplify-packages.ts';
import { makeCloudWorkspace } from '#tests/support/cloud-workspace.ts';
import { DEPLOY_INPUTS } from '#tests/support/synthesized.ts';

const missing = inject('cloudMissing');

describe.skipIf(missing)(`npx ampx at the root${missing ? ` (${missing})` : ''}`, () => {
  let workspace: string;
  let aws: http.Server;
  /** What was asked of AWS, in order: service and operation. */
  let asked: string[];

  beforeAll(async () => {
    workspace = makeCloudWorkspace();
    aws = http.createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        const service = /\/([a-z0-9-]+)\/aws4_request/.exec(request.headers.authorization ?? '')?.[1];
        const target = request.headers['x-amz-target'];
        asked.push(`${service} ${typeof target === 'string' ? target.split('.').at(-1) : /Action=(\w+)/.exec(body)?.[1]}`);
        // Both of AWS's old protocols: XML for forms, JSON for targets.
        response.writeHead(403, { 'content-type': target ? 'application/x-amz-json-1.1' : 'text/xml' });
        response.end(target ? '{"__type":"UnrecognizedClientException","message":"No."}' : '<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>No.</Message></Error></ErrorResponse>');
      });
    });
    await new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    aws.closeAllConnections();
    await new Promise((resolve) => aws.close(resolve));
    fs.rmSync(workspace, { recursive: true, force: true });
  });

  async function ampx(args: string[], environment: Record<string, string> = {}): Promise<{ code: number | null; said: string }> {
    asked = [];
    const { NODE_OPTIONS: _ours, npm_config_user_agent: _npm, ...inherited } = process.env;
    const temporary = fs.mkdtempSync(path.join(workspace, 'tmp-'));
    const child = spawn('npx', ['ampx', ...args], {
      cwd: workspace,
      env: {
        ...inherited,
        // The Node.js that runs these tests, whichever npm belongs to.
        PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}`,
        TMPDIR: temporary,
        NODE_COMPILE_CACHE: amplifyCompileCache(),
        AWS_ENDPOINT_URL: `http://127.0.0.1:${(aws.address() as AddressInfo).port}`,
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'testing',
        AWS_SECRET_ACCESS_KEY: 'testing',
        AWS_EC2_METADATA_DISABLED: 'true',
        AMPLIFY_DISABLE_TELEMETRY: '1',
        ...environment,
      } as unknown as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, said };
  }

  it('says what to install where the cloud definition is not', async () => {
    const packages = path.join(workspace, 'amplify/node_modules');
    const kept = fs.readlinkSync(packages);
    fs.unlinkSync(packages);
    try {
      expect(await ampx(['sandbox'])).toMatchObject({ code: 1, said: expect.stringContaining('npm ci --prefix amplify') });
      expect(asked).toEqual([]);
    } finally {
      fs.symlinkSync(kept, packages);
    }
  });

  it('starts a sandbox, which asks first whether the account is prepared', async () => {
    const { code } = await ampx(['sandbox', '--once', '--identifier', 'ada']);
    expect(asked[0]).toBe('ssm GetParameter');
    expect(code).not.toBe(0);
  });

  it('deploys a branch: synthesizes it, checks its types, and only then is turned away', async () => {
    const { code, said } = await ampx(['pipeline-deploy', '--branch', 'main', '--app-id', 'd0spool'], { CI: '1', ...DEPLOY_INPUTS });
    expect(said).toMatch(/Backend synthesized in/);
    expect(said).toMatch(/Type checks completed in/);
    expect(said).toMatch(/\[AuthenticationError\]|insufficient permissions/);
    expect(said).not.toMatch(/error TS\d+|AssemblyError/);
    expect(asked).toContain('sts GetCallerIdentity');
    expect(code).not.toBe(0);
  });
});
