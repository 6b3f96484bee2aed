/** The immutable result of building a service, named by the hash of what went in. */
export interface Artifact {
  service: string;
  /** 16 hex digits over every input file, the build settings and the builder's version. */
  hash: string;
  /** Absolute folder with the built files: `<clone>/.railhead/artifacts/<service>-<hash>`. */
  path: string;
}

/** The map service → artifact that an environment runs. Only source services and the gateway have one. */
export type Release = Record<string, Artifact>;
