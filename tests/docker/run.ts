import { repositoryRoot } from '../../infra/environment.ts';
import { ensureEngine } from '../../tools/engine/engine.ts';
import { runTargetSuite } from '../suite.ts';

/**
 * `npm run test:docker`: tests Rota and the contract on this machine's Docker daemon. Skips with the reason if there
 * is none.
 */
await ensureEngine(repositoryRoot, (line) => console.error(line));
await runTargetSuite('docker');
