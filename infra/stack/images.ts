import { z } from 'zod';
import { fields } from './fields.ts';

const imageRule = 'an image, such as ghcr.io/acme/api:1.4';

/** An image reference, best by digest. */
export const image = z.string(imageRule).regex(/^[a-z0-9][\w./:@-]*$/, imageRule);

const registryRule = 'a registry and a path in it, such as ghcr.io/acme';

/** Where images come from and go to. Only targets that run containers read it. */
export const images = fields({
  registry: z
    .string(registryRule)
    .regex(/^[a-z0-9][\w.-]*(:\d{1,5})?(\/[a-z0-9][\w.-]*)*$/, registryRule)
    .optional()
    .describe('Where built images are pushed; without it they stay where they were built.'),
  node: image.default('node:24-slim').describe('What images of source services are based on.'),
  postgres: image.optional().describe('Instead of postgres:<version>.'),
  redis: image.optional().describe('Instead of redis:<version>.'),
}).prefault({});
