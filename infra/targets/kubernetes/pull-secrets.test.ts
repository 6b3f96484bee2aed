import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import { isSecret } from '../../plan/fill.ts';
import { buildGraph } from '../../graph/graph.ts';
import { loadStack } from '../../stack/load.ts';
import { scratch } from '../../stack/scratch.ts';
import { valueOf } from '../../plan/testing/values.ts';
import { credentialsOf, pullSecretArgs } from './pull-secrets.ts';
import { scratchStack } from './testing/scratch.ts';
import { kubernetesTarget } from './target.ts';

const pullSecrets = `imagePullSecrets:
  - { registry: ghcr.io, username: acme, password: '\${{secret.TOKEN}}' }
  - { registry: docker.io, username: ada, password: '\${{ secrets.HUB }}' }
  - team-registry`;

test('credentials become one Secret in the format of kubelets, and stay secret', (t) => {
  const { scope, graph } = scratchStack(t, '  api: { source: app }', pullSecrets);
  const { type, stringData } = pullSecretArgs(scope, credentialsOf(graph.imagePullSecrets));
  assert.equal(type, 'kubernetes.io/dockerconfigjson');
  const config = stringData['.dockerconfigjson'];
  assert.ok(isSecret(config));
  const auth = (user: string, password: string) => Buffer.from(`${user}:${password}`).toString('base64');
  assert.deepEqual(JSON.parse(valueOf<string>(config)), {
    auths: {
      'ghcr.io': { username: 'acme', password: 'value of TOKEN', auth: auth('acme', 'value of TOKEN') },
      'https://index.docker.io/v1/': {
        username: 'ada',
        password: 'value of HUB',
        auth: auth('ada', 'value of HUB'),
      },
    },
  });
});

test('no service may have the name of the Secret with the credentials', (t) => {
  const services = '  image-pull: { source: app }';
  const places = (rest?: string) =>
    kubernetesTarget.unsupported(scratchStack(t, services, rest).graph).map(({ path }) => path.join('.'));
  assert.deepEqual([places(), places(pullSecrets)], [[], ['services.image-pull']]);
});

test('a pull secret without a value is reported with its position', (t) => {
  const folder = scratch(t, {
    'app/main.ts': '',
    'a.yaml': `name: x\nservices: { api: { source: app } }\n${pullSecrets}`,
  });
  const secrets = { has: (name: string) => name !== 'TOKEN', valueOf: () => undefined };
  assert.throws(
    () => buildGraph(loadStack(join(folder, 'a.yaml')), 'test', { secrets }),
    /a\.yaml:4:\d+ {2}imagePullSecrets\.0\.password: the secret TOKEN has no value/,
  );
});
