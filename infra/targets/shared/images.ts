import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import type { ImageArgs } from '@pulumi/docker/image.js';
import { balancerArtifact } from '../../artifacts/programs.ts';
import type { Image as ImagePlan, Release } from '../../artifacts/types.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { outputOf, type Text } from '../../plan/hole.ts';
import type { ResourceList, ResourceType } from '../../plan/resource.ts';

const imageType: ResourceType<ImageArgs> = { token: 'docker:index/image:Image' };

/**
 * Returns the inputs of a resource without the folder that an image is built from: a preview reads another one in place of an
 * artifact that is not built yet. The name of the image is the hash of all its inputs.
 */
export function withoutBuildContext(type: string, inputs: Record<string, unknown>): Record<string, unknown> {
  const { build } = inputs;
  if (type !== imageType.token || typeof build !== 'object' || build === null) return inputs;
  const kept = Object.entries(build).filter(([name]) => !['context', 'contextDigest'].includes(name));
  return { ...inputs, build: Object.fromEntries(kept) };
}

/**
 * Returns the digest of an image that a resource has pushed: `ghcr.io/acme/shop/api@sha256:…`. Undefined for another resource, and for
 * an image that stays on a daemon.
 */
export function pushedDigest(
  type: string,
  inputs: Record<string, unknown>,
  outputs: Record<string, unknown>,
): { tag: string; digest: string } | undefined {
  const { imageName: tag } = inputs;
  const { repoDigest: digest } = outputs;
  if (type !== imageType.token || inputs.skipPush === true) return undefined;
  if (typeof tag !== 'string' || typeof digest !== 'string') return undefined;
  return digest.startsWith(`${tag.replace(/:[^:/]*$/, '')}@sha256:`) ? { tag, digest } : undefined;
}

/** The working directory of Pulumi's providers: the folder of the program. */
const programFolder = 'infra';

/**
 * Plans the images of a release, which are pushed if the stack file has a registry. Returns the image reference of each
 * artifact: the digest of a pushed image, otherwise the tag, which is a hash of all inputs
 * (infra/decisions/0007-images-by-docker-image.md).
 *
 * @param root absolute path of the project
 */
export function planImages(
  release: Release,
  { name, environment, images }: Pick<ServiceGraph, 'name' | 'environment' | 'images'>,
  { root, resources }: { root: string; resources: ResourceList },
): Record<string, Text> {
  const push = images.registry !== undefined;
  const texts = imagesOf(release).flatMap(({ image, artifacts, service }): [string, Text][] => {
    if (image.isPinned) return artifacts.map((artifact) => [artifact, image.reference]);
    const args = imageArgs(root, image, push);
    const built = resources.add(service, imageType, `${name}-${environment}-${artifacts[0]}`, args);
    return artifacts.map((artifact) => [artifact, outputOf(built, push ? 'repoDigest' : 'imageName')]);
  });
  return Object.fromEntries(texts);
}

interface SharedImage {
  image: ImagePlan;
  /** The artifacts that have it, in the order of their names. */
  artifacts: [string, ...string[]];
  /** The service whose component it belongs to. Undefined if several services share it, such as the balancer's. */
  service: string | undefined;
}

/** Returns each image of a release once. */
export function imagesOf(release: Release): SharedImage[] {
  const images = new Map<string, SharedImage>();
  for (const [artifact, { image }] of Object.entries(release).toSorted(byName)) {
    if (image === undefined) continue;
    const known = images.get(image.reference);
    if (known === undefined) {
      const service = artifact === balancerArtifact ? undefined : artifact;
      images.set(image.reference, { image, artifacts: [artifact], service });
    } else {
      known.artifacts.push(artifact);
      known.service = undefined;
    }
  }
  return [...images.values()];
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** Returns the arguments of an image. Their paths are relative, so that they are the same in every clone. */
function imageArgs(root: string, { reference, context, dockerfile, target, args }: ImagePlan, push: boolean) {
  const fromProgram = (path: string) => relative(`${root}/${programFolder}`, `${root}/${path}`);
  // A preview does not run a service's own `build`, but the provider must read some folder even then.
  const folder = existsSync(`${root}/${context}`) ? context : programFolder;
  return {
    imageName: reference,
    skipPush: !push,
    buildOnPreview: false,
    build: {
      context: fromProgram(folder) || '.',
      dockerfile: fromProgram(dockerfile),
      platform: `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`,
      ...(target !== undefined && { target }),
      ...(Object.keys(args).length > 0 && { args }),
    },
  };
}
