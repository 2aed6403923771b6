import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../support/paths.ts';
import type { Before } from './changed-services.ts';
import { outputLines, planDeploy, planRollback } from './plan.ts';
import { release } from './release.ts';

const OLD = 'a'.repeat(40);
const NEW = 'b'.repeat(40);
const RUNNING = `realtime=${OLD},worker=${OLD},ingest=${OLD},codeFunction=${OLD},langflow=${OLD}`;
const read = (name: string) => fs.readFileSync(path.join(repositoryRoot, name), 'utf8');
const before = (change: Partial<Before>): Before => ({ changed: [], manifest: read('package.json'), lock: read('package-lock.json'), messages: '', ...change });
const plan = async (change: Partial<Before>, current: string | null = RUNNING) => {
  const { build, release: wanted, tags } = await planDeploy({ current, commit: NEW, git: { since: async () => before(change) } });
  return { build: build.map(({ name }) => name), release: wanted, tags };
};

describe('A deploy', () => {
  it('builds what a change reaches, and lets the rest run on as it is', async () => {
    expect(await plan({ changed: ['realtime-server/connection.ts'] })).toEqual({ build: ['realtime'], release: true, tags: RUNNING.replace(`realtime=${OLD}`, `realtime=${NEW}`) });
    expect((await plan({ changed: ['adapters/nginx-rtmp/nginx-config.ts'] })).build).toEqual(['ingest']);
    expect((await plan({ changed: ['workers/handlers/close-meeting.ts', 'supabase/migrations/0013_meetings.sql'] })).build).toEqual(['worker']);
    expect((await plan({ changed: ['domain/clock.ts'] })).build).toEqual(expect.arrayContaining(['realtime', 'worker', 'ingest']));
  });

  it('of the web app or the cloud definition builds no image, and of documents or tests does nothing', async () => {
    expect(await plan({ changed: ['components/screens/home.tsx'] })).toMatchObject({ build: [], release: true, tags: RUNNING });
    expect(await plan({ changed: ['docs/running.md', 'tests/e2e/screens.test.ts', 'realtime-server/connection.test.ts'] })).toMatchObject({ build: [], release: false });
  });

  it('builds an image for a package that its process uses, and none for one it does not', async () => {
    const other = (name: string) => read('package-lock.json').replace(new RegExp(`("node_modules/${name}": \\{\\s+"version": ")[^"]+`), '$10.0.1');
    expect((await plan({ changed: ['package-lock.json'], lock: other('prom-client') })).build).toEqual(['realtime']);
    expect((await plan({ changed: ['package-lock.json'], lock: other('next') })).build).toEqual([]);
  });

  it('replaces LangFlow only when a commit since its last deploy asks for it', async () => {
    const changed = ['workers/langflow/follow-up.json'];
    expect((await plan({ changed, messages: 'Another prompt' })).build).toEqual([]);
    expect((await plan({ changed, messages: 'Another prompt [langflow]\n\nWords\n' })).build).toEqual(['langflow']);
  });

  it('that is the first, or comes after a history that is gone, builds everything', async () => {
    const all = ['realtime', 'worker', 'ingest', 'codeFunction', 'langflow'];
    expect((await plan({}, null)).build).toEqual(all);
    const { build } = await planDeploy({ current: RUNNING, commit: NEW, git: { since: async () => null } });
    expect(build.map(({ name }) => name)).toEqual(all);
  });

  it('tells the jobs after it in single lines that hold no words of people', async () => {
    const text = outputLines(await planDeploy({ current: RUNNING, commit: NEW, git: { since: async () => before({ changed: ['workers/langflow/x'], messages: '[langflow]\nevil=$(id)' }) } }));
    expect(text).toMatch(/^build=\[.*\]\ntags=[\w=,]+\nrelease=true\nmigrate=true\n$/);
    expect(text).not.toContain('evil');
  });
});

describe('Going back', () => {
  it('takes images that are there, of one service or of all, and changes no database', async () => {
    const asked: string[][] = [];
    const call = async (...words: string[]) => (asked.push(words), 'sha256:x');
    expect(await planRollback({ current: RUNNING, service: 'worker', tag: NEW, call })).toEqual({ build: [], tags: RUNNING.replace(`worker=${OLD}`, `worker=${NEW}`), release: true, migrate: false });
    expect(asked).toEqual([['ecr', 'describe-images', '--repository-name', 'spool/worker', '--image-ids', `imageTag=${NEW}`, '--query', 'imageDetails[0].imageDigest']]);
  });

  it('to an image that is not there, to a moving tag or of a service that is none is refused', async () => {
    const gone = () => Promise.reject(new Error('ImageNotFoundException'));
    await expect(planRollback({ current: RUNNING, service: 'all', tag: NEW, call: gone })).rejects.toThrow('ImageNotFound');
    await expect(planRollback({ current: RUNNING, service: 'all', tag: 'latest', call: async () => '' })).rejects.toThrow('Set IMAGE_TAG');
    await expect(planRollback({ current: RUNNING, service: 'x; rm -rf /', tag: NEW, call: async () => '' })).rejects.toThrow('There is no service');
  });
});

describe('A release', () => {
  const world = (statuses: string[], first: string | null) => {
    let tags = first;
    const said: string[] = [];
    const call = async (...words: string[]): Promise<string> => {
      const verb = words.slice(0, 2).join(' ');
      if (verb === 'ssm get-parameter' && tags === null) throw new Error('An error occurred (ParameterNotFound)');
      if (verb === 'ssm put-parameter') tags = words.at(-1)!;
      if (verb === 'ssm delete-parameter') tags = null;
      if (verb === 'amplify start-job') said.push(`started with ${tags}`);
      return verb === 'ssm get-parameter' ? tags! : verb === 'amplify start-job' ? '7' : verb === 'amplify get-job' ? statuses.shift()! : '';
    };
    const options = { call, appId: 'd1', branch: 'main', commit: NEW, tags: RUNNING.replaceAll(OLD, NEW), pause: async () => {}, say: (line: string) => said.push(line) };
    return { run: () => release(options), tags: () => tags, said };
  };

  it('has Amplify synthesize with the new tags and waits for its end', async () => {
    const { run, tags, said } = world(['PENDING', 'RUNNING', 'SUCCEED'], RUNNING);
    await run();
    expect(tags()).toBe(RUNNING.replaceAll(OLD, NEW));
    expect(said[0]).toBe(`started with ${tags()}`);
  });

  it('that fails leaves the tags of what runs', async () => {
    const again = world(['RUNNING', 'FAILED'], RUNNING);
    await expect(again.run()).rejects.toThrow('ended as FAILED');
    expect(again.tags()).toBe(RUNNING);
    const first = world(['CANCELLED'], null);
    await expect(first.run()).rejects.toThrow('ended as CANCELLED');
    expect(first.tags()).toBeNull();
  });
});
