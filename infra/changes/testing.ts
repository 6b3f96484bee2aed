import type { DescribedArtifact } from '../artifacts/types.ts';
import { buildGraph } from '../graph/graph.ts';
import { parseStack } from '../stack/load.ts';
import { codeValues, type ProvidedValues } from '../targets/shared/service-values.ts';
import { compare, type ComponentChange } from './compare.ts';
import { placesIn } from './places.ts';
import type { PlaceOf } from './sides.ts';
import type { Snapshot } from './snapshot.ts';
import { takeSnapshot } from './take-snapshot.ts';

/** A side of a comparison in tests: a stack file, and what is not in it. */
export interface TestSide {
  text: string;
  /** Inputs of artifacts by service. The hash is that of the inputs. */
  inputs?: Record<string, Partial<DescribedArtifact['inputs']>>;
  fingerprints?: Record<string, string>;
  values?: Record<string, ProvidedValues>;
}

/** Takes the snapshot of a stack file without a target. */
export function testSide({ text, inputs = {}, fingerprints = {}, values = {} }: TestSide): {
  snapshot: Snapshot;
  place: PlaceOf;
} {
  const loaded = parseStack(text, 'stacks/test.yaml');
  const graph = buildGraph(loaded, 'dev');
  const release = Object.fromEntries(
    Object.entries(inputs).map(([service, given]) => {
      const all = { folder: `services/${service}`, files: {}, packages: {}, settings: '', ...given };
      return [service, { service, hash: JSON.stringify(all), path: '', inputs: all }];
    }),
  );
  const provided = graph.services.map(({ name, config }): [string, ProvidedValues] => [
    name,
    {
      ...codeValues({
        ports: [],
        volumes: {},
        host: name,
        port: config.port,
        publicUrl: 'http://localhost:8080',
        volume: undefined,
        keys: undefined,
      }),
      ...values[name],
    },
  ]);
  const snapshot = takeSnapshot(
    { stack: loaded.stack, graph, release, values: Object.fromEntries(provided) },
    { railhead: '0.1.0', target: 'process', stackFile: 'stacks/test.yaml', config: {} },
  );
  return {
    snapshot: { ...snapshot, fingerprints },
    place: placesIn(loaded),
  };
}

/** Returns what a comparison needs of two sides. */
export function sidesOf(before: TestSide, after: TestSide) {
  const [old, now] = [testSide(before), testSide(after)];
  return {
    before: old.snapshot,
    after: now.snapshot,
    places: { before: old.place, after: now.place },
    stores: { 'test:index:Volume': 'kept' as const },
    handover: () => 'together' as const,
  };
}

/** Compares two sides in which the main resources of `changed` services change. */
export function compareSides(
  before: TestSide,
  after: TestSide,
  changed: Record<string, ComponentChange['operation']>,
) {
  return compare({
    ...sidesOf(before, after),
    resources: Object.entries(changed).map(([service, operation]) => ({
      service,
      type: 'test:index:Service',
      name: service,
      operation,
      paths: [],
    })),
  });
}
