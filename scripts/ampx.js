#!/usr/bin/env node
/**
 * `npx ampx …` at the root: Amplify's command line, which is installed with the cloud definition and not with the app. In plain
 * JavaScript: npx runs it with whichever Node.js there is.
 */
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';

// Amplify looks for amplify/ where it is started.
const cli = `${process.cwd()}/amplify/node_modules/@aws-amplify/backend-cli/lib/ampx.js`;
if (fs.existsSync(cli)) {
  await import(pathToFileURL(cli).href);
} else {
  process.stderr.write('Start it at the root of the repository, after its packages are installed:\n\n  npm ci --prefix amplify\n\n');
  process.exitCode = 1;
}
