/**
 * `./spool test [--all] [--only part]…`: installs what the tests need, runs the parts, and ends with one line of totals.
 * Ends with code 0 only when nothing failed.
 */
import { parseArgs } from 'node:util';
import { findChromium } from '#tests/support/browser.ts';
import { ensureBuild } from './supervisor/build.ts';
import { aptInstall } from './support/apt.ts';
import type { PackageChoice } from './support/apt.ts';
import { consoleReport } from './support/console-report.ts';
import { findMoto, installMoto } from './support/moto-install.ts';
import { findPython } from './support/python-tools.ts';
import { findLinter, installLinters } from './support/shipping-lint.ts';
import { canUseApt, findPostgresFolder, missingIngestPackages, missingSandboxPackages } from './support/system-tools.ts';
import { allParts, PART_NAMES } from './test-run/parts.ts';
import type { PartName } from './test-run/parts.ts';
import { runPart, summaryLine, sumTotals } from './test-run/part.ts';
import type { PartOutcome } from './test-run/part.ts';

const HELP = `./spool test [--all] [--only <part>]…

  --all           the full counts of the long proofs (the gate runs the smallest meaningful ones)
  --only <part>   only this part; may be given more than once: ${PART_NAMES.join(', ')}
`;

/** Without windows and menus of its own it costs a tenth of the processor time; not every distribution has it by itself. */
const BROWSER_PACKAGES: PackageChoice = ['chromium-headless-shell', 'chromium'];
/** Parts whose tests need more than npm packages, and what. */
const NEEDS_BROWSER: readonly PartName[] = ['e2e'];
const NEEDS_POSTGRES: readonly PartName[] = ['unit', 'integration'];
const NEEDS_SANDBOX: readonly PartName[] = ['integration', 'e2e'];
const NEEDS_INGEST: readonly PartName[] = ['integration', 'e2e'];
const NEEDS_MOTO: readonly PartName[] = ['unit', 'integration'];

const report = consoleReport(process.stdout);

async function test(): Promise<number> {
  const { values } = parseArgs({
    options: { all: { type: 'boolean', default: false }, only: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const unknown = values.only?.filter((name) => !(PART_NAMES as readonly string[]).includes(name)) ?? [];
  if (unknown.length > 0) {
    process.stderr.write(`There is no part "${unknown.join('", "')}". There are: ${PART_NAMES.join(', ')}.\n`);
    return 2;
  }
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());

  const parts = allParts({ all: values.all }).filter(({ name }) => !values.only || values.only.includes(name));
  await installMissing(parts.map(({ name }) => name), stopping.signal);
  if (parts.some(({ name }) => NEEDS_MOTO.includes(name))) await installFromPython(stopping.signal);
  const outcomes: PartOutcome[] = [];
  for (const part of parts) {
    report.line(`\n── ${part.name} ──`);
    const build = part.name === 'e2e' ? await buildFor(part.name, stopping.signal) : null;
    outcomes.push(build ?? (await runPart(part, stopping.signal)));
    if (stopping.signal.aborted) break;
  }
  showTable(outcomes);
  const totals = sumTotals(outcomes);
  process.stdout.write(`${summaryLine(totals)}\n`);
  return totals.failed > 0 || stopping.signal.aborted ? 1 : 0;
}

/** Debian packages that some tests need. Where they cannot be had those tests are skipped and say why. */
async function installMissing(names: PartName[], signal: AbortSignal): Promise<void> {
  const packages: PackageChoice[] = [
    ...(names.some((name) => NEEDS_BROWSER.includes(name)) && !findChromium() ? [BROWSER_PACKAGES] : []),
    ...(names.some((name) => NEEDS_POSTGRES.includes(name)) && !findPostgresFolder() ? ['postgresql'] : []),
    ...(names.some((name) => NEEDS_SANDBOX.includes(name)) ? missingSandboxPackages() : []),
    ...(names.some((name) => NEEDS_INGEST.includes(name)) ? missingIngestPackages() : []),
    ...(names.some((name) => NEEDS_MOTO.includes(name)) && !findMoto() && !(await findPython()) ? ['python3-venv'] : []),
  ];
  if (packages.length === 0) return;
  const missing = packages.map((choice) => (typeof choice === 'string' ? choice : choice[0]));
  if (!canUseApt()) {
    report.line(`Not installed, and only root on Debian or Ubuntu installs it here: ${missing.join(', ')}. The tests that need it are skipped.`);
    return;
  }
  const step = report.step(`Installing ${missing.join(' and ')} for the tests`);
  const problem = await aptInstall(packages, signal);
  if (!problem) return step.done();
  step.failed();
  report.line(`  ${problem}. The tests that need it are skipped.`);
}

/** What comes from Python's package index: the stand-in for AWS, and what reads Dockerfiles. Their tests are skipped where it cannot be had. */
async function installFromPython(signal: AbortSignal): Promise<void> {
  const sets = [
    { there: findMoto, title: 'Installing the stand-in for AWS for the tests (once, about half a minute)', install: installMoto },
    { there: () => findLinter('hadolint'), title: 'Installing what reads Dockerfiles and workflows (once, about ten seconds)', install: installLinters },
  ];
  for (const { there, title, install } of sets) {
    if (there()) continue;
    const step = report.step(title);
    const problem = await install(signal);
    if (!problem) step.done();
    else {
      step.failed();
      report.line(`  Not installed: ${problem}. The tests that need it are skipped.`);
    }
  }
}

/** Browser tests run against the real build; null when it is there, else the outcome of the part that cannot run. */
async function buildFor(name: string, signal: AbortSignal): Promise<PartOutcome | null> {
  const startedMs = performance.now();
  try {
    await ensureBuild(report, signal);
    return null;
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'The build failed.';
    report.line(problem);
    return { name, passed: 0, failed: 1, skipped: 0, durationMs: performance.now() - startedMs, problem: 'the web app does not build', failures: [] };
  }
}

function showTable(outcomes: PartOutcome[]): void {
  report.line('');
  for (const { name, durationMs, problem, ...totals } of outcomes) {
    report.line(`  ${name.padEnd(12)} ${`${(durationMs / 1000).toFixed(1)} s`.padStart(8)}   ${summaryLine(totals)}${problem ? `   ${problem}` : ''}`);
  }
  // Again at the end: what a truncated log of a long run keeps.
  const failures = outcomes.flatMap((outcome) => outcome.failures);
  if (failures.length === 0) return;
  report.line('');
  for (const failure of failures) report.line(`  failed: ${failure}`);
}

try {
  process.exitCode = await test();
} catch (error) {
  // Even a crash of the runner itself ends with the line that machines read.
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.stdout.write('0 passed, 1 failed\n');
  process.exitCode = 1;
}
