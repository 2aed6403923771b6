/** Where things lie in the image of the function. The harnesses know these places: bubblewrap shows them the same elsewhere. */

/** The only folder that can be written to. */
export const WRITABLE = '/tmp';
/** Place → where it leads: a program's files, and another place programs write to, lie where they can be written. */
export const LINKS: ReadonlyMap<string, string> = new Map([['/box', `${WRITABLE}/box`], ['/var/tmp', `${WRITABLE}/box/tmp`]]);
/** The Node.js that candidates' programs run on. */
export const NODE_PROGRAM = '/node/node';
/** The same one for the function's own process, executable and not readable, so that programs cannot read the process. */
export const OWN_NODE = '/runtime/node';
