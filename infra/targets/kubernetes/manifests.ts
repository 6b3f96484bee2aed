import type { RecordedResource } from '../shared/recorded.ts';
import { replaceSecrets } from '../shared/secret-values.ts';
import { toYaml } from '../shared/yaml.ts';
import { compareTexts } from '../../common/compare-texts.ts';

/** A Kubernetes object in the form that `kubectl apply` accepts. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  [field: string]: unknown;
}

/** Kinds in the order of rendering. Dependencies come first, because `kubectl apply` creates objects in file order. */
const kinds = [
  ...['Namespace', 'ServiceAccount', 'NetworkPolicy', 'Secret', 'ConfigMap', 'PersistentVolumeClaim'],
  ...[
    'Service',
    'Job',
    'StatefulSet',
    'AnalysisTemplate',
    'Deployment',
    'Rollout',
    'CronJob',
    'PodDisruptionBudget',
  ],
];

/** Returns the manifests of a program by file name. Secrets are empty unless `secretsGiven`. */
export function renderManifests(resources: RecordedResource[], secretsGiven: boolean): Map<string, string> {
  return toManifests(toObjects(resources, secretsGiven));
}

/** Returns the Kubernetes objects of a program. Secrets are empty unless `secretsGiven`. */
export function toObjects(resources: RecordedResource[], secretsGiven: boolean): KubernetesObject[] {
  return resources
    .filter(({ type }) => type.startsWith('kubernetes:'))
    .map((resource) =>
      toObject(secretsGiven ? resource.values : replaceSecrets(resource, () => emptyOf(resource))),
    )
    .toSorted(
      (one, other) =>
        rank(one) - rank(other) ||
        compareTexts(one.kind, other.kind) ||
        compareTexts(one.metadata.name, other.metadata.name),
    );
}

/** Returns the empty value of a Secret. The API server accepts only JSON in a Secret of this type. */
function emptyOf({ values }: RecordedResource): string {
  return values.type === 'kubernetes.io/dockerconfigjson' ? '{}' : '';
}

/** Returns YAML by file name: one file per service, one for the namespace, and one for objects without a service. */
function toManifests(objects: KubernetesObject[]): Map<string, string> {
  const files = Map.groupBy(objects, fileOf);
  const names = [...files.keys()].toSorted(compareTexts);
  return new Map(names.map((name) => [name, (files.get(name) ?? []).map(toYaml).join('---\n')]));
}

function toObject(fields: Record<string, unknown>): KubernetesObject {
  const known = Object.entries(fields).filter(([field]) => field !== 'status');
  const object = Object.fromEntries(known) as KubernetesObject;
  const { annotations, ...metadata } = object.metadata;
  const kept = Object.entries(annotations ?? {}).filter(([name]) => !name.startsWith('pulumi.com/'));
  return {
    ...object,
    metadata: { ...metadata, ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }) },
  };
}

function fileOf({ kind, metadata }: KubernetesObject): string {
  if (kind === 'Namespace') return '00-namespace.yaml';
  const service = metadata.labels?.['app.kubernetes.io/name'];
  // Names of services never start with a digit.
  return service === undefined ? '01-shared.yaml' : `${service}.yaml`;
}

function rank({ kind }: KubernetesObject): number {
  const index = kinds.indexOf(kind);
  return index === -1 ? kinds.length : index;
}
