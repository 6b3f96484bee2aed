import { RunError } from '@pulumi/pulumi/errors.js';
import { invoke } from '@pulumi/pulumi/runtime/invoke.js';
import type { ProviderCheck } from '../plan/planned.ts';
import { versionOf } from './version.ts';

/** Runs a check with a provider. Throws RunError, which Pulumi prints without a stack trace, if it fails. */
export async function passCheck({ function: token, args, problem, failed }: ProviderCheck): Promise<void> {
  const result = (await invoke(token, args, versionOf(token)).catch(() => {
    throw new RunError(failed);
  })) as Record<string, unknown>;
  const found = problem(result);
  if (found !== undefined) throw new RunError(found);
}
