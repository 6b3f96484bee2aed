import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Release } from '../../artifacts/types.ts';
import { fillPlan } from '../../delivery/render/filled.ts';
import { noSecrets } from '../../delivery/render/secrets.ts';
import { buildGraph } from '../../graph/graph.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { ResourceList } from '../../plan/resource.ts';
import { loadStack } from '../../stack/load.ts';
import { planIdentity } from '../../targets/shared/generated.ts';
import type { Target } from '../../targets/shared/target.ts';
import type { PolicyCheck } from '../check.ts';

export const digest = `sha256:${'0'.repeat(64)}`;

/** A day on which every waiver of the tests that does not end before it holds. */
export const today = '2026-11-29';

/** Returns a stack that keeps every rule of production on a target. */
export function goodStack({ containers }: Target) {
  const resources = containers && { resources: { cpu: 1, memory: '512Mi' } };
  return {
    name: 'shop',
    images: { postgres: `postgres:17@${digest}` },
    policy: { stage: 'production' },
    services: {
      db: { type: 'postgres', ...resources },
      web: {
        source: 'app',
        port: 3000,
        replicas: 2,
        publish: 3900,
        health: { path: '/health' },
        variables: { DATABASE_URL: '${{db.DATABASE_URL}}' },
        ...resources,
      },
    },
    gateway: { routes: [{ path: '/*', to: 'web' }] },
  };
}

/** Plans a stack file in a folder, with artifacts that have only names. */
export async function plan(folder: string, stack: object, target: Target): Promise<PolicyCheck> {
  const file = join(folder, 'stack.yaml');
  writeFileSync(file, stringify(stack));
  const loaded = loadStack(file);
  const graph = buildGraph(loaded, 'test', { target });
  const resources = new ResourceList();
  const context = { root: folder, environment: 'test', keyGeneration: 1, dockerPool: undefined, resources };
  planIdentity(resources, {
    root: folder,
    environment: 'test',
    stack: graph.name,
    data: '{}',
    owner: 'test',
  });
  const makePlan = await target.load();
  makePlan(graph, releaseOf(graph, folder), context);
  const recorded = fillPlan(resources.all, noSecrets);
  return {
    stack: loaded,
    graph,
    resources: recorded,
    target,
    environment: { name: 'test', ownMachine: false },
    today,
  };
}

function releaseOf({ services, name }: ServiceGraph, path: string): Release {
  const names = [...services.map((service) => service.name), 'gateway', 'balancer'];
  const hash = '0123456789abcdef';
  const image = (service: string) => ({
    reference: `${name}/${service}:${hash}`,
    context: '',
    dockerfile: '',
    args: {},
  });
  return Object.fromEntries(
    names.map((service) => [service, { service, hash, path, image: image(service) }]),
  );
}
