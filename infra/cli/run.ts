import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from '@commander-js/extra-typings';
import { npmCommand, railheadCommand } from '../common/commands.ts';
import { readEnvironment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { defaultEnvironment } from '../common/default-environment.ts';
import { requireSupervisors } from './own-tools.ts';
import { suggest } from '../stack/nearest.ts';
import { UserError } from '../../tools/user-error.ts';
import { environmentPaths } from '../supervisor/paths.ts';
import { readWorkload } from '../supervisor/control.ts';
import { LogReader } from '../supervisor/log-reader.ts';
import type { WorkloadStatus } from '../supervisor/spec.ts';
import { listWorkloads } from '../supervisor/workloads.ts';
import type { Workload } from '../supervisor/workloads.ts';
import { stackOption } from './options.ts';

export const command = new Command('run')
  .description('Run a cron service now, show its output and exit with its exit code.')
  .argument('<service>', 'a service with a `cron` schedule')
  .addOption(stackOption())
  .action(async (service, { stack = defaultEnvironment() }) => {
    process.exitCode = await runNow(service, stack);
  });

/** Milliseconds between two reads of the status, and how long to wait for the run to begin. */
const LOOK = 50;
const START_UP = 5000;

/** Starts a run and waits for its end. Returns its exit code, or 1 if a signal ended it. Throws UserError. */
async function runNow(service: string, stack: string): Promise<number> {
  await requireSupervisors(readEnvironment(stack), 'run', service);
  const workloads = listWorkloads(environmentPaths(projectRoot(), stack).services);
  const { folder, spec, status } = findCron(service, workloads, stack);
  const log = new LogReader(spec.log);
  log.read();
  process.kill(status.supervisor.pid, 'SIGUSR2');
  const last = await runEnded(folder, status, () => {
    const lines = log.read().filter(({ source }) => source !== 'supervisor');
    for (const { text } of lines) console.log(text);
  });
  log.close();
  const ended = last.exitCode === null ? 'was ended by a signal' : `ended with exit code ${last.exitCode}`;
  console.error(`${spec.name} ${ended} after ${last.seconds.toFixed(1)} s`);
  return last.exitCode ?? 1;
}

/** Returns a cron service. Throws UserError if it does not exist, has no schedule, is not up or is still running. */
function findCron(name: string, workloads: Workload[], stack: string) {
  const crons = workloads.filter(({ spec }) => spec.cron !== undefined).map((workload) => workload.name);
  if (workloads.length === 0) throw new UserError(`${stack} is not up. Next: ${npmCommand('up', stack)}`);
  const workload = workloads.find((candidate) => candidate.name === name);
  if (!workload) {
    const names = workloads.map((candidate) => candidate.name);
    throw new UserError(`There is no service "${name}" in ${stack}; ${suggest(name, names)}`);
  }
  const { spec, status, folder } = workload;
  if (spec.cron === undefined) {
    throw new UserError(
      `${name} has no cron schedule; it runs continuously. Cron services: ${crons.join(', ') || 'none'}`,
    );
  }
  if (!status) throw new UserError(`${name} is not up. Next: ${npmCommand('up', stack)}`);
  if (status.cron?.running) {
    const since = status.replicas[0]?.startedAt ?? 'just now';
    throw new UserError(
      `${name} is still running (since ${since}), and its runs never overlap. Next: ${railheadCommand(stack, 'logs', name, '-f')}`,
    );
  }
  return { folder, spec, status };
}

/** Calls `look` repeatedly until a run that `before` does not contain has ended. Throws UserError. */
async function runEnded(folder: string, before: WorkloadStatus, look: () => void) {
  const asked = Date.now();
  for (;;) {
    const cron = readWorkload(folder)?.cron;
    look();
    if (!cron) throw new UserError('The supervisor of the service has stopped.');
    if (cron.last && cron.last.at !== before.cron?.last?.at) return cron.last;
    if (!cron.running && Date.now() - asked > START_UP) {
      throw new UserError(`The run did not begin within ${START_UP / 1000} s.`);
    }
    await sleep(LOOK);
  }
}
