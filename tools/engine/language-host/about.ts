import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pinnedVersion } from '../version.ts';
import language from '@pulumi/pulumi/proto/language_pb.js';

interface Lock {
  packages: Record<
    string,
    { version?: string; dependencies?: Record<string, string>; devDependencies?: Record<string, string> }
  >;
}

/** The version of the SDK that this host is built with. */
export const sdkVersion = pinnedVersion;

/** Returns the data on the runtime that `pulumi about` shows. */
export function about(): language.AboutResponse {
  const response = new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version);
  response.getMetadataMap().set('packagemanager', 'npm').set('typescriptVersion', typescriptVersion());
  return response;
}

/**
 * Returns the program's packages as package-lock.json pins them; without `transitiveDependencies` only the direct
 * ones.
 */
export function programDependencies(
  request: language.GetProgramDependenciesRequest,
): language.GetProgramDependenciesResponse {
  const { packages } = readLock(request.getInfo()?.getProgramDirectory() ?? request.getPwd());
  const direct = { ...packages['']?.dependencies, ...packages['']?.devDependencies };
  const folders = request.getTransitivedependencies()
    ? Object.keys(packages).filter((folder) => folder !== '')
    : Object.keys(direct).map((name) => `node_modules/${name}`);
  return new language.GetProgramDependenciesResponse().setDependenciesList(
    folders.map((folder) =>
      new language.DependencyInfo()
        .setName(folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length))
        .setVersion(packages[folder]?.version ?? ''),
    ),
  );
}

function readLock(folder: string): Lock {
  const file = join(folder, 'package-lock.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Lock;
  if (dirname(folder) === folder) throw new Error('There is no package-lock.json in or above the program.');
  return readLock(dirname(folder));
}

/** Returns the version of the TypeScript package that Railhead resolves. Empty if there is none: Node runs programs without it. */
function typescriptVersion(): string {
  try {
    return (createRequire(import.meta.url)('typescript/package.json') as { version: string }).version;
  } catch {
    return '';
  }
}
