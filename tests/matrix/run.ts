import { repositoryRoot, targetNames } from '../../infra/environment.ts';
import { ensureEngine } from '../../tools/engine/engine.ts';
import { runTargetSuite } from '../suite.ts';

/** `npm run test:matrix`: what comes after an `up` that failed, on every target that this machine has. */
await ensureEngine(repositoryRoot, (line) => console.error(line));
// Each target has a stack of its own, and its cells wait for deadlines most of the time.
await runTargetSuite('matrix', targetNames.length);
