import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { DescribedRelease } from '../../artifacts/types.ts';
import type { Snapshot } from '../../changes/snapshot.ts';
import { takeSnapshot } from '../../changes/take-snapshot.ts';
import { buildGraph } from '../../graph/graph.ts';
import { ResourceList } from '../../plan/resource.ts';
import { parseStack } from '../../stack/load.ts';
import { standardTargets } from '../../targets/index.ts';
import type { RecordedResource } from '../../targets/shared/recorded.ts';
import type { Target } from '../../targets/shared/target.ts';
import { fillPlan } from '../render/filled.ts';
import { noSecrets } from '../render/secrets.ts';
import type { EventMetadata } from './engine-log.ts';
import { reachedWithoutRecord } from './reached.ts';

const service = 'source: infra/graph, start: ./run, port: 3000, preDeploy: ./migrate';
const text = `name: shop\nservices:\n  api: { ${service} }\n`;

/** The images of an artifact: as `up` names one, and as a release file does. */
const forms = {
  built: { text, image: (hash: string) => ({ reference: `shop/api:of-${[...hash].toReversed().join('')}` }) },
  pushed: {
    text: `${text}images: { registry: ghcr.io/acme }\n`,
    image: (hash: string) => ({ reference: `ghcr.io/acme/shop/api:of-${[...hash].toReversed().join('')}` }),
  },
  pinned: {
    text,
    image: (hash: string) => ({
      reference: `ghcr.io/acme/shop/api@sha256:${Buffer.from(hash).toString('hex').padEnd(64, '0')}`,
      isPinned: true,
    }),
  },
};

for (const target of await standardTargets()) {
  describe(target.name, () => {
    for (const [name, form] of Object.entries(forms)) {
      test(`an artifact is found in the resources that run it: ${name}`, async () => {
        const [a, b, c] = await Promise.all(
          ['abcd1234', 'bcde2345', 'cdef3456'].map((hash) => planned(target, form, hash)),
        );
        assert.ok(a && b && c);
        const reached = (recorded: Side, next: Side, running: Side) =>
          reachedWithoutRecord(recorded.snapshot, next.snapshot, preview(running.resources, next.resources));
        assert.deepEqual(reached(a, a, a), []);
        assert.deepEqual(reached(a, b, a), []);
        assert.deepEqual(reached(a, b, b), ['api']);
        assert.deepEqual(reached(a, b, c), ['api']);
        assert.deepEqual(reached(a, a, b), ['api']);
        // A new environment has no record, and a failed first update left none.
        assert.deepEqual(reachedWithoutRecord(undefined, b.snapshot, preview([], b.resources)), []);
        assert.deepEqual(reachedWithoutRecord(undefined, b.snapshot, preview(a.resources, b.resources)), []);
        // A record of an older version does not name the image.
        const older = { ...a, snapshot: withoutImages(a.snapshot) };
        assert.deepEqual(reached(older, a, a), []);
      });
    }
  });
}

interface Side {
  snapshot: Snapshot;
  resources: RecordedResource[];
}

/** Plans an environment with an artifact that is not built yet, as a preview does. */
async function planned(
  target: Target,
  { text: file, image }: (typeof forms)[keyof typeof forms],
  hash: string,
): Promise<Side> {
  const { stack } = parseStack(file, 'stacks/shop.yaml');
  const graph = buildGraph(parseStack(file, 'stacks/shop.yaml'), 'dev');
  const inputs = { folder: 'infra/graph', files: {}, packages: {}, settings: '' };
  const artifact = (name: string, of: { reference: string; isPinned?: boolean }) => ({
    service: name,
    hash,
    path: `/.railhead/artifacts/${name}-${hash}`,
    inputs,
    ...(target.containers && {
      image: { context: `.railhead/artifacts/${name}-${hash}`, dockerfile: 'Dockerfile', args: {}, ...of },
    }),
  });
  const release: DescribedRelease = {
    api: artifact('api', image(hash)),
    balancer: artifact('balancer', { reference: 'shop/balancer:1' }),
  };
  const resources = new ResourceList();
  const context = { root: '/', environment: 'dev', keyGeneration: 1, dockerPool: undefined, resources };
  const { values } = (await target.load())(graph, release, context);
  const place = { railhead: '1.0.0', target: target.name, stackFile: 'stacks/shop.yaml', config: {} };
  return {
    snapshot: takeSnapshot({ stack, graph, release, values }, place),
    resources: fillPlan(resources.all, noSecrets),
  };
}

/** Returns all resources of a preview with their inputs on both sides. */
function preview(running: RecordedResource[], next: RecordedResource[]): EventMetadata[] {
  const side = (found: RecordedResource | undefined) =>
    found && {
      parent: `urn:pulumi:dev::shop::railhead:index:Service::${found.component ?? ''}`,
      protect: false,
      retainOnDelete: false,
      inputs: found.values,
    };
  const urns = new Set([...running, ...next].map(({ urn }) => urn));
  return [...urns].map((urn) => {
    const [old, after] = [running, next].map((all) => all.find((one) => one.urn === urn));
    return { op: 'update', urn, type: (after ?? old)?.type ?? '', old: side(old), new: side(after) };
  });
}

function withoutImages(snapshot: Snapshot): Snapshot {
  const services = Object.entries(snapshot.services).map(([name, { artifact, ...rest }]) => [
    name,
    { ...rest, ...(artifact && { artifact: { ...artifact, image: undefined } }) },
  ]);
  return { ...snapshot, services: Object.fromEntries(services) as Snapshot['services'] };
}
