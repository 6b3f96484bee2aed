import { tokensOf } from '../../plan/resource.ts';
import { defineTarget } from '../shared/target.ts';
import { dockerUrl } from './address.ts';
import { dockerFields } from './fields.ts';
import { dockerHandover } from './handover.ts';
import { dockerTools } from './own-tools.ts';
import { objects } from './resources.ts';
import { unsupportedByDocker } from './unsupported.ts';

/** Services run as containers of one Docker daemon. */
export const dockerTarget = defineTarget({
  name: 'docker',
  fields: dockerFields,
  unsupported: unsupportedByDocker,
  objects: tokensOf(objects),
  publicScheme: () => 'http',
  publicUrl: dockerUrl,
  containers: ['gateway', 'balancer'],
  otherProviders: true,
  preflight: async (...given) => (await import('./preflight.ts')).preflightDocker(...given),
  load: async () => (await import('./index.ts')).planDocker,
  render: async (...given) => (await import('./render/compose.ts')).renderCompose(...given),
  violations: async (...given) => (await import('./policy.ts')).dockerViolations(...given),
  ownTools: dockerTools,
  canaries: async (place) => (await import('./canaries.ts')).dockerCanaries(place),
  stores: { [objects.volume.token]: 'kept' },
  handover: dockerHandover,
  data: async (place) => (await import('./data.ts')).dockerData(place),
  newIdentity: 'leaves',
  owners: async (graph) => (await import('./owners.ts')).dockerOwners(graph),
  drift: async (...given) => (await import('./drift/index.ts')).dockerDrift(...given),
  recordedStack: async (resources) => (await import('./recorded-stack.ts')).dockerStack(resources),
  resolveInterrupted: async (checkpoint) =>
    (await import('./interrupted.ts')).removeInterruptedContainers(checkpoint),
});
