import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { isDataType } from '../data/index.ts';
import { scratch } from '../stack/scratch.ts';
import { standardTargets } from '../targets/index.ts';
import { buildGraph } from '../graph/graph.ts';
import { parseStack } from '../stack/load.ts';
import type { Target } from '../targets/shared/target.ts';
import { stacks } from '../targets/testing/generated-stacks.ts';
import { checkPolicy } from './check.ts';
import { plan } from './testing/planned.ts';
import { stringify } from 'yaml';

interface Service {
  type?: string;
  external?: object;
  source?: string;
  resources?: object;
  image?: string;
  port?: number;
  health?: object;
  cron?: string;
  volume?: object;
  replicas?: number | { min: number };
  egress?: { to: string; port?: number }[];
}

for (const target of await standardTargets()) {
  test(`fuzz: ${target.name}: generated stacks have exactly the findings that their fields predict`, async (t) => {
    const folder = scratch(t, { 'app/main.ts': '', 'app/migrate.ts': '' });
    let checked = 0;
    const property = fc.asyncProperty(stacks(target.name === 'kubernetes'), async (generated) => {
      const stack = { ...fitting(generated, target), policy: { stage: 'production' } };
      fc.pre(isSupported(stack, target, folder));
      const findings = await checkPolicy(await plan(folder, stack, target));
      const found = findings.map(({ rule, service = '-' }) => `${rule} ${service}`);
      assert.deepEqual(found.toSorted(), expected(stack.services, target).toSorted());
      checked++;
    });
    await fc.assert(property, { numRuns: 25 });
    assert.ok(checked > 15, `${checked} stacks`);
  });
}

/** Returns a stack without the fields that the target refuses. */
function fitting(stack: object, { name, containers }: Target) {
  const { services } = stack as { services: Record<string, Service> };
  if (name === 'kubernetes') return { ...stack, services };
  const fit = ({ image, resources, egress, external, ...service }: Service): Service => ({
    ...service,
    ...(external && { external: { url: '${{secret.EXTERNAL_URL}}' } }),
    ...(image && (containers === undefined ? { source: 'app' } : { image })),
    ...(resources && containers && { resources }),
    ...(egress && containers === undefined && { egress }),
  });
  const entries = Object.entries(services).map(([name, service]) => [name, fit(service)] as const);
  return { ...stack, observability: false, services: Object.fromEntries(entries) };
}

function isSupported(stack: object, target: Target, root: string): boolean {
  try {
    const loaded = parseStack(stringify(stack), 'stack.yaml');
    return target.unsupported(buildGraph({ ...loaded, root }, 'test')).length === 0;
  } catch {
    return false;
  }
}

/** What the rules must find, from the fields of the stack file alone: `limits postgres`. */
function expected(services: Record<string, Service>, { name: target }: Target): string[] {
  const inContainers = target !== 'process';
  return Object.entries(services).flatMap(([name, service]) => {
    const { type, external, image, port, health, cron, volume, replicas = 1, egress = [] } = service;
    if (external !== undefined) return [];
    // The generated data services declare neither limits nor images.
    if (type !== undefined && isDataType(type)) {
      return inContainers ? [`limits ${name}`, `image-digest ${name}`] : [];
    }
    const min = typeof replicas === 'number' ? replicas : replicas.min;
    return [
      ...(image !== undefined && inContainers ? [`image-digest ${name}`] : []),
      ...(port !== undefined && health === undefined ? [`health ${name}`] : []),
      ...(min < 2 && cron === undefined && volume === undefined ? [`replicas ${name}`] : []),
      ...egress.flatMap(({ to, port }) =>
        target === 'kubernetes' && to === 'internet' && port === undefined ? [`egress ${name}`] : [],
      ),
    ];
  });
}
