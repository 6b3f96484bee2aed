import * as z from 'zod';
import { oneOf } from '../fields/fields.ts';
import { serviceReference } from './names.ts';

const rule = 'a list of services, or a map from services to ready or completed';

/** Services that start first, each with what a service waits for. */
export const dependsOn = z
  .union(
    [z.array(serviceReference, rule), z.record(serviceReference, oneOf(['ready', 'completed']), rule)],
    rule,
  )
  .transform((value): Record<string, 'ready' | 'completed'> =>
    Array.isArray(value) ? Object.fromEntries(value.map((name) => [name, 'ready'])) : value,
  );
