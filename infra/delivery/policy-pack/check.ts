import type rpc from '@pulumi/pulumi/proto/analyzer_pb.js';
import { readEnvironment, stackFilePath } from '../../common/environment.ts';
import { projectRoot } from '../../common/roots.ts';
import { placedFindings, type PlacedFinding } from '../../policy/check.ts';
import { openContext } from '../../program/context.ts';
import type { RecordedResource } from '../../targets/shared/recorded.ts';
import type { Config } from '../plain-config.ts';
import { recordResources } from '../render/record.ts';
import { noSecrets } from '../render/secrets.ts';
import { toRecorded } from './resources.ts';

/** The check of one environment. */
export interface EnvironmentCheck {
  /** Returns the findings of what the stack file plans. */
  planned(): Promise<PlacedFinding[]>;
  /** Records a resource that the program registers. */
  register(request: rpc.AnalyzeRequest): Promise<void>;
  /** Returns the findings of the resources that the program has registered. */
  registered(): Promise<PlacedFinding[]>;
}

/** Reads an environment. Throws UserError. */
export async function openCheck(name: string, config: Config): Promise<EnvironmentCheck> {
  // The engine starts a pack in the folder of the program. Places are relative to the project.
  process.chdir(projectRoot());
  const environment = readEnvironment(name);
  const stackFile = stackFilePath(environment);
  const context = await openContext({ ...environment, stackFile, secrets: undefined });
  const nothing = () => undefined;
  const plan = recordResources(name, config, noSecrets, nothing, { context });
  // A failure is reported by the call that uses the plan.
  plan.catch(nothing);
  const check = { ...context, environment };
  const resources: RecordedResource[] = [];
  return {
    planned: async () => placedFindings({ ...check, resources: await plan }),
    register: async (request) => void resources.push(toRecorded(request, await plan)),
    registered: () => placedFindings({ ...check, resources }),
  };
}
