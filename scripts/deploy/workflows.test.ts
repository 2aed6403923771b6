/** What must hold for the workflows beyond what linters know. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../support/paths.ts';

const folder = path.join(repositoryRoot, '.github/workflows');
const workflows = fs.readdirSync(folder).map((name) => ({ name, text: fs.readFileSync(path.join(folder, name), 'utf8') }));

/** The scripts of a workflow: what follows `run:`, on its line or indented below it. */
function scriptsOf(text: string): string[] {
  return [...text.matchAll(/^( *)(?:- )?run: (?:\|\n((?:\1 {2,}.*\n|\n)+)|(.*)\n)/gm)].map(([, , block, line]) => block ?? line ?? '');
}

describe.each(workflows)('The workflow $name', ({ text }) => {
  it('has scripts without a word of anybody in them: values reach them through the environment', () => {
    const scripts = scriptsOf(text);
    expect(scripts.length).toBe((text.match(/\brun: /g) ?? []).length);
    for (const script of scripts) expect(script).not.toContain('${{');
  });

  it('has no right that a job does not name, and no secret', () => {
    expect(text).toMatch(/^permissions: \{\}$/m);
    expect(text).not.toMatch(/\bsecrets\b\.|aws-access-key-id/);
    expect(text).not.toContain('commits');
    expect(text).not.toContain('head_commit');
  });
});

describe('A deploy', () => {
  const deploy = workflows.find(({ name }) => name === 'deploy.yml')!.text;
  const job = (name: string) => new RegExp(`^  ${name}:\\n((?:(?:    .*)?\\n)+)`, 'm').exec(deploy)![1]!;

  it('begins with the question whether everything is pinned', () => {
    expect(job('pinned')).toContain('node scripts/pin.ts --check');
    for (const name of ['test', 'plan']) expect(job(name)).toContain('needs: pinned');
  });

  it('releases only after migrations that succeeded, and migrates only what was tested and whose images are there', () => {
    expect(job('migrate')).toContain("needs.test.result == 'success'");
    expect(job('migrate')).toContain("(needs.images.result == 'success' || needs.plan.outputs.build == '[]')");
    expect(job('release')).toContain('needs: [plan, images, migrate]');
    expect(job('release')).toContain("(needs.migrate.result == 'success' || needs.plan.outputs.migrate == 'false')");
  });

  it('is never cut off by the next', () => {
    expect(deploy).toMatch(/group: deploy-\$\{\{ github.ref_name \}\}\n {2}cancel-in-progress: false/);
  });
});
