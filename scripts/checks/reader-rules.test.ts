import { describe, expect, it } from 'vitest';
import type { Finding } from './finding.ts';
import { checkCommands, checkLinks, checkSettings } from './reader-rules.ts';

const file = (path: string, text: string) => ({ path, text });
const words = (findings: Finding[]) => findings.map(({ where, message }) => `${where} ${message}`);

describe('what a person reads first', () => {
  it('has pictures and links that lead somewhere', () => {
    const there = new Set(['docs/api.md', 'docs/images/live.png', 'README.md']);
    const broken = (path: string, text: string) => words(checkLinks(file(path, text), (target) => there.has(target)));
    expect(broken('README.md', '[API](docs/api.md#asking) <img src="docs/images/live.png"> [site](https://example.com) [up](#limits)')).toEqual([]);
    expect(broken('docs/api.md', '[Start](../README.md) and [this](./api.md)')).toEqual([]);
    expect(broken('README.md', 'one\n![Live](docs/images/gone.png)')).toEqual(['README.md:2 The link to docs/images/gone.png leads nowhere. Correct it or take it out.']);
    expect(broken('README.md', '<source srcset="docs/images/dark.png">')).toHaveLength(1);
    expect(broken('docs/api.md', '[Start](README.md)')).toHaveLength(1);
  });
  it('names only commands that the script has', () => {
    const script = file('spool', 'case $command in\n  up | test) shift ;;\n  help | -h)\n    usage\n');
    expect(checkCommands(file('README.md', '`./spool up --all` and ./spool help'), script)).toEqual([]);
    expect(words(checkCommands(file('README.md', 'Say\n`./spool fly`'), script))).toEqual(['README.md:2 There is no command ./spool fly. Correct the document or add the command.']);
  });
  it('explains every setting, and no other', () => {
    const configuration = file('config/environment.ts', 'const schema = z.object({\n  SPOOL_PORT: port(3000),\n  DATABASE_URL: z.url(),\n});');
    expect(checkSettings([file('README.md', '`SPOOL_PORT=3001`'), file('docs/more.md', '`DATABASE_URL`')], configuration)).toEqual([]);
    expect(words(checkSettings([file('README.md', 'SPOOL_PORT\nSPOOL_PROT')], configuration))).toEqual([
      'README.md:2 config/environment.ts knows no setting SPOOL_PROT. Correct the name or take it out.',
      'README.md The setting DATABASE_URL is not explained. Add it to a table of settings (README.md).',
    ]);
  });
});
