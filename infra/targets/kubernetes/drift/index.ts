import type { DeployedResource, DriftFinding, Reality } from '../../shared/drift.ts';
import { notRead } from '../../shared/not-read.ts';
import { clusterFlags, kubectlOf } from '../kubectl.ts';
import { foreignObjects, keyOf } from './foreign.ts';
import { readNamespace, readNamespaceObject, type Contents, type LiveObject } from './live.ts';
import { aboutOf, objectFindings } from './object-drift.ts';

/** Compares the objects of a namespace with the state. Only reads. */
export async function kubernetesDrift(
  resources: readonly DeployedResource[],
  { root, environment }: { root: string; environment: string },
): Promise<Reality> {
  const kubectl = kubectlOf(root, environment);
  const namespaces = resources
    .filter((one) => isOwn(one) && one.type === 'kubernetes:core/v1:Namespace')
    .map((one) => objectOf(one).name);
  const findings: DriftFinding[] = [];
  const forbidden: string[] = [];
  for (const namespace of namespaces) {
    const itself = await readNamespaceObject(kubectl, namespace);
    const contents = await readNamespace(kubectl, namespace);
    const found = { objects: [...itself, ...contents.objects], forbidden: contents.forbidden };
    findings.push(
      ...clusterFindings(resources, found, { namespace, flags: clusterFlags(root, environment) }),
    );
    forbidden.push(...contents.forbidden);
  }
  return {
    where: 'on the cluster',
    findings,
    notes: [
      ...(forbidden.length > 0
        ? [`These credentials cannot list ${forbidden.join(', ')}, so they were not compared.`]
        : []),
      ...notRead(
        resources.filter((one) => !isOwn(one)),
        environment,
      ),
    ],
  };
}

/** Whether Railhead has planned a resource: the program of the project can add others, also of the same provider. */
function isOwn({ type, service, inputs }: DeployedResource): boolean {
  if (!type.startsWith('kubernetes:')) return type.startsWith('railhead:');
  const { labels = {} } = (inputs.metadata ?? {}) as { labels?: Record<string, unknown> };
  return service !== undefined || labels['app.kubernetes.io/managed-by'] === 'railhead';
}

/** Compares the objects of one namespace with those of the state. */
export function clusterFindings(
  resources: readonly DeployedResource[],
  { objects, forbidden }: Contents,
  place: { namespace: string; flags: string[] },
): DriftFinding[] {
  const there = resources.filter((one) => one.type.startsWith('kubernetes:') && isIn(place.namespace, one));
  const scaled = there.flatMap(({ inputs }) => scaledBy(inputs));
  const byKey = new Map(objects.map((object) => [keyOf(object), object]));
  const known = new Set(there.map((resource) => keyOfResource(resource)));
  return [
    ...there.filter(isOwn).flatMap((resource) => {
      const { kind } = objectOf(resource);
      const live: LiveObject | undefined = byKey.get(keyOfResource(resource));
      if (live !== undefined) return objectFindings(resource, live, { ...place, scaled });
      const isUnread = forbidden.includes(pluralOf(kind));
      return isUnread || isDone(resource) ? [] : [{ kind: 'deleted' as const, ...aboutOf(resource, kind) }];
    }),
    ...foreignObjects(
      objects.filter(({ kind }) => kind !== 'Namespace'),
      known,
    ),
  ];
}

function isIn(namespace: string, resource: DeployedResource): boolean {
  const { kind, name } = objectOf(resource);
  const metadata = (resource.inputs.metadata ?? {}) as { namespace?: string };
  return (kind === 'Namespace' ? name : (metadata.namespace ?? namespace)) === namespace;
}

/** The name by which the API server lists a kind: `ingresses`, `networkpolicies`. */
function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (/[^aeiou]y$/.test(name)) return name.replace(/y$/, 'ies');
  return /(s|x|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}

function keyOfResource(resource: DeployedResource): string {
  const { kind, name } = objectOf(resource);
  return keyOf({ kind, metadata: { name, labels: {}, ownerReferences: [] } });
}

function objectOf({ type, name, inputs }: DeployedResource): { kind: string; name: string } {
  const metadata = (inputs.metadata ?? {}) as { name?: string };
  return { kind: type.split(':').at(-1) ?? '', name: metadata.name ?? name };
}

/** Kubernetes deletes a Job that has ended after its `ttlSecondsAfterFinished`. */
function isDone({ inputs }: DeployedResource): boolean {
  return (
    (inputs.spec as { ttlSecondsAfterFinished?: number } | undefined)?.ttlSecondsAfterFinished !== undefined
  );
}

/** Returns the workload whose replicas an autoscaler or a ScaledObject sets. */
function scaledBy(inputs: Record<string, unknown>): string[] {
  const target = (inputs.spec as { scaleTargetRef?: { name?: string } } | undefined)?.scaleTargetRef;
  return target?.name === undefined ? [] : [target.name];
}
