import { publishedOfOneMachine } from '../../testing/published.ts';
import { ports } from '../../testing/services.ts';
import type { TargetHarness } from '../../testing/target-harness.ts';
import { environment, lacksEngine, type TestSystem } from '../../testing/system.ts';
import { loopbackAddress } from '../address.ts';
import { servicePaths } from '../../../supervisor/paths.ts';
import { readWorkload, stopWorkload } from '../../../supervisor/control.ts';

const workload = ({ root }: TestSystem, name: string) => servicePaths({ root, environment, name }).workload;

/** How the contract tests access services that run under supervisors. */
export const processHarness: TargetHarness = {
  skip: await lacksEngine(),
  mountsFolders: true,
  url: ({ root }, service) =>
    Promise.resolve(`http://${loopbackAddress(root, environment)}:${ports[service]}`),
  published: (_, port) => Promise.resolve(publishedOfOneMachine(port)),
  instances: (system, service) => Promise.resolve(servingReplicas(system, service)),
  remove: (system, service) => stopWorkload(workload(system, service)),
  tick: (system, service) => {
    const status = readWorkload(workload(system, service));
    if (status === undefined) throw new Error(`${service} has no supervisor`);
    process.kill(status.supervisor.pid, 'SIGUSR2');
    return Promise.resolve();
  },
};

/** Returns the serving replicas, without those of the previous version that still finish their last requests. */
function servingReplicas(system: TestSystem, service: string): string[] {
  return (readWorkload(workload(system, service))?.replicas ?? [])
    .filter(({ state }) => state !== 'draining' && state !== 'exited')
    .map(({ pid, startTime }) => `${pid} ${startTime}`)
    .toSorted();
}
