import { globSync } from 'node:fs';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { repositoryRoot } from '../../infra/environment.ts';
import { ensureEngine } from '../../tools/engine/engine.ts';

/** `npm run test:docker`: Rota on the Docker daemon of this machine. Skips, with its reason, where there is none. */
await ensureEngine(repositoryRoot, (line) => console.error(line));
const files = globSync('tests/docker/*.test.ts', { cwd: repositoryRoot }).toSorted();
run({ files, concurrency: 1, cwd: repositoryRoot })
  .on('test:fail', () => (process.exitCode = 1))
  .compose(spec)
  .pipe(process.stdout);
