/**
 * `node synthesize-cloud.ts <workspace> <type> <name> <out>`: the whole back-end of one environment, in a process of its own
 * since Amplify makes one back-end per process. Every stack is read as a template: that finds cycles, which synthesis does not.
 * Writes `<out>/stacks.json`, path of a stack → file of its template; prints nothing.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [workspace, type, name, out] = process.argv.slice(2) as [string, string, string, string];
process.chdir(workspace);
process.env.CDK_OUTDIR = out;
process.env.CDK_CONTEXT_JSON = JSON.stringify({
  'amplify-backend-namespace': 'd0spool',
  'amplify-backend-name': name,
  'amplify-backend-type': type,
  secretLastUpdated: 0,
  // Templates are all that is read: nothing is bundled or copied.
  'aws:cdk:bundling-stacks': [],
  'aws:cdk:disable-asset-staging': true,
});

interface StackLike {
  templateFile: string;
  node: { path: string; findAll(): StackLike[] };
}
const require = createRequire(path.join(workspace, 'amplify/package.json'));
const { backend } = (await import(pathToFileURL(path.join(workspace, 'amplify/backend.ts')).href)) as { backend: { stack: StackLike } };
const { Template } = require('aws-cdk-lib/assertions') as { Template: { fromStack(stack: StackLike, options?: object): unknown } };
const stacks = backend.stack.node.findAll().filter((each) => typeof each.templateFile === 'string');
// The root first: it is the one that is synthesized.
for (const stack of stacks) Template.fromStack(stack);
fs.writeFileSync(path.join(out, 'stacks.json'), JSON.stringify(Object.fromEntries(stacks.map(({ node, templateFile }) => [node.path.split('/').slice(1).join('/'), templateFile]))));
