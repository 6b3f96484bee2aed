import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import type { Input } from '@pulumi/pulumi';
import { Image } from '@pulumi/docker/image.js';
import type { Image as ImagePlan, Release } from '../../artifacts/types.ts';
import type { ServiceGraph } from '../../graph/types.ts';

/** The working directory of Pulumi's providers: the folder of the program. */
const programFolder = 'infra';

/**
 * Builds the images of a release, and pushes them if the stack file has a registry. Returns the image reference of each
 * artifact: the digest of a pushed image, otherwise the tag, which is a hash of all inputs
 * (infra/decisions/0007-images-by-docker-image.md).
 *
 * @param root absolute path of the clone
 */
export function deployImages(
  release: Release,
  { name, environment, images }: Pick<ServiceGraph, 'name' | 'environment' | 'images'>,
  root: string,
): Record<string, Input<string>> {
  const push = images.registry !== undefined;
  const entries = Object.entries(release).flatMap(([artifact, { image }]): [string, Input<string>][] => {
    if (image === undefined) return [];
    const built = new Image(`${name}-${environment}-${artifact}`, imageArgs(root, image, push));
    return [[artifact, push ? built.repoDigest : built.imageName]];
  });
  return Object.fromEntries(entries);
}

/** Returns the arguments of an image. Their paths are relative, so that they are the same in every clone. */
export function imageArgs(root: string, { reference, context, dockerfile, args }: ImagePlan, push: boolean) {
  const fromProgram = (path: string) => relative(`${root}/${programFolder}`, `${root}/${path}`);
  // A preview does not run a service's own `build`, but the provider must read some folder even then.
  const folder = existsSync(`${root}/${context}`) ? context : programFolder;
  return {
    imageName: reference,
    skipPush: !push,
    build: {
      context: fromProgram(folder) || '.',
      dockerfile: fromProgram(dockerfile),
      platform: `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`,
      ...(Object.keys(args).length > 0 && { args }),
    },
  };
}
