import { basename, dirname, join, posix } from 'node:path';
import { fromAnyCommand } from '../init/detect.ts';
import { parseManifest } from '../init/manifest.ts';
import { proposeServices } from '../init/propose.ts';
import type { Proposal, Repository } from '../init/types.ts';
import { findUnits } from '../init/units.ts';
import { detectRuntime } from '../runtimes/detect.ts';
import { openFolder } from '../runtimes/folder.ts';
import { runtimeKinds } from '../runtimes/index.ts';
import { withNpm, type FindPackage } from '../runtimes/with-npm.ts';

/** What the code of a folder shows about the service in it. */
export interface Code {
  /** What `init` proposes for a folder. */
  proposalOf: (folder: string) => Proposal | undefined;
  /** How Railhead runs what a command runs: it bundles TypeScript, and installs packages before a build. */
  adapt: (
    folder: string,
    command: string,
  ) => { start: string; build?: string | undefined; reason: string } | undefined;
  /** Whether the runtime of a folder builds it without a declared build. */
  isBuilt: (folder: string, start: string | undefined) => boolean;
  /** Returns a command that runs scripts with npm in place of other package managers, those of workspaces by their folders. */
  withNpm: (folder: string, command: string) => string;
}

export function readCode(repository: Repository): Code {
  const { proposals } = proposeServices(repository);
  const units = findUnits(repository);
  const detect = (folder: string, start: string | undefined) =>
    detectRuntime(openFolder(join(repository.root, folder)), undefined, { start });
  return {
    isBuilt: (folder, start) => detect(folder, start).build !== undefined,
    withNpm: (folder, command) => withNpm(command, packagesBelow(folder, repository)),
    proposalOf: (folder) => proposals.find(({ source }) => source === folder),
    adapt: (folder, command) => {
      // A framework, or a compiler that writes more than the bundler, as for decorators, needs the build of the folder.
      const { runtime, build } = detect(folder, command);
      if (build !== undefined && runtimeKinds[runtime.name].image === undefined) return undefined;
      const unit = units.find((unit) => unit.folder === folder);
      const started = unit && fromAnyCommand(command, unit, repository, 'the command');
      return started === undefined || 'unfit' in started || started.start === undefined
        ? undefined
        : { start: started.start, build: started.build, reason: started.reason };
    },
  };
}

/** Finds the packages in a folder and below it. pnpm also accepts the name of a package without its scope. */
function packagesBelow(folder: string, { files, text }: Repository): FindPackage {
  return (selector) => {
    const packages = files.flatMap((file) => {
      const path = posix.relative(folder, dirname(file)) || '.';
      const isHere = basename(file) === 'package.json' && path.split('/')[0] !== '..';
      const manifest = isHere ? parseManifest(text(file)) : undefined;
      return manifest === undefined ? [] : { folder: path, ...manifest };
    });
    const fits = [
      ({ folder }: { folder: string }) => `./${folder === '.' ? '' : folder}` === selector,
      ({ name }: { name?: string | undefined }) => name === selector,
      ({ name }: { name?: string | undefined }) => name?.endsWith(`/${selector}`) === true,
    ];
    const [found, ...more] = fits.map((fit) => packages.filter(fit)).find(({ length }) => length > 0) ?? [];
    if (found === undefined && selector === './') return { folder: '.', scripts: {} };
    return more.length === 0 ? found : undefined;
  };
}
