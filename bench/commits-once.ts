/** Compares all environments of Rota in two equal commits. Prints the milliseconds, without loading the code. */
import { compareCommits } from '../infra/delivery/commits/compare-commits.ts';

const start = performance.now();
const { environments } = await compareCommits({ base: 'HEAD', head: 'HEAD', progress: () => undefined });
if (environments.length !== 4) throw new Error(`${environments.length} environments`);
console.log(performance.now() - start);
