import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import { parse } from 'yaml';
import { goldenCases, readCase, recordCase } from '../delivery/render/golden.ts';
import { repositoryRoot } from '../common/environment.ts';
import { buildGraph } from '../graph/graph.ts';
import { loadStack } from '../stack/load.ts';
import { dockerBenchmark, type ComposeFile } from './docker.ts';
import { kubernetesViolations } from './index.ts';

for (const golden of await goldenCases()) {
  test(`${golden.name} complies with every policy`, async () => {
    if (golden.target === 'docker') {
      const file = parse(readCase(golden).get('compose.yaml') ?? '') as ComposeFile;
      return assert.deepEqual(dockerBenchmark(file), []);
    }
    const stackFile = join(repositoryRoot, golden.config['railhead:stackFile'] ?? '');
    const graph = buildGraph(loadStack(stackFile), golden.environment);
    return assert.deepEqual(kubernetesViolations(await recordCase(golden), graph), []);
  });
}
