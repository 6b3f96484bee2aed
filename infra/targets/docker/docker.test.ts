import { afterAll } from 'vitest';
import { lacksPlugin, linkPlugin } from '../../../tools/testing/plugins.ts';
import { describeTarget } from '../testing/contract.ts';
import { publishedOfOneMachine } from '../testing/published.ts';
import { ports } from '../testing/services.ts';
import { environment, lacksEngine, type TestSystem } from '../testing/system.ts';
import { containersOf, docker, lacksDaemon, removeLeftovers } from './testing/daemon.ts';

const stack = { stack: 'contract', environment };

const skip = (await lacksEngine()) ?? lacksPlugin('docker') ?? lacksDaemon();
if (skip === undefined) afterAll(() => removeLeftovers(stack));

describeTarget('docker', {
  skip,
  mountsFiles: true,
  mountsFolders: true,
  prepare: ({ root }) => Promise.resolve(linkPlugin(root, 'docker')),
  // The Docker provider reads the live state only with this flag.
  refreshFlags: ['--refresh'],
  serviceOf: (resource) => resource.replace('contract-test-', '').replace(/[-.].*/, ''),
  // The variables of a container are one list.
  secretChange: /~ envs: \[\s+~ \[\d+\]: \[secret\]/,
  url: (_system, service) => Promise.resolve(`http://${addressOf(service)}:${ports[service]}`),
  published: (_, port) => Promise.resolve(publishedOfOneMachine(port)),
  instances: (_system, service) => Promise.resolve(serving(service)),
  remove: (_system, service) => {
    docker('rm', '--force', ...containersOf({ ...stack, service }).map(({ Id }) => Id));
    return Promise.resolve();
  },
  tick: (_system: TestSystem, service) => {
    docker('kill', '--signal', 'USR2', ...serving(service));
    return Promise.resolve();
  },
});

/** Returns the address of a service's balancer on one of its networks, all of which this machine can reach. */
function addressOf(service: string): string {
  const [balancer] = containersOf({ ...stack, service, role: 'balancer' });
  const address = Object.values(balancer?.NetworkSettings.Networks ?? {})[0]?.IPAddress;
  if (address === undefined) throw new Error(`${service} has no balancer`);
  return address;
}

function serving(service: string): string[] {
  return containersOf({ ...stack, service })
    .filter(({ Config }) => Config.Labels['railhead.role'] !== 'balancer')
    .map(({ Id }) => Id)
    .toSorted();
}
