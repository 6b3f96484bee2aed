import type { Text } from '../../plan/hole.ts';
import { imageOf } from '../../artifacts/image.ts';
import type { Release } from '../../artifacts/types.ts';
import type { CodeService } from '../../stack/schema.ts';

/** The image of a service. `id` identifies its content and is known before the image is built. */
export interface ServiceImage {
  reference: Text;
  id: string;
}

/**
 * Returns the image of a service.
 *
 * @param pushed digests of the pushed images by artifact
 */
export function serviceImage(
  release: Release,
  pushed: Record<string, Text>,
  service: string,
  config: CodeService,
): ServiceImage {
  if (config.kind === 'image') return { reference: config.image, id: config.image };
  const { reference } = imageOf(release, service);
  return { reference: pushed[service] ?? reference, id: reference };
}
