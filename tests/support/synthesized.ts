/** The templates of one environment, as synthesize-cloud.ts leaves them, and questions tests ask of them. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { amplifyCompileCache } from '#scripts/deploy/amplify-packages.ts';

export interface Resource {
  Type: string;
  Properties: Record<string, any>;
  DeletionPolicy?: string;
}
export interface Template {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown }>;
}

export class Synthesized {
  /** By the path of the stack below the root, whose own is ''. */
  readonly stacks: ReadonlyMap<string, Template>;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    const files = JSON.parse(fs.readFileSync(path.join(folder, 'stacks.json'), 'utf8')) as Record<string, string>;
    this.stacks = new Map(Object.entries(files).map(([name, file]) => [name, JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as Template]));
  }

  /** Of ours alone, where the environment has it. */
  get services(): Template {
    return this.stacks.get('services')!;
  }

  /** All types of resources there are, in any stack. */
  get types(): Set<string> {
    return new Set([...this.stacks.values()].flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type)));
  }

  assets(): { files: { displayName: string; source: { path: string } }[]; dockerImages: unknown[] } {
    const manifest = fs.readdirSync(this.#folder).find((name) => name.endsWith('.assets.json'))!;
    const { files = {}, dockerImages = {} } = JSON.parse(fs.readFileSync(path.join(this.#folder, manifest), 'utf8'));
    return { files: Object.values(files), dockerImages: Object.values(dockerImages) };
  }

  /** The text of the one asset whose path ends so. */
  asset(ending: string): string {
    const found = this.assets().files.filter(({ source }) => source.path.endsWith(ending));
    if (found.length !== 1) throw new Error(`There are ${found.length} assets that end with ${ending}.`);
    return fs.readFileSync(path.resolve(this.#folder, found[0]!.source.path), 'utf8');
  }
}

/** Resources of one type, by their name in the template. */
export function ofType(template: Template, type: string): [string, Resource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/** What a deploy of an environment with servers is given. */
export const DEPLOY_INPUTS = {
  IMAGE_TAG: '0123456789abcdef0123456789abcdef01234567',
  SPOOL_WHISPER_IMAGE: `example.com/whisper@sha256:${'0'.repeat(64)}`,
  SPOOL_PAGE_ORIGINS: 'https://main.d0spool.amplifyapp.com',
};
export const DOMAIN_INPUTS = { SPOOL_HOST_NAME: 'live.example.com', SPOOL_HOSTED_ZONE_ID: 'Z0', SPOOL_ZONE_NAME: 'example.com', SPOOL_ALARM_EMAIL: 'ops@example.com' };

/** In a process of its own. @throws with what it said when the definition does not synthesize. */
export async function synthesize(workspace: string, type: 'sandbox' | 'branch', name: string, inputs: Record<string, string> = {}): Promise<Synthesized> {
  const out = path.join(workspace, `out-${type}-${name}`);
  const temporary = path.join(workspace, `tmp-${type}-${name}`);
  fs.mkdirSync(temporary);
  const { NODE_OPTIONS: _ours, ...environment } = process.env;
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'synthesize-cloud.ts'), workspace, type, name, out], {
    env: { ...environment, ...inputs, TMPDIR: temporary, NODE_COMPILE_CACHE: amplifyCompileCache() } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${type} ${name} does not synthesize:\n${said.slice(-4_000)}`);
  return new Synthesized(out);
}
