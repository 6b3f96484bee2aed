import { basename } from 'node:path';
import { findProject } from '../common/roots.ts';
import { readExisting } from './existing.ts';
import { isIgnored, isInGit, requireCommitted } from './git.ts';
import { missingPackages, requireRailhead } from './installed.ts';
import { toLabel } from './names.ts';
import { chooseOwnTarget } from './own-target.ts';
import { planProgram, planProject, planScripts, type Addition, type Context } from './plan-project.ts';
import { planStack } from './plan-stack.ts';
import { ignoreText } from './project-files.ts';
import { findStackFile } from './stack-file.ts';
import type { Change, Detected } from './types.ts';
import { requireWritable } from './writable.ts';

export interface InitPlan {
  root: string;
  name: string;
  /** The environment that `up` starts; undefined if no target can run the stack file. */
  environment: string | undefined;
  isInGit: boolean;
  /** Why the environment has not the usual target; undefined if it has, or if there is an environment already. */
  targetReason: string | undefined;
  /** The project in a folder above; undefined if there is none, or if `root` is one itself. */
  above: string | undefined;
  /** The proposed services; undefined if there is a stack file already. */
  detected: Detected | undefined;
  /** Changes of files, in the order in which they are shown and written. */
  changes: Change[];
  additions: Addition[];
  /** Scripts of the user that have the name of one of Railhead's. */
  keptScripts: string[];
  /** What the user has to do before the first `up`. */
  steps: string[];
}

/** Plans what `init` writes to a folder. Reads only. Throws UserError if that is not possible. */
export async function planInit(root: string): Promise<InitPlan> {
  const railhead = requireRailhead(root);
  const existing = readExisting(root);
  const { manifest, environment } = existing;
  const name = toLabel(manifest?.name ?? basename(root));
  const stackFile = findStackFile(root, name, existing);
  const isModule = manifest === undefined || manifest.type === 'module';
  const own = await chooseOwnTarget(root, stackFile, existing);
  const context: Context = { name, stackFile, own, railhead, existing, isModule };
  const stack = await planStack(root, context);
  const project = planProject(context);
  const program = planProgram(context, stack.hasGateway);
  const scripts = planScripts(context);
  const ignored = existing.read('.gitignore');
  const ignore = (await isIgnored(root, '.railhead/')) ? ignored : ignoreText(ignored);
  const changes = [
    ...project.changes,
    ...program.changes,
    ...stack.changes,
    ...(ignore === undefined ? [] : [{ path: '.gitignore', before: ignored, after: ignore }]),
    ...scripts.changes,
  ].filter(({ before, after }) => before !== after);
  requireWritable(root, changes);
  const inGit = await isInGit(root);
  if (inGit) await requireCommitted(root, changes);
  const advice = (stack.detected?.proposals ?? []).flatMap((proposal) => proposal.advice);
  return {
    ...{ root, name, isInGit: inGit, detected: stack.detected, changes, keptScripts: scripts.kept },
    environment: environment?.name ?? own.environment,
    targetReason: environment === undefined ? own.reason : undefined,
    above: existing.project === undefined ? findProject() : undefined,
    additions: [...project.additions, ...program.additions],
    steps: [...missingPackages(root, stack.hasGateway), ...program.steps, ...advice],
  };
}
