import { outputOf, type Text } from '../../plan/hole.ts';
import type { TargetContext } from '../shared/target.ts';
import type { ContainerPlan } from './planned.ts';
import { types } from './resources.ts';

/** Plans the files that containers mount. Returns the folder of the files of each service that has some. */
export function planFiles(
  containers: readonly ContainerPlan[],
  { root, environment, resources }: TargetContext,
): ReadonlyMap<string, Text> {
  const byService = new Map(
    containers.flatMap(({ service, files }) => (files ? [[service, files] as const] : [])),
  );
  return new Map(
    [...byService].map(([name, files]) => {
      const contents = files.map(({ content }) => content);
      const made = resources.add(name, types.files, name, { root, environment, name, contents });
      return [name, outputOf(made, 'folder')];
    }),
  );
}
