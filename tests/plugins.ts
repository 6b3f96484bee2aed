import { existsSync, globSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { pulumiHome } from '../tools/engine/home.ts';

/** Why a test that needs the provider plugin cannot run; undefined where the plugin is installed. */
export function lacksPlugin(name: string): string | undefined {
  return findPlugin(name) === undefined
    ? `there is no Pulumi plugin ${name}: pulumi plugin install resource ${name}`
    : undefined;
}

/** Makes the plugin, where it is installed, one of the clone's `PULUMI_HOME`. Pulumi follows links to files, not to folders. */
export function linkPlugin(root: string, name: string): void {
  const installed = findPlugin(name);
  if (installed === undefined) return;
  const folder = join(pulumiHome(root), 'plugins', basename(installed));
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(installed)) {
    if (!existsSync(join(folder, file))) symlinkSync(join(installed, file), join(folder, file));
  }
}

/**
 * The folder `resource-<name>-v<version>` in $RAILHEAD_PLUGINS, else in the plugins of this user, else of
 * this clone. One that is merely on the PATH is found by Pulumi itself.
 */
function findPlugin(name: string): string | undefined {
  const folders = [
    ...(process.env.RAILHEAD_PLUGINS?.split(delimiter) ?? []),
    join(homedir(), '.pulumi', 'plugins'),
    join(pulumiHome(process.cwd()), 'plugins'),
  ];
  return folders
    .flatMap((folder) => (existsSync(folder) ? readdirSync(folder).map((entry) => join(folder, entry)) : []))
    .find(
      (path) =>
        basename(path).startsWith(`resource-${name}-v`) &&
        globSync(join(path, `pulumi-resource-${name}*`)).length > 0,
    );
}
