/** The immutable result of building a service, named by the hash of its inputs. */
export interface Artifact {
  service: string;
  /** 16 hex digits over every input file, the build settings and the builder's version. */
  hash: string;
  /** The digest that a release file names: of what runs, the content or the image. */
  pinned?: string;
  /**
   * Absolute folder with the built files: `<project>/.railhead/artifacts/<service>-<hash>`. The name of a pinned one ends with the start
   * of its content.
   */
  path: string;
  /** The image of the artifact; absent if the artifact does not run in a container. */
  image?: Image;
}

/** An artifact with its inputs, which explain a change of its hash or of its image. */
export interface DescribedArtifact extends Artifact {
  inputs: ArtifactInputs;
  /** Digest of the built files. Absent until they are kept in a store. */
  content?: string;
}

/** The inputs of an artifact and of its image. Hashes are shortened: each state records the inputs of its release. */
export interface ArtifactInputs {
  /** Source folder of the service, relative to the project. Empty for a program of Railhead. */
  folder: string;
  /** The first 16 hex digits of the SHA-256 of each file, by its path relative to the project. */
  files: Record<string, string>;
  /** Version and shortened integrity of each package: `node_modules/pg` → `8.16.3 sha512-BmG1xhIDaTDhm05pOtP1`. */
  packages: Record<string, string>;
  /** The hashes of `buildVariables` in the release file that names the artifact. Absent if it was built here. */
  buildVariables?: Record<string, string>;
  /** Everything else, one setting per line: `builder: esbuild 0.28.2`. */
  settings: string;
  /**
   * The files that `preDeploy.migrations` lists, relative to the source folder, in the order of `migrationFiles`. Each
   * with its hash of `files`.
   */
  migrations?: [file: string, sha: string][];
  /** The release file that pins the artifact: `releases/staging.yaml`. Then its files, packages and settings are not known. */
  release?: string;
}

/** The name of an artifact's image, and how to build it. */
export interface Image {
  /** `ghcr.io/acme/rota/api:<hash>`, or without a registry `rota/api:<hash>`. The hash covers the whole content. */
  reference: string;
  /** Build context and Dockerfile, relative to the project. */
  context: string;
  dockerfile: string;
  /** The stage that becomes the image; by default, the last one. */
  target?: string | undefined;
  /** Plain values that the Dockerfile receives as ARG. */
  args: Record<string, string>;
  /** Whether a release file names it by its digest. Then it is not built. */
  isPinned?: boolean;
}

/**
 * The artifacts that an environment runs, by service. Source services, the gateway and railhead's programs have one.
 */
export type Release = Record<string, Artifact>;

/** A release with the inputs of each artifact. */
export type DescribedRelease = Record<string, DescribedArtifact>;

/**
 * A program of railhead that a target runs in its own container. `meter`: those that measure a canary, which the image of the
 * balancer contains.
 */
export type ProgramName = 'gateway' | 'balancer' | 'meter';
