/** What the tests of constructs share: a bare stack without an account, its template, and what cdk-nag says about it. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';

/** Nothing is bundled or copied: templates are all that tests read. */
const CONTEXT = { 'aws:cdk:bundling-stacks': [], 'aws:cdk:disable-asset-staging': true, 'aws:cdk:enable-path-metadata': false };

/** As Amplify makes them: which account and region is not known before it is deployed. */
export function bareStack(context: Record<string, unknown> = {}): { app: App; stack: Stack; outdir: string } {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-cdk-'));
  const app = new App({ outdir, analyticsReporting: false, context: { ...CONTEXT, ...context } });
  return { app, stack: new Stack(app, 'Spool'), outdir };
}

/** The template of what `build` adds. A cycle between resources fails here, as it would while it is deployed. */
export function templateOf(build: (stack: Stack) => unknown, context?: Record<string, unknown>): Template {
  const { stack, outdir } = bareStack(context);
  try {
    build(stack);
    return Template.fromStack(stack);
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

export interface NagFinding {
  /** E.g. `AwsSolutions-IAM5[Resource::*]`. */
  rule: string;
  constructPath: string;
}

/** What AWS's own rules find in what `build` adds, without what was acknowledged with a reason. */
export function nagFindings(build: (stack: Stack) => unknown, context?: Record<string, unknown>): NagFinding[] {
  const { app, stack, outdir } = bareStack(context);
  try {
    build(stack);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    return findingsOf(app, outdir);
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

function findingsOf(app: App, outdir: string): NagFinding[] {
  try {
    app.synth();
    return [];
  } catch (error) {
    const report = path.join(outdir, 'validation-report.json');
    if (!fs.existsSync(report)) throw error;
    const { pluginReports } = JSON.parse(fs.readFileSync(report, 'utf8')) as { pluginReports: { violations: { ruleName: string; violatingConstructs: { constructPath: string }[] }[] }[] };
    return pluginReports.flatMap(({ violations }) => violations.flatMap(({ ruleName, violatingConstructs }) => violatingConstructs.map(({ constructPath }) => ({ rule: ruleName, constructPath }))));
  }
}
