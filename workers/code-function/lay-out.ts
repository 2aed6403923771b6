/** Where things lie in the image of the function. The harnesses know these places: bubblewrap shows them the same elsewhere. */

/** The only folder that can be written to. */
export const WRITABLE = '/tmp';
/** A program's files; in the image a link to where they can be written. */
export const BOX = { from: `${WRITABLE}/box`, to: '/box' } as const;
/** The Node.js that candidates' programs run on. */
export const NODE_PROGRAM = '/node/node';
/** The same one for the function's own process, executable and not readable, so that programs cannot read the process. */
export const OWN_NODE = '/runtime/node';
