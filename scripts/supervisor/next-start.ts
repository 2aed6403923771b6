/**
 * `next start` as a child of `up`: the same process, which also ends when `up` is gone. Next itself does not watch the
 * channel to its parent, so without this the web app would outlive a killed supervisor and keep its port.
 */
import path from 'node:path';
import { repositoryRoot } from '../support/paths.ts';

process.on('disconnect', () => process.exit(0));
// Listening keeps the channel referenced; Next decides by its server when to end.
process.channel?.unref();

const bin = path.join(repositoryRoot, 'node_modules/next/dist/bin/next');
process.argv.splice(1, 1, bin, 'start');
await import(bin);
