/** Compares all environments of Rota in two equal commits. Prints the milliseconds, without loading the code; throws above the limit. */
import { compareCommits } from '../infra/delivery/commits/compare-commits.ts';

const start = performance.now();
const { environments } = await compareCommits({ base: 'HEAD', head: 'HEAD', progress: () => undefined });
if (environments.length !== 4) throw new Error(`${environments.length} environments`);
const milliseconds = performance.now() - start;
if (milliseconds > 10_000) throw new Error(`${milliseconds} ms, the limit is 10,000 ms`);
console.log(milliseconds);
