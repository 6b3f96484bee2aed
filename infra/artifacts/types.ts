/** The immutable result of building a service, named by the hash of what went in. */
export interface Artifact {
  service: string;
  /** 16 hex digits over every input file, the build settings and the builder's version. */
  hash: string;
  /** Absolute folder with the built files: `<clone>/.railhead/artifacts/<service>-<hash>`. */
  path: string;
  /** Where the target runs containers. */
  image?: Image;
}

/** How the image of an artifact is built, and what it is called. */
export interface Image {
  /** `ghcr.io/acme/rota/api:<hash>`, without a registry `rota/api:<hash>`: the hash stands for all that is in it. */
  reference: string;
  /** The folder that is sent to the builder, and the Dockerfile, from the clone's root. */
  context: string;
  dockerfile: string;
  /** Plain values that the Dockerfile takes as ARG. */
  args: Record<string, string>;
}

/** The map service → artifact that an environment runs. Source services, the gateway and programs of ours have one. */
export type Release = Record<string, Artifact>;

/** A program of ours that a target runs in a container of its own, beside the services. */
export type ProgramName = 'gateway' | 'balancer';
