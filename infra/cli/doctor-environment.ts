import { railheadCommand } from '../common/commands.ts';
import { stackFilePath, type Environment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { openContext } from '../program/context.ts';
import { StackError } from '../stack/problem.ts';
import type { Check } from '../targets/shared/check.ts';
import { cloudflareChecks } from './doctor-cloudflare.ts';

/** Checks what an environment needs. Returns a single failed check if its stack file is invalid. */
export async function environmentChecks(environment: Environment): Promise<Check[]> {
  const { name, dockerPool, stackFile } = environment;
  try {
    const { target, graph } = await openContext({ ...environment, stackFile: stackFilePath(environment) });
    return [
      ...((await target.installs?.check(graph)) ?? []),
      ...(await target.preflight(graph, { root: projectRoot(), environment: name, dockerPool })),
      ...cloudflareChecks(projectRoot(), graph),
    ];
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    const found = `${error.problems.length} problems in ${stackFile}`;
    return [{ name: 'Stack file', found, mend: railheadCommand(name, 'validate') }];
  }
}
