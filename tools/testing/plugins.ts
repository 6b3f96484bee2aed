import { existsSync, globSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { pulumiHome } from '../engine/home.ts';

/** Returns the reason why a test that needs the provider plugin cannot run, or undefined if the plugin is installed. */
export function lacksPlugin(name: string): string | undefined {
  return findPlugin(name) === undefined
    ? `there is no Pulumi plugin ${name}: pulumi plugin install resource ${name}`
    : undefined;
}

/**
 * Links an installed plugin into the clone's `PULUMI_HOME`. Links each file, since Pulumi does not follow links to
 * folders.
 */
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
 * Returns the folder `resource-<name>-v<version>` in $RAILHEAD_PLUGINS, else in the plugins of this user, else in
 * those of this clone. Ignores plugins on the PATH, which Pulumi finds itself.
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
