import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { migrationFiles } from '../graph/migrations.ts';
import type { CodeNode, GraphService, ServiceGraph } from '../graph/types.ts';
import { buildContext } from '../stack/dockerfile.ts';
import type { SourceService } from '../stack/schema.ts';
import { artifactsFolder } from './artifacts-folder.ts';
import { planBundle, serviceBundler } from './bundle.ts';
import type { Bundler } from './bundler.ts';
import { buildCommand } from './build-command.ts';
import { planCommand, type SecretOf } from './command.ts';
import { planContext, planCopy } from './copy.ts';
import { findEntries } from './entries.ts';
import { addImage } from './image.ts';
import { readPackages, type Packages } from './packages.ts';
import { takePinned, type Pins } from './pinned.ts';
import { materialise, type BuildPlan } from './plan.ts';
import { gatewayIsImage, needsBalancer, planBalancer, planGatewayProgram, planWorker } from './programs.ts';
import { withSiteServer } from './site.ts';
import { installedWorkerd } from './workerd.ts';
import type { DescribedArtifact, DescribedRelease, ProgramName } from './types.ts';

interface Options {
  /** Railhead's programs that run in containers; undefined if the target runs no containers and needs no images. */
  containers: readonly ProgramName[] | undefined;
  /** Absolute path of the project. */
  root: string;
  /** In a preview, artifacts are named but build commands do not run. */
  preview: boolean;
  /** Receives one line for each artifact that has to be built. */
  progress: (line: string) => void;
  /** The artifacts to take instead, if the environment has a release file. */
  pins: Pins | undefined;
  /** Reads `buildSecrets`. Absent if no secret has a value. */
  secretOf?: SecretOf;
}

/**
 * Names and builds the artifacts of all source services and of the gateway in parallel. Nothing is deployed yet, so a
 * failed build does not affect the running system. With pins, builds nothing. Throws UserError.
 */
export async function buildRelease(graph: ServiceGraph, options: Options): Promise<DescribedRelease> {
  const { root, containers, pins, secretOf = () => undefined } = options;
  if (pins !== undefined) {
    if (!gatewayIsImage(graph, containers)) requireGateway(graph, root);
    return takePinned(graph, pins, options);
  }
  const packages = await readPackages(root);
  const bundler = serviceBundler();
  const plans = [
    ...graph.services.flatMap((service) =>
      planService(service, { graph, root, containers, packages, bundler, secretOf }),
    ),
    ...planGateway(graph, options),
    ...(needsBalancer(graph, containers) ? [planBalancer()] : []),
  ];
  const artifacts = await Promise.all(
    plans.map(async (plan) => {
      const artifact = await nameAndBuild(plan, options);
      if (containers === undefined || plan.runsElsewhere) return artifact;
      return addImage(root, graph, artifact);
    }),
  );
  return Object.fromEntries(artifacts.map((artifact) => [artifact.service, artifact]));
}

/** Plans the gateway: only the Worker for Cloudflare and processes, with the program that runs it for a container. */
function planGateway(graph: ServiceGraph, { root, containers }: Options): BuildPlan[] {
  const { gateway } = graph;
  if (gateway === undefined) return [];
  if (gatewayIsImage(graph, containers)) return [planGatewayProgram(root)];
  requireGateway(graph, root);
  return [{ ...planWorker(), runsElsewhere: true }];
}

/** Requires the program of the gateway before anything is deployed, not when the gateway starts. */
function requireGateway({ gateway }: ServiceGraph, root: string): void {
  if (gateway?.provider === 'workerd') installedWorkerd(root);
}

interface Shared extends Pick<Options, 'root' | 'containers'> {
  secretOf: SecretOf;
  graph: ServiceGraph;
  packages: Packages;
  bundler: Bundler;
}

function planService(service: GraphService, shared: Shared): BuildPlan[] {
  if (service.form !== 'code' || service.config.kind === 'image') return [];
  const plan = planSource(service, service.config, shared);
  return [service.config.runtime?.name === 'static' ? withSiteServer(plan) : plan];
}

function planSource(
  node: CodeNode,
  config: SourceService,
  { graph, root, containers, packages, bundler, secretOf }: Shared,
): BuildPlan {
  const folder = join(root, config.source);
  const pattern = config.preDeploy?.migrations;
  const migrations = pattern === undefined ? [] : migrationFiles(folder, pattern);
  const source = { service: node.name, root, folder, migrations };
  const { dockerfile } = config;
  if (dockerfile !== undefined) {
    return planContext(source, { folder: join(root, buildContext(config)), dockerfile: dockerfile.path });
  }
  const build = buildCommand(node, folder, containers && graph.images);
  if (build !== undefined) return planCommand(source, build, { environment: graph.environment, secretOf });
  const entries = findEntries(config, (file) => existsSync(join(folder, file)));
  return entries.length > 0 ? planBundle(source, entries, packages, bundler) : planCopy(source);
}

async function nameAndBuild(
  plan: BuildPlan,
  { root, preview, progress }: Options,
): Promise<DescribedArtifact> {
  const folder = artifactsFolder(root);
  const { hash, inputs, build } = await plan.prepare(join(folder, `${plan.service}.inputs.json`));
  const path = join(folder, `${plan.service}-${hash}`);
  if (!existsSync(path) && !(preview && plan.slow)) {
    progress(`Building ${plan.service}`);
    await materialise(path, build);
  }
  return { service: plan.service, hash, path, inputs };
}
