import type { Folder } from './folder.ts';

/** Where a build runs. */
export interface BuildPlace {
  folder: Folder;
  /** Whether it runs in a container of the image of the runtime. Otherwise it has the tools of the machine. */
  inContainer: boolean;
}

/** What distinguishes a runtime: how a folder shows it, its images, and the commands that a stack file can leave out. */
export interface RuntimeKind {
  /** What its images contain, in the words of an error message. */
  contents: string;
  /** Programs that a start command of this runtime runs. */
  programs: RegExp;
  /** Files that mark a folder of this runtime: `go.mod`, `*.csproj`. */
  markers: readonly string[];
  /** Returns what shows this runtime before any file does, in a folder whose service has no `start`; undefined if nothing does. */
  shownBy?: (folder: Folder) => string | undefined;
  /** Returns the version that the files of a folder ask for. */
  versionIn?: (folder: Folder) => string | undefined;
  /** The official image in which `build` runs. Absent: the runtime has the image of Node. */
  image?: {
    reference: (version: string) => string;
    /** The official image on which the service runs. Absent: that of the build. */
    run?: (version: string) => string;
    /** The version if neither the stack file nor the folder has one. */
    version: string;
  };
  /** Whether `build` makes a program that does not need the runtime, so that it runs on the small image `images.base`. */
  compiles?: boolean;
  /** Folders of the build container that later builds of the same runtime reuse. */
  caches: readonly string[];
  /** Environment of builds and of services. */
  environment: Readonly<Record<string, string>>;
  /** Folder of the artifact that comes first on the PATH. */
  path?: string;
  /** Folder of the artifact with installed packages. It changes less often than the code, so it is an image layer of its own. */
  packages?: string;
  /**
   * Returns the command that checks a service from inside its container: that each URL answers below 400, or that the port accepts a
   * connection. Without either, it succeeds.
   */
  check?: (asked: { urls?: string[]; port?: number }) => string[];
  /**
   * Returns what the shell of a `build` runs before it, so that what a declared command installs becomes a part of the
   * artifact; undefined if nothing is needed.
   */
  setup?: (build: string, place: BuildPlace) => string | undefined;
  /** Returns the command that installs the packages for a declared `build`; undefined if the folder declares none. */
  install?: (folder: Folder) => string | undefined;
  /** Returns the command that builds a folder with installed packages; undefined if nothing has to be built. */
  compile?: (folder: Folder) => string | undefined;
  /** Returns the command that builds a folder; undefined if nothing has to be built. */
  build?: (folder: Folder, commands: { start?: string | undefined }) => string | undefined;
  /** Returns the command that starts a built folder. */
  start?: (folder: Folder) => string | undefined;
}
