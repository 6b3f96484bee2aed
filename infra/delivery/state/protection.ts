import { resourceName } from '../../changes/resource-name.ts';
import { pulumiCommand } from '../../common/commands.ts';
import { nameOf } from '../../targets/shared/data.ts';

/** Returns why a protected resource stays, for the error of the engine about it; undefined for another error. */
export function protectionProblem(error: string, environment: string): string | undefined {
  const urn = /"(urn:pulumi:[^"]+)"\s+cannot be deleted\s+because it is protected/.exec(error)?.[1];
  if (urn === undefined) return undefined;
  const type = urn.split('::').at(-2)?.split('$').at(-1) ?? '';
  return `${resourceName({ type, name: nameOf(urn) })} is protected, so the update cannot delete it. Keep its service, or remove the protection: ${pulumiCommand(environment, 'state', 'unprotect', urn)}`;
}
