import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { test } from 'vitest';
import { UserError } from '../../tools/user-error.ts';
import type { Release } from '../artifacts/types.ts';
import { fillPlan } from '../delivery/render/filled.ts';
import { noSecrets } from '../delivery/render/secrets.ts';
import { graphOf } from '../graph/scratch-graph.ts';
import { ResourceList } from '../plan/resource.ts';
import { standardTargets } from './index.ts';
import { replaceSecrets } from './shared/secret-values.ts';

const text = `
name: x
services:
  app: { source: app, port: 3000, preDeploy: node migrate.js, variables: { BUCKET: "b-\${{pulumi.bucket}}" } }
`;

/** By target: the types of the resources that contain the value. */
const holders: Record<string, string[]> = {
  process: ['railhead:process:PreDeploy', 'railhead:process:Service'],
  docker: ['docker:index/container:Container', 'railhead:docker:RunOnce'],
  kubernetes: ['kubernetes:core/v1:Secret'],
};

test('a value of the Pulumi program is secret wherever a target puts it; on Kubernetes only Secrets have it', async (t) => {
  const graph = graphOf(t, text);
  const artifact = (service: string) => ({
    service,
    hash: 'abc',
    path: '/app',
    image: { reference: `x/${service}:abc`, context: '', dockerfile: '', args: {} },
  });
  const release: Release = { app: artifact('app'), balancer: artifact('balancer') };
  const secrets = { ...noSecrets, take: (name: string) => (name === 'pulumi.bucket' ? 'canary' : 'other') };
  for (const target of await standardTargets()) {
    const resources = new ResourceList();
    const makePlan = await target.load();
    const context = { root: '/', environment: 'test', keyGeneration: 1, dockerPool: undefined, resources };
    makePlan(graph, release, context);
    const recorded = fillPlan(resources.all, secrets).filter(({ values }) => includesCanary(values));
    assert.deepEqual([...new Set(recorded.map(({ type }) => type))].toSorted(), holders[target.name]);
    for (const resource of recorded) {
      assert.ok(!includesCanary(replaceSecrets(resource, () => '')), `${target.name} ${resource.type}`);
    }
  }
});

test('a passed address that is not one URL is reported by service and field, without its value', async (t) => {
  for (const host of ['canary:x', 'h/p@canary', 'h x.canary']) {
    const url = 'postgres://u:${{secret.PW}}@${{pulumi.host}}/x';
    const graph = graphOf(
      t,
      `
name: x
services:
  db: { type: postgres, external: { url: "${url}" } }
  app: { image: "acme/a:1", variables: { A: "\${{db.PGHOST}}", B: "\${{db.DATABASE_URL}}" } }
`,
    );
    const secrets = { ...noSecrets, given: true, take: (name: string) => (name === 'PW' ? 'hidden' : host) };
    for (const target of await standardTargets()) {
      const resources = new ResourceList();
      const context = { root: '/', environment: 'test', keyGeneration: 1, dockerPool: undefined, resources };
      (await target.load())(graph, { app: { service: 'app', hash: '0', path: '/app' } }, context);
      assert.throws(
        () => fillPlan(resources.all, secrets),
        (error) => {
          assert.ok(error instanceof UserError);
          assert.match(
            error.message,
            /^services\.db\.external\.url: with the value of \$\{\{pulumi\.host\}\}, this is not a single URL, such as postgres/,
          );
          return !/canary|hidden/.test(inspect(error));
        },
      );
    }
  }
});

function includesCanary(value: unknown): boolean {
  return JSON.stringify(value).includes('canary');
}
