import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { secret } from '@pulumi/pulumi/output.js';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import type { Release } from '../artifacts/types.ts';
import { evaluate } from '../delivery/render/evaluate.ts';
import type { RecordedResource } from '../targets/shared/recorded.ts';
import { noSecrets, standIn } from '../delivery/render/secrets.ts';
import { buildGraph } from '../graph/graph.ts';
import type { ServiceGraph } from '../graph/types.ts';
import { loadStack } from '../stack/load.ts';
import { scratch } from '../stack/scratch.ts';
import { deployContainers } from '../targets/docker/index.ts';
import { toComposeFile } from '../targets/docker/render/compose.ts';
import { dockerTarget } from '../targets/docker/target.ts';
import { deployCluster } from '../targets/kubernetes/index.ts';
import { kubernetesTarget } from '../targets/kubernetes/target.ts';
import type { TargetContext } from '../targets/shared/target.ts';
import { dockerBenchmark, type ComposeFile } from './docker.ts';
import { stacks } from './generated-stacks.ts';
import { kubernetesViolations } from './index.ts';

test('fuzz: generated stacks comply with every policy on Kubernetes', async (t) => {
  await forStacks(t, stacks(true), async (graph, folder) => {
    fc.pre(kubernetesTarget.unsupported(graph).length === 0);
    const program = () => deployCluster(graph, releaseOf(graph, folder), contextOf(folder));
    assert.deepEqual(kubernetesViolations(await record(program), graph), []);
  });
});

test('fuzz: generated stacks comply with the CIS benchmark on Docker', async (t) => {
  await forStacks(t, stacks(false), async (graph, folder) => {
    fc.pre(dockerTarget.unsupported(graph).length === 0);
    const program = () => deployContainers(graph, releaseOf(graph, folder), contextOf(folder));
    const text = toComposeFile(await record(program), false);
    assert.deepEqual(dockerBenchmark(parse(text) as ComposeFile), []);
  });
});

/** Checks a property for the graphs of 100 generated stack files. */
async function forStacks(
  t: TestContext,
  stack: ReturnType<typeof stacks>,
  check: (graph: ServiceGraph, folder: string) => Promise<void>,
): Promise<void> {
  const folder = scratch(t, { 'app/main.ts': '', 'app/migrate.ts': '' });
  const file = join(folder, 'stack.yaml');
  const property = fc.asyncProperty(stack, async (stack) => {
    writeFileSync(file, stringify(stack));
    await check(buildGraph(loadStack(file), 'test'), folder);
  });
  await fc.assert(property, { numRuns: 100 });
}

function contextOf(root: string): TargetContext {
  return {
    root,
    environment: 'test',
    keyGeneration: 1,
    dockerPool: undefined,
    secret: () => secret(standIn),
  };
}

function record(deploy: () => unknown): Promise<RecordedResource[]> {
  return evaluate(() => Promise.resolve(deploy()), 'test', noSecrets);
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
