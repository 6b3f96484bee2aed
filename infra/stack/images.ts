import * as z from 'zod';
import { dataKinds, dataTypes, type DataType } from '../data/index.ts';
import { imageNames, programImage, runtimeKinds } from '../runtimes/index.ts';
import { fields } from '../fields/fields.ts';

const imageRule = 'an image, such as ghcr.io/acme/api:1.4';

/** An image reference, preferably with a digest. */
export const image = z.string(imageRule).regex(/^[a-z0-9][\w./:@-]*$/, imageRule);

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
  ...runtimeImages(),
  base: image
    .optional()
    .describe(`Replaces ${programImage}, on which compiled programs run, such as those of Go.`),
  ...serverImages(),
}).prefault({});

/** Returns a field for each runtime whose image depends on its version. */
function runtimeImages() {
  const entries = imageNames.map((name) => [
    name,
    image.optional().describe(`Replaces ${runtimeKinds[name].image('<version>')}.`),
  ]);
  return Object.fromEntries(entries) as Record<(typeof imageNames)[number], z.ZodOptional<typeof image>>;
}

/** Returns a field for each kind of data server. */
function serverImages() {
  const entries = dataTypes.map((type) => [
    type,
    image.optional().describe(`Replaces ${dataKinds[type].image}:<version>.`),
  ]);
  return Object.fromEntries(entries) as Record<DataType, z.ZodOptional<typeof image>>;
}
