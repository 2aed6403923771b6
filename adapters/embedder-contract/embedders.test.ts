import { embedderContract, placerContract } from './embedder-contract.ts';
import { scriptedEmbedder, scriptedPlacer } from './scripted-embedder.ts';

const embedder = scriptedEmbedder({ stars: 1, astronomy: 1, cooking: 2, recipes: 2, chess: 3 });
const placer = scriptedPlacer({ 'building a telescope to see the planets': 'science' });
embedderContract('The scripted embedder', () => embedder);
placerContract('The scripted placer', () => placer);
