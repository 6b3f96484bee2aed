import * as z from 'zod';
import { makeEnvironmentFolders, servicePaths } from '../../../supervisor/paths.ts';
import { forgetFailed, recordFailed } from '../../../supervisor/failed.ts';
import { readSpec } from '../../../supervisor/files.ts';
import { placeSchema, type Kind, type Step } from '../../../provider/kind.ts';
import { codeEnvironment } from './environment.ts';
import { artifactInputs } from './inputs.ts';
import { CommandError, runCommand } from './command.ts';

const inputs = placeSchema.extend({
  ...artifactInputs,
  /** The commands, which the shell runs one after the other. */
  commands: z.array(z.string().min(1)).min(1),
  host: z.ipv4(),
  /** Whether the command is a service that runs once, and not the `preDeploy` of a service. */
  isService: z.boolean().optional(),
  variables: z.record(z.string(), z.string()),
});

export type PreDeployInputs = z.infer<typeof inputs>;

/** Commands that run once before a version starts. A failed run creates no resource, so the next update repeats it. */
export const preDeploy: Kind<PreDeployInputs> = {
  inputs,
  outputs: [],
  secretOutputs: [],
  replaceOn: ['artifact', 'commands'],
  ignored: ['root', 'folder', 'host', 'isService', 'variables'],
  create: run,
  update: () => Promise.resolve({}),
  delete: () => Promise.resolve(),
};

async function run(values: PreDeployInputs, step: Step): Promise<Record<string, string>> {
  makeEnvironmentFolders(values);
  const { log, workload } = servicePaths(values);
  const options = {
    service: values.name,
    environment: values.environment,
    cwd: values.folder,
    env: codeEnvironment(values),
    log,
    workload,
    isService: values.isService === true,
    step,
  };
  try {
    for (const command of values.commands) await runCommand(command, options);
  } catch (error) {
    const isFirst = readSpec(workload) === undefined;
    if (isFirst && error instanceof CommandError) recordFailed(workload, values, error.failure);
    throw error;
  }
  // No supervisor follows that would remove the record of an earlier failure.
  if (values.isService) forgetFailed(workload);
  step.progress(values.isService ? 'completed' : 'preDeploy is done');
  return {};
}
