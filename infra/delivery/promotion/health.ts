import { npmCommand, railheadCommand } from '../../common/commands.ts';
import type { Environment } from '../../common/environment.ts';
import { stackFilePath } from '../../common/environment.ts';
import { loadStack } from '../../stack/load.ts';
import { listFailed } from '../../supervisor/failed.ts';
import { environmentPaths } from '../../supervisor/paths.ts';
import { healthyStretch } from '../../supervisor/restart.ts';
import type { FailedDeployment } from '../../supervisor/spec.ts';
import { isUp, listWorkloads, type Workload } from '../../supervisor/workloads.ts';
import { chooseTarget } from '../../targets/index.ts';
import type { HistoryRecord } from '../history/record.ts';

/** What runs of an environment on this machine. */
export interface Running {
  workloads: readonly Workload[];
  neverRan: readonly FailedDeployment[];
}

/** An update, and the services of it that are asked; by default all. */
interface Update extends Pick<HistoryRecord, 'environment' | 'number' | 'release'> {
  services?: readonly string[] | undefined;
}

/** What an environment says about its health. */
export interface Health {
  problems: string[];
  /** The last restart of a replica that runs now. */
  restart: Restart | undefined;
}

export interface Restart {
  replica: string;
  /** When the replica was ready again. */
  time: Date;
}

/**
 * Asks for the health of what runs of an environment. Only Railhead's supervisors can be asked, on the machine and in the folder
 * where they run.
 *
 * @param say receives a line if they were not asked
 */
export async function askHealth(
  environment: Environment,
  root: string,
  update: Update,
  say: (line: string) => void,
): Promise<Health> {
  const { name, identity } = environment;
  const target = await chooseTarget(environment);
  if (target.ownTools !== undefined) {
    const stack = identity ?? loadStack(stackFilePath(environment)).stack.name;
    const { status } = target.ownTools({ stack, environment: name, service: undefined });
    say(`The health of ${name} was not asked: it runs on ${target.name}. See: ${status}`);
    return { problems: [], restart: undefined };
  }
  const { services } = environmentPaths(root, name);
  const running = { workloads: listWorkloads(services), neverRan: listFailed(services) };
  if (running.workloads.length + running.neverRan.length === 0) {
    say(`The health of ${name} was not asked: it does not run from ${root}.`);
  }
  return { problems: healthProblems(running, update), restart: lastRestart(running, update) };
}

/** Returns the last restart of a replica. A replica that was never restarted counts from its deployment. */
export function lastRestart(
  { workloads }: Pick<Running, 'workloads'>,
  { services }: Update,
): Restart | undefined {
  const restarts = workloads
    .filter(({ name }) => services?.includes(name) ?? true)
    .flatMap(({ status }) => status?.replicas ?? [])
    .filter(({ restarts: count }) => count > 0)
    .map(({ id, readyAt, startedAt }) => ({ replica: id, time: new Date(readyAt ?? startedAt) }));
  return restarts.toSorted((one, two) => two.time.getTime() - one.time.getTime())[0];
}

/** Returns why what runs is not what an update has deployed in good health. */
export function healthProblems(
  { workloads, neverRan }: Running,
  { environment, number, release = {}, services }: Update,
  now = Date.now(),
): string[] {
  const status = railheadCommand(environment, 'status');
  const isAsked = ({ name }: { name: string }) => services?.includes(name) ?? true;
  return [
    ...workloads.filter(isAsked).flatMap((workload) => {
      const { name, spec, kept } = workload;
      const trouble = troubleOf(workload, now);
      if (trouble !== undefined) return [`${name}: ${trouble} in ${environment}. Its state: ${status}`];
      const { hash } = release[name] ?? {};
      const { artifact } = kept ?? spec;
      if (hash === undefined || artifact === undefined || artifact === hash) return [];
      return [
        `${name}: ${environment} runs ${artifact}, and not ${hash} of #${number}. Next: ${npmCommand('up', environment)}`,
      ];
    }),
    ...neverRan
      .filter(isAsked)
      .map(({ name }) => `${name}: its first deployment failed in ${environment}. Its state: ${status}`),
  ];
}

function troubleOf(workload: Workload, now: number): string | undefined {
  const { status } = workload;
  if (status === undefined) return 'it is stopped';
  if (!isUp(workload)) return `it is ${status.state}`;
  // A replica in a crash loop is ready again and again.
  const looping = status.replicas.find(
    ({ retries, readyAt, startedAt }) =>
      retries > 0 && now - Date.parse(readyAt ?? startedAt) < healthyStretch,
  );
  return (
    looping &&
    `${looping.id} was restarted ${looping.restarts} times, last within ${healthyStretch / 1000} s,`
  );
}
