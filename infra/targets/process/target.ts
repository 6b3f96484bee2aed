import { environmentPaths } from '../../supervisor/paths.ts';
import { localHostClashes } from '../shared/local-hosts.ts';
import { defineTarget } from '../shared/target.ts';
import { processUrl } from './address.ts';
import { processFields } from './fields.ts';
import { processHandover } from './handover.ts';

/** Services run as processes of this machine, under supervisors that Railhead's provider starts. */
export const processTarget = defineTarget({
  name: 'process',
  fields: processFields,
  unsupported: localHostClashes,
  publicScheme: () => 'http',
  publicUrl: processUrl,
  otherProviders: false,
  preflight: async (...given) => (await import('./preflight.ts')).preflightProcess(...given),
  installs: {
    check: async (graph) => (await import('./installs.ts')).checkServers(graph),
    ensure: async (...given) => (await import('./installs.ts')).installServers(...given),
  },
  load: async () => (await import('./index.ts')).planProcesses,
  canaries: async ({ root, environment }) =>
    (await import('./canaries.ts')).processCanaries(environmentPaths(root, environment).services),
  stores: {},
  handover: processHandover,
  data: async (place) => (await import('./data.ts')).processData(place),
  newIdentity: 'renames',
  drift: async (...given) => (await import('./drift.ts')).processDrift(...given),
  recordedStack: async (...given) => (await import('./recorded-stack.ts')).processStack(...given),
  stopStrays: async ({ root, environment }, ...given) =>
    (await import('./strays.ts')).stopStrays(environmentPaths(root, environment).services, ...given),
});
