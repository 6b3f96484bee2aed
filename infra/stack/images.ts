import * as z from 'zod';
import { dataKinds, dataTypes } from '../data/index.ts';
import { poolerImage } from '../data/pooler/pooler.ts';
import { imageNames, programImage, replacedImages } from '../runtimes/index.ts';
import { fields } from '../fields/fields.ts';
import { image } from '../fields/image.ts';

const registryRule = 'a registry and a path in it, such as ghcr.io/acme';

/** Base images, images of data servers, and the registry for built images. Only targets that run containers read it. */
export const images = fields({
  registry: z
    .string(registryRule)
    .regex(/^[a-z0-9][\w.-]*(:\d{1,5})?(\/[a-z0-9][\w.-]*)*$/, registryRule)
    .optional()
    .describe(
      'Registry to which built images are pushed. Without it, images stay on the machine that built them.',
    ),
  node: image.default('node:24-slim').describe('Base image of Node services and static sites.'),
  ...replaceable(imageNames, (name) => replacedImages(name, '<version>')),
  base: image
    .optional()
    .describe(`Replaces ${programImage}, on which compiled programs run, such as those of Go.`),
  pgbouncer: image.optional().describe(`Replaces ${poolerImage}, which runs for \`pooler\` of a Postgres.`),
  ...replaceable(dataTypes, (type) => `${dataKinds[type].image}:<version>`),
}).prefault({});

/** Returns a field for each of the official images, whose version depends on the services. */
function replaceable<Name extends string>(names: readonly Name[], official: (name: Name) => string) {
  const entries = names.map((name) => [name, image.optional().describe(`Replaces ${official(name)}.`)]);
  return Object.fromEntries(entries) as Record<Name, z.ZodOptional<typeof image>>;
}
