import assert from 'node:assert/strict';
import { test } from 'vitest';
import { graphOf } from './scratch-graph.ts';

const api =
  'api: { source: app, port: 3001, ports: { rpc: 9090, admin-ui: { port: 9001, protocol: http } } }';

const opened: [value: string, ports: number[]][] = [
  ['${{api.URL}}', [3001]],
  ['${{api.HOST}}', [3001]],
  ['${{api.RPC_ADDRESS}}', [9090]],
  ['${{api.HOST}}:${{api.RPC_PORT}}', [9090]],
  ['${{api.HOST}}:9090', [9090]],
  ['${{api.ADMIN_UI_URL}} ${{api.PORT}} ${{api.ADMIN_UI_PORT}}', [3001, 9001]],
];

for (const [value, ports] of opened) {
  test(`${value} opens ${ports.join(' and ')}`, (t) => {
    const { edges } = graphOf(
      t,
      `name: x\nservices:\n  ${api}\n  web: { source: app, variables: { X: "${value}" } }`,
    );
    assert.deepEqual(edges, [{ from: 'web', to: 'api', ports }]);
  });
}

test('an edge to a service without named ports has none', (t) => {
  const { edges } = graphOf(
    t,
    'name: x\nservices:\n  api: { source: app, port: 1 }\n  web: { source: app, variables: { X: "${{api.URL}}" } }',
  );
  assert.deepEqual(edges, [{ from: 'web', to: 'api' }]);
});
