import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { UserError } from '../../tools/user-error.ts';
import { readSettingsFile } from '../common/environment.ts';
import { parseManifest, type Manifest } from './manifest.ts';

/** What a folder has of a project already. */
export interface Existing {
  /** Returns the text of a file relative to the project; undefined if it does not exist. */
  read: (path: string) => string | undefined;
  manifest: Manifest | undefined;
  /** Its Pulumi.yaml; undefined if there is none. */
  project: { main: string | undefined; hasPlugin: boolean } | undefined;
  /** The first environment that names a stack file. */
  environment: { name: string; stackFile: string } | undefined;
}

const projectFile = z.object({
  runtime: z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]),
  main: z.string().optional(),
  plugins: z.object({ providers: z.array(z.object({ name: z.string() })).nullish() }).nullish(),
});

const environmentFile = z.object({ config: z.object({ 'railhead:stackFile': z.string() }) });

/** Reads what exists. Throws a UserError for a file that it cannot understand, because it must not change such a file. */
export function readExisting(root: string): Existing {
  const read = (path: string) => {
    const file = join(root, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
  return {
    read,
    manifest: readManifest(read('package.json')),
    project: read('Pulumi.yaml') === undefined ? undefined : readProject(root),
    environment: readdirSync(root)
      .toSorted()
      .flatMap((file) => readEnvironment(root, file))[0],
  };
}

function readEnvironment(root: string, file: string): { name: string; stackFile: string }[] {
  const name = /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1];
  if (name === undefined) return [];
  const parsed = environmentFile.safeParse(readSettingsFile(join(root, file)));
  return parsed.success ? [{ name, stackFile: parsed.data.config['railhead:stackFile'] }] : [];
}

function readManifest(text: string | undefined): Manifest | undefined {
  if (text === undefined) return undefined;
  const manifest = parseManifest(text);
  if (manifest !== undefined) return manifest;
  throw new UserError(
    `package.json is not a JSON object${detail(text)}. Nothing was written. Correct it first.`,
  );
}

function detail(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return ` (${(error as Error).message})`;
  }
}

function readProject(root: string): Existing['project'] {
  const parsed = projectFile.safeParse(readSettingsFile(join(root, 'Pulumi.yaml')));
  if (!parsed.success) {
    throw new UserError(
      `Pulumi.yaml:\n${z.prettifyError(parsed.error)}\nNothing was written. Correct it first.`,
    );
  }
  const { runtime, main, plugins } = parsed.data;
  if (runtime !== 'nodejs') {
    throw new UserError(
      `The program of Pulumi.yaml has the runtime ${runtime}, and Railhead is a library for nodejs. Nothing was written.\nMake the system a project of its own: run init in a folder below this one.`,
    );
  }
  return { main, hasPlugin: plugins?.providers?.some(({ name }) => name === 'railhead') ?? false };
}
