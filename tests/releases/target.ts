/** How the tests of releases with images reach what a target runs. */
export interface ReleaseTarget {
  name: 'docker' | 'kubernetes';
  /** The reason why this target cannot be tested here; undefined if it can. */
  lack: string | undefined;
  /** The names of its Pulumi plugins. */
  plugins: readonly string[];
  /** The names of the artifacts of a stack with the service `api` alone. */
  artifacts: readonly string[];
  /** Lets the container runtime reach a registry of this machine under the same name. Returns the function that undoes this. */
  admit: (host: string) => Promise<() => Promise<void>>;
  /** Returns the images of the containers that run, with their digests. */
  images: (place: Place) => Promise<string[]>;
  /** Returns the address at which the test reaches the service `api`. */
  url: (place: Place) => Promise<string>;
  /** Removes images that nothing uses, so that only the registry has them. Absent if the target cannot. */
  forget?: (images: readonly string[]) => void;
  /** Returns the names of the objects of an environment: containers, networks and volumes, or its namespace. */
  left: (place: Place) => Promise<string[]>;
  /** Removes the remaining objects of an environment. */
  close: (place: Place) => Promise<void>;
}

export interface Place {
  /** The name in the stack file. */
  stack: string;
  environment: string;
  port: number;
}
