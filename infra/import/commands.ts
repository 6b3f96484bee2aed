import { join } from 'node:path';
import { fromAnyCommand } from '../init/detect.ts';
import { proposeServices } from '../init/propose.ts';
import type { Proposal, Repository } from '../init/types.ts';
import { findUnits } from '../init/units.ts';
import { detectRuntime } from '../runtimes/detect.ts';
import { openFolder } from '../runtimes/folder.ts';
import { runtimeKinds } from '../runtimes/index.ts';

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
}

export function readCode(repository: Repository): Code {
  const { proposals } = proposeServices(repository);
  const units = findUnits(repository);
  const detect = (folder: string, start: string | undefined) =>
    detectRuntime(openFolder(join(repository.root, folder)), undefined, { start });
  return {
    isBuilt: (folder, start) => detect(folder, start).build !== undefined,
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
