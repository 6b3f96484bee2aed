import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashTexts } from './hash.ts';
import type { InputCache } from './inputs.ts';
import type { Packages } from './packages.ts';
import type { ArtifactInputs } from './types.ts';

/** Length of a shortened integrity: the algorithm and 120 bits. */
const integrityLength = 'sha512-'.length + 20;

interface Described {
  /** Absolute path of the project. Names of files and packages are relative to it. */
  root: string;
  /** Source folder of the service, relative to the project. */
  folder: string;
  packages?: Pick<Packages, 'integrity' | 'versions'>;
  /** Migrations, relative to the source folder. They are among the files. */
  migrations: string[];
  settings: Record<string, string>;
}

/**
 * Describes the inputs of an artifact. The files of a package that npm has no record of, as with pnpm, become one hash, so
 * that a state stays small.
 */
export async function describeInputs({ files }: InputCache, options: Described): Promise<ArtifactInputs> {
  const { root, folder, packages, migrations, settings } = options;
  const own: [string, string][] = [];
  const found: [string, string][] = [];
  const unrecorded = new Map<string, string[]>();
  for (const path of Object.keys(files).toSorted()) {
    const sha = files[path]?.sha ?? '';
    const integrity = packages?.integrity.get(path);
    const inside = packageFolder(path);
    if (integrity !== undefined) found.push([path, describePackage(packages?.versions.get(path), integrity)]);
    else if (inside === undefined) own.push([path, shorten(sha)]);
    else unrecorded.set(inside, [...(unrecorded.get(inside) ?? []), path, sha]);
  }
  for (const [name, parts] of unrecorded) {
    found.push([name, describePackage(await versionIn(join(root, name)), `files-${hashTexts(...parts)}`)]);
  }
  return {
    folder,
    files: Object.fromEntries(own),
    packages: Object.fromEntries(found),
    settings: describeSettings(settings),
    ...(migrations.length > 0 && {
      migrations: migrations.map((file) => [file, shorten(files[join(folder, file)]?.sha ?? '')]),
    }),
  };
}

/** Returns settings as text, one per line. */
export function describeSettings(settings: Record<string, string>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

/** Returns version and integrity of a package as one text. */
export function describePackage(version: string | undefined, integrity: string): string {
  return [version, integrity.slice(0, integrityLength)].filter(Boolean).join(' ');
}

/** Returns the first 16 of the hex digits of a hash. */
export function shorten(sha: string): string {
  return sha.slice(0, 16);
}

/** Returns the folder of the package that contains a file: `node_modules/.pnpm/a@1/node_modules/@s/a`. */
function packageFolder(path: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
}

async function versionIn(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}');
  return (JSON.parse(text) as { version?: string }).version;
}
