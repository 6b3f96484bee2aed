import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readSettingsFile } from '../common/environment.ts';

/** Returns the secrets provider that `Pulumi.<stack>.yaml` names. */
export function secretsProvider(root: string, stack: string): string | undefined {
  return settings(root, stack)?.secretsprovider;
}

/** Returns a value of Railhead's config in `Pulumi.<stack>.yaml`. */
export function configValue(root: string, stack: string, key: 'target' | 'ownMachine'): unknown {
  return settings(root, stack)?.config?.[`railhead:${key}`];
}

/** Returns whether `railhead:ownMachine` says that the secrets of the stack protect nothing outside of this machine. */
export function isOwnMachine(root: string, stack: string): boolean {
  // `pulumi config set` writes a text.
  return String(configValue(root, stack, 'ownMachine')) === 'true';
}

/** Returns `dev` for `organization/<project>/dev`. */
export function shortName(stack: string): string {
  return stack.slice(stack.lastIndexOf('/') + 1);
}

function settings(root: string, stack: string): z.infer<typeof stackSettings> | undefined {
  const file = settingsFile(stack);
  if (!existsSync(join(root, file))) return undefined;
  return stackSettings.safeParse(readSettingsFile(join(root, file))).data;
}

/** Returns `Pulumi.dev.yaml`. */
export function settingsFile(stack: string): string {
  return `Pulumi.${shortName(stack)}.yaml`;
}

/** The fields of `Pulumi.<stack>.yaml` that this file reads. */
const stackSettings = z.object({
  secretsprovider: z.string().optional(),
  config: z.record(z.string(), z.unknown()).nullish(),
});
