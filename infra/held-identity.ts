import { getStack } from '@pulumi/pulumi/metadata.js';
import { invoke } from '@pulumi/pulumi/runtime/invoke.js';
import { z } from 'zod';
import { repositoryRoot } from './environment.ts';
import type { Identity } from './identity.ts';
import { environmentPaths } from './targets/process/paths.ts';
import { listWorkloads } from './targets/process/supervisor/workloads.ts';

const resources = z.record(
  z.string(),
  z.object({ type: z.string(), outputs: z.record(z.string(), z.unknown()) }),
);
const record = z.object({ stack: z.string(), data: z.string() });
const data = z.record(z.string(), z.object({ type: z.string(), version: z.string(), storage: z.number() }));
const labelled = z.object({ labels: z.array(z.object({ label: z.string(), value: z.string() })) });

/**
 * What the state holds of the identity. The engine answers for every backend; a state that an older version has written has no
 * record, but what it holds says which name it was made under.
 */
export async function heldIdentity(): Promise<Partial<Identity> | undefined> {
  const token = 'pulumi:pulumi:readStackResourceOutputs';
  const answer: unknown = await invoke(token, { stackName: getStack() }, { async: true });
  const { outputs } = z.object({ outputs: resources }).parse(answer);
  for (const { type, outputs: values } of Object.values(outputs)) {
    if (type !== 'railhead:generated:Identity') continue;
    const { stack, data: text } = record.parse(values);
    return { stack, data: data.parse(JSON.parse(text)) };
  }
  for (const [urn, { type, outputs: values }] of Object.entries(outputs)) {
    if (type === 'kubernetes:core/v1:Namespace') {
      return { stack: urn.slice(urn.lastIndexOf('::') + 2, -`-${getStack()}`.length) };
    }
    const label = labelled
      .safeParse(values)
      .data?.labels.find(({ label: name }) => name === 'railhead.stack');
    if (label) return { stack: label.value };
  }
  return ofProcesses(Object.values(outputs).some(({ type }) => type.startsWith('railhead:process:')));
}

/** Of a state of processes the services know the name. */
function ofProcesses(exist: boolean): Partial<Identity> | undefined {
  if (!exist) return undefined;
  const { services } = environmentPaths(repositoryRoot, getStack());
  const names = listWorkloads(services).flatMap(({ spec }) => spec.env.RAILWAY_PROJECT_NAME ?? []);
  return names[0] === undefined ? undefined : { stack: names[0] };
}
