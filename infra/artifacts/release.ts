import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphService, ServiceGraph } from '../graph/types.ts';
import { planBundle, planWorker } from './bundle.ts';
import { planCommand } from './command.ts';
import { planCopy } from './copy.ts';
import { findEntries } from './entries.ts';
import { describeImage } from './image.ts';
import { readPackages, type Packages } from './packages.ts';
import { materialise, type BuildPlan } from './plan.ts';
import { gatewayArtifact, planBalancer, planGatewayProgram } from './programs.ts';
import type { Artifact, ProgramName, Release } from './types.ts';

interface Options {
  /** Programs of ours that run in containers; undefined where the target runs none, and needs no images. */
  containers: readonly ProgramName[] | undefined;
  /** Absolute path of the clone. */
  root: string;
  /** A preview names every artifact but runs no build command. */
  preview: boolean;
  /** Gets one line for each artifact that has to be built. */
  progress: (line: string) => void;
}

/**
 * Names and builds the artifact of every source service and of the gateway, side by side. Nothing is
 * deployed yet, so a build that fails leaves the running system as it is. Throws UserError.
 */
export async function buildRelease(graph: ServiceGraph, options: Options): Promise<Release> {
  const { root, containers } = options;
  const packages = await readPackages(root);
  const plans = [
    ...graph.services.flatMap((service) => planService(service, root, packages)),
    ...planGateway(graph, options, packages),
    ...(containers?.includes('balancer') ? [planBalancer(root, packages)] : []),
  ];
  const artifacts = await Promise.all(
    plans.map(async (plan) => {
      const artifact = await nameAndBuild(plan, options);
      if (containers === undefined || plan.runsElsewhere) return artifact;
      return { ...artifact, image: await describeImage(root, graph, artifact) };
    }),
  );
  return Object.fromEntries(artifacts.map((artifact) => [artifact.service, artifact]));
}

/** The Worker alone for Cloudflare and for a process; in a container the program that runs it, too. */
function planGateway(
  { gateway }: ServiceGraph,
  { root, containers }: Options,
  packages: Packages,
): BuildPlan[] {
  if (gateway === undefined) return [];
  if (gateway.provider === 'workerd' && containers?.includes('gateway'))
    return [planGatewayProgram(root, packages)];
  return [{ ...planWorker(gatewayArtifact, root, packages), runsElsewhere: true }];
}

function planService({ name, config }: GraphService, root: string, packages: Packages): BuildPlan[] {
  if (!('source' in config)) return [];
  const folder = join(root, config.source);
  if (config.dockerfile !== undefined) return [planCopy(name, folder)];
  if (config.build !== undefined) return [planCommand(name, folder, config.build)];
  const entries = findEntries(folder, config);
  return [entries.length > 0 ? planBundle(name, root, folder, entries, packages) : planCopy(name, folder)];
}

async function nameAndBuild(plan: BuildPlan, { root, preview, progress }: Options): Promise<Artifact> {
  const folder = join(root, '.railhead', 'artifacts');
  const { hash, build } = await plan.prepare(join(folder, `${plan.service}.inputs.json`));
  const path = join(folder, `${plan.service}-${hash}`);
  if (!existsSync(path) && !(preview && plan.slow)) {
    progress(`Building ${plan.service}`);
    await materialise(path, build);
  }
  return { service: plan.service, hash, path };
}
