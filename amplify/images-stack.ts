/**
 * The stack that comes before all others, once in an account and region: the repositories of our images. Amplify does not
 * deploy it, since a branch's services need an image before they can start:
 *
 *   node amplify/images-stack.ts
 *   aws cloudformation deploy --stack-name spool-images --template-file amplify/cdk.out/SpoolImages.template.json
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { App, BootstraplessSynthesizer, Stack } from 'aws-cdk-lib';
import { ImageRepositories } from './custom/images.ts';
import { sizing } from './sizing.ts';

/** Writes the template, and answers where: it has no assets and needs no bootstrapped account. */
export function writeImagesTemplate(folder: string): string {
  const app = new App({ outdir: folder, analyticsReporting: false });
  const stack = new Stack(app, 'SpoolImages', { synthesizer: new BootstraplessSynthesizer(), description: 'Repositories of the images of Spool' });
  // Environments share them, so they keep what the one with the longest memory wants.
  new ImageRepositories(stack, 'Images', { keep: sizing({ type: 'branch', name: 'main' }).deployed!.retention.images });
  app.synth();
  return path.join(folder, stack.templateFile);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(`${writeImagesTemplate(path.join(import.meta.dirname, 'cdk.out'))}\n`);
}
