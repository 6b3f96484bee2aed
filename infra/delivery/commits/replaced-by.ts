/** Every kind of object of Kubernetes has these. */
const object = ['metadata.name', 'metadata.namespace'];

/**
 * The properties of other providers' resources that only a new resource can have, by Pulumi's type token, as far as Railhead plans
 * them. An empty path stands for all. Taken from pulumi-kubernetes 4.34 and pulumi-docker 5.2.
 */
const replacing: Readonly<Record<string, readonly string[]>> = {
  'kubernetes:apps/v1:Deployment': ['spec.selector'],
  'kubernetes:apps/v1:StatefulSet': [
    'spec.podManagementPolicy',
    'spec.revisionHistoryLimit',
    'spec.selector',
    'spec.serviceName',
    'spec.volumeClaimTemplates',
  ],
  'kubernetes:batch/v1:Job': ['spec.completions', 'spec.parallelism', 'spec.selector', 'spec.template'],
  'kubernetes:core/v1:PersistentVolumeClaim': [
    'spec.accessModes',
    'spec.selector',
    'spec.storageClassName',
    'spec.volumeName',
  ],
  'kubernetes:core/v1:Secret': ['type'],
  'kubernetes:core/v1:Service': ['spec.clusterIP'],
  'docker:index/container:Container': [
    'capabilities',
    'command',
    'cpus',
    'entrypoints',
    'envs',
    'healthcheck',
    'image',
    'labels',
    'logDriver',
    'logOpts',
    'mounts',
    'networkMode',
    'networksAdvanced',
    'ports',
    'readOnly',
    'securityOpts',
    'shmSize',
    'stopSignal',
    'stopTimeout',
    'tmpfs',
    'ulimits',
    'user',
    'volumes',
  ],
  'docker:index/network:Network': [''],
  'docker:index/volume:Volume': [''],
};

/** Returns whether a provider is known to replace a resource of this type when a property changes. */
export function isReplacedBy(type: string, path: string): boolean {
  const properties = [...(type.startsWith('kubernetes:') ? object : []), ...(replacing[type] ?? [])];
  return properties.some(
    (property) => property === '' || path === property || path.startsWith(`${property}.`),
  );
}
