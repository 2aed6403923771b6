/** The host of sandboxes where the machine is the wall: what bubblewrap would show lies at its place already. */
import fs from 'node:fs';
import path from 'node:path';
import type { BareMachine } from './bare-machine.ts';
import type { Host } from './host.ts';
import type { Recipe } from './sandbox.ts';
import { Slots } from './slots.ts';

export interface BareHostOptions {
  machine: BareMachine;
  /** For pipes; below what can be written. */
  folder: string;
  /** Where the image is built: makes what languages want to see. Otherwise it must be there. */
  lay?: (from: string, to: string) => void;
}

/** @throws when a language wants to see what the image does not have: it was not prepared, or for other versions */
export function bareHost({ machine, folder, lay = mustLie }: BareHostOptions): Host {
  return {
    bubblewrap: '',
    version: '',
    slots: new Slots(path.join(folder, 'slots'), { once: true }),
    cgroups: null,
    bare: machine,
    filterFile: '',
    enforcement: 'vm',
    weaker: 'Inside a function the kernel hands out no control groups; the virtual machine is the outer limit.',
    recipe(name, command, view, limits): Recipe {
      for (const [from, to] of view.mounts) lay(from, to);
      return { name: `${name}-${limits.memoryBytes}`, argumentsFile: '', command, environment: view.environment, limits };
    },
    close() {
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function mustLie(from: string, to: string): void {
  if (fs.existsSync(to) && fs.realpathSync(to) === fs.realpathSync(from)) return;
  throw new Error(`${to} does not lead to ${from}. Build the image again: workers/code-function/prepare.ts lays what languages need.`);
}
