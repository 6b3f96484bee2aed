import { tokensOf } from '../../plan/resource.ts';
import { defineTarget } from '../shared/target.ts';
import { kubernetesFields } from './fields.ts';
import { gatewayUrl } from './gateway/url.ts';
import { kubernetesHandover } from './handover.ts';
import { kubernetesTools } from './own-tools.ts';
import { objects } from './types.ts';
import { unsupportedByKubernetes } from './unsupported.ts';

/** Services run as pods of a cluster, in a namespace per environment. */
export const kubernetesTarget = defineTarget({
  name: 'kubernetes',
  fields: kubernetesFields,
  unsupported: unsupportedByKubernetes,
  objects: tokensOf(objects),
  publicUrl: gatewayUrl,
  publicScheme: ({ gateway }) =>
    gateway?.domain === undefined && !gateway?.routes.some(({ host }) => host !== undefined)
      ? 'http'
      : 'https',
  containers: ['gateway', 'meter'],
  otherProviders: true,
  preflight: async (...given) => (await import('./preflight.ts')).preflightKubernetes(...given),
  load: async () => (await import('./index.ts')).planKubernetes,
  render: async (resources, secretsGiven) =>
    (await import('./manifests.ts')).renderManifests(resources, secretsGiven),
  violations: async (...given) => (await import('./policy/index.ts')).kubernetesViolations(...given),
  ownTools: kubernetesTools,
  canaries: async (place) => (await import('./canary/live.ts')).kubernetesCanaries(place),
  stores: { [objects.claim.token]: 'protected', [objects.namespace.token]: 'protected' },
  handover: kubernetesHandover,
  data: async (place) => (await import('./data.ts')).kubernetesData(place),
  newIdentity: 'refused',
  owners: async (...given) => (await import('./owners.ts')).kubernetesOwners(...given),
  drift: async (...given) => (await import('./drift/index.ts')).kubernetesDrift(...given),
  // Without it, the API server refuses to change a field that another program has set since.
  overwrites: { PULUMI_K8S_ENABLE_PATCH_FORCE: 'true' },
  recordedStack: async (...given) => (await import('./recorded-stack.ts')).kubernetesStack(...given),
  resolveInterrupted: async (checkpoint) => {
    (await import('./interrupted.ts')).adoptInterruptedObjects(checkpoint);
  },
});
