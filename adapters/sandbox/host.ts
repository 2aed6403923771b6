/** What sandboxes need of this machine, found out once: bubblewrap and what it can do, the filter, groups, slots. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { bubblewrapArguments } from './bubblewrap.ts';
import type { View } from './bubblewrap.ts';
import { findCgroups } from './cgroups.ts';
import type { Cgroups } from './cgroups.ts';
import { firstProgram, versionOf } from './languages/programs.ts';
import type { Recipe, SandboxHost, SandboxLimits } from './sandbox.ts';
import { seccompFilter } from './seccomp.ts';
import type { Architecture } from './seccomp.ts';
import { Slots } from './slots.ts';

export interface Host extends SandboxHost {
  readonly version: string;
  readonly enforcement: 'cgroup-v2' | 'cgroup-v1' | 'vm' | 'rlimit+sampler';
  /** Why memory is not held by a control group; empty when it is. */
  readonly weaker: string;
  recipe(name: string, command: readonly string[], view: Omit<View, 'diskBytes'>, limits: SandboxLimits): Recipe;
  /** Removes every group and pipe. */
  close(): void;
}

/** Needs: new name for a user namespace's lock, and a bound on tmpfs (bubblewrap 0.8 has both). */
const INSTALL = 'Install bubblewrap: apt-get install bubblewrap';

export async function findHost(options: { folder: string; prefix: string; useCgroups?: boolean }): Promise<{ host: Host } | { unavailable: string }> {
  if (process.platform !== 'linux') return { unavailable: 'Running code needs Linux with bubblewrap; this system is another one. Run Spool on Linux or in a virtual machine.' };
  if (process.arch !== 'x64' && process.arch !== 'arm64') return { unavailable: `Running code needs a processor of the x86_64 or ARM64 kind; this one is ${process.arch}.` };
  const bubblewrap = firstProgram(['/usr/bin/bwrap', '/usr/local/bin/bwrap', '/bin/bwrap']);
  if (!bubblewrap) return { unavailable: INSTALL };
  const [version, help] = [await versionOf(bubblewrap, ['--version']), await versionOf(bubblewrap, ['--help'])];
  if (!help.includes('--size')) return { unavailable: `${INSTALL} (0.6 or newer; found ${version || 'one that does not start'})` };
  if (process.getuid?.() === 0 && !firstProgram(['/usr/bin/setpriv'])) return { unavailable: 'Install util-linux: apt-get install util-linux (for setpriv)' };

  fs.mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const found = options.useCgroups === false ? { cgroups: null as Cgroups | null, why: 'Control groups are switched off.' } : findCgroups(options.prefix);
  const { cgroups } = found;
  await cgroups?.sweep();
  const slots = new Slots(path.join(options.folder, 'slots'));
  const filterFile = path.join(options.folder, 'seccomp.bpf');
  fs.writeFileSync(filterFile, seccompFilter(process.arch as Architecture, { cgroup: cgroups !== null }), { mode: 0o600 });
  const abilities = { disableUserns: help.includes('--disable-userns'), size: true, cgroupNamespace: fs.existsSync('/proc/self/ns/cgroup') };
  const recipes = new Map<string, Recipe>();

  const host: Host = {
    bubblewrap,
    version,
    slots,
    cgroups,
    filterFile,
    enforcement: cgroups?.enforcement ?? 'rlimit+sampler',
    weaker: found.why,
    recipe(name, command, view, limits) {
      // Without accounting by the kernel what lies in the file system must fit into the limit too.
      const diskBytes = cgroups ? limits.diskBytes : Math.min(limits.diskBytes, limits.memoryBytes / 2);
      const text = bubblewrapArguments({ ...view, diskBytes }, abilities).join('\0');
      const key = createHash('sha256').update(JSON.stringify([name, command, text, { ...limits, memoryBytes: 0 }])).digest('hex').slice(0, 24);
      const known = recipes.get(key);
      if (known) return known;
      const argumentsFile = path.join(options.folder, `${key}.args`);
      fs.writeFileSync(argumentsFile, text, { mode: 0o600 });
      const recipe: Recipe = { name: `${name}-${key}`, argumentsFile, command, limits };
      recipes.set(key, recipe);
      return recipe;
    },
    close() {
      cgroups?.close();
      fs.rmSync(options.folder, { recursive: true, force: true });
    },
  };
  return { host };
}
