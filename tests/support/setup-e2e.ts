/** Tells what stood on the pages when a browser test failed. */
import { afterEach } from 'vitest';
import { wordsOfOpenPages } from './open-pages.ts';

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  for (const page of await wordsOfOpenPages()) process.stdout.write(`── ${task.name}\n   ${page}\n`);
});
