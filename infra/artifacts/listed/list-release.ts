import { join, posix } from 'node:path';
import { builtFile } from '../../common/roots.ts';
import { migrationFiles } from '../../graph/migrations.ts';
import type { GraphService, ServiceGraph } from '../../graph/types.ts';
import type { SourceService } from '../../stack/schema.ts';
import { buildContext } from '../../stack/dockerfile.ts';
import { artifactsFolder } from '../artifacts-folder.ts';
import { buildCommand } from '../build-command.ts';
import { commandSettings } from '../command.ts';
import { describeSettings } from '../describe.ts';
import { withoutIgnored } from '../dockerignore.ts';
import { findEntries } from '../entries.ts';
import { hashTexts } from '../hash.ts';
import { planImage, withImage } from '../image.ts';
import type { BuildPlan } from '../plan.ts';
import { gatewayArtifact, gatewayIsImage, needsBalancer, planBalancer, planWorker } from '../programs.ts';
import type { DescribedArtifact, DescribedRelease, ProgramName } from '../types.ts';
import { listBundle } from './bundled.ts';
import { lockedClosure } from './lockfile.ts';
import { normalFolder, type SourceTree } from './source-tree.ts';

interface Options {
  /** The files of the commit. */
  tree: SourceTree;
  /** The folder of the project in the tree: `.`, or `apps/shop`. */
  project: string;
  /** The path that the project has in the plan. */
  root: string;
  /** Railhead's programs that run in containers; undefined if the target runs no containers. */
  containers: readonly ProgramName[] | undefined;
}

/** Inputs with paths relative to the tree. */
interface Listed {
  files: string[];
  packages?: ReadonlyMap<string, string>;
  settings?: Record<string, string>;
}

/**
 * Lists the inputs of all artifacts from files and lockfiles alone: without installed packages, a bundler or build commands.
 * Nothing is built. Hashes can be compared with other hashes of this function only: `buildRelease` has others.
 */
export async function listRelease(graph: ServiceGraph, options: Options): Promise<DescribedRelease> {
  const { root, containers } = options;
  const artifacts = await Promise.all([
    ...graph.services.flatMap((service) => listService(service, graph.images, options) ?? []),
    ...(graph.gateway === undefined ? [] : [listGateway(options)]),
    ...(needsBalancer(graph, containers) ? [listProgram(planBalancer(), 'programs/balancer')] : []),
  ]);
  const needsImage = ({ service }: DescribedArtifact) =>
    containers !== undefined && (service !== gatewayArtifact || gatewayIsImage(graph, containers));
  return Object.fromEntries(
    artifacts.map((artifact) => [
      artifact.service,
      needsImage(artifact) ? withImage(artifact, planImage(root, graph, artifact)) : artifact,
    ]),
  );
}

function listService(
  service: GraphService,
  images: ServiceGraph['images'],
  options: Options,
): Promise<DescribedArtifact> | undefined {
  if (service.form !== 'code' || service.config.kind === 'image') return undefined;
  const { name, config } = service;
  const folder = join(options.tree.top, options.project, config.source);
  const build = buildCommand(service, folder, options.containers && images);
  return describe(name, config, build && commandSettings(build), options);
}

async function describe(
  service: string,
  config: SourceService,
  build: Record<string, string> | undefined,
  { tree, project, root }: Options,
): Promise<DescribedArtifact> {
  const { files, packages = new Map(), settings = {} } = list(tree, project, config, build);
  const migrations = listMigrations(tree, project, config);
  const hashed = [...new Set([...files, ...migrations])].map(
    async (file) => [file, await tree.hash(file)] as const,
  );
  const hashes = new Map(await Promise.all(hashed));
  const folder = normalFolder(posix.join(project, config.source));
  const inputs = {
    folder: config.source,
    files: below(project, hashes),
    packages: below(project, packages),
    settings: describeSettings(settings),
    ...(migrations.length > 0 && {
      migrations: migrations.map((file): [string, string] => [
        posix.relative(folder, file),
        hashes.get(file) ?? '',
      ]),
    }),
  };
  const hash = hashTexts(JSON.stringify(inputs));
  return { service, hash, path: join(artifactsFolder(root), `${service}-${hash}`), inputs };
}

function list(
  tree: SourceTree,
  project: string,
  config: SourceService,
  build: Record<string, string> | undefined,
): Listed {
  const { source, dockerfile } = config;
  const folder = normalFolder(posix.join(project, source));
  const whole = (settings = {}) => ({ files: tree.files(folder), settings });
  if (dockerfile !== undefined) {
    const context = normalFolder(posix.join(project, buildContext(config)));
    const files = tree.files(context).map((file) => posix.relative(context, file));
    const sent = withoutIgnored(files, dockerfile.path, (file) => tree.text(posix.join(context, file)));
    return { files: sent.map((file) => posix.join(context, file)) };
  }
  if (build !== undefined) return whole(build);
  const entries = findEntries(config, (name) => tree.isFile(posix.join(folder, name)));
  if (entries.length === 0) return whole();
  return { ...listBundle(tree, folder, entries), settings: { entries: entries.join(', ') } };
}

/** Lists migrations in the order in which they are applied. */
function listMigrations(tree: SourceTree, project: string, { source, preDeploy }: SourceService): string[] {
  if (preDeploy?.migrations === undefined) return [];
  const folder = normalFolder(posix.join(project, source));
  return migrationFiles(join(tree.top, folder), preDeploy.migrations)
    .map((file) => posix.join(folder, file))
    .filter((file) => tree.isFile(file));
}

/** The gateway's program is that of this Railhead; workerd is a package of the project. */
async function listGateway({ tree, project }: Options): Promise<DescribedArtifact> {
  const program = await listProgram(planWorker(), 'programs/gateway');
  const locked = lockedClosure(tree, posix.join(project, 'package.json'), 'workerd');
  const inputs = { ...program.inputs, packages: below(project, locked?.packages ?? []) };
  return { ...program, inputs, hash: hashTexts(JSON.stringify(inputs)) };
}

async function listProgram({ service, prepare }: BuildPlan, folder: string): Promise<DescribedArtifact> {
  const { hash, inputs } = await prepare('');
  return { service, hash, path: builtFile(folder), inputs };
}

/** Returns entries with paths relative to the project, sorted. */
function below(project: string, entries: Iterable<readonly [string, string]>): Record<string, string> {
  const named = [...entries].map(([path, value]) => [posix.relative(project, path), value] as const);
  return Object.fromEntries(named.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
