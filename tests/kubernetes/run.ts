import { repositoryRoot } from '../../infra/environment.ts';
import { ensureEngine } from '../../tools/engine/engine.ts';
import { runTargetSuite } from '../suite.ts';

/**
 * `npm run test:kubernetes`: tests Rota and the contract on the cluster of KUBECONFIG. Skips with the reason if there
 * is none.
 */
await ensureEngine(repositoryRoot, (line) => console.error(line));
await runTargetSuite('kubernetes');
