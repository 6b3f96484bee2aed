import * as z from 'zod';
import type { Runtime, RuntimeName } from '../runtimes/index.ts';

const rule = 'go, node, python or static; go and python with a version if needed, such as python@3.12';

/** The runtime of a source service: `python`, `python@3.12`. */
export const runtime = z
  .string(rule)
  .regex(/^(?:(?:go|python)(?:@\d[\w.]*)?|node|static)$/, rule)
  .transform((text): Runtime => {
    const [name, version] = text.split('@') as [RuntimeName, string | undefined];
    return { name, version, reason: '"runtime"' };
  });
