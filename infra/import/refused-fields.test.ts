import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { describeImport, describeSteps } from './report.ts';
import { importOf } from './testing.ts';

const compose = `services:
  events:
    image: acme/events:1
    ulimits: { nofile: 262144 }
    stop_signal: SIGINT
    volumes: ['./data:/data']
  api: { image: "acme/api:1", ulimits: { nofile: 1024 }, expose: [8080] }
`;
const files = { 'package.json': '{ "name": "shop" }', 'compose.yaml': compose, 'data/state': 'x' };

test('a target that refuses fields gets an overlay without them, which gives the reasons', async (t) => {
  const { texts, targets, lines } = await importOf(t, files);
  const text = texts['stacks/shop.kubernetes.yaml'] ?? '';
  assert.deepEqual(parse(text), {
    extends: 'shop.yaml',
    services: {
      events: { ulimits: null, stopSignal: null, bindMounts: null },
      api: { ulimits: null },
    },
  });
  assert.match(text, /^ {4}stopSignal: null # Kubernetes sends the signal that the image sets$/m);
  const kubernetes = targets.find(({ name }) => name === 'kubernetes');
  assert.deepEqual([kubernetes?.problems, kubernetes?.stackFile], [[], 'stacks/shop.kubernetes.yaml']);
  assert.ok(
    lines.includes(
      'compose.yaml:4:5 mapped services.events.ulimits → services.events.ulimits.nofile not on kubernetes',
    ),
  );
});

test('the report names the overlay, what it leaves out, and the command that uses it', async (t) => {
  const plan = await importOf(t, files);
  const report = describeImport(plan);
  assert.match(report, /^docker: can run it$/m);
  assert.match(
    report,
    /^kubernetes: can run it with stacks\/shop\.kubernetes\.yaml, which leaves out:[\s\S]*\n {2}ulimits of events, api: a pod has /m,
  );
  assert.match(
    describeSteps(plan).join('\n'),
    /^ {2}npx --no -- railhead env add kubernetes --from dev --target kubernetes\n.*\n {2}railhead:stackFile: stacks\/shop\.kubernetes\.yaml$/m,
  );
});

test('a system with another problem on a target has no overlay for it', async (t) => {
  const { texts, targets } = await importOf(t, {
    ...files,
    'compose.yaml': `${compose}  net: { image: "acme/net:1", user: "0", cap_add: [SYS_ADMIN] }\n`,
  });
  assert.deepEqual(Object.keys(texts), ['stacks/shop.yaml']);
  const problems = targets.map(({ name, problems }) => [name, problems.map(({ path }) => path)]);
  assert.deepEqual(problems.slice(1), [
    ['docker', []],
    [
      'kubernetes',
      [
        'services.events.bindMounts',
        'services.events.stopSignal',
        'services.events.ulimits',
        'services.api.ulimits',
        'services.net.capabilities.add',
      ],
    ],
  ]);
});
