import type { Environment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { mendOf, refuseUndeployed, undeployed } from '../delivery/drift/mend.ts';
import type { Look } from '../delivery/drift/read-drift.ts';
import { readPlan } from '../delivery/state/read-plan.ts';
import type { Target } from '../targets/shared/target.ts';
import type { EngineCall } from './engine-call.ts';
import { command as up } from './up.ts';
import { update } from './update.ts';

/**
 * Deploys again what was deployed, for what has drifted only. Returns the exit code of the command: 0 if nothing differs afterwards.
 * Throws UserError, before anything changes, if that would deploy something new.
 *
 * @param look compares the environment with its state, and shows the result
 */
export async function mendDrift(
  environment: Environment,
  { overwrites = {} }: Pick<Target, 'overwrites'>,
  look: () => Promise<Look & { pulumi: EngineCall }>,
): Promise<number> {
  const { name } = environment;
  const { document, state, pulumi } = await look();
  const mend = mendOf(document, state);
  const strays = document.findings.some(({ kind }) => kind === 'stray');
  if (mend.urns.length === 0 && !strays) return document.drifted ? 2 : 0;
  // Without the live state, which some providers change when they read it.
  const options = { root: projectRoot(), environment: name, refresh: false, progress: console.error };
  const { resources, snapshotHash } = await readPlan(pulumi, options);
  const edited = undeployed(resources);
  refuseUndeployed(mend, edited, name);
  // The engine hands its environment on to its providers.
  Object.assign(process.env, overwrites);
  const code = await update(environment, {
    own: up,
    flags: [
      ...mend.urns.flatMap((urn) => ['--target', urn]),
      ...mend.replaced.flatMap((urn) => ['--replace', urn]),
    ],
    whole: edited.length === 0,
    // A file that is saved from now on would be deployed with it.
    snapshot: snapshotHash,
    wait: false,
    json: false,
    reviewed: undefined,
    ended: () => undefined,
  });
  if (code !== 0) return 1;
  console.log('');
  return (await look()).document.drifted ? 2 : 0;
}
