import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import type { Release } from '../artifacts/types.ts';
import { fillPlan } from '../delivery/render/filled.ts';
import { noSecrets } from '../delivery/render/secrets.ts';
import { buildGraph } from '../graph/graph.ts';
import type { ServiceGraph } from '../graph/types.ts';
import { ResourceList } from '../plan/resource.ts';
import { loadStack } from '../stack/load.ts';
import { scratch } from '../stack/scratch.ts';
import { planDocker } from './docker/index.ts';
import { toComposeFile } from './docker/render/compose.ts';
import { dockerTarget } from './docker/target.ts';
import { planKubernetes } from './kubernetes/index.ts';
import { kubernetesTarget } from './kubernetes/target.ts';
import type { RecordedResource } from './shared/recorded.ts';
import type { MakePlan } from './shared/target.ts';
import { dockerBenchmark, type ComposeFile } from './docker/policy.ts';
import { stacks } from './testing/generated-stacks.ts';
import { kubernetesViolations } from './kubernetes/policy/index.ts';

test('fuzz: generated stacks comply with every policy on Kubernetes', (t) => {
  forStacks(t, stacks(true), (graph, folder) => {
    fc.pre(kubernetesTarget.unsupported(graph).length === 0);
    assert.deepEqual(kubernetesViolations(record(planKubernetes, graph, folder), graph), []);
  });
});

test('fuzz: generated stacks comply with the CIS benchmark on Docker', (t) => {
  forStacks(t, stacks(false), (graph, folder) => {
    fc.pre(dockerTarget.unsupported(graph).length === 0);
    const text = toComposeFile(record(planDocker, graph, folder), false, folder);
    assert.deepEqual(dockerBenchmark(parse(text) as ComposeFile), []);
  });
});

/** Checks a property for the graphs of 100 generated stack files. */
function forStacks(
  t: TestContext,
  stack: ReturnType<typeof stacks>,
  check: (graph: ServiceGraph, folder: string) => void,
): void {
  const folder = scratch(t, { 'app/main.ts': '', 'app/migrate.ts': '' });
  const file = join(folder, 'stack.yaml');
  const property = fc.property(stack, (stack) => {
    writeFileSync(file, stringify(stack));
    check(buildGraph(loadStack(file), 'test'), folder);
  });
  fc.assert(property, { numRuns: 100 });
}

function record(makePlan: MakePlan, graph: ServiceGraph, root: string): RecordedResource[] {
  const resources = new ResourceList();
  const context = { root, environment: 'test', keyGeneration: 1, dockerPool: undefined, resources };
  makePlan(graph, releaseOf(graph, root), context);
  return fillPlan(resources.all, noSecrets);
}

/** Returns a release whose artifacts have only names. */
function releaseOf({ services, name }: ServiceGraph, path: string): Release {
  const names = [...services.map((service) => service.name), 'gateway', 'balancer'];
  return Object.fromEntries(
    names.map((service) => [
      service,
      {
        service,
        hash: 'abc',
        path,
        image: { reference: `${name}/${service}:abc`, context: '', dockerfile: '', args: {} },
      },
    ]),
  );
}
