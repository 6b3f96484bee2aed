import assert from 'node:assert/strict';
import { test } from 'vitest';
import { describeImport } from '../report.ts';
import { importOf } from '../testing.ts';

const manifest = `# The routes of the mesh.
apiVersion: networking.istio.io/v1alpha3
kind: VirtualService
metadata: { name: api-service }
spec:
  http:
    - match: [{ headers: { x-service-token: { exact: "service-secret" } } }]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api }
`;

test('no field of a Kubernetes manifest is imported, and the report says what takes its place', async (t) => {
  const { lines, rows, ignored } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'railway.json': JSON.stringify({ deploy: { startCommand: 'node main.js' } }),
    'main.js': '',
    'istio-config.yaml': manifest,
    'chart/templates/api.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: {{ .Values.name }} }\n',
  });
  assert.deepEqual(ignored, []);
  assert.deepEqual(
    lines.filter((line) => line.includes('.yaml')),
    [
      ...['2:1 cannot apiVersion', '3:1 cannot kind', '4:1 cannot metadata', '5:1 cannot spec'].map(
        (line) =>
          `istio-config.yaml:${line} a reference connects two services directly, and the gateway routes requests from outside`,
      ),
      ...['9:1 cannot apiVersion', '10:1 cannot kind', '11:1 cannot metadata'].map(
        (line) => `istio-config.yaml:${line} Railhead makes the scaler from \`replicas\``,
      ),
    ],
  );
  assert.ok(rows.every(({ why, next }) => !`${why}${next}`.includes('service-secret')));
});

test('a file of another tool with the same keys is no manifest', async (t) => {
  const { rows } = await importOf(t, {
    'render.yaml': 'services: [{ type: web, name: api, runtime: image, image: { url: "acme/api:1" } }]\n',
    'slos/api.yaml':
      'apiVersion: openslo/v1\nkind: SLO\nmetadata: { name: api }\nspec: { services: [api] }\n',
  });
  assert.ok(rows.every(({ file }) => file === 'render.yaml'));
});

test('the report lists manifests apart from the files of the format', async (t) => {
  const plan = await importOf(t, {
    'render.yaml': 'services: [{ type: web, name: api, runtime: image, image: { url: "acme/api:1" } }]\n',
    'deploy/istio.yaml': manifest,
  });
  const [first, second] = describeImport(plan).split('\n');
  assert.deepEqual(
    [first, second],
    ['Read as Render: render.yaml', 'Not imported, Kubernetes manifests: deploy/istio.yaml'],
  );
});
