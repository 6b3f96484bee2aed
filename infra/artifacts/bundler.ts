import { join, relative } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { runEsbuild, type Bundled } from './esbuild.ts';

/** What is bundled for one service. */
export interface BundleRequest {
  service: string;
  /** Absolute path of the project. Inputs are relative to it. */
  root: string;
  /** Absolute path of the source folder. */
  folder: string;
  /** Files of `folder` from which a bundle each is built. */
  entries: string[];
}

export interface ServiceBundle {
  /** All files that the entries import, relative to the project. */
  inputs: string[];
  /** By path, relative to the artifact. */
  outputs: Map<string, Uint8Array>;
}

interface Waiting {
  request: BundleRequest;
  resolve: (bundle: ServiceBundle) => void;
  reject: (error: unknown) => void;
}

/**
 * Bundles services of one project in one run of esbuild, because services that share packages would parse them once each. The run
 * starts when every service that was added has asked for its bundle or does not need one.
 */
export class Bundler {
  readonly #options: BuildOptions;
  readonly #waiting: Waiting[] = [];
  #undecided = 0;

  constructor(options: BuildOptions) {
    this.#options = options;
  }

  /** Adds a service. It has to call `bundle` or `skip`. Only the first call counts. */
  add(): { bundle: (request: BundleRequest) => Promise<ServiceBundle>; skip: () => void } {
    this.#undecided += 1;
    let decided = false;
    const decide = () => {
      if (decided) return;
      decided = true;
      this.#undecided -= 1;
      if (this.#undecided === 0) void this.#run();
    };
    const bundle = (request: BundleRequest) =>
      new Promise<ServiceBundle>((resolve, reject) => {
        this.#waiting.push({ request, resolve, reject });
        decide();
      });
    return { bundle, skip: decide };
  }

  async #run(): Promise<void> {
    const waiting = this.#waiting.splice(0);
    const requests = waiting.map(({ request }) => request);
    if (requests.length === 0) return;
    try {
      const bundled = await runEsbuild({ ...this.#options, ...together(requests) });
      for (const { request, resolve } of waiting) resolve(partOf(bundled, request));
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }
}

/** Nothing is written to the output folder: the outputs stay in memory, in a folder for each service. */
const outdir = '/';

function together(requests: readonly BundleRequest[]): BuildOptions {
  const entryPoints = requests.flatMap(({ service, folder, entries }) =>
    entries.map((entry) => ({
      in: join(folder, entry),
      out: join(service, entry.replace(/\.[^./]+$/, '')),
    })),
  );
  const [root] = requests.map((request) => request.root);
  return { ...(root && { absWorkingDir: root }), entryPoints, outdir, format: 'esm', bundle: true };
}

/** Returns the bundle of one service. */
function partOf({ metafile, outputFiles }: Bundled, { service, root }: BundleRequest): ServiceBundle {
  const folder = join(outdir, service, '/');
  const outputs = outputFiles.filter(({ path }) => path.startsWith(folder));
  // esbuild names files by their real paths, so an entry in a linked folder has another name than it was given.
  const entries = outputs.map(({ path }) => metafile.outputs[relative(root, path)]?.entryPoint);
  return {
    inputs: inputsOf(
      entries.filter((entry) => entry !== undefined),
      metafile,
    ),
    outputs: new Map(outputs.map(({ path, contents }) => [path.slice(folder.length), contents])),
  };
}

/** Returns the entries and all files that they import. */
function inputsOf(entries: string[], { inputs }: Bundled['metafile']): string[] {
  const found = new Set(entries);
  // A loop over a set includes what is added meanwhile.
  for (const file of found) {
    for (const { path } of inputs[file]?.imports ?? []) if (path in inputs) found.add(path);
  }
  return [...found];
}
