/** The files of a repository, read once. Detection works on this alone. */
export interface Repository {
  /** Absolute path. */
  root: string;
  /** Paths of files relative to `root`, sorted; without generated folders and installed packages. */
  files: readonly string[];
  /** Returns the text of one of `files`; empty if it is too large to be source code. */
  text: (path: string) => string;
  /** Whether a path relative to `root` exists, including installed packages. */
  exists: (path: string) => boolean;
}

/** A folder that may contain a service: it has a manifest, a Procfile or a Dockerfile of its own. */
export interface Unit {
  /** Path relative to the repository; `.` is the repository itself. */
  folder: string;
  /** Its name before it is made valid and unique. */
  name: string;
  /** Paths of files relative to `folder`, without the files of units inside it. */
  files: readonly string[];
  /** Returns the text of one of `files`, or an empty string if the unit has no such file. */
  text: (path: string) => string;
}

/** A service that `init` proposes for the stack file. `init` shows the user the reasons. */
export interface Proposal {
  name: string;
  source: string;
  build?: string | undefined;
  start?: string | undefined;
  preDeploy?: string | undefined;
  port?: number | undefined;
  /** Path of the health check. */
  health?: string | undefined;
  /** Whether the folder has a Dockerfile, which the target process cannot use. */
  hasDockerfile: boolean;
  /** What in the repository each value comes from. */
  reasons: string[];
  /** What the user has to change in the code before the service can run. */
  advice: string[];
}

/** A folder that looks like a service, and why it cannot be proposed. */
export interface Unfit {
  place: string;
  reason: string;
}

export interface Detected {
  proposals: Proposal[];
  unfit: Unfit[];
}

/** The text of a file before and after; `before` is undefined for a new file. */
export interface Change {
  /** Path relative to the project. */
  path: string;
  before: string | undefined;
  after: string;
}
