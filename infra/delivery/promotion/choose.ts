import { neededArtifacts } from '../../artifacts/needed.ts';
import { gatewayIsImage } from '../../artifacts/programs.ts';
import { railheadCommand } from '../../common/commands.ts';
import type { Environment } from '../../common/environment.ts';
import type { Context } from '../../program/context.ts';
import { releasePath } from '../../releases/load.ts';
import type { ReleaseFile } from '../../releases/schema.ts';
import { chooseTarget } from '../../targets/index.ts';
import type { HistoryRecord } from '../history/record.ts';
import { fitArtifacts, type Fit } from './artifacts.ts';
import { recordedServices } from './recorded-graph.ts';
import { referenceProblems } from './references.ts';
import { togetherProblems } from './together.ts';

interface Request {
  from: Environment;
  to: Environment;
  only: readonly string[] | undefined;
}

/** Artifacts that can be promoted, and why others cannot. */
interface Choice extends Fit {
  /** The services whose health matters: with `only`, those and what they reference. Undefined for all. */
  involved: readonly string[] | undefined;
}

/**
 * Chooses the artifacts of an update that another environment gets.
 *
 * @param records the updates of the source, newest first; the first one is promoted
 * @param context the environment that gets the artifacts
 * @param current its release file
 */
export async function chooseArtifacts(
  records: readonly [HistoryRecord, ...HistoryRecord[]],
  { from, to, only }: Request,
  { graph, target }: Pick<Context, 'graph' | 'target'>,
  current: ReleaseFile | undefined,
): Promise<Choice> {
  const [record] = records;
  const { containers } = await chooseTarget(from);
  const needed = neededArtifacts(graph, target.containers);
  const fit = fitArtifacts(record, {
    ...{ name: to.name, stackFile: to.stackFile, needed, only },
    hasOtherGateway: gatewayIsImage(graph, containers) !== gatewayIsImage(graph, target.containers),
  });
  if (only === undefined) return { ...fit, involved: undefined };
  const all = railheadCommand(undefined, 'promote', from.name, to.name);
  if (current === undefined) {
    const problem = `--only leaves the rest of ${releasePath(to.name)} as it is, and the file does not exist. First, without --only: ${all}`;
    return { ...fit, problems: [...fit.problems, problem], involved: only };
  }
  const missing = needed
    .map(({ service }) => service)
    .filter((service) => !only.includes(service) && current.artifacts[service] === undefined)
    .map((service) => `${service}: ${releasePath(to.name)} has no artifact of it. Add it to --only.`);
  const services = await recordedServices(record);
  if (services === undefined) {
    const problem = `#${record.number} of ${from.name} does not say which services reference each other. Promote all of them: ${all}`;
    return { ...fit, problems: [...fit.problems, ...missing, problem], involved: only };
  }
  const pair = { from: from.name, to: to.name };
  return {
    pins: fit.pins,
    problems: [
      ...fit.problems,
      ...missing,
      ...referenceProblems(only, services, from.name, { stackFile: to.stackFile, services: graph.services }),
      ...togetherProblems({ only, services, records, current: current.artifacts, ...pair }),
    ],
    involved: only.flatMap((name) => [
      name,
      ...(services.find((service) => service.name === name)?.dependsOn ?? []),
    ]),
  };
}
