/** moto's server: S3, SQS, Step Functions and others of AWS on loopback, empty for each test file. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { findMoto } from '#scripts/support/moto-install.ts';

/** Ends by itself with the process that started it, however that ends: then its standard input is closed. */
const SERVER = `
import os, sys
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
os._exit(0)
`;
/** Workflows run, step by step; functions answer without a container engine. */
const SETTINGS = { stepfunctions: { execute_state_machine: true }, lambda: { use_docker: false } };

export interface Moto {
  endpoint: string;
  /** What a process needs in its environment to find it: the SDK reads these itself. */
  env: { AWS_ENDPOINT_URL: string; AWS_REGION: string; AWS_ACCESS_KEY_ID: string; AWS_SECRET_ACCESS_KEY: string; AWS_EC2_METADATA_DISABLED: 'true' };
  stop(): Promise<void>;
}

/** Null when it can be started, else why not: `describe.skipIf(motoMissing())` with the reason in the name. */
export function motoMissing(): string | null {
  return findMoto() ? null : 'moto is not installed; ./spool test installs it where Python 3.11 and its package index can be reached';
}

/** Starts it on a free port and waits until it answers. */
export async function startMoto(): Promise<Moto> {
  const python = findMoto();
  if (!python) throw new Error(motoMissing()!);
  const server = spawn(python, ['-c', SERVER], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, PYTHONUNBUFFERED: '1' } });
  const exited = once(server, 'exit');
  let said = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000);
  });
  const lines = createInterface({ input: server.stdout });
  const port = await Promise.race([once(lines, 'line').then(([line]) => Number(line)), exited.then((): never => { throw new Error(`moto ended at once: ${said}`); })]);
  const endpoint = `http://127.0.0.1:${port}`;
  const configured = await fetch(`${endpoint}/moto-api/config`, { method: 'POST', body: JSON.stringify(SETTINGS) });
  if (!configured.ok) throw new Error(`moto did not take its settings: ${configured.status}`);
  return {
    endpoint,
    env: { AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_EC2_METADATA_DISABLED: 'true' },
    async stop() {
      server.stdin.end();
      await exited;
    },
  };
}
