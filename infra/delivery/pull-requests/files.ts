import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environmentOf } from '../../common/pull-request.ts';
import { readSettingsFile } from '../../common/environment.ts';
import { UserError } from '../../../tools/user-error.ts';
import { tryGit } from '../commits/git.ts';
import { overlayFile } from './overlay.ts';
import { settingsText, type SettingsFile } from './settings.ts';

/** The generated files of a pull request, relative to the project. */
export interface GeneratedFiles {
  settings: string;
  overlay: string;
}

/** @param stackFile that of the environment that the pull request is made from */
export function generatedFiles(stackFile: string, number: number): GeneratedFiles {
  return { settings: `Pulumi.${environmentOf(number)}.yaml`, overlay: overlayFile(stackFile, number) };
}

/** Returns the settings of a pull request that exist already. Throws UserError if `pr up` has not written them. */
export function formerSettings(
  root: string,
  { settings, overlay }: GeneratedFiles,
): SettingsFile | undefined {
  const file = join(root, settings);
  if (!existsSync(file)) return undefined;
  const found = readSettingsFile(file) as SettingsFile | null;
  if (found?.config?.['railhead:stackFile'] === overlay) return found;
  throw new UserError(
    `${settings} belongs to an environment that \`railhead pr\` did not make. Rename that environment. Nothing was changed.`,
  );
}

/** Writes the settings and the stack file of a pull request. Secrets of former settings stay. */
export function writeGenerated(
  root: string,
  files: GeneratedFiles,
  {
    from,
    former,
    number,
    text,
  }: {
    /** The environment that the pull request is made from. */
    from: string;
    former: SettingsFile | undefined;
    number: number;
    /** The stack file. */
    text: string;
  },
): void {
  const settings = readSettingsFile(join(root, `Pulumi.${from}.yaml`)) as SettingsFile;
  mkdirSync(dirname(join(root, files.overlay)), { recursive: true });
  writeFileSync(join(root, files.overlay), text);
  writeFileSync(
    join(root, files.settings),
    settingsText(settings, former, { number, stackFile: files.overlay }),
  );
}

export function removeGenerated(root: string, { settings, overlay }: GeneratedFiles): void {
  for (const file of [settings, overlay]) rmSync(join(root, file), { force: true });
}

/** Returns the generated files that the next `git add` would add; none outside a repository. */
export async function notIgnored(root: string, { settings, overlay }: GeneratedFiles): Promise<string[]> {
  const { code, stdout } = await tryGit(root, ['check-ignore', '--', settings, overlay]);
  if (code !== 0 && code !== 1) return [];
  const ignored = stdout.split('\n');
  return [settings, overlay].filter((file) => !ignored.includes(file));
}
