/** Where things lie in this repository. */
import os from 'node:os';
import path from 'node:path';

/** The repository's root as an absolute path. */
export const repositoryRoot = path.resolve(import.meta.dirname, '../..');

/** What Spool fetched or made for itself: the Node.js of its own, logs of the installation, locks. */
export const toolsFolder = path.join(repositoryRoot, '.tools');

/** What all checkouts of this person share, each thing named by the hash of what it is made from. */
export const sharedCacheFolder = (): string => path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'spool');
