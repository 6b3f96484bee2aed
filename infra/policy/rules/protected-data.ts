import { resourceName } from '../../changes/resource-name.ts';
import { definePolicy } from '../define.ts';
import { outsideDevelopment } from '../levels.ts';

/** The record of the name that the data of an environment are found by. */
const identity = 'railhead:generated:Identity';

export const protectedData = definePolicy({
  name: 'protected-data',
  description: 'Pulumi cannot delete what holds data.',
  levels: outsideDevelopment,
  check: ({ resources, target }) =>
    resources
      .filter(({ type, isKept }) => [identity, ...target.stores].includes(type) && !isKept)
      .map((resource) => ({
        path: resource.component === undefined ? [] : ['services', resource.component],
        message: `${resourceName(resource)} holds data, and Pulumi may delete it: give it the option "protect" or "retainOnDelete"`,
      })),
});
