import { randomUUID } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pulumiCommand } from '../common/commands.ts';
import { projectRoot } from '../common/roots.ts';
import { withOwnedFolder } from '../delivery/owned-folder.ts';
import type { Pulumi } from '../delivery/state/read-plan.ts';
import { UserError } from '../../tools/user-error.ts';
import type { EngineCall } from './engine-call.ts';
import { hasPassphrase } from './engine-environment.ts';
import { createStack } from './ensure-stack.ts';
import { settingsFile } from './stack-settings.ts';

/**
 * Gives `use` the Pulumi CLI with an empty state of a stack that does not exist yet. Neither the backend nor the settings file is
 * changed: the state and a copy of the file are in a temporary folder. Throws UserError.
 */
export function onEmptyState<T>(
  pulumi: EngineCall,
  stack: string,
  use: (pulumi: Pulumi) => Promise<T>,
): Promise<T> {
  return withOwnedFolder('railhead-state-', async (folder) => {
    const settings = settingsFile(stack);
    for (const file of ['Pulumi.yaml', settings]) copyFileSync(join(projectRoot(), file), join(folder, file));
    const own = {
      PULUMI_BACKEND_URL: pathToFileURL(folder).href,
      // Pulumi Cloud encrypts secrets without a passphrase, and the state in a folder needs one.
      ...(isCloud(pulumi) && !hasPassphrase() && { PULUMI_CONFIG_PASSPHRASE: randomUUID() }),
    };
    const read: Pulumi['read'] = (args, variables, limits) => {
      const flags = args[0] === 'preview' ? ['--config-file', join(folder, settings)] : [];
      return pulumi.read([...args, ...flags], { ...variables, ...own }, limits);
    };
    try {
      await createStack({ read }, stack, folder);
      return await use({ project: pulumi.project, read });
    } catch (error) {
      throw explained(error, stack);
    }
  });
}

function isCloud({ backend }: EngineCall): boolean {
  return /^https?:/.test(backend);
}

/** A program can read outputs of other stacks, and the settings environments of Pulumi ESC. The empty backend has neither. */
function explained(error: unknown, stack: string): unknown {
  const lacks = /unknown stack|does not support environments/;
  if (!(error instanceof UserError && lacks.test(error.message))) return error;
  return new UserError(
    `${error.message}\nThis stack does not exist yet, so its preview cannot read other stacks or environments of Pulumi ESC. Create the stack, then preview again: ${pulumiCommand(undefined, 'stack', 'init', stack)}`,
  );
}
