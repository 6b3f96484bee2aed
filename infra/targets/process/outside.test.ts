import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../common/roots.ts';
import { describeTarget } from '../testing/contract.ts';
import { processHarness } from './testing/harness.ts';

const toy = readFileSync(join(packageRoot, 'infra/targets/testing/toy.ts'), 'utf8');

// The module is a file of the temporary project, and not of the product.
describeTarget('./targets/toy.ts', {
  ...processHarness,
  prepare: (system) => Promise.resolve(system.write('targets/toy.ts', toy)),
});
