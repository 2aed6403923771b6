/** docker-compose.dev.yml, as far as it can be checked without an engine. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseEnvironment } from '../../config/environment.ts';
import { repositoryRoot } from '../support/paths.ts';
import { flagsOf, parseDockerfile } from './dockerfile.ts';

interface Service {
  build?: { context: string; dockerfile: string };
  image?: string;
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  ports?: string[];
  configs?: { source: string; target: string }[];
  healthcheck?: { test?: string[]; disable?: boolean };
}
const read = (file: string) => fs.readFileSync(path.join(repositoryRoot, file), 'utf8');
const compose = parse(read('docker-compose.dev.yml'), { merge: true, strict: true }) as { services: Record<string, Service>; volumes: object; configs: object };
const services = Object.entries(compose.services);
const ours = services.filter(([name]) => !['postgres', 'langflow'].includes(name));
const known = [...read('config/environment.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name);

/** `${NAME:-fallback}` as when nothing is set. */
const filled = (environment: Record<string, string> = {}) => Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value).replace(/\$\{\w+:-([^}]*)\}/g, '$1')]));

describe('docker-compose.dev.yml', () => {
  it('has the whole system, with LangFlow on 7860', () => {
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(['postgres', 'migrate', 'web', 'realtime', 'worker', 'ingest', 'code-runner', 'langflow']));
    expect(compose.services.langflow?.ports).toEqual(['127.0.0.1:7860:7860']);
    // Without it LangFlow may let everybody in as its operator.
    expect(read('workers/langflow/Dockerfile')).toMatch(/LANGFLOW_AUTO_LOGIN=false/);
    expect(compose.services.langflow?.environment).not.toHaveProperty('LANGFLOW_AUTO_LOGIN');
  });

  it.each(services)('%s is built from what is there, or a version; and knows what it names', (_name, service) => {
    if (service.build) expect(fs.existsSync(path.join(repositoryRoot, service.build.context, service.build.dockerfile))).toBe(true);
    else expect(service.image).toMatch(/:\d+\.\d+[\w.-]*(?:@sha256:[0-9a-f]{64})?$/);
    for (const other of Object.keys(service.depends_on ?? {})) expect(Object.keys(compose.services)).toContain(other);
    for (const volume of service.volumes ?? []) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
    for (const { source } of service.configs ?? []) expect(Object.keys(compose.configs)).toContain(source);
  });

  it.each(services)('%s is open to this machine alone, at a port its image has', (_name, { ports = [], build }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
    const exposed = build ? parseDockerfile(read(build.dockerfile)).flatMap(({ instructions }) => instructions.filter(({ verb }) => verb === 'EXPOSE').map(({ text }) => text)) : [];
    for (const port of ports) expect(exposed).toContain(port.split(':')[2]);
  });

  it.each(ours)('%s has settings that Spool knows and takes', (_name, { environment, build }) => {
    for (const name of Object.keys(environment ?? {})) expect(known).toContain(name);
    const image = parseDockerfile(read(build!.dockerfile)).at(-1)!.instructions.filter(({ verb }) => verb === 'ENV');
    const settings = Object.fromEntries(image.flatMap(({ text }) => flagsOf(text).words.map((word) => word.split('=', 2) as [string, string])));
    expect(parseEnvironment({ ...settings, ...filled(environment) }).DATABASE_URL).toBe('postgres://spool:spool@postgres:5432/spool');
  });

  it('waits for one that is healthy only where there is a health check', () => {
    for (const [, { depends_on: after = {} }] of services) {
      for (const [name, { condition }] of Object.entries(after)) if (condition === 'service_healthy') expect(compose.services[name]?.healthcheck?.test).toBeDefined();
    }
  });
});
