import type { DeployedResource, DriftFinding, Reality } from '../../shared/drift.ts';
import { notRead } from '../../shared/not-read.ts';
import { clusterFlags, kubectlOf } from '../kubectl.ts';
import { foreignObjects, keyOf } from './foreign.ts';
import { readNamespace, readNamespaceObject, type Contents, type LiveObject } from './live.ts';
import { aboutOf, objectFindings } from './object-drift.ts';

const own = /^(kubernetes|railhead):/;

/** Compares the objects of a namespace with the state. Only reads. */
export async function kubernetesDrift(
  resources: readonly DeployedResource[],
  { root, environment }: { root: string; environment: string },
): Promise<Reality> {
  const kubectl = kubectlOf(root, environment);
  const namespaces = resources
    .filter(({ type }) => type === 'kubernetes:core/v1:Namespace')
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
        resources.filter(({ type }) => !own.test(type)),
        environment,
      ),
    ],
  };
}

/** Compares the objects of one namespace with those of the state. */
export function clusterFindings(
  resources: readonly DeployedResource[],
  { objects, forbidden }: Contents,
  place: { namespace: string; flags: string[] },
): DriftFinding[] {
  const deployed = resources.filter(({ type }) => type.startsWith('kubernetes:'));
  const scaled = deployed.flatMap(({ inputs }) => scaledBy(inputs));
  const byKey = new Map(objects.map((object) => [keyOf(object), object]));
  const known = new Set(deployed.map((resource) => keyOfResource(resource)));
  return [
    ...deployed.flatMap((resource) => {
      const { kind } = objectOf(resource);
      const live: LiveObject | undefined = byKey.get(keyOfResource(resource));
      if (live !== undefined) return objectFindings(resource, live, { ...place, scaled });
      const isUnread = forbidden.some((plural) => plural.startsWith(kind.toLowerCase().replace(/y$/, '')));
      return isUnread || isDone(resource) ? [] : [{ kind: 'deleted' as const, ...aboutOf(resource, kind) }];
    }),
    ...foreignObjects(
      objects.filter(({ kind }) => kind !== 'Namespace'),
      known,
    ),
  ];
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
