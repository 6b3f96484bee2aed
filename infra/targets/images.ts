import { relative } from 'node:path';
import type { Input } from '@pulumi/pulumi';
import { Image } from '@pulumi/docker/image.js';
import type { Image as ImagePlan, Release } from '../artifacts/types.ts';

interface Options {
  /** Absolute path of the clone. */
  root: string;
  /** Whether there is a registry to push to; without one an image stays on the daemon that built it. */
  push: boolean;
  /** What the resource of an artifact's image is called. */
  nameOf: (artifact: string) => string;
}

/** Pulumi starts providers in the folder of the program. */
const programFolder = 'infra';

/**
 * Builds the images of a release and names each as a container should use it: by digest where it was pushed, else by
 * its tag, which is the hash of all that goes in (infra/decisions/0007-images-by-docker-image.md).
 */
export function deployImages(
  release: Release,
  { root, push, nameOf }: Options,
): Record<string, Input<string>> {
  const entries = Object.entries(release).flatMap(([artifact, { image }]): [string, Input<string>][] => {
    if (image === undefined) return [];
    const built = new Image(nameOf(artifact), imageArgs(root, image, push));
    return [[artifact, push ? built.repoDigest : built.imageName]];
  });
  return Object.fromEntries(entries);
}

/** Paths are relative, so that every clone gives the same. */
export function imageArgs(root: string, { reference, context, dockerfile, args }: ImagePlan, push: boolean) {
  const fromProgram = (path: string) => relative(`${root}/${programFolder}`, `${root}/${path}`);
  return {
    imageName: reference,
    skipPush: !push,
    build: {
      context: fromProgram(context),
      dockerfile: fromProgram(dockerfile),
      platform: `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`,
      ...(Object.keys(args).length > 0 && { args }),
    },
  };
}
