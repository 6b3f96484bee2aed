import { z } from 'zod';
import { fields, whole } from './fields.ts';
import { plainText } from './names.ts';

const percent = whole(1, 100, 'a percentage');

const range = fields({
  min: whole(0, 1000).describe('Fewest replicas; 0 sleeps while the queue is empty.'),
  max: whole(1, 1000).describe('Most replicas.'),
  cpu: percent.optional().describe('Scale to hold this share of the requested CPU, in percent.'),
  memory: percent.optional().describe('Scale to hold this share of the requested memory, in percent.'),
  queue: fields({
    name: plainText('the name of a BullMQ queue'),
    size: whole(1, 1_000_000).describe('Jobs waiting per replica before another one is added.'),
  }).optional(),
})
  .refine(({ min, max }) => !(min > max), { path: ['max'], error: 'must be at least "min"', when: always })
  .refine((r) => !(r.min < r.max) || r.cpu !== undefined || r.memory !== undefined || r.queue !== undefined, {
    path: ['max'],
    error: 'can never be reached: add "cpu", "memory" or "queue" to say when to scale',
    when: always,
  });

const expected = 'a number of replicas, or a map with min and max';

/** Replicas as a range; a fixed number is a range of one value. */
export const replicas = z
  .union([whole(1, 1000), range], expected)
  .transform((value): z.output<typeof range> =>
    typeof value === 'number' ? { min: value, max: value } : value,
  )
  .prefault(1);

function always(): boolean {
  return true;
}
