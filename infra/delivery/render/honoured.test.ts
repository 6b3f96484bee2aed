import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { stringify } from 'yaml';
import { planImage } from '../../artifacts/image.ts';
import type { Release } from '../../artifacts/types.ts';
import { dataKinds, dataTypes, kindOf, type DataType } from '../../data/index.ts';
import { variablesOf } from '../../data/variables.ts';
import { buildGraph } from '../../graph/graph.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { ResourceList } from '../../plan/resource.ts';
import { loadStack } from '../../stack/load.ts';
import { scratch } from '../../stack/scratch.ts';
import { standardTargets } from '../../targets/index.ts';
import { isIrrelevant, isRefused, type SupportEntry } from '../../targets/shared/support.ts';
import type { Target } from '../../targets/shared/target.ts';
import {
  artifactFields,
  fieldChanges,
  runImages,
  singleValued,
} from '../../targets/testing/field-changes.ts';
import { recordPath, schemaFields } from '../../targets/testing/schema-fields.ts';
import { fillPlan } from './filled.ts';
import { noSecrets } from './secrets.ts';

test('there is a change for every field of the schema', () => {
  const known = [...Object.keys(fieldChanges), ...artifactFields, ...singleValued];
  assert.deepEqual(known.toSorted(), schemaFields().toSorted());
});

for (const target of await standardTargets()) {
  const record = target.fields;
  const hasImages = !isRefused(record.services.image.image);

  test(`${target.name}: a field that is honoured changes resources, a field without effect changes none`, async (t) => {
    const render = renderer(t, target);
    const wrong: string[] = [];
    for (const [field, changes] of Object.entries(fieldChanges)) {
      const entry = entryOf(record, recordPath(field));
      if (isRefused(entry) || (field.startsWith('services.image.') && !hasImages)) continue;
      const differs: boolean[] = [];
      for (const [before, after] of changes) {
        const [one, other] = [await render(field, before), await render(field, after)];
        if (one !== undefined && other !== undefined) differs.push(one !== other);
      }
      // The target refuses every stack file with this change.
      if (differs.length === 0 && entry !== 'honoured') continue;
      if (differs.length === 0 || differs.includes(true) === isIrrelevant(entry))
        wrong.push(`${field}: ${JSON.stringify(entry)}`);
    }
    assert.deepEqual(wrong, []);
  });
}

/** Returns what the target makes of a stack with a part, as text; undefined if it refuses the stack. */
function renderer(t: TestContext, target: Target) {
  const folder = scratch(t, {
    'app/Dockerfile': 'FROM node:24 AS build\n',
    'app/Other.Dockerfile': '',
    'app/main.ts': '',
    'app/public/': '',
    'a.conf': 'a',
    'b.conf': 'b',
    '.railhead/gateway/worker.js': '',
  });
  const context = {
    root: folder,
    environment: 'test',
    keyGeneration: 1,
    dockerPool: undefined,
  };
  const monitored = !isRefused(target.fields.observability);
  const known = new Map<string, string | undefined>();

  return async (field: string, part: object): Promise<string | undefined> => {
    const text = stringify(stackWith(field, part, monitored));
    if (!known.has(text)) known.set(text, await resources(text));
    return known.get(text);
  };

  async function resources(text: string): Promise<string | undefined> {
    writeFileSync(join(folder, 'stack.yaml'), text);
    const graph = buildGraph(loadStack(join(folder, 'stack.yaml')), 'test');
    if (target.unsupported(graph).length > 0) return undefined;
    const release = artifactsOf(folder, graph, target.containers);
    const makePlan = await target.load();
    const resources = new ResourceList();
    makePlan(graph, release, { ...context, resources });
    return JSON.stringify(fillPlan(resources.all, { ...noSecrets, take }));
  }
}

const take = (name: string) => `postgres://app:${name}@db.example.com/app`;

/** A small system around the part. A user of its data refers to every service, so that their values are seen. */
function stackWith(field: string, part: object, observability: boolean): object {
  const [root = '', kind = ''] = field.split('.');
  const parts: Record<string, object> = root === 'services' ? { [kind]: part } : {};
  const gateway = { routes: [{ path: '/*', to: 'web' }], ...(root === 'gateway' && part) };
  const references = dataTypes.flatMap((type) => {
    const names = [...Object.keys(variablesOf(dataKinds[type])), ...(isLimited(type) ? ['POOL_SIZE'] : [])];
    return names.map((name): [string, string] => [`${type}_${name}`, `\${{${type}.${name}}}`]);
  });
  const meters = {
    meter: { source: 'app', port: 9100, metrics: '/metrics' },
    gauge: { source: 'app', port: 9001, metrics: '/metrics' },
  };
  return {
    name: 'shop',
    variables: { GREETING: 'hello' },
    ...(root === 'services' && { observability }),
    ...(root !== 'services' && root !== 'gateway' && part),
    services: {
      ...Object.fromEntries(
        dataTypes.map((type) => [
          type,
          {
            type,
            // MySQL and MariaDB have one standard port.
            ...(type === 'mysql' && { port: 3307 }),
            ...(isLimited(type) && { connections: 20 }),
            ...(type === 'postgres' && root === 'images' && { pooler: true }),
            ...parts[type],
          },
        ]),
      ),
      user: {
        source: 'app',
        variables: { ...Object.fromEntries(references), GREETING: '${{shared.GREETING}}' },
      },
      web: { source: 'app', port: 3000, ports: { admin: { port: 3900, protocol: 'http' } } },
      ...Object.fromEntries(
        runImages.map((runtime) => [`on-${runtime}`, { source: 'app', runtime, start: './run' }]),
      ),
      other: { source: 'app', port: 3001, runtime: 'python', start: 'python3 main.py' },
      compiled: { source: 'app', runtime: 'go', start: './service.bin' },
      ...(parts.source && { app: { source: 'app', ...parts.source }, ...meters }),
      ...(parts.image && { app: { image: 'acme/app:1', ...parts.image }, ...meters }),
    },
    gateway,
  };
}

/** Whether a server of this type has a limit of connections, and thus a POOL_SIZE. */
function isLimited(type: DataType): boolean {
  return kindOf({ kind: type }).connections !== undefined;
}

function artifactsOf(root: string, graph: ServiceGraph, containers: readonly string[] | undefined): Release {
  const names = [...graph.services.map(({ name }) => name), 'gateway', 'balancer'];
  const artifacts = names.map((service) => ({
    service,
    hash: 'aa11',
    path: join(root, '.railhead', service),
  }));
  const entries = artifacts.map((artifact) => {
    const image = containers && { image: planImage(root, graph, artifact).image };
    return [artifact.service, { ...artifact, ...image }] as const;
  });
  return Object.fromEntries(entries);
}

function entryOf(entry: SupportEntry, [field, ...rest]: string[]): SupportEntry {
  if (field === undefined || entry === 'honoured' || isRefused(entry) || isIrrelevant(entry)) return entry;
  const inner = (entry as Record<string, SupportEntry>)[field];
  return typeof inner === 'object' || inner === 'honoured' ? entryOf(inner, rest) : entry;
}
