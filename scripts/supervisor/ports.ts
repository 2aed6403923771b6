/** Ports: free ones, and whether a wanted one is. */
import net from 'node:net';

/** A port the system says is free on `host` right now. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  const server = net.createServer();
  await listen(server, 0, host);
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Why `host:port` cannot be listened on (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, `ENOTFOUND` …); null when it can. */
async function portProblem(port: number, host: string): Promise<string | null> {
  const server = net.createServer();
  try {
    await listen(server, port, host);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'EUNKNOWN';
  }
  await new Promise((resolve) => server.close(resolve));
  return null;
}

export interface WantedPort {
  /** The variable that sets it, e.g. `SPOOL_PORT`. */
  variable: string;
  port: number;
  what: string;
}

/** One sentence per port that cannot be used: what is wrong, and what to do next. Empty when all are free. */
export async function portProblems(wanted: WantedPort[], host: string): Promise<string[]> {
  const problems: string[] = [];
  for (const [index, { variable, port, what }] of wanted.entries()) {
    const twin = wanted.slice(0, index).find((other) => other.port === port);
    if (twin) {
      problems.push(`${variable} and ${twin.variable} are both ${port}. Give each its own port, e.g. ${variable}=${port + 1}.`);
      continue;
    }
    const problem = await portProblem(port, host);
    if (problem === 'EADDRINUSE') {
      problems.push(`Port ${port} (${what}) is already in use, perhaps by another ./spool up. Stop that program, or choose another port: ${variable}=${await freePort(host)} ./spool up`);
    } else if (problem === 'EACCES') {
      problems.push(`Port ${port} (${what}) needs more rights than you have. Choose one above 1023: ${variable}=${await freePort(host)} ./spool up`);
    } else if (problem) {
      problems.push(`The address ${host} cannot be listened on (${problem}). Set SPOOL_HOST to an address of this machine, e.g. 127.0.0.1.`);
    }
  }
  return [...new Set(problems)];
}

function listen(server: net.Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, resolve);
  });
}
