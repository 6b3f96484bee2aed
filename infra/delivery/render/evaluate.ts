import type { ResourceTransformation } from '@pulumi/pulumi/resource.js';
import { setMocks } from '@pulumi/pulumi/runtime/mocks.js';
import { disconnect, getMonitor } from '@pulumi/pulumi/runtime/settings.js';
import { registerStackTransformation, runInPulumiStack } from '@pulumi/pulumi/runtime/stack.js';
import { inProcess } from './in-process.ts';
import { functionResult } from './provider-outputs.ts';
import { recordInto } from './recorder.ts';
import type { RecordedResource } from '../../targets/shared/recorded.ts';
import type { Secrets } from './secrets.ts';

/**
 * Runs a Pulumi program without an engine, on Pulumi's mock runtime, as a preview: nothing is deployed. Returns every
 * resource of the program in the order of registration. Only one program may run at a time.
 */
export async function evaluate(
  program: () => Promise<unknown>,
  environment: string,
  secrets: Secrets,
): Promise<RecordedResource[]> {
  const resources: RecordedResource[] = [];
  await inProcess(async () => {
    const mocks = {
      call: ({ token }: { token: string }) => functionResult(token, secrets),
      newResource: unused,
    };
    await setMocks(mocks, 'railhead', environment, true);
    const monitor = getMonitor();
    if (monitor === undefined) throw new Error('Pulumi has no mock runtime');
    recordInto(monitor, resources, secrets);
    await runInPulumiStack(() => Promise.resolve());
    registerStackTransformation(withoutAliases);
    await program();
    await disconnect();
  });
  return resources;
}

/** Required by `setMocks`. Never called, because the recorder handles every resource first. */
function unused(): never {
  throw new Error('a resource bypassed the recorder');
}

/** Removes aliases, which map resources of an older state. There is none here, and aliases take a fifth of the time. */
const withoutAliases: ResourceTransformation = ({ props, opts }) => ({
  props,
  opts: { ...opts, aliases: [] },
});
