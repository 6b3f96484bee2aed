import assert from 'node:assert/strict';
import { test, type TestContext } from 'vitest';
import type { Release } from '../../../artifacts/types.ts';
import { ResourceList } from '../../../plan/resource.ts';
import { valueOf } from '../../../plan/testing/values.ts';
import { planKubernetes } from '../index.ts';
import { kubernetesTarget } from '../target.ts';
import { scratchStack } from '../testing/scratch.ts';
import { canShare, replicasFor } from './shares.ts';

const analysis = 'analysis: { errors: <1%, for: 1m }';
const canary = (steps: string, rest = 'replicas: 4') => `
  api:
    image: acme/api:1
    port: 3001
    health: { path: /health }
    ${rest}
    rollout: { strategy: canary, steps: [${steps}], ${analysis} }`;

function plan(t: TestContext, services: string, service = 'api') {
  const { graph } = scratchStack(t, services);
  const image = { reference: 'rota/balancer:1', context: '', dockerfile: '', args: {} };
  const release: Release = { balancer: { service: 'balancer', hash: '1', path: '/clone', image } };
  const resources = new ResourceList();
  planKubernetes(graph, release, {
    ...{ root: '/clone', environment: 'test', keyGeneration: 1, dockerPool: undefined, resources },
  });
  const find = (type: string) =>
    resources.all.filter((one) => one.type.endsWith(`:${type}`) && one.component === service);
  return { find, spec: (type: string) => valueOf<Record<string, never>>(find(type)[0]?.args.spec) };
}

const problems = (t: TestContext, services: string) =>
  kubernetesTarget
    .unsupported(scratchStack(t, services).graph)
    .map(({ path, message }) => `${path.join('.')}: ${message}`);

test('a canary is a Rollout in place of a Deployment, and each step is judged', (t) => {
  const { find, spec } = plan(t, canary('25%, 50%'));
  assert.equal(find('Deployment').length, 0);
  const { replicas, strategy } = spec('Rollout') as unknown as {
    replicas: number;
    strategy: { canary: { steps: object[]; maxUnavailable: number } };
  };
  assert.equal(replicas, 4);
  assert.equal(strategy.canary.maxUnavailable, 0);
  const judged = (weight: string) => ({
    analysis: {
      templates: [{ templateName: 'api' }],
      args: [
        { name: 'version', valueFrom: { podTemplateHashValue: 'Latest' } },
        { name: 'weight', value: weight },
      ],
    },
  });
  const steps = [{ setWeight: 25 }, judged('25'), { setWeight: 50 }, judged('50')];
  assert.deepEqual(strategy.canary.steps, steps);
  assert.equal(find('AnalysisTemplate').length, 1);
  const [waits] = find('Rollout').filter(({ type }) => type === 'railhead:kubernetes:Rollout');
  assert.equal(waits?.args.kind, 'Rollout');
});

test('requests pass the meter in pods of a Rollout, and the service in those of an earlier Deployment', (t) => {
  const { find, spec } = plan(t, canary('25%'));
  const [ports] = (find('Service').find(({ name }) => name === 'api')?.args.spec as { ports: object[] })
    .ports;
  assert.deepEqual(ports, { name: 'main', port: 3001, targetPort: 'main', protocol: 'TCP' });
  const { containers } = (spec('Rollout') as unknown as { template: { spec: { containers: Named[] } } })
    .template.spec;
  const named = containers.map(({ name, ports }) => [
    name,
    ...ports.map((port) => `${port.name} ${port.containerPort}`),
  ]);
  assert.deepEqual(named, [
    ['api', 'service 3001'],
    ['api-meter', 'main 9901', 'figures 9902'],
  ]);
  const before = plan(t, canary('25%').replace(/ {4}rollout.*/, ''));
  const [deployed] = (before.spec('Deployment') as unknown as { template: { spec: { containers: Named[] } } })
    .template.spec.containers;
  assert.deepEqual(deployed?.ports, [{ name: 'main', containerPort: 3001 }]);
});

interface Named {
  name: string;
  ports: { name: string; containerPort: number }[];
}

test('a service can have the name of what counts or judges its canary', (t) => {
  for (const name of ['meter', 'judge']) {
    const services = canary('25%').replace('  api:', `  ${name}:`);
    assert.deepEqual(problems(t, services), []);
    const { spec } = plan(t, services, name);
    const { template } = spec('Rollout') as unknown as { template: { spec: { containers: Named[] } } };
    const names = template.spec.containers.map(({ name }) => name);
    assert.deepEqual(names, [name, `${name}-meter`]);
    const { metrics } = spec('AnalysisTemplate') as unknown as {
      metrics: { provider: { job: { spec: typeof template.spec & { template: typeof template } } } }[];
    };
    const judges = metrics[0]?.provider.job.spec.template.spec.containers;
    assert.deepEqual(
      judges?.map(({ name }) => name),
      [`${name}-judge`],
    );
  }
});

test('a scaler scales the Rollout, and the meter does not count as usage', (t) => {
  const scaled = 'resources: { cpu: 1 }\n    replicas: { min: 4, max: 8, cpu: 70 }';
  const { spec } = plan(t, canary('25%', scaled));
  const { scaleTargetRef, metrics } = spec('HorizontalPodAutoscaler') as unknown as {
    scaleTargetRef: object;
    metrics: { containerResource: { container: string } }[];
  };
  assert.deepEqual(scaleTargetRef, { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'api' });
  assert.equal(metrics[0]?.containerResource.container, 'api');
  assert.equal((spec('Rollout') as { replicas?: number }).replicas, undefined);
});

test('a share that the replicas cannot express is an error, with what they can', (t) => {
  assert.deepEqual(problems(t, canary('25%, 50%')), []);
  assert.deepEqual(problems(t, canary('10%, 50%', 'replicas: 2')), [
    'services.api.rollout.steps: Kubernetes divides requests by the number of pods, and 2 replicas can express 50%; 10% needs replicas: 9',
  ]);
  assert.equal(canShare(9, 10), true);
  assert.equal(canShare(10, 10), true);
  assert.equal(canShare(11, 10), false);
  assert.equal(canShare(1, 50), true);
  assert.equal(replicasFor(1), 99);
});

test('blueGreen is refused, and a service must not have the name of the figures of another', (t) => {
  const blueGreen = canary('25%').replace('strategy: canary, steps: [25%]', 'strategy: blueGreen');
  assert.match(
    problems(t, blueGreen).join(),
    /^services\.api\.rollout\.strategy: Argo Rollouts would change the selector/,
  );
  const twice = `${canary('25%')}\n  api-figures: { source: app }`;
  assert.match(problems(t, twice).join(), /^services\.api-figures: /);
});
