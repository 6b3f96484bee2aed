import type { Template } from '../graph/types.ts';
import { runtimeImages, runtimeKinds } from '../runtimes/index.ts';
import type { SourceService, Stack } from '../stack/schema.ts';
import type { Command } from './command.ts';

/**
 * Returns how the `build` of a service runs; undefined if it has none.
 *
 * @param images the images of a target that runs containers: then the build runs on that of the runtime
 */
export function buildCommand(
  { build, dockerfile, runtime = { name: 'node' }, buildVariables }: SourceService,
  variables: Readonly<Record<string, Template>>,
  images: Stack['images'] | undefined,
): Command | undefined {
  if (build === undefined || dockerfile !== undefined) return undefined;
  const { caches, environment } = runtimeKinds[runtime.name];
  return {
    command: build,
    variables: buildValues(buildVariables, variables),
    environment,
    ...(images !== undefined && { container: { image: runtimeImages(images, runtime).build, caches } }),
  };
}

/** Returns the values of build variables. They are plain text, since the graph rejects all others. */
export function buildValues(
  names: readonly string[] = [],
  variables: Readonly<Record<string, Template>>,
): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, (variables[name] ?? []).map(String).join('')]));
}
