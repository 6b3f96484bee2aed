import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { packageRoot } from '../../common/roots.ts';
import { buildGraph } from '../../graph/graph.ts';
import { loadStack } from '../../stack/load.ts';
import { neededKinds } from './needs.ts';
import { goldenCases, readCase } from '../../delivery/render/golden.ts';
import type { KubernetesObject } from './manifests.ts';

test('preflight checks the permissions for exactly the kinds that are rendered', async () => {
  for (const golden of (await goldenCases()).filter(({ target }) => target === 'kubernetes')) {
    const stack = loadStack(join(packageRoot, golden.config['railhead:stackFile'] ?? ''));
    const needed = neededKinds(buildGraph(stack, golden.environment));
    const made = [...readCase(golden).values()]
      .flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject))
      .map(({ apiVersion, kind }) => `${groupOf(apiVersion)} ${plural(kind)}`);
    assert.deepEqual(
      needed.map(({ group, resource }) => `${group} ${resource}`).toSorted(),
      [...new Set(made)].toSorted(),
      golden.name,
    );
  }
});

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.replace(/\/.*/, '') : '';
}

function plural(kind: string): string {
  const name = kind.toLowerCase();
  if (name.endsWith('s')) return `${name}es`;
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
}
