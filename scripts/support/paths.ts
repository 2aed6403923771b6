/** Where things lie in this repository. */
import path from 'node:path';

/** The repository's root as an absolute path. */
export const repositoryRoot = path.resolve(import.meta.dirname, '../..');

/** What Spool fetched or made for itself: the Node.js of its own, logs of the installation, locks. */
export const toolsFolder = path.join(repositoryRoot, '.tools');
