import * as z from 'zod';
import type { DriftFinding } from '../../shared/drift.ts';
import { isMap } from './compare.ts';
import type { Step } from './step.ts';

const entry = z.object({
  manager: z.string(),
  operation: z.string(),
  time: z.string().optional(),
  subresource: z.string().optional(),
  fieldsV1: z.record(z.string(), z.unknown()).default({}),
});

/** A program that has set fields of an object, as the API server records it. */
export type Manager = z.infer<typeof entry>;

/** Returns the managers of an object, the last one first. */
export function managersOf(metadata: unknown): Manager[] {
  const found =
    z.object({ managedFields: z.array(entry).default([]) }).safeParse(metadata).data?.managedFields ?? [];
  return found.toSorted((one, other) => ((one.time ?? '') < (other.time ?? '') ? 1 : -1));
}

/** Returns the manager that has set a field last; undefined for a removed field, for which the cluster records no manager. */
export function lastChangeOf(managers: readonly Manager[], path: readonly Step[]): DriftFinding['changed'] {
  const manager = managers.find(({ fieldsV1 }) => owns(fieldsV1, path));
  return manager && changeBy(manager);
}

export function changeBy({
  manager,
  operation,
  time,
  subresource,
}: Manager): NonNullable<DriftFinding['changed']> {
  const at = time === undefined ? undefined : new Date(time).toISOString();
  // `kubectl scale` is the manager `kubectl` of the part `scale`.
  const by =
    subresource === undefined || manager.includes(subresource) ? manager : `${manager} (${subresource})`;
  return { by, operation, ...(at !== undefined && { at }) };
}

/** Programs that set fields as a part of their task: Pulumi, controllers, operators. */
const programs =
  /^(pulumi|kube-|kubelet|keda|cloud-controller|before-first-apply)|(controller|operator|autoscaler|manager|scheduler)$/;

/** The parts of an object that a person edits. Annotations, labels and the status are the work of many programs. */
const edited = ['f:spec', 'f:data', 'f:stringData', 'f:binaryData', 'f:rules', 'f:subjects'];

/** Returns the fields that a person or another tool has set, each with its manager. */
export function fieldsSetByHand(managers: readonly Manager[]): { path: Step[]; manager: Manager }[] {
  return managers
    .filter(({ manager, subresource }) => !programs.test(manager) && subresource !== 'status')
    .flatMap((manager) =>
      edited
        .filter((part) => part in manager.fieldsV1)
        .flatMap((part) => leavesOf(manager.fieldsV1[part], [part.slice(2)]))
        // `kubectl rollout restart` annotates the pods.
        .filter((path) => !path.includes('annotations') && !path.includes('labels'))
        .map((path) => ({ path, manager })),
    );
}

/** An object without fields stands for a value, a list or a map that is set as a whole. */
function owns(fields: Record<string, unknown>, path: readonly Step[]): boolean {
  const [step, ...rest] = path;
  if (step === undefined || Object.keys(fields).length === 0) return true;
  const next =
    typeof step === 'string' && step.startsWith('k:') ? elementOf(fields, step) : fields[`f:${step}`];
  return isMap(next) && owns(next, rest);
}

/** The API server may identify an element by more fields: `k:{"containerPort":80,"protocol":"TCP"}`. */
function elementOf(fields: Record<string, unknown>, step: string): unknown {
  const wanted = Object.entries(JSON.parse(step.slice(2)) as Record<string, unknown>);
  const found = Object.keys(fields).find((key) => {
    if (!key.startsWith('k:')) return false;
    const element = JSON.parse(key.slice(2)) as Record<string, unknown>;
    return wanted.every(([name, value]) => element[name] === value);
  });
  return found === undefined ? undefined : fields[found];
}

function leavesOf(fields: unknown, path: Step[]): Step[][] {
  const inner = isMap(fields) ? Object.entries(fields).filter(([key]) => /^[fk]:/.test(key)) : [];
  if (inner.length === 0) return [path];
  return inner.flatMap(([key, value]) =>
    leavesOf(value, [...path, key.startsWith('k:') ? key : key.slice(2)]),
  );
}
