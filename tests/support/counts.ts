/** How often a long proof is repeated: `gate` in the normal run, `all` with `./spool test --all`. */
export function count(gate: number, all: number): number {
  return process.env.SPOOL_TEST_ALL === '1' ? all : gate;
}
