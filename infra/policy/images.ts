import * as z from 'zod';
import { poolerImage, poolerOf } from '../data/pooler/pooler.ts';
import { containersOf } from './containers.ts';
import type { PolicyInput } from './define.ts';

/** An image that a service starts from. */
export interface UsedImage {
  image: string;
  /** The field of the stack file that names it, or the service whose default it is. */
  path: string[];
  /** The field to set: `image`, or `images.postgres`. */
  field: string;
  service: string | undefined;
}

/** Returns the images of an environment that Railhead has not built, each once per service. */
export function foreignImages(input: PolicyInput): UsedImage[] {
  const built = builtImages(input);
  const found = containersOf(input.resources).map(({ component, image }) => ({
    component,
    image: String(image),
  }));
  const foreign = found.filter(({ image }) => !built.has(image) && !isBuilt(image));
  const unique = new Map(foreign.map((each) => [`${each.component} ${each.image}`, each]));
  return [...unique.values()].map(({ component, image }) => ({
    image,
    ...fieldOf(input, component, image),
    service: component,
  }));
}

const buildSchema = z.object({ imageName: z.string() });

function builtImages({ resources }: PolicyInput): Set<string> {
  const images = resources.filter(({ type }) => type === 'docker:index/image:Image');
  return new Set(images.flatMap(({ values }) => buildSchema.safeParse(values).data?.imageName ?? []));
}

/** The tag of a built image is the hash of its inputs. */
function isBuilt(image: string): boolean {
  return /:[0-9a-f]{16}$/.test(image);
}

function fieldOf(
  { graph, stack }: PolicyInput,
  component: string | undefined,
  used: string,
): Pick<UsedImage, 'path' | 'field'> {
  const service = graph.services.find(({ name }) => name === component);
  if (service === undefined) return { path: component === 'gateway' ? ['gateway'] : [], field: 'image' };
  if (service.form === 'code') return { path: ['services', service.name, 'image'], field: 'image' };
  const { pgbouncer } = stack.images;
  if (poolerOf(service.config) !== undefined && used === (pgbouncer ?? poolerImage)) {
    const path = pgbouncer === undefined ? ['services', service.name, 'pooler'] : ['images', 'pgbouncer'];
    return { path, field: 'images.pgbouncer' };
  }
  const { kind, image } = service.config;
  if (image !== undefined) return { path: ['services', service.name, 'image'], field: 'image' };
  const field = `images.${kind}`;
  return { path: stack.images[kind] === undefined ? ['services', service.name] : ['images', kind], field };
}
