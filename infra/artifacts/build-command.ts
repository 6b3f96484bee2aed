import { buildSecretsOf } from '../graph/conditions.ts';
import type { CodeNode } from '../graph/types.ts';
import { runtimeImages, runtimeKinds } from '../runtimes/index.ts';
import { openFolder } from '../runtimes/folder.ts';
import type { Stack } from '../stack/schema.ts';
import type { Command } from './command.ts';

/**
 * Returns how the `build` of a service runs; undefined if it has none.
 *
 * @param folder the absolute path of the source folder
 * @param images the images of a target that runs containers: then the build runs on that of the runtime
 */
export function buildCommand(
  { config, buildValues = {} }: Pick<CodeNode, 'config' | 'buildValues'>,
  folder: string,
  images: Stack['images'] | undefined,
): Command | undefined {
  if (config.kind !== 'source') return undefined;
  const { build, dockerfile, runtime = { name: 'node' } } = config;
  if (build === undefined || dockerfile !== undefined) return undefined;
  const { caches, environment, setup } = runtimeKinds[runtime.name];
  const place = { folder: openFolder(folder), inContainer: images !== undefined };
  return {
    command: build,
    setup: setup?.(build, place),
    variables: buildValues,
    secrets: buildSecretsOf({ config }),
    environment,
    ...(images !== undefined && { container: { image: runtimeImages(images, runtime).build, caches } }),
  };
}
