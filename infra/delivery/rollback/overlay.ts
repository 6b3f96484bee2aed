import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatRelease } from '../../releases/format.ts';
import { releasesVariable } from '../../releases/load.ts';
import type { ReleaseFile } from '../../releases/schema.ts';
import { writeStack, type RecordedStack } from '../history/recorded-stack.ts';
import { editSettings } from '../restore/settings.ts';

/** Release file, stack files and settings of an environment as they will be. They are below `.railhead`, which git ignores. */
export interface Overlay {
  /** Path of the stack file, relative to the project. */
  stackFile: string;
  /** Absolute path of the settings file. */
  configFile: string;
  /** Names the artifacts of the release. */
  pin: (release: ReleaseFile) => void;
}

/** Returns the folder of an overlay, relative to the project. What a preview shows of it stands for a file in `releases`. */
export function overlayFolder(environment: string): string {
  return `.railhead/releases/${environment}`;
}

interface Draft {
  /** Absolute path of the project. */
  root: string;
  /** The environment. */
  name: string;
  stack: RecordedStack;
  /** Values of config by key. */
  config: Readonly<Record<string, unknown>>;
  release: ReleaseFile;
}

/** Writes an overlay for the time of `use`. Until its end, this process and its children read release files from there. */
export async function withOverlay<T>(draft: Draft, use: (overlay: Overlay) => Promise<T>): Promise<T> {
  const { root, name, stack, config, release } = draft;
  const copies = `${overlayFolder(name)}/${name}.stack`;
  const stackFile = `${copies}/${stack.file}`;
  const settings = `Pulumi.${name}.yaml`;
  const text = readFileSync(join(root, settings), 'utf8');
  return withRelease(root, name, release, (pin) => {
    const configFile = join(root, overlayFolder(name), settings);
    writeFileSync(configFile, editSettings(text, { ...config, 'railhead:stackFile': stackFile }), {
      mode: 0o600,
    });
    writeStack(join(root, copies), stack);
    return use({ stackFile, configFile, pin });
  });
}

/**
 * Gives an environment a release file for the time of `use`, without a change of the project.
 *
 * @param use gets a function that replaces the release
 */
export async function withRelease<T>(
  root: string,
  environment: string,
  release: ReleaseFile,
  use: (pin: (release: ReleaseFile) => void) => Promise<T>,
): Promise<T> {
  const folder = join(root, overlayFolder(environment));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // A killed process may have left it.
  remove();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pin = (whole: ReleaseFile) =>
    writeFileSync(join(folder, `${environment}.yaml`), formatRelease(whole));
  pin(release);
  process.env[releasesVariable] = overlayFolder(environment);
  try {
    return await use(pin);
  } finally {
    delete process.env[releasesVariable];
    remove();
  }
}
