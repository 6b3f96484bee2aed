import { repositoryRoot } from '../../infra/environment.ts';
import { ensureEngine } from '../../tools/engine/engine.ts';
import { runTargetSuite } from '../suite.ts';

/** `npm run test:docker`: Rota and the contract on the Docker daemon of this machine. Skips, with its reason, where there is none. */
await ensureEngine(repositoryRoot, (line) => console.error(line));
await runTargetSuite('docker');
