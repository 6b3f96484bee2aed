import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { nameOf } from '../shared/data.ts';

const resourceSchema = z.looseObject({ urn: z.string(), pendingReplacement: z.boolean().optional() });

/** A Kubernetes object. Its inputs determine its id, so it can be found even if the state does not have the id. */
const objectSchema = resourceSchema.extend({
  type: z.string().startsWith('kubernetes:'),
  parent: z.string().optional(),
  provider: z.string().optional(),
  dependencies: z.array(z.string()).optional(),
  inputs: z.looseObject({
    metadata: z.looseObject({ name: z.string().min(1), namespace: z.string().optional() }),
  }),
});

const operationSchema = z.looseObject({ type: z.string(), resource: z.unknown() });

const checkpointSchema = z.looseObject({
  checkpoint: z.looseObject({
    latest: z
      .looseObject({
        resources: z.array(resourceSchema).default([]),
        pending_operations: z.array(operationSchema).default([]),
      })
      .nullish(),
  }),
});

/**
 * Adds Kubernetes objects whose creation was interrupted to the state as if they had been created, and returns their
 * names. The next refresh finds out which of them exist. Otherwise the next run would fail because the object already
 * exists, and `down` would not delete it.
 */
export function adoptInterruptedObjects(file: string): string[] {
  if (!existsSync(file)) return [];
  const whole = checkpointSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const { latest } = whole.checkpoint;
  const names: string[] = [];
  for (const operation of latest?.pending_operations ?? []) {
    const object = objectSchema.safeParse(operation.resource).data;
    if (operation.type !== 'creating' || object === undefined) continue;
    const others = withoutPredecessor(latest!.resources, object.urn);
    latest!.resources = others.toSpliced(placeOf(object, others), 0, withId(object));
    latest!.pending_operations = latest!.pending_operations.filter((other) => other !== operation);
    names.push(nameOf(object.urn));
  }
  if (names.length > 0) replaceFile(file, JSON.stringify(whole, null, 4));
  return names;
}

/** Removes the replaced object if it was deleted before its replacement was created; otherwise marks it for deletion. */
function withoutPredecessor(resources: z.infer<typeof resourceSchema>[], urn: string) {
  return resources
    .filter((other) => other.urn !== urn || other.pendingReplacement !== true)
    .map((other) => (other.urn === urn ? { ...other, delete: true } : other));
}

/**
 * Returns the index right after the last of an object's dependencies. Pulumi rejects a state in which a resource
 * precedes its dependencies.
 */
function placeOf(
  { parent, provider, dependencies = [] }: z.infer<typeof objectSchema>,
  others: { urn: string }[],
) {
  const before = [parent, provider?.slice(0, provider.lastIndexOf('::')), ...dependencies];
  return others.findLastIndex(({ urn }) => before.includes(urn)) + 1;
}

function withId(object: z.infer<typeof objectSchema>) {
  const { name, namespace } = object.inputs.metadata;
  return { ...object, id: namespace === undefined ? name : `${namespace}/${name}` };
}

function replaceFile(file: string, text: string): void {
  const temporary = `${file}.adopted.tmp`;
  writeFileSync(temporary, text, { mode: 0o600 });
  renameSync(temporary, file);
}
