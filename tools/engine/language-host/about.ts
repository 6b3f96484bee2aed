import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import language from '@pulumi/pulumi/proto/language_pb.js';

interface Lock {
  packages: Record<
    string,
    { version?: string; dependencies?: Record<string, string>; devDependencies?: Record<string, string> }
  >;
}

/** The version of the SDK that this host runs programs with. */
export const sdkVersion = packageVersion('@pulumi/pulumi');

/** Returns the data on the runtime that `pulumi about` shows. */
export function about(): language.AboutResponse {
  const response = new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version);
  response
    .getMetadataMap()
    .set('packagemanager', 'npm')
    .set('typescriptVersion', packageVersion('typescript'));
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

function packageVersion(name: string): string {
  const manifest = createRequire(import.meta.url)(`${name}/package.json`) as { version: string };
  return manifest.version;
}
