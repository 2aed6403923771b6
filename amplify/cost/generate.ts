/** `node amplify/cost/generate.ts` writes docs/costs.md. */
import { writeFileSync } from 'node:fs';
import { costsDocument } from './table.ts';

writeFileSync(new URL('../../docs/costs.md', import.meta.url), costsDocument());
