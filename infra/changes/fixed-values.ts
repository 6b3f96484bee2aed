import { dataTypes } from '../data/index.ts';
import { strategies } from '../stack/rollout.ts';
import { running } from '../stack/running.ts';
import { stages } from '../stack/policy.ts';

/** Values of fields with a fixed list of values. They are no secrets, and the sentences of a preview contain them. */
export const fixedValues: ReadonlySet<string> = new Set([
  ...stages,
  ...dataTypes,
  ...running.restart.shape.policy.options,
  ...strategies,
]);
