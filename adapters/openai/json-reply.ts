/** The JSON object of a model's reply, without thinking before it, a code fence around it or words beside it. Undefined: there is none. */
export function jsonIn(reply: string): unknown {
  const said = reply.slice(Math.max(0, reply.lastIndexOf('</think>')));
  try {
    return JSON.parse(said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1)) as unknown;
  } catch {
    return undefined;
  }
}
