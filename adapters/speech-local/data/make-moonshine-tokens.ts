/** Writes moonshine-tokens.txt beside this file: `node adapters/speech-local/data/make-moonshine-tokens.ts`. */
import { writeFileSync } from 'node:fs';
import { moonshineTokensFile } from '../model-files.ts';
import { moonshineTokensText } from '../moonshine-tokens.ts';
import { llamaVocabulary } from './llama-vocabulary.ts';

writeFileSync(moonshineTokensFile, moonshineTokensText(await llamaVocabulary()));
