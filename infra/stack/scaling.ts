import { z } from 'zod';
import { fields, whole } from './fields.ts';
import { plainText } from './names.ts';
import { obeys, valueAt, type Rule } from './rules.ts';

const percent = whole(1, 100, 'a percentage');

const queue = fields({
  name: plainText('the name of a BullMQ queue'),
  size: whole(1, 1_000_000).describe('Jobs waiting per replica before another one is added.'),
  from: plainText('the name of a service').describe(
    'The service whose metrics tell the length as `queue_length{queue="<name>"}`, also while no replica runs.',
  ),
});

const rules: Rule[] = [
  {
    key: 'max',
    holds: (range) => !(Number(valueAt(range, 'min')) > Number(valueAt(range, 'max'))),
    problem: 'must be at least "min"',
  },
  {
    key: 'max',
    holds: (range) =>
      !(Number(valueAt(range, 'min')) < Number(valueAt(range, 'max'))) ||
      ['cpu', 'memory', 'queue'].some((key) => valueAt(range, key) !== undefined),
    problem: 'can never be reached: add "cpu", "memory" or "queue" to say when to scale',
  },
];

const range = obeys(
  fields({
    min: whole(0, 1000).describe('Fewest replicas; 0 sleeps while the queue is empty.'),
    max: whole(1, 1000).describe('Most replicas.'),
    cpu: percent.optional().describe('Scale to hold this share of the requested CPU, in percent.'),
    memory: percent.optional().describe('Scale to hold this share of the requested memory, in percent.'),
    queue: queue.optional().describe('Scale by the length of a BullMQ queue.'),
  }),
  rules,
);

/** Replicas as a range; a fixed number is a range of one value. */
export const replicas = z
  .union([whole(1, 1000), range], 'a number of replicas, or a map with min and max')
  .transform((value): z.output<typeof range> =>
    typeof value === 'number' ? { min: value, max: value } : value,
  )
  .prefault(1);
