import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import { packageRoot } from '../../common/roots.ts';
import { buildGraph } from '../../graph/graph.ts';
import { loadStack } from '../../stack/load.ts';
import { chooseTarget } from '../../targets/index.ts';
import { goldenCases, recordCase } from './golden.ts';

for (const golden of await goldenCases()) {
  const { environment, target: name, config } = golden;
  const target = await chooseTarget({ name: environment, target: name });
  test(`${golden.name} complies with every policy`, async () => {
    const graph = buildGraph(loadStack(join(packageRoot, config['railhead:stackFile'] ?? '')), environment);
    assert.deepEqual(await target.violations?.(await recordCase(golden), graph), []);
  });
}
