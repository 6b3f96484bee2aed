/** The immutable result of building a service, named by the hash of its inputs. */
export interface Artifact {
  service: string;
  /** 16 hex digits over every input file, the build settings and the builder's version. */
  hash: string;
  /** Absolute folder with the built files: `<project>/.railhead/artifacts/<service>-<hash>`. */
  path: string;
  /** The image of the artifact; absent if the artifact does not run in a container. */
  image?: Image;
}

/** The name of an artifact's image, and how to build it. */
export interface Image {
  /** `ghcr.io/acme/rota/api:<hash>`, or without a registry `rota/api:<hash>`. The hash covers the whole content. */
  reference: string;
  /** Build context and Dockerfile, relative to the project. */
  context: string;
  dockerfile: string;
  /** Plain values that the Dockerfile receives as ARG. */
  args: Record<string, string>;
}

/**
 * The artifacts that an environment runs, by service. Source services, the gateway and railhead's programs have one.
 */
export type Release = Record<string, Artifact>;

/** A program of railhead that a target runs in its own container. */
export type ProgramName = 'gateway' | 'balancer';
