import { getStack } from '@pulumi/pulumi/metadata.js';
import { invoke } from '@pulumi/pulumi/runtime/invoke.js';
import * as z from 'zod';
import { projectRoot } from '../common/roots.ts';
import type { HeldIdentity } from './identity.ts';
import { recordedIdentity } from './recorded-identity.ts';

const resources = z.record(
  z.string(),
  z.object({ type: z.string(), outputs: z.record(z.string(), z.unknown()) }),
);

/** What the state holds of the identity. The engine answers for every backend. */
export async function heldIdentity(): Promise<HeldIdentity | undefined> {
  const token = 'pulumi:pulumi:readStackResourceOutputs';
  const answer: unknown = await invoke(token, { stackName: getStack() }, { async: true });
  const { outputs } = z.object({ outputs: resources }).parse(answer);
  const found = Object.entries(outputs).map(([urn, resource]) => ({ urn, ...resource }));
  return recordedIdentity(found, { root: projectRoot(), environment: getStack() });
}
