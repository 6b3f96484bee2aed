import { Command } from '@commander-js/extra-typings';
import { npmCommand } from '../common/commands.ts';
import { readEnvironment, type Environment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import type { StatusDocument } from '../delivery/status/document.ts';
import { deployedStack, requireSupervisors } from './own-tools.ts';
import { UserError } from '../../tools/user-error.ts';
import { environmentPaths } from '../supervisor/paths.ts';
import { listFailed } from '../supervisor/failed.ts';
import { isUp, listWorkloads } from '../supervisor/workloads.ts';
import { terminalWidth } from '../common/table.ts';
import { defaultEnvironment } from '../common/default-environment.ts';
import { chooseTarget } from '../targets/index.ts';
import type { LiveCanary } from '../targets/shared/canaries.ts';
import { drawCanaries } from '../views/canaries.ts';
import { stackOption } from './options.ts';
import { listServices } from './status-services.ts';
import { describeFailure, describeNeverRan, formatStatus } from './status-table.ts';

export const command = new Command('status')
  .description('Show services, replicas, state, restarts, address, artifact and uptime, and the canaries.')
  .addOption(stackOption())
  .option('--json', 'print JSON')
  .addHelpText(
    'after',
    '\nOn Docker and Kubernetes it shows the canaries, and the command that shows the services.',
  )
  .action(async ({ stack = defaultEnvironment(), json = false }) => {
    const environment = readEnvironment(stack);
    const target = await chooseTarget(environment);
    if (target.canaries === undefined) await requireSupervisors(environment, 'status');
    const deployed = () => deployedStack(environment);
    const place = { root: projectRoot(), environment: stack, stack: deployed };
    const canaries = (await target.canaries?.(place)) ?? [];
    const tool = target.ownTools?.({ stack: deployed(), environment: stack, service: undefined }).status;
    if (tool === undefined) process.exitCode = showStatus(environment, canaries, json);
    else if (json) printDocument({ version: 1, environment: stack, canaries, command: tool });
    else console.log([drawn(canaries) || 'No canary runs.', '', `The services: ${tool}`].join('\n'));
  });

/** Prints the services, the failures and the canaries. Returns exit code 1 if a service is not up. Throws UserError. */
function showStatus({ name }: Environment, canaries: LiveCanary[], json: boolean): number {
  const { services } = environmentPaths(projectRoot(), name);
  const workloads = listWorkloads(services);
  const neverRan = listFailed(services);
  if (workloads.length + neverRan.length === 0) {
    throw new UserError(`Nothing runs in ${name}. Next: ${npmCommand('up', name)}`);
  }
  const wrong = workloads.filter((workload) => !isUp(workload));
  const code = wrong.length + neverRan.length === 0 ? 0 : 1;
  if (json) {
    const services = listServices(workloads, neverRan);
    printDocument({ version: 1, environment: name, services, canaries });
    return code;
  }
  console.log(formatStatus(workloads, neverRan, terminalWidth()));
  if (canaries.length > 0) console.log(`\n${drawn(canaries)}`);
  const failures = [...workloads.flatMap(describeFailure), ...neverRan.map(describeNeverRan)].toSorted();
  if (failures.length > 0) console.log(`\n${failures.join('\n')}`);
  if (wrong.some(({ status }) => !status)) console.log(`\nNext: ${npmCommand('up', name)}`);
  return code;
}

function drawn(canaries: LiveCanary[]): string {
  return drawCanaries(canaries, terminalWidth()).join('\n');
}

function printDocument(document: StatusDocument): void {
  console.log(JSON.stringify(document, undefined, 2));
}
