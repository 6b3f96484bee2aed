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

type Update = Pick<HistoryRecord, 'environment' | 'number' | 'release'>;

/**
 * Returns why what runs of an environment is not healthy. Only Railhead's supervisors can be asked, on the machine and in the folder
 * where they run.
 *
 * @param say receives a line if they were not asked
 */
export async function askHealth(
  environment: Environment,
  root: string,
  update: Update,
  say: (line: string) => void,
): Promise<string[]> {
  const { name, identity } = environment;
  const target = await chooseTarget(environment);
  if (target.ownTools !== undefined) {
    const stack = identity ?? loadStack(stackFilePath(environment)).stack.name;
    const { status } = target.ownTools({ stack, environment: name, service: undefined });
    say(`The health of ${name} was not asked: it runs on ${target.name}. See: ${status}`);
    return [];
  }
  const { services } = environmentPaths(root, name);
  const running = { workloads: listWorkloads(services), neverRan: listFailed(services) };
  if (running.workloads.length + running.neverRan.length === 0) {
    say(`The health of ${name} was not asked: it does not run from ${root}.`);
  }
  return healthProblems(running, update);
}

/** Returns why what runs is not what an update has deployed in good health. */
export function healthProblems(
  { workloads, neverRan }: Running,
  { environment, number, release = {} }: Update,
  now = Date.now(),
): string[] {
  const status = railheadCommand(environment, 'status');
  return [
    ...workloads.flatMap((workload) => {
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
    ...neverRan.map(
      ({ name }) => `${name}: its first deployment failed in ${environment}. Its state: ${status}`,
    ),
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
