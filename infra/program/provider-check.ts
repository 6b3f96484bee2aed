import { invoke } from '@pulumi/pulumi/runtime/invoke.js';
import { reportUserErrors } from '../common/report.ts';
import type { ProviderCheck } from '../plan/planned.ts';
import { UserError } from '../../tools/user-error.ts';
import { versionOf } from './version.ts';

/** Runs a check with a provider. If it fails, throws an error that Pulumi prints without a stack trace. */
export function passCheck({ function: token, args, problem, failed }: ProviderCheck): Promise<void> {
  return reportUserErrors(async () => {
    const result = (await invoke(token, args, versionOf(token)).catch(() => {
      throw new UserError(failed);
    })) as Record<string, unknown>;
    const found = problem(result);
    if (found !== undefined) throw new UserError(found);
  });
}
