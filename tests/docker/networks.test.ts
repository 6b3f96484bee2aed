import assert from 'node:assert/strict';
import { afterAll, test } from 'vitest';
import { graphOf } from '../../infra/graph/scratch-graph.ts';
import { labelsOf } from '../../infra/targets/docker/labels.ts';
import { planNetworks } from '../../infra/targets/docker/networks.ts';
import { docker, lacksDaemon, removeLeftovers } from '../../infra/targets/docker/testing/daemon.ts';
import { unless } from '../../tools/testing/unless.ts';

const size = 60;
const labels = { stack: 'many-edges', environment: 'test' };

/** Docker's default address pools are only enough for about thirty networks. */
unless(lacksDaemon()).describe('a stack of many edges', () => {
  afterAll(() => removeLeftovers(labels));

  test(`${size} edges are ${size} networks that a daemon can create`, (t) => {
    const graph = graphOf(t, stack());
    const edges = planNetworks(graph).all.filter(({ name }) =>
      / n\d+\.n\d+$/.test(` ${name.split('.').slice(1).join('.')}`),
    );
    assert.equal(edges.length, size);
    for (const { name, subnet, service } of edges) {
      const named = Object.entries(labelsOf(graph, service)).flatMap(([key, value]) => [
        '--label',
        `${key}=${value}`,
      ]);
      docker('network', 'create', '--internal', '--subnet', subnet, ...named, name);
    }
  });
});

/** Returns a stack file in which each service refers to the previous one. */
function stack(): string {
  const service = (index: number) =>
    `  n${index}: { source: app, port: ${3000 + index}${index > 0 ? `, variables: { URL: "\${{n${index - 1}.URL}}" }` : ''} }`;
  return [
    'name: many-edges',
    'services:',
    ...Array.from({ length: size + 1 }, (_, index) => service(index)),
  ].join('\n');
}
