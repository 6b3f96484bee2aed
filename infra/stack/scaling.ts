import * as z from 'zod';
import { fields, whole } from '../fields/fields.ts';
import { plainText } from './names.ts';
import { running } from './running.ts';
import { obeys, valueAt, type Rule } from '../fields/rules.ts';

const percent = whole(1, 100, 'a percentage');

const queue = fields({
  name: plainText('the name of a BullMQ queue'),
  size: whole(1, 1_000_000).describe('Number of waiting jobs per replica. More jobs add a replica.'),
  from: plainText('the name of a service').describe(
    'Service whose metrics report the queue length as `queue_length{queue="<name>"}`, also while no replica of this service runs.',
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
    min: whole(0, 1000).describe('Minimum number of replicas. With 0, none runs while the queue is empty.'),
    max: whole(1, 1000).describe('Maximum number of replicas.'),
    cpu: percent.optional().describe('Target CPU utilization, in percent of the requested CPU.'),
    memory: percent.optional().describe('Target memory utilization, in percent of the requested memory.'),
    queue: queue.optional().describe('Scales by the length of a BullMQ queue.'),
  }),
  rules,
);

/** Parses replicas to a range. A fixed number becomes a range of one value. */
export const replicas = z
  .union([running.replicas, range], 'a number of replicas, or a map with min and max')
  .transform((value): z.output<typeof range> =>
    typeof value === 'number' ? { min: value, max: value } : value,
  )
  .prefault(1);
