import * as z from 'zod';
import { kindOf } from '../../data/index.ts';
import { ownVolumes, pathOfData, sharedVolume } from '../../stack/volumes.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import type { Check } from '../shared/check.ts';
import { lastLine } from '../shared/preflight.ts';
import { backupName } from './data/backup.ts';
import { parseOutput, type Kubectl } from './kubectl.ts';
import { namespaceName } from './scope.ts';
import { storageClassOf } from './settings.ts';

const classes = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), annotations: z.record(z.string(), z.string()).default({}) }),
    }),
  ),
});
const claims = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      spec: z.object({ storageClassName: z.string().optional() }),
    }),
  ),
});

const name = 'Storage class';

/** A volume that the stack needs, and its class in the stack file. */
export interface WantedClaim {
  name: string;
  storageClass: string | undefined;
}

/** Returns the volume claims of a stack. */
export function wantedClaims({ services, volumes, kubernetes }: ServiceGraph): WantedClaim[] {
  const shared = Object.entries(volumes).map(([name, volume]) => ({
    name: sharedVolume(name),
    storageClass: volume.storageClass ?? kubernetes?.storageClass,
  }));
  const own = services.flatMap(({ name, form, config }): WantedClaim[] => {
    const claim = { name, storageClass: storageClassOf(kubernetes ?? {}, config) };
    switch (form) {
      case 'code':
        return ownVolumes(name, config).map(({ id }) => ({ ...claim, name: id }));
      case 'data':
        return [
          claim,
          ...(kindOf(config).backup === undefined ? [] : [{ ...claim, name: backupName(name) }]),
        ];
      case 'external':
        return [];
    }
  });
  return [...own, ...shared];
}

/** Checks that the cluster has the classes of the volumes, and that no volume would change its class. */
export async function checkStorage(kubectl: Kubectl, graph: ServiceGraph): Promise<Check[]> {
  const wanted = wantedClaims(graph);
  if (wanted.length === 0) return [];
  const namespace = namespaceName(graph);
  const [known, existing] = await Promise.all([
    kubectl('get', 'storageclasses', '--output=json'),
    kubectl('get', 'persistentvolumeclaims', '--namespace', namespace, '--output=json'),
  ]);
  return [
    // A user without the right to list storage classes can still use them.
    known.code === 0
      ? describeStorage(parseOutput(known.stdout), wanted)
      : { name, found: `not checked: ${lastLine(known.problem)}` },
    ...(existing.code === 0 ? describeClaims(parseOutput(existing.stdout), wanted, namespace) : []),
  ];
}

/**
 * Checks that the cluster has each class that a volume names, and a default class if one names none.
 *
 * @param answer the list of storage classes
 */
export function describeStorage(answer: unknown, wanted: WantedClaim[]): Check {
  const { items } = classes.parse(answer);
  const all = items.map(({ metadata }) => metadata.name);
  const named = [...new Set(wanted.flatMap(({ storageClass }) => storageClass ?? []))];
  const missing = named.filter((one) => !all.includes(one));
  if (missing.length > 0)
    return {
      name,
      found: `the cluster has no ${missing.join(', ')}, which the stack file names; it has ${all.join(', ') || 'none'}`,
      mend: 'kubectl get storageclasses',
    };
  if (wanted.every(({ storageClass }) => storageClass !== undefined))
    return { name, found: named.join(', ') };
  const standard = items.find(
    ({ metadata }) => metadata.annotations['storageclass.kubernetes.io/is-default-class'] === 'true',
  );
  if (standard !== undefined)
    return { name, found: [...new Set([standard.metadata.name, ...named])].join(', ') };
  const [first] = all;
  return {
    name,
    found: first === undefined ? 'the cluster has none' : `none of ${all.length} is the default`,
    mend: `kubectl annotate storageclass ${first ?? '…'} storageclass.kubernetes.io/is-default-class=true`,
  };
}

/**
 * Reports each volume whose class the stack file changes. The API server refuses that, and another volume would be empty.
 *
 * @param answer the list of volume claims in the namespace
 */
export function describeClaims(answer: unknown, wanted: WantedClaim[], namespace: string): Check[] {
  const { items } = claims.catch({ items: [] }).parse(answer);
  const current = new Map(items.map(({ metadata, spec }) => [metadata.name, spec.storageClassName]));
  return wanted.flatMap(({ name: claim, storageClass }): Check[] => {
    const live = current.get(claim);
    if (storageClass === undefined || live === undefined || live === storageClass) return [];
    const path = pathOfData(claim);
    const place = path[0] === 'volumes' ? `in \`${path.join('.')}\`` : 'below `kubernetes` of its service';
    const next = `write \`storageClass: ${live}\` ${place}, or copy its data to a new volume`;
    const found = `the volume ${claim} has the class ${live}, which cannot become ${storageClass}: ${next}`;
    return [{ name, found, mend: `kubectl get persistentvolumeclaim ${claim} --namespace ${namespace}` }];
  });
}
