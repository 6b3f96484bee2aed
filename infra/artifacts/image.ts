import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { CodeNode, ServiceGraph } from '../graph/types.ts';
import { buildContext } from '../stack/dockerfile.ts';
import { balancerFolder } from './balancer-folder.ts';
import { describeSettings } from './describe.ts';
import { describeRuntime, runsOnNode, runtimeImages } from '../runtimes/index.ts';
import { argumentSettings } from './command.ts';
import { dockerfileText } from './dockerfile.ts';
import { defaultStart } from './entries.ts';
import { hashTexts } from './hash.ts';
import { balancerArtifact } from './programs.ts';
import { artifactName } from './name.ts';
import { mountsOf } from '../stack/volumes.ts';
import type { Artifact, DescribedArtifact, Image, Release } from './types.ts';

/** An image with the Dockerfile that has to be written for it, if the service has none. */
interface ImagePlan {
  image: Image;
  text?: string;
  /** What the image depends on in addition to the inputs of the artifact. */
  settings: Record<string, string>;
}

/** Adds the image to an artifact. Writes its Dockerfile next to the artifact's folder, unless the service has one. */
export async function addImage(
  root: string,
  graph: ServiceGraph,
  artifact: DescribedArtifact,
): Promise<DescribedArtifact> {
  const plan = planImage(root, graph, artifact);
  if (plan.text !== undefined) {
    const file = join(root, plan.image.dockerfile);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, plan.text);
  }
  return withImage(artifact, plan);
}

/** Returns an artifact with an image that has been planned. */
export function withImage(artifact: DescribedArtifact, { image, settings }: ImagePlan): DescribedArtifact {
  const { inputs } = artifact;
  const lines = [inputs.settings, describeSettings(settings)].filter((text) => text !== '');
  return { ...artifact, inputs: { ...inputs, settings: lines.join('\n') }, image };
}

/** Determines the name of an artifact's image, and how to build it. */
export function planImage(root: string, graph: ServiceGraph, artifact: Artifact): ImagePlan {
  const { service, path } = artifact;
  const node = graph.services.find(({ name }) => name === service);
  const code = node?.form === 'code' ? node : undefined;
  const config = code?.config.kind === 'source' ? code.config : undefined;
  const context = relative(root, path);
  if (code !== undefined && config?.dockerfile !== undefined) {
    const { path: file, context: folder, target } = config.dockerfile;
    const args = argumentsOf(code);
    const hash = hashTexts(artifactName(artifact), file, JSON.stringify(args), ...(target ? [target] : []));
    const reference = nameOf(graph, firstOf(graph, code), hash);
    const stage = target !== undefined && { target };
    const image = { reference, context, dockerfile: join(context, file), ...stage, args };
    const place = folder !== undefined && { context: folder };
    return { image, settings: { dockerfile: file, ...place, ...stage, ...argumentSettings(args) } };
  }
  const start = config?.start ?? defaultStart;
  const runtime = config?.runtime ?? { name: 'node' };
  const base = runtimeImages(graph.images, runtime).run;
  const mounts = config === undefined ? [] : mountsOf(service, config).map(({ path }) => path);
  const own = service === balancerArtifact ? balancerFolder : config?.volume?.path;
  const volumes = [...(own === undefined ? [] : [own]), ...mounts];
  const layers = { runtime, start, volumes, isBuilt: config?.build !== undefined };
  const text = dockerfileText(base, layers);
  const hash = hashTexts(artifactName(artifact), text);
  const dockerfile = join(dirname(context), `${service}-${hash}.Dockerfile`);
  return {
    image: { reference: nameOf(graph, service, hash), context, dockerfile, args: {} },
    text,
    settings: {
      ...(!runsOnNode(runtime) && { runtime: describeRuntime(runtime) }),
      'base image': base,
      start,
      ...(config?.volume && { volume: config.volume.path }),
      ...(mounts.length > 0 && { volumes: mounts.join(' ') }),
      // Everything else in the text, which changes with Railhead only.
      template: hashTexts(dockerfileText('', { ...layers, start: '', volumes: ['/'] })),
    },
  };
}

/** Returns the image of a service or of one of railhead's programs. It has no digest yet. */
export function imageOf(release: Release, artifact: string): Image {
  const image = release[artifact]?.image;
  if (image === undefined) throw new Error(`the release has no image of ${artifact}`);
  return image;
}

/** Returns the first of the services, in the order of their names, whose image is built in the same way: they share its name. */
function firstOf({ services }: ServiceGraph, service: CodeNode): string {
  const own = buildOf(service);
  const same = services.filter((other) => other.form === 'code' && buildOf(other) === own);
  return same.map(({ name }) => name).toSorted()[0] ?? service.name;
}

/** Returns what distinguishes how the Dockerfiles of two services are built, apart from their files. */
function buildOf(service: CodeNode): string | undefined {
  const { config } = service;
  if (config.kind !== 'source' || config.dockerfile === undefined) return undefined;
  const { path, target } = config.dockerfile;
  return JSON.stringify([buildContext(config), path, target, argumentsOf(service)]);
}

function nameOf({ name, images }: ServiceGraph, service: string, hash: string): string {
  return [images.registry, name, `${service}:${hash}`].filter((part) => part !== undefined).join('/');
}

/** Returns the arguments of a Dockerfile. */
function argumentsOf({ config, buildValues }: CodeNode): Record<string, string> {
  if (config.kind !== 'source') return {};
  return { ...buildValues, ...config.dockerfile?.args };
}
